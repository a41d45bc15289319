// Makes pages quicker. Everything works without it; each module looks for its own marks in the page.
import { liveLists } from "./list.js";
import { comboboxes } from "./combobox.js";
import { copying } from "./copy.js";
import { effective } from "./effective.js";
import { forms } from "./forms.js";
import { jobs } from "./jobs.js";
import { keys } from "./keys.js";
import { matrices } from "./matrix.js";
import { menus } from "./menus.js";
import { selecting } from "./select.js";

liveLists();
comboboxes();
copying();
effective();
forms();
matrices();
jobs();
selecting();
keys();
menus();
