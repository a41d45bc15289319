// Search as you type: the list below is replaced by the same page's part for the new search.
//
// <form data-live> with its fields;
// <div data-region="list"> around what is replaced; <… data-announce> in it says what was found.
import { announce } from "./announce.js";
import { fragment, debounce } from "./fetch.js";

export function liveLists() {
  const region = document.querySelector('[data-region="list"]');
  if (!region) return;
  for (const form of document.querySelectorAll("form[data-live]")) {
    const target = new URL(form.action, location.href);
    if (target.pathname !== location.pathname) continue;
    watch(form, region);
  }
  region.addEventListener("click", (event) => followInside(event, region));
  // A page that the browser kept shows the list of its address again.
  addEventListener("popstate", () => show(new URL(location.href), region, false));
}

function watch(form, region) {
  const update = debounce(150, () => show(address(form), region, true));
  form.addEventListener("input", (event) => {
    if (!event.isComposing) update();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(address(form), region, true);
  });
}

// The page's address with the form's fields in it; paging starts again.
function address(form) {
  const url = new URL(location.href);
  for (const name of ["after", "offset", "page", "before"]) url.searchParams.delete(name);
  // Hidden fields say what the address said when the page was loaded; the address itself is newer.
  const typed = [...form.elements].filter((element) => element.type !== "hidden");
  const names = new Set(typed.map((element) => element.name).filter(Boolean));
  for (const name of names) url.searchParams.delete(name);
  for (const [name, value] of new FormData(form)) {
    if (value !== "" && names.has(name)) url.searchParams.append(name, value);
  }
  return url;
}

async function show(url, region, replace) {
  region.setAttribute("aria-busy", "true");
  const answer = await fragment(url, "list");
  if (answer === null) return;
  if (answer.failed) {
    location.assign(url);
    return;
  }
  region.innerHTML = answer.html;
  region.removeAttribute("aria-busy");
  if (replace) history.replaceState(history.state, "", url);
  const said = region.querySelector("[data-announce]");
  if (said) announce(said.textContent);
}

// Sorting and paging inside the list need no new page either.
function followInside(event, region) {
  const link = event.target.closest("thead a, .pagination a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const url = new URL(link.href);
  if (url.pathname !== location.pathname) return;
  event.preventDefault();
  history.pushState(null, "", url);
  show(url, region, false);
}
