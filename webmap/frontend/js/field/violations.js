// Show each violation with its clock, and take what became of it: a result, a citation.
import { choices, h, labelled } from "./dom.js";
import { say } from "./told.js";
import { dollars, dueWords } from "./words_of.js";

export function violationCards(stop, draft, { changed, numbers }) {
  if (!stop.violations.length) return null;
  return h("section", { class: "panel" }, h("h2", {}, say("violations")),
    stop.violations.map((each) => card(stop, each, draft, { changed, numbers })));
}

function card(stop, violation, draft, { changed, numbers }) {
  const { id, section, title, status, due, may } = violation;
  return h("article", { class: "violation" },
    h("h3", {}, title),
    h("p", { class: "line" }, `${section} · `, h("strong", {}, status === "alleged" ? say("violation.alleged") : dueWords(due))),
    may.length > 0 && choices(say("violation.now"), may.map((each) => [each, say(`result.${each}`)]), draft.results[id],
      (value) => { draft.results[id] = value; changed(); }),
    citePart(stop, violation, draft, { changed, numbers }));
}

const EXCUSES = ["serious_threat", "irreparable"];

// What the law asks before a citation is said beforehand; the office decides.
function citePart(stop, { id, cite }, draft, { changed, numbers }) {
  if (!cite) return null;
  const fold = (...children) => h("details", { class: "fold", open: Boolean(draft.cites[id]) }, h("summary", {}, say("cite")), children);
  if (cite.lacks.includes("running")) return fold(h("p", {}, say("cite.running")));
  if (!stop.respondents.length) return fold(h("p", {}, say("cite.nobody")));
  if (!numbers.length && !draft.cites[id]) return fold(h("p", {}, say("cite.no_numbers")));
  const excuses = [...(cite.repeat ? ["repeat"] : []), ...EXCUSES];
  const lacks = cite.lacks.filter((each) => each !== "running");
  const said = { respondent: stop.respondents[0].id, penalty_cents: cite.usual, excused: lacks.length ? excuses[0] : null };
  const current = () => draft.cites[id] ?? said;
  const set = (change) => { if (draft.cites[id]) { Object.assign(draft.cites[id], change); changed(); } else Object.assign(said, change); };
  const select = (options, value, pick) => h("select", { onchange: ({ target }) => pick(target.value) },
    options.map(([key, words]) => h("option", { value: key, selected: String(key) === String(value) }, words)));
  const amount = h("input", {
    type: "number", inputmode: "decimal", min: cite.least / 100, max: cite.most / 100, step: "0.01", value: current().penalty_cents / 100,
    onchange: ({ target }) => set({ penalty_cents: Math.round(Number(target.value) * 100) }),
  });
  return fold(
    lacks.length > 0 && h("p", { class: "warned" }, lacks.map((each) => say(`cite.lacks.${each}`)).join(" ")),
    labelled(say("cite.to"), select(stop.respondents.map((each) => [each.id, `${each.name} (${each.kind})`]), current().respondent, (value) => set({ respondent: Number(value) }))),
    labelled(say("cite.penalty"), amount, { hint: say("cite.range", { least: dollars(cite.least), most: dollars(cite.most) }) }),
    lacks.length > 0 && labelled(say("cite.excuse"), select(excuses.map((each) => [each, say(`excuse.${each}`)]), current().excused, (value) => set({ excused: value }))),
    h("label", { class: "check big" },
      h("input", { type: "checkbox", checked: Boolean(draft.cites[id]), onchange: ({ target }) => { draft.cites[id] = target.checked ? { ...said } : null; changed(); } }),
      h("span", {}, say("cite.do"))),
    h("p", { class: "quiet small" }, say("cite.hint")));
}
