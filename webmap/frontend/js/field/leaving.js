// Sign out from the field, saying before what is not at the office yet.
import { SignedOutError, freshToken } from "./office.js";
import { say, sayCount, signIn } from "./told.js";

const form = document.querySelector(".sign-out");
const said = document.getElementById("leaves");

const tell = (words) => { said.textContent = words; said.hidden = !words; };

// What waits here stays on the phone, under the name of whoever did it.
export const tellLeft = (n) => tell(n ? sayCount("leave", n) : "");

// The page may be an old copy, so its token is asked for anew.
export function watchSignOut() {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      form.elements.csrf_token.value = await freshToken();
      form.submit();
    } catch (error) {
      if (error instanceof SignedOutError) location.assign(signIn);
      else tell(say("leave.offline"));
    }
  });
}
