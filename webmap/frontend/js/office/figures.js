// Let Esc put away the meaning of a figure that the pointer or the focus has called up.
export function hushable(figures) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") figures.classList.add("is-hushed");
  });
  for (const kind of ["mouseover", "focusin"]) {
    figures.addEventListener(kind, () => figures.classList.remove("is-hushed"));
  }
}
