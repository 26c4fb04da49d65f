// Raise and lower the sheet under a phone's map, by its handle or by scrolling the page.

const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

export function sheet(page) {
  const handle = page.querySelector(".sheet-handle");
  const up = () => window.scrollY > 120;

  handle.addEventListener("click", () => {
    const top = up() ? 0 : page.querySelector(".pane-body").offsetTop - 80;
    window.scrollTo({ top, behavior: calm() ? "auto" : "smooth" });
  });
  window.addEventListener(
    "scroll",
    () => handle.setAttribute("aria-expanded", String(up())),
    { passive: true },
  );
}
