// Suggest places while someone types: the ARIA combobox pattern over the server's answers.
import { words } from "./words.js";

const WAIT = 120; // milliseconds without a key before asking

export function combobox(form, { choose, found = null }) {
  const input = form.querySelector("[role=combobox]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  let timer = 0;
  let asked = null;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => list.querySelector("[aria-selected=true]");

  function close() {
    clearTimeout(timer);
    asked?.abort();
    fold();
  }

  function fold() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(option) {
    active()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  async function suggest() {
    const typed = input.value.trim();
    if (typed.length < 2) return close();
    asked?.abort();
    asked = new AbortController();
    const url = new URL(form.dataset.suggest, location.href);
    url.searchParams.set("q", typed);
    try {
      const answer = await fetch(url, { signal: asked.signal });
      if (!answer.ok) return close();
      list.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") close();
      return;
    }
    found?.(options().length);
    if (found && !options().length) return fold(); // who asked to be told says so at the field
    if (document.activeElement !== input) return;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    const but = list.querySelector(".suggestion-none")?.textContent ?? "";
    status.textContent = options().length ? `${but} ${words.results(options().length)}`.trim() : words.noMatch;
  }

  function take(option) {
    input.value = option.dataset.label;
    close();
    choose(option.dataset, new URL(option.dataset.href, location.href).href);
  }

  function step(by) {
    const all = options();
    if (!all.length) return;
    const at = all.indexOf(active());
    mark(all[(at + by + all.length + (at < 0 && by < 0 ? 1 : 0)) % all.length]);
  }

  const keys = {
    ArrowDown: () => (list.hidden ? suggest() : step(1)),
    ArrowUp: () => (list.hidden ? suggest() : step(-1)),
    Escape: close, // what is typed stays, which the browser itself would empty
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !list.hidden && active()) {
      event.preventDefault(); // takes the suggestion; what is typed stays unsent
      take(active());
    } else if (keys[event.key]) {
      event.preventDefault();
      event.stopPropagation();
      keys[event.key]();
    }
  });
  // An answer that comes after the field was left is still told, only not unfolded.
  input.addEventListener("blur", () => setTimeout(fold, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
  // Somebody may type before this script has come.
  if (input.value && document.activeElement === input) suggest();
  form.addEventListener("submit", (event) => {
    const option = list.hidden ? null : active();
    if (!option) return; // no suggestion chosen: the server's page of results
    event.preventDefault();
    take(option);
  });
}
