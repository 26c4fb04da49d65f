// Let a stop be taken by its number in a list and let fall on another officer, or elsewhere in the same day.

const MOVED = 6; // pixels after which a press is a drag
const EDGE = 90; // pixels from an edge of the window within which the page rolls on
const ROLL = 14; // pixels a frame

export function byLists(page, ask) {
  page.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (grip && event.button === 0) carry(page, grip, event, ask);
  });
}

function carry(page, grip, from, ask) {
  const row = grip.closest("[data-stop]");
  const of = row.closest("[data-whose]").dataset.whose;
  const ghost = document.createElement("div");
  ghost.className = "plan-ghost is-free";
  const end = new AbortController();
  const on = (kind, does) => window.addEventListener(kind, does, { signal: end.signal });
  let at = from;
  let target = null;
  let moved = false;

  function look() {
    show(page, null);
    target = under(at, row, of);
    show(page, target);
    ghost.textContent = target ? `${grip.textContent} → ${target.letter}${target.at}` : grip.textContent;
    ghost.classList.toggle("is-over-target", Boolean(target));
    ghost.style.transform = `translate(${at.clientX + 14}px, ${at.clientY + 14}px)`;
  }

  function roll() {
    if (end.signal.aborted) return;
    const step = at.clientY < EDGE ? -ROLL : at.clientY > window.innerHeight - EDGE ? ROLL : 0;
    if (step) {
      window.scrollBy(0, step);
      look();
    }
    requestAnimationFrame(roll);
  }

  function stop() {
    end.abort();
    ghost.remove();
    show(page, null);
    document.body.classList.remove("is-dragging");
  }

  from.preventDefault();
  on("pointermove", (event) => {
    if (event.pointerId !== from.pointerId) return;
    at = event;
    if (!moved && Math.hypot(at.clientX - from.clientX, at.clientY - from.clientY) <= MOVED) return;
    if (!moved) {
      moved = true;
      document.body.append(ghost);
      document.body.classList.add("is-dragging");
      requestAnimationFrame(roll);
    }
    look();
  });
  on("pointerup", () => {
    stop();
    if (moved && target) ask({ stop: row.dataset.stop, of, to: target.to, at: target.at });
  });
  on("pointercancel", stop);
  on("keydown", (event) => event.key === "Escape" && stop());
}

// Whose day lies under a point, and before which of its stops: none of the day's own place.
function under({ clientX, clientY }, row, of) {
  const drop = document.elementFromPoint(clientX, clientY)?.closest("[data-drop]");
  if (!drop) return null;
  const { drop: to, letter } = drop.dataset;
  if (!drop.hasAttribute("data-whose")) return to === of ? null : { drop, to, letter, at: "" };
  const others = [...drop.querySelectorAll("[data-stop]")].filter((each) => each !== row);
  const before = others.findIndex((each) => middle(each) > clientY);
  const at = before < 0 ? others.length : before;
  const there = [...drop.querySelectorAll("[data-stop]")].indexOf(row);
  if (to === of && there === at) return null;
  return { drop, to, letter, at: at + 1, next: others[at], last: others[at - 1] };
}

function middle(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}

function show(page, target) {
  for (const name of ["is-drop", "is-before", "is-after"]) page.querySelectorAll(`.${name}`).forEach((each) => each.classList.remove(name));
  if (!target) return;
  target.drop.classList.add("is-drop");
  if (target.next) target.next.classList.add("is-before");
  else target.last?.classList.add("is-after");
}
