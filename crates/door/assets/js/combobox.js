// Choosing from many: an editable combobox with a list (ARIA Authoring Practices).
//
// <input data-combobox="/customers/choose" data-combobox-empty="No match">: the address answers for ?search=…
// (X-Fragment: options) with <div role="option" data-value="ID">Name <small>ID</small></div> …, or with
// data-href="/customers/ID" where choosing goes there.
import { announce } from "./announce.js";
import { fragment, debounce } from "./fetch.js";

let count = 0;

export function comboboxes() {
  for (const input of document.querySelectorAll("input[data-combobox]")) {
    if (!input.readOnly) combobox(input);
  }
}

function combobox(input) {
  const list = document.createElement("div");
  list.id = `combobox-${++count}`;
  list.className = "combobox-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() ?? "");
  list.hidden = true;
  input.after(list);
  input.removeAttribute("list");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";
  let current = -1;
  // What was typed last is not answered yet: what the list shows is of before.
  let stale = false;
  let typed = 0;

  const options = () => [...list.querySelectorAll('[role="option"]')];

  function close() {
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(at) {
    const all = options();
    if (all.length === 0) return;
    current = (at + all.length) % all.length;
    all.forEach((option, index) => option.setAttribute("aria-selected", String(index === current)));
    input.setAttribute("aria-activedescendant", all[current].id);
    all[current].scrollIntoView({ block: "nearest" });
  }

  function choose(option) {
    if (option.dataset.href) {
      location.assign(option.dataset.href);
      return;
    }
    input.value = option.dataset.value;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  }

  async function load(text) {
    stale = true;
    const asked = typed;
    const url = new URL(input.dataset.combobox, location.href);
    url.searchParams.set("search", text);
    const answer = await fragment(url, "options");
    if (!answer || answer.failed || document.activeElement !== input) return;
    stale = typed !== asked;
    list.innerHTML = answer.html;
    options().forEach((option, index) => {
      option.id = `${list.id}-${index}`;
      option.setAttribute("aria-selected", "false");
    });
    if (options().length === 0 && input.dataset.comboboxEmpty) {
      const none = document.createElement("div");
      none.className = "combobox-status";
      none.textContent = input.dataset.comboboxEmpty;
      list.append(none);
    }
    current = -1;
    list.hidden = list.childElementCount === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    list.scrollTop = 0;
    announce(String(options().length || input.dataset.comboboxEmpty || ""));
  }

  const search = debounce(150, () => load(input.value));
  input.addEventListener("input", () => {
    stale = true;
    typed += 1;
    current = -1;
    input.removeAttribute("aria-activedescendant");
    search();
  });
  input.addEventListener("click", () => list.hidden && load(""));
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) load(input.value);
      else if (!stale) mark(event.key === "ArrowDown" ? current + 1 : current < 0 ? -1 : current - 1);
    } else if (event.key === "Enter" && current >= 0) {
      event.preventDefault();
      choose(options()[current]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") {
      close();
    }
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest('[role="option"]');
    event.preventDefault();
    if (option) choose(option);
  });
}
