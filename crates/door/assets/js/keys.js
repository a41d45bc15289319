// Single keys: search, help, new, edit, rows, places. Switched off by <html data-keys="off">.

const PLACES = {
  h: "/",
  u: "/customer-users",
  c: "/customers",
  o: "/groups",
  s: "/services",
  p: "/permissions",
  r: "/reviews",
  t: "/jobs",
  a: "/agents",
  j: "/journal",
};

export function keys() {
  if (document.documentElement.dataset.keys === "off") {
    addEventListener("keydown", alwaysOn);
    return;
  }
  let going = 0;
  addEventListener("keydown", (event) => {
    if (alwaysOn(event)) return;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    // AltGr makes letters of its own (ń, €): never a command.
    if (event.getModifierState("AltGraph")) return;
    if (going && event.timeStamp - going < 1500 && PLACES[event.key]) {
      going = 0;
      event.preventDefault();
      go(PLACES[event.key]);
      return;
    }
    going = 0;
    const action = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (action) {
      event.preventDefault();
      action.click();
    } else if (event.key === "g") {
      going = event.timeStamp;
    } else if (event.key === "/") {
      event.preventDefault();
      focusSearch();
    } else if (event.key === "?") {
      event.preventDefault();
      go("/help");
    } else if (event.key === "x") {
      const box = document.activeElement?.closest("tbody tr")?.querySelector('input[type="checkbox"]');
      box?.click();
    } else if (event.key === "j" || event.key === "k") {
      moveRow(event.key === "j" ? 1 : -1);
    }
  });
}

// With Ctrl or as an answer to what is open: these do no harm to anybody.
function alwaysOn(event) {
  if (event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey) {
    event.preventDefault();
    openPalette();
    return true;
  }
  // A cell of a matrix is in its form, too.
  const form = event.target.form ?? event.target.closest?.("form");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    form.requestSubmit();
    return true;
  }
  return false;
}

function typing(target) {
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

function go(path) {
  location.assign(document.documentElement.dataset.base + path);
}

function focusSearch() {
  const input = document.getElementById("global-search");
  input?.focus();
  input?.select();
}

// On a list the field at the top is the list's own: there the search of everything opens above the page.
function openPalette() {
  const dialog = document.getElementById("palette");
  const input = document.getElementById(dialog ? "palette-search" : "global-search");
  if (dialog && !dialog.open) dialog.showModal();
  input?.focus();
  input?.select();
  // Without a text it offers what was open last.
  input?.click();
}

function moveRow(step) {
  const links = [...document.querySelectorAll("tbody tr")]
    .map((row) => row.querySelector("th a") ?? row.querySelector("a"))
    .filter(Boolean);
  const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
}
