// Show each violation with its clock, and take what became of it: a result, a warning, a citation.
import { answerPart } from "./answering.js";
import { choices, h } from "./dom.js";
import { UNSEEN } from "./lacking.js";
import { stands } from "./queue.js";
import { say } from "./told.js";
import { clockWords } from "./words_of.js";

export function violationCards(stop, draft, { changed, numbers }) {
  if (!stop.violations.length) return null;
  return h("section", { class: "panel" }, h("h2", {}, say("violations")),
    stop.violations.map((each) => card(stop, each, draft, { changed, numbers })));
}

function card(stop, violation, draft, { changed, numbers }) {
  const { id, section, title, status, due, may } = violation;
  const answer = answerPart(stop, violation, draft, {
    key: id, parts: ["warns", "cites"], isThere: () => stands(violation, draft), changed, numbers,
  });
  return h("article", { class: "violation", "data-violation": id },
    h("h3", {}, title),
    h("p", { class: "line" }, `${section} · `, h("strong", {}, status === "alleged" ? say("violation.alleged") : clockWords(stop, due))),
    may.length > 0 && choices(say("violation.now"), [...may, UNSEEN].map((each) => [each, say(`result.${each}`)]), draft.results[id],
      (value) => { draft.results[id] = value; changed(); answer.showWarn(); }),
    answer.place);
}
