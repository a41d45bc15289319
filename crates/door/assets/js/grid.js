// A table as a grid (ARIA Authoring Practices): one place in the tab order, arrow keys between all cells, the headings
// of columns and rows among them. A box, or a link or button that is all that a cell says, is the cell's own place; what
// else stands in a cell is entered with Enter or F2 and left with Escape.

const PAGE = 10;

export function grid(table) {
  const head = table.tHead.rows[table.tHead.rows.length - 1];
  const body = table.tBodies[0];
  const rows = () => [head, ...body.rows].filter((row) => !row.hidden);
  const parts = (cell) => [...cell.querySelectorAll("a, button, input[type=checkbox]")];
  const widgets = (cell) => parts(cell).filter((part) => !part.disabled);
  const cellOf = (element) => {
    const cell = element.closest("td, th");
    return cell && rows().includes(cell.parentElement) ? cell : null;
  };
  const place = (cell) => {
    const inside = widgets(cell);
    const box = inside.find((part) => part.type === "checkbox");
    if (box) return box;
    const [only] = inside;
    return inside.length === 1 && only.textContent.trim() === cell.textContent.trim() ? only : cell;
  };
  let current = null;
  // The cell in which the focus is, or was before nothing had it.
  let held = null;

  table.setAttribute("role", "grid");
  for (const row of [head, ...body.rows]) {
    for (const cell of row.cells) close(cell);
  }
  settle();

  table.addEventListener("focusin", ({ target }) => {
    const cell = cellOf(target);
    held = cell;
    if (cell && cell !== current) enter(cell);
  });
  table.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget) held = null;
  });
  table.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell || event.altKey || event.metaKey) return;
    const inside = event.target !== cell && event.target !== place(cell);
    const to = inside ? withinCell(cell, event) : fromCell(cell, event);
    if (!to) return;
    event.preventDefault();
    to.focus();
  });

  function close(cell) {
    cell.tabIndex = -1;
    for (const part of parts(cell)) part.tabIndex = -1;
  }

  function enter(cell) {
    if (current) close(current);
    current = cell;
    place(cell).tabIndex = 0;
  }

  // The place in the tab order is one that can be seen.
  function settle() {
    if (current && !current.parentElement.hidden) return enter(current);
    const row = [...body.rows].find((one) => !one.hidden);
    const cell = row?.querySelector(".tick-cell") ?? row?.cells[0];
    if (cell) enter(cell);
  }

  // A box that can't be ticked any more has no focus: its cell takes it. Some browsers take the focus away at once,
  // others let the box have it still.
  function keepFocus() {
    const active = document.activeElement;
    const lost = !active || active === document.body || active.disabled;
    settle();
    if (lost && held && rows().includes(held.parentElement)) held.focus();
  }

  function withinCell(cell, { key }) {
    const inside = widgets(cell);
    const at = inside.indexOf(document.activeElement);
    if (key === "Escape" || key === "F2") return cell;
    if (key === "ArrowRight") return inside[Math.min(at + 1, inside.length - 1)];
    if (key === "ArrowLeft") return inside[Math.max(at - 1, 0)];
    return null;
  }

  function fromCell(cell, { key, ctrlKey, target }) {
    if ((key === "Enter" || key === "F2") && target === cell && !ctrlKey) return widgets(cell)[0];
    const list = rows();
    const at = list.indexOf(cell.parentElement);
    const column = cell.cellIndex;
    const last = cell.parentElement.cells.length - 1;
    const moves = {
      ArrowRight: [at, column + 1],
      ArrowLeft: [at, column - 1],
      ArrowDown: [at + 1, column],
      ArrowUp: [at - 1, column],
      Home: [ctrlKey ? 0 : at, 0],
      End: [ctrlKey ? list.length - 1 : at, last],
      PageDown: [Math.min(at + PAGE, list.length - 1), column],
      PageUp: [Math.max(at - PAGE, Math.min(at, 1)), column],
    };
    const to = moves[key];
    const next = to && list[to[0]]?.cells[to[1]];
    return next ? place(next) : null;
  }

  return { settle, keepFocus };
}
