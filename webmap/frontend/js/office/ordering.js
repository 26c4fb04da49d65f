// Let the rows of a docket be dragged, or moved by Alt and an arrow; their numbers follow, and are sent.
// A row's own arrows are sent at once, but not over an order that is not kept yet: there they move in it.
const WAITS = "tr:has(input[name^='place-'])";

export function ordering(region) {
  const body = region.querySelector("tbody");
  const says = region.querySelector("[role='status']");
  const waiting = () => [...body.querySelectorAll(WAITS)];
  const field = (row) => row.querySelector("input[name^='place-']");
  const places = waiting().map((row) => field(row).value);
  const arrow = (row, toward) => row.querySelector(`form[data-toward=${toward}]`);
  let dragged = null;
  let kept = true;

  // The first goes no further up and the last no further down, whichever rows these are now.
  function number() {
    const rows = waiting();
    rows.forEach((row, nth) => {
      field(row).value = places[nth];
      arrow(row, "earlier").hidden = nth === 0;
      arrow(row, "later").hidden = nth === rows.length - 1;
    });
    kept = false;
  }

  function beside(row, step) {
    const rows = waiting();
    const other = rows[rows.indexOf(row) + step];
    if (other) place(row, other);
  }

  // The rows as the numbers typed so far would have them.
  function typed() {
    const wanted = waiting().map((row, nth) => {
      const now = Number(places[nth]);
      const to = Number(field(row).value) || now;
      return { row, key: [to, Math.sign(to - now), now] };
    });
    wanted.sort((a, b) => a.key.map((each, nth) => each - b.key[nth]).find(Boolean) ?? 0);
    return wanted.map(({ row }) => row);
  }

  // What was called keeps its row: the others are laid into the rows between.
  function place(row, target) {
    const slots = waiting().map((each) => each.nextSibling);
    const rows = typed();
    const to = rows.indexOf(target);
    if (to < 0 || row === target) return;
    const order = rows.filter((each) => each !== row);
    order.splice(to, 0, row);
    const marks = slots.map((next) => body.insertBefore(document.createComment(""), next));
    order.forEach((each, nth) => body.insertBefore(each, marks[nth]));
    for (const mark of marks) mark.remove();
    number();
    says.textContent = region.dataset.moved.replace("{place}", field(row).value);
  }

  for (const row of waiting()) {
    const handle = row.querySelector(".handle");
    handle.draggable = true;
    handle.addEventListener("dragstart", (event) => {
      dragged = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setDragImage(row, 0, 0);
      row.classList.add("is-dragged");
    });
    handle.addEventListener("dragend", () => {
      dragged = null;
      row.classList.remove("is-dragged");
    });
    row.addEventListener("dragover", (event) => dragged && event.preventDefault());
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      if (dragged) place(dragged, row);
    });
    field(row).addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step || !event.altKey) return;
      event.preventDefault();
      beside(row, step);
      field(row).focus();
    });
    for (const [toward, step] of [["earlier", -1], ["later", 1]]) {
      arrow(row, toward).addEventListener("submit", (event) => {
        if (kept) return;
        event.preventDefault();
        beside(row, step);
        const shown = arrow(row, toward).hidden ? row.querySelector("form[data-toward]:not([hidden])") : arrow(row, toward);
        shown.querySelector("button").focus();
      });
    }
  }
}
