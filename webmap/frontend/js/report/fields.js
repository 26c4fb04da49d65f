// Read what a report's form says, and give it back; who reports is kept only where they ask for it.

const IDENTITY = ["name", "home", "phone", "email"];
const NEVER = ["csrf_token", "photos", "website", "shown"];

export const keepsIdentity = (form) => form.querySelector("[data-keep-me]").checked;

export function said(form) {
  const words = {};
  for (const [name, value] of new FormData(form)) {
    if (NEVER.includes(name) || typeof value !== "string") continue;
    if (IDENTITY.includes(name) && !keepsIdentity(form)) continue;
    words[name] = value;
  }
  return words;
}

// Whether somebody has begun to write: the page's own hidden fields are no words of theirs.
export const isBegun = (words) => Boolean(words && (words.where || words.point || words.kind || words.said));

export function give(form, words) {
  for (const [name, value] of Object.entries(words)) {
    const field = form.elements[name];
    if (field) field.value = value; // of radio buttons too: a list of them takes a value
  }
  form.querySelector("[data-keep-me]").checked = IDENTITY.some((name) => words[name]);
}
