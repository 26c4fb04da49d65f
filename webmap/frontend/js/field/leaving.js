// Sign out from the field, saying before what is not at the office yet.
import { dropOthers } from "../sharing.js";
import { h } from "./dom.js";
import { RefusedError, SignedOutError, freshToken } from "./office.js";
import { halt } from "./prefetch.js";
import { account, say, sayCount, signIn } from "./told.js";

const form = document.querySelector(".sign-out");
const left = document.getElementById("leaves");
const answer = document.getElementById("leaving");

// What waits here stays on the phone, under the name of whoever did it.
export function tellLeft(n) {
  left.textContent = n ? sayCount("leave", n) : "";
  left.hidden = !n;
}

// The page may be an old copy, so its token is asked for anew.
export function watchSignOut() {
  form.closest("details").addEventListener("toggle", () => answer.replaceChildren());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    answer.replaceChildren();
    try {
      form.elements.csrf_token.value = await freshToken();
      halt(); // nothing of the office's is asked for once the session has ended
      await dropOthers(""); // and nothing of it stays on the phone
      form.submit();
    } catch (error) {
      if (error instanceof SignedOutError) location.assign(signIn);
      else if (error instanceof RefusedError) location.assign(account); // one's role is another now
      else answer.append(h("p", { class: "leaves" }, say(error.status ? "leave.later" : "leave.offline")));
    }
  });
}
