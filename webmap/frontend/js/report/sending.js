// Send a report so that a bad network loses nothing: photographs first, each once, then the words.
// The town knows the report by the key its page was given, so that many sends are one report.

const WAITS = [3, 10, 30, 60]; // seconds before each new try; the last goes on
const HURRY = 1000;
const SOON = 429;
const RESENT_AFTER = 12 * 3600 * 1000; // the town drops photographs whose words do not come for a day

class Unreached extends Error {
  constructor(seconds = 0) {
    super("the town was not reached");
    this.seconds = seconds;
  }
}

// A photograph is not taken in: its sender looks at that first, and sends again.
class Refused extends Error {}

// What an answer holds; one that breaks off, or is none of the town's, is as good as none.
const whole = (body) => body.catch(() => Promise.reject(new Unreached()));

async function ask(url, options) {
  const answer = await fetch(url, { ...options, credentials: "same-origin" }).catch(() => null);
  if (!answer || answer.status >= 500) throw new Unreached();
  if (answer.status === SOON) throw new Unreached(Number(answer.headers.get("Retry-After")) || 60);
  return answer;
}

async function sendPhoto(form, photo, token) {
  const url = `${form.dataset.photo.replace(/[0-9a-f-]{36}/, form.elements.key.value)}?${new URLSearchParams({ name: photo.name })}`;
  const headers = { "X-CSRFToken": token, "Content-Type": "application/octet-stream" };
  const answer = await ask(url, { method: "POST", headers, body: photo.file });
  if (answer.ok) return null;
  if (answer.status === 413) return { error: `> ${Math.round(form.dataset.mostBytes / 2 ** 20)} MB` };
  return answer.status === 422 ? whole(answer.json()) : Promise.reject(new Unreached());
}

// One whole try; gives the page that answered.
async function attempt(form, { draft, album, says }) {
  const { token } = await whole((await ask(form.dataset.token)).json());
  form.elements.csrf_token.value = token;
  const waiting = (await draft.photos()).filter(({ sent }) => !sent || Date.now() - sent > RESENT_AFTER);
  let nth = 0;
  let isRefused = false;
  for (const photo of waiting) {
    nth += 1;
    says.textContent = says.dataset.photoSending.replace("#", nth).replace("%", waiting.length);
    const refused = await sendPhoto(form, photo, token);
    if (refused) {
      isRefused = true;
      await draft.dropPhoto(photo.id);
      await album.refuse(photo, refused.error);
    } else await draft.keepPhoto({ ...photo, sent: Date.now() });
  }
  if (isRefused) throw new Refused();
  says.textContent = says.dataset.sending;
  const words = new FormData(form);
  words.delete("photos");
  const answer = await ask(form.action, { method: "POST", body: words, headers: { Accept: "text/html" } });
  return whole(answer.text());
}

export function sending(form, { draft, album, keep, answered }) {
  const says = form.querySelector("[data-send-says]");
  let tries = 0;
  let timer = 0;
  let busy = false;

  // What waits for a network could not be sent at its first chance, were this still to be asked.
  function isUnanswered() {
    const asked = form.querySelector("#same_as");
    if (!asked || asked.querySelector("[name=same_as]:checked")) return false;
    says.textContent = says.dataset.unanswered;
    asked.focus();
    return true;
  }

  async function send() {
    if (busy || !form.isConnected) return;
    busy = true;
    clearTimeout(timer);
    says.textContent = says.dataset.sending;
    try {
      await keep({ unsent: true });
      const page = await attempt(form, { draft, album, says });
      await answered(page);
    } catch (error) {
      if (error instanceof Refused) return void (says.textContent = says.dataset.refused);
      const wait = error.seconds || WAITS[Math.min(tries, WAITS.length - 1)];
      says.textContent = error.seconds ? says.dataset.waiting.replace("#", Math.ceil(error.seconds / 60)) : says.dataset.kept;
      says.dataset.state = "kept";
      tries += 1;
      timer = setTimeout(send, wait * HURRY); // whatever it was, the report is not given up
      if (!(error instanceof Unreached)) throw error;
    } finally {
      busy = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isUnanswered()) send();
  });
  const online = () => form.isConnected && timer && send();
  addEventListener("online", online);
  return () => {
    clearTimeout(timer);
    removeEventListener("online", online);
  };
}
