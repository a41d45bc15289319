// Selecting people in their list: kept over pages, searches and Back, until something is done with them or Esc.
//
// <form data-selection> with the buttons; boxes named "login" that belong to it; <input data-select-all> ticks a page's.
// Texts with a number in them: data-some="Selected: #", data-elsewhere="# of them not on this page".
import { announce } from "./announce.js";

const KEY = "kartoteka-selected";
// Far more than anybody ticks by hand, and few enough for one form.
const MOST = 5000;

export function selecting() {
  const region = document.querySelector('[data-region="list"]');
  // A job made of them is what they were selected for; whoever logs in next did not select them.
  if (document.querySelector('[data-region="job"]') || document.querySelector(".door")) sessionStorage.removeItem(KEY);
  if (!region) return;
  const selected = read();
  let last = null;

  const form = () => region.querySelector("form[data-selection]");
  const boxes = () => [...region.querySelectorAll('tbody input[name="login"]')];

  function show() {
    const bar = form();
    if (!bar) return;
    for (const box of boxes()) {
      box.checked = selected.has(box.value);
      box.closest("tr").classList.toggle("selected", box.checked);
    }
    for (const all of region.querySelectorAll("[data-select-all]")) {
      const ticked = boxes().filter((box) => box.checked).length;
      all.hidden = false;
      all.checked = ticked > 0 && ticked === boxes().length;
      all.indeterminate = ticked > 0 && ticked < boxes().length;
    }
    const here = boxes().filter((box) => box.checked).length;
    const text = bar.querySelector("[data-selected]");
    const elsewhere = selected.size - here;
    let said = selected.size === 0 ? bar.dataset.none : bar.dataset.some.replace("#", selected.size);
    if (elsewhere > 0) said += ` (${bar.dataset.elsewhere.replace("#", elsewhere)})`;
    text.textContent = said;
    text.hidden = false;
    bar.querySelector("[data-select-clear]").hidden = selected.size === 0;
    const everybody = bar.querySelector('input[name="whom"]').checked;
    for (const button of bar.querySelectorAll("button:not([type])")) button.disabled = selected.size === 0 && !everybody;
    bar.classList.toggle("some", selected.size > 0 || everybody);
  }

  function put(box, is) {
    if (is && selected.size < MOST) selected.add(box.value);
    else selected.delete(box.value);
  }

  function keep() {
    sessionStorage.setItem(KEY, JSON.stringify([...selected]));
    show();
  }

  // From the box before to this one, all as this one is.
  function range(box) {
    const all = boxes();
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    if (from < 0) return put(box, box.checked);
    for (const one of all.slice(from, to + 1)) put(one, box.checked);
  }

  function clear() {
    selected.clear();
    keep();
    announce(form()?.dataset.none ?? "");
  }

  region.addEventListener("click", (event) => {
    const { target } = event;
    if (target.closest("[data-select-clear]")) return clear();
    if (target.matches("[data-select-all]")) {
      for (const box of boxes()) put(box, target.checked);
      return keep();
    }
    if (target.matches('input[name="whom"]')) return show();
    if (!target.matches('tbody input[name="login"]')) return;
    if (event.shiftKey) range(target);
    else put(target, target.checked);
    last = target;
    keep();
  });
  region.addEventListener("keydown", (event) => {
    const box = event.target;
    if (!box.matches?.('tbody input[name="login"]')) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step && boxes()[boxes().indexOf(box) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (event.shiftKey) {
      put(box, true);
      put(next, true);
      last = next;
      keep();
    }
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || selected.size === 0) return;
    if (document.querySelector("dialog[open], details.menu[open]")) return;
    clear();
  });
  region.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-selection]") || event.target.elements.whom.checked) return;
    const here = new Set(boxes().map((box) => box.value));
    for (const login of selected) {
      if (here.has(login)) continue;
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name: "login", value: login });
      event.target.append(input);
    }
  });
  new MutationObserver(show).observe(region, { childList: true });
  addEventListener("pageshow", show);
  show();
}

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return new Set(kept.filter((login) => typeof login === "string").slice(0, MOST));
  } catch {
    return new Set();
  }
}
