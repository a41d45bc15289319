// A matrix of ticks: one place in the tab order, arrow keys between cells, whole rows and columns, and what changed.
//
// <table data-matrix> with <input type="checkbox" data-context data-name>; data-was marks those that are stored,
// data-rw those that include the others of their row and context. Without this the form does the same on the server.

export function matrices() {
  for (const table of document.querySelectorAll("table[data-matrix]")) matrix(table);
}

function matrix(table) {
  const form = table.closest("form");
  const boxes = (within = table) => [...within.querySelectorAll("input[type=checkbox]")];
  const seen = (row) => !row.hidden;
  const rows = () => [...table.tBodies[0].rows].filter(seen);

  table.setAttribute("role", "grid");
  for (const row of table.tBodies[0].rows) imply(row, boxes(row));
  roving(table, rows);

  table.addEventListener("change", ({ target }) => {
    if (target.type === "checkbox") changed([target.closest("tr")]);
  });
  table.addEventListener("click", (event) => {
    const column = event.target.closest("[data-toggle-column]");
    const row = event.target.closest("[data-toggle-row]");
    if (!column && !row) return;
    event.preventDefault();
    if (column) toggleColumn(column.closest("th"));
    else toggleRow(row.closest("tr"));
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td, th");
    const row = cell?.parentElement;
    if (!row || row.parentElement !== table.tBodies[0]) return;
    if (event.key === " " && event.shiftKey) toggleRow(row);
    else if (event.key === " " && event.ctrlKey) toggleColumn(headings()[cell.cellIndex]);
    else if (event.key === "Enter" && event.target.type === "checkbox" && !event.ctrlKey && !event.metaKey) {
      // Enter would press the first button of the form.
    } else return;
    event.preventDefault();
  });
  filter(form, table, rows);
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
  }

  function changed(list) {
    for (const row of list) {
      imply(row, boxes(row));
      const marks = row.querySelector(".row-changes");
      const badges = boxes(row).flatMap((box) => badge(box));
      marks?.replaceChildren(...badges.flatMap((one) => [one, " "]));
      row.classList.toggle("changed", badges.length > 0);
    }
    [...headings()].forEach((heading, at) => {
      const button = heading.querySelector("[data-toggle-column]");
      if (!button) return;
      const column = rows().flatMap((row) => boxes(row.cells[at]));
      const on = column.filter((box) => box.checked || box.disabled).length;
      button.setAttribute("aria-pressed", on === 0 ? "false" : on === column.length ? "true" : "mixed");
    });
    const bar = form.querySelector("[data-matrix-changes]");
    const kept = form.querySelectorAll("[data-kept]").length;
    const count = boxes().filter(differs).length + kept;
    if (bar) bar.querySelector("strong").textContent = String(count);
  }
}

function differs(box) {
  const now = box.checked && !box.disabled;
  // What rw includes is not taken by that.
  return box.disabled ? false : now !== "was" in box.dataset;
}

function badge(box) {
  if (!differs(box)) return [];
  const mark = document.createElement("span");
  mark.className = `badge ${box.checked ? "success" : "danger"}`;
  mark.textContent = `${box.checked ? "+" : "−"} ${box.dataset.name}`;
  return [mark];
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

// One cell is in the tab order; the arrow keys go to the others.
function roving(table, rows) {
  const place = (cell) => cell.querySelector("input[type=checkbox]:not(:disabled)") ?? cell;
  const isCell = (cell) => cell.classList.contains("tick-cell");
  let current = null;
  for (const row of table.tBodies[0].rows) {
    for (const cell of row.cells) {
      if (!isCell(cell)) continue;
      cell.tabIndex = -1;
      for (const box of cell.querySelectorAll("input[type=checkbox]")) box.tabIndex = -1;
    }
  }
  const enter = (cell) => {
    if (current) {
      place(current).tabIndex = -1;
      current.tabIndex = -1;
    }
    current = cell;
    place(cell).tabIndex = 0;
  };
  const first = table.querySelector("tbody .tick-cell");
  if (first) enter(first);
  table.addEventListener("focusin", ({ target }) => {
    const cell = target.closest("td.tick-cell");
    if (cell) enter(cell);
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td.tick-cell");
    if (!cell || event.altKey || event.metaKey || event.target.tagName === "BUTTON") return;
    const list = rows();
    const at = list.indexOf(cell.parentElement);
    const columns = [...cell.parentElement.cells].filter(isCell);
    const column = columns.indexOf(cell);
    const last = columns.length - 1;
    const moves = {
      ArrowRight: [at, column + 1],
      ArrowLeft: [at, column - 1],
      ArrowDown: [at + 1, column],
      ArrowUp: [at - 1, column],
      Home: [event.ctrlKey ? 0 : at, 0],
      End: [event.ctrlKey ? list.length - 1 : at, last],
      PageDown: [Math.min(at + 10, list.length - 1), column],
      PageUp: [Math.max(at - 10, 0), column],
    };
    const to = moves[event.key];
    if (!to) return;
    event.preventDefault();
    const next = list[to[0]] && [...list[to[0]].cells].filter(isCell)[to[1]];
    if (!next) return;
    enter(next);
    place(next).focus();
  });
}

// The filter over groups: rows that do not match are not seen; their ticks are sent all the same.
function filter(form, table, rows) {
  const input = form.querySelector("[data-matrix-filter]");
  if (!input) return;
  const none = form.querySelector("[data-matrix-none]");
  const fold = (text) => text.toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
  const apply = () => {
    const wanted = fold(input.value.trim());
    for (const row of table.tBodies[0].rows) {
      row.hidden = !fold(row.dataset.name).includes(wanted) && !row.querySelector("[aria-invalid=true]");
    }
    table.parentElement.hidden = rows().length === 0;
    if (none) none.hidden = rows().length > 0;
  };
  input.addEventListener("input", apply);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault();
  });
  form.querySelector('button[value="search"]')?.addEventListener("click", (event) => event.preventDefault());
}
