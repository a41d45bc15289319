// A matrix of ticks: whole rows and columns, and what changed; `grid.js` has the keys that lead from cell to cell.
//
// <table data-matrix> with <input type="checkbox" data-context data-name>; data-was marks those that are stored,
// data-rw those that include the others of their row and context. Without this the form does the same on the server.
import { announce } from "./announce.js";
import { grid } from "./grid.js";

// So many changes are named beside the buttons.
const LISTED = 4;

// Milliseconds without a further tick after which it is said how many changes there are.
const PAUSE = 700;

export function matrices() {
  for (const table of document.querySelectorAll("table[data-matrix]")) matrix(table);
}

function matrix(table) {
  const form = table.closest("form");
  const boxes = (within = table) => [...within.querySelectorAll("input[type=checkbox]")];
  const seen = (row) => !row.hidden;
  const rows = () => [...table.tBodies[0].rows].filter(seen);

  for (const row of table.tBodies[0].rows) imply(row, boxes(row));
  const places = grid(table);
  for (const id of (table.getAttribute("aria-describedby") ?? "").split(" ")) {
    const keys = id && document.getElementById(id);
    if (keys) keys.hidden = false;
  }

  table.addEventListener("change", ({ target }) => {
    if (target.type !== "checkbox") return;
    changed([target.closest("tr")]);
    // The box says itself that it is ticked; after a pause, how many changes that makes.
    const [label, number] = bar()?.querySelectorAll("span, strong") ?? [];
    if (number) announce(`${label.textContent} ${number.textContent}`, PAUSE);
  });
  table.addEventListener("click", (event) => {
    const column = event.target.closest("[data-toggle-column]");
    const row = event.target.closest("[data-toggle-row]");
    if (!column && !row) return;
    event.preventDefault();
    if (column) toggleColumn(column.closest("th"));
    else toggleRow(row.closest("tr"));
  });
  let pressed = false;
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td, th");
    const row = cell?.parentElement;
    if (!row || row.parentElement !== table.tBodies[0]) return;
    if (event.key === " " && event.shiftKey) toggleRow(row);
    else if (event.key === " " && event.ctrlKey) toggleColumn(headings()[cell.cellIndex]);
    else if (event.key === " " && event.target === cell) {
      // Nothing to tick, and no reason to scroll.
    } else if (event.key === "Enter" && event.target.type === "checkbox" && !event.ctrlKey && !event.metaKey) {
      // Enter would press the first button of the form.
    } else return;
    pressed = event.key === " ";
    event.preventDefault();
  });
  // Some browsers tick when the key comes up again.
  table.addEventListener("keyup", (event) => {
    if (event.key !== " " || !pressed) return;
    pressed = false;
    event.preventDefault();
  });
  filter(form, table, () => {
    places.settle();
    count();
  });
  // A browser that keeps what was ticked has to be told again what that means.
  addEventListener("pageshow", () => changed([...table.tBodies[0].rows]));

  function headings() {
    return table.tHead.rows[table.tHead.rows.length - 1].cells;
  }

  function toggleColumn(heading) {
    const at = heading?.cellIndex;
    const open = rows()
      .flatMap((row) => boxes(row.cells[at]))
      .filter((box) => !box.disabled);
    const all = open.every((box) => box.checked);
    for (const box of open) box.checked = !all;
    changed(rows());
    sayAll();
  }

  function toggleRow(row) {
    const own = boxes(row).filter((box) => !box.disabled);
    const full = (box) => box.checked;
    const all = own.every(full);
    const giving = new Set(own.filter((box) => "rw" in box.dataset).map((box) => box.dataset.context));
    for (const box of own) {
      const byRw = giving.has(box.dataset.context) && !("rw" in box.dataset);
      if (all) box.checked = false;
      else if (!byRw) box.checked = true;
    }
    changed([row]);
    sayAll();
  }

  function changed(list) {
    for (const row of list) {
      imply(row, boxes(row));
      const marks = row.querySelector(".row-changes");
      const badges = boxes(row).flatMap((box) => badge(box));
      marks?.replaceChildren(...badges.flatMap((one) => [one, " "]));
      row.classList.toggle("changed", badges.length > 0);
    }
    places.keepFocus();
    count();
  }

  function count() {
    [...headings()].forEach((heading, at) => {
      const button = heading.querySelector("[data-toggle-column]");
      if (!button) return;
      const column = rows().flatMap((row) => boxes(row.cells[at]));
      const on = column.filter((box) => box.checked || box.disabled).length;
      button.setAttribute("aria-pressed", on === 0 ? "false" : on === column.length ? "true" : "mixed");
    });
    const kept = form.querySelectorAll("[data-kept]").length;
    const different = boxes().filter(differs);
    const number = bar()?.querySelector("strong");
    if (number) number.textContent = String(different.length + kept);
    const listed = different.filter((box) => seen(box.closest("tr"))).slice(0, LISTED);
    const marks = listed.map((box) => mark(box, `${box.closest("tr").dataset.name}: ${box.dataset.name}`));
    bar()?.querySelector("[data-matrix-list]")?.replaceChildren(...marks.flatMap((one) => [one, " "]));
  }

  function bar() {
    return form.querySelector("[data-matrix-changes]");
  }

  // What many boxes come to at once.
  function sayAll() {
    if (bar()) announce(bar().textContent);
  }
}

function differs(box) {
  const now = box.checked && !box.disabled;
  // What rw includes is not taken by that.
  return box.disabled ? false : now !== "was" in box.dataset;
}

function badge(box) {
  return differs(box) ? [mark(box, box.dataset.name)] : [];
}

function mark(box, text) {
  const badge = document.createElement("span");
  badge.className = `badge ${box.checked ? "success" : "danger"}`;
  badge.textContent = `${box.checked ? "+" : "−"} ${text}`;
  return badge;
}

// While rw is ticked the others of its row and context are part of it.
function imply(row, boxes) {
  for (const rw of boxes.filter((box) => "rw" in box.dataset)) {
    for (const box of boxes) {
      if (box === rw || box.dataset.context !== rw.dataset.context) continue;
      box.disabled = rw.checked;
    }
  }
}

// The filter over groups: rows that do not match are not seen; their ticks are sent all the same.
function filter(form, table, seen) {
  const input = form.querySelector("[data-matrix-filter]");
  if (!input) return;
  const none = form.querySelector("[data-matrix-none]");
  const shown = form.querySelector("input[name=_shown]");
  const fold = (text) => text.toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
  const apply = () => {
    const wanted = fold(input.value.trim());
    const rows = [...table.tBodies[0].rows];
    for (const row of rows) {
      row.hidden = !fold(row.dataset.name).includes(wanted) && !row.querySelector("[aria-invalid=true]");
    }
    const empty = rows.every((row) => row.hidden);
    table.parentElement.hidden = empty;
    if (none) none.hidden = !empty;
    // What is seen now is seen again after saving.
    if (shown) shown.value = input.value.trim();
    seen();
  };
  input.addEventListener("input", apply);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault();
  });
  form.querySelector('button[value="search"]')?.addEventListener("click", (event) => event.preventDefault());
}
