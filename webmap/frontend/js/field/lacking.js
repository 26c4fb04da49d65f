// Say what a visit still lacks before it may be finished, at the place where it is to be given.
import { h } from "./dom.js";
import { unsaid } from "./handing.js";
import { unsaidPosting } from "./posting.js";
import { handings, postings } from "./queue.js";
import { say } from "./told.js";

// The words and where they belong, in the order of the page; null once nothing is lacking.
export function lacking(stop, draft) {
  const unanswered = stop.violations.find(({ id, may }) => may.length > 0 && !draft.results[id]);
  if (unanswered) return { words: say("finish.result"), at: `[data-violation="${unanswered.id}"] .choices` };
  if (!draft.entry) return { words: say("finish.how"), at: "[data-entry] .choices" };
  if (draft.entry !== "refused" && !draft.entry_detail.trim()) return { words: say("finish.entry"), at: "[data-entry] .field" };
  if (stop.needs_belief && !draft.belief.trim()) return { words: say("finish.belief"), at: "[data-belief] .field" };
  return lackingOf(handings(stop, draft), postings(draft));
}

// The first of what is handed over that does not say who took it, or is posted and not where.
export const lackingOf = (handed, posted) => [...handed.map(unsaid), ...posted.map(unsaidPosting)].find(Boolean) ?? null;

export function askFor({ words, at }) {
  document.querySelectorAll("[data-lacks]").forEach((each) => each.remove());
  const place = document.querySelector(at);
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const told = tellLack(place, words);
  place.querySelector("input, textarea, select").focus();
  told.scrollIntoView({ block: "nearest" });
}

// Put the words beside what they ask for, until something is given there.
export function tellLack(place, words) {
  const told = h("p", { class: "problem", role: "alert", id: "lacks", "data-lacks": true }, words);
  place.append(told);
  place.addEventListener("input", () => told.remove(), { once: true });
  return told;
}

// "Not seen this time" is an answer for the officer, and nothing that the office is told.
export const seen = (draft) => ({
  ...draft, results: Object.fromEntries(Object.entries(draft.results).filter(([, result]) => result !== UNSEEN)),
});

export const UNSEEN = "unseen";

// A visit that begins says nothing yet of how it was seen; one begun before keeps what it says.
export const begun = (kept, drafted) =>
  kept?.visit === drafted.visit ? drafted : { ...drafted, entry: null, entry_detail: "" };
