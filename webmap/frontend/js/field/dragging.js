// Let rows of a list be dragged by their grips; buttons do the same for whoever does not drag.

export function draggable(list, move) {
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".grip");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    drag(list, grip.closest("li"), event, move);
  });
}

function drag(list, row, start, move) {
  const rows = [...list.children];
  const from = rows.indexOf(row);
  row.classList.add("dragged");
  list.setPointerCapture(start.pointerId);

  const target = (y) => {
    const others = rows.filter((each) => each !== row);
    const at = others.findIndex((each) => y < each.getBoundingClientRect().top + each.offsetHeight / 2);
    return { others, at: at < 0 ? others.length : at };
  };
  const follow = ({ clientY }) => {
    const { others, at } = target(clientY);
    list.insertBefore(row, others[at] ?? null);
  };
  const drop = () => {
    list.removeEventListener("pointermove", follow);
    row.classList.remove("dragged");
    const to = [...list.children].indexOf(row);
    if (to !== from) move(from, to);
  };
  list.addEventListener("pointermove", follow);
  list.addEventListener("pointerup", drop, { once: true });
  list.addEventListener("pointercancel", drop, { once: true });
}
