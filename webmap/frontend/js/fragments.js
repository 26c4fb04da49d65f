// Fetch a piece of a page from the server and put it in its place; the last asked for wins.
import { words } from "./words.js";

// `way`: what leads out of a piece that could not be had, as HTML.
// `keep`: told just before a piece is replaced; what it gives is called once the new one is there.
export function slot(element, { way = "", keep = () => () => {} } = {}) {
  const fail = (why) => (element.innerHTML = `${way}<p class="empty" role="alert">${why}</p>`);
  let under = null;
  return {
    async show(url) {
      under?.abort();
      under = new AbortController();
      element.classList.add("is-loading");
      element.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(url, { signal: under.signal, headers: { Accept: "text/html" } });
        const piece = await answer.text();
        if (answer.ok) {
          const restore = keep();
          element.innerHTML = piece;
          restore();
        } else fail(answer.status === 404 ? words.gone : words.failed);
      } catch (error) {
        if (error.name === "AbortError") return false;
        fail(words.failed);
      }
      element.classList.remove("is-loading");
      element.removeAttribute("aria-busy");
      return true;
    },
    forget() {
      under?.abort();
    },
  };
}
