// Let the office be worked by keys: / finds, g and a letter goes, j and k walk a table, ? tells all.
const TYPING = "input, select, textarea, [contenteditable]";

export function keys() {
  let waiting = false; // a g was pressed, its letter is to come
  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.closest(TYPING) && event.target.type !== "checkbox") return;
    const done = waiting ? go(event.key) : press(event.key);
    waiting = !waiting && event.key === "g";
    if (done || waiting) event.preventDefault();
  });
}

function press(key) {
  if (key === "/") return focus(document.querySelector("[data-slash]"));
  if (key === "?") return help();
  if (key === "j" || key === "k") return walk(key === "j" ? 1 : -1);
  if (key === "x") return tick();
  return false;
}

function go(key) {
  const link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  link?.click();
  return Boolean(link);
}

const rows = () => [...document.querySelectorAll("[data-rows] tbody tr, ol[data-rows] > li")];
const current = () => rows().findIndex((row) => row.contains(document.activeElement));

function walk(step) {
  const all = rows();
  const next = all[Math.min(Math.max(current() + step, 0), all.length - 1)];
  return focus(next?.querySelector("th a, :scope > a"));
}

function tick() {
  const box = rows()[current()]?.querySelector("input[type=checkbox]");
  if (box) box.checked = !box.checked;
  return Boolean(box);
}

function focus(element) {
  element?.focus();
  element?.select?.();
  return Boolean(element);
}

function help() {
  const dialog = document.querySelector("#keys");
  dialog?.showModal();
  return Boolean(dialog);
}
