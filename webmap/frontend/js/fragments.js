// Fetch a piece of a page from the server and put it in its place; the last asked for wins.
import { words } from "./words.js";

export function slot(element) {
  let under = null;
  return {
    async show(url) {
      under?.abort();
      under = new AbortController();
      element.classList.add("is-loading");
      element.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(url, { signal: under.signal, headers: { Accept: "text/html" } });
        element.innerHTML = await answer.text();
      } catch (error) {
        if (error.name === "AbortError") return false;
        element.innerHTML = `<p class="empty" role="alert">${words.failed}</p>`;
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
