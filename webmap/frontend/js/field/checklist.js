// Show what to look for: the lines of this kind of case to be answered, and each provision of the law.
import { answerPart } from "./answering.js";
import { choices, h, labelled } from "./dom.js";
import { recordedSince, unrecorded } from "./queue.js";
import { say } from "./told.js";

const LAW = "en"; // the language that ordinances are written in

const OPTIONS = () => [["passed", say("check.passed")], ["failed", say("check.failed")]];
const ANSWERS = () => ["yes", "no", "not_seen"].map((each) => [each, say(`look.${each}`)]);

export function checklist(stop, draft, { changed, numbers }) {
  const open = unrecorded(stop);
  const since = recordedSince(stop, draft);
  const usual = open.filter((each) => each.usual);
  const rest = open.filter((each) => !each.usual);
  if (!open.length && !since.length) return null;
  draft.finds ??= {};
  const items = (list) => list.map((each) => item(stop, each, draft, { changed, numbers }));
  return h("section", { class: "panel", "data-broken": true }, h("h2", {}, say("check")),
    since.map((each) => h("p", { class: "warned" }, say("check.recorded", { item: each.said ?? each.item, section: each.section }))),
    items(usual),
    rest.length > 0 && h("details", { class: "fold", open: rest.some(({ section }) => draft.checks[section]) },
      h("summary", {}, say("check.more", { n: rest.length })), items(rest)));
}

// One that is broken may be warned of or cited at once, as the violation it becomes with this visit.
function item(stop, each, draft, { changed, numbers }) {
  const { section } = each;
  const parts = ["warnFinds", "finds"];
  const answer = h("div", {});
  const showAnswer = () => answer.replaceChildren(...(draft.checks[section] === "failed"
    ? [answerPart(stop, each, draft, { key: section, parts, isThere: () => true, changed, numbers }).place] : []));
  const choose = (value) => {
    draft.checks[section] = value;
    if (value !== "failed") parts.forEach((part) => delete draft[part]?.[section]);
    changed();
    showAnswer();
  };
  showAnswer();
  return h("div", { class: "item" },
    choices(each.said ?? each.item, OPTIONS(), draft.checks[section], choose),
    h("p", { class: "quiet small" }, `${section} · `, h("span", { lang: LAW }, each.text)), answer);
}

export function lookedPart(stop, draft, { changed, soon }) {
  if (!stop.lines?.length) return null;
  draft.looks ??= {};
  return h("details", { class: "fold panel", open: Object.keys(draft.looks).length > 0 },
    h("summary", {}, say("look", { n: stop.lines.length })),
    stop.lines.map((line, at) => asked(line, stop.lines_said?.[at] ?? line, draft, { changed, soon })));
}

function asked(line, words, draft, { changed, soon }) {
  const keep = (change) => { draft.looks[line] = { answer: null, note: "", ...draft.looks[line], ...change }; };
  const note = h("input", { type: "text", maxlength: 300, autocomplete: "off", value: draft.looks[line]?.note ?? "",
    oninput: ({ target }) => { keep({ note: target.value }); soon(); } });
  const more = h("div", { hidden: !draft.looks[line] }, labelled(say("look.note"), note));
  return h("div", { class: "item look" },
    choices(words, ANSWERS(), draft.looks[line]?.answer, (answer) => { keep({ answer }); more.hidden = false; changed(); }), more);
}
