// Show what to look for by the town's law: each item kept, broken, or not looked at.
import { choices, h } from "./dom.js";
import { say } from "./told.js";

const OPTIONS = () => [["passed", say("check.passed")], ["failed", say("check.failed")]];

export function checklist(stop, draft, changed) {
  const known = new Set(stop.violations.map(({ section }) => section));
  const open = stop.checklist.filter(({ section }) => !known.has(section));
  const usual = open.filter((each) => each.usual);
  const rest = open.filter((each) => !each.usual);
  if (!open.length) return null;
  const items = (list) => list.map((each) => item(each, draft, changed));
  return h("section", { class: "panel" }, h("h2", {}, say("check")),
    items(usual),
    rest.length > 0 && h("details", { class: "fold", open: rest.some(({ section }) => draft.checks[section]) },
      h("summary", {}, say("check.more", { n: rest.length })), items(rest)));
}

function item(each, draft, changed) {
  return h("div", { class: "item" },
    choices(each.item, OPTIONS(), draft.checks[each.section], (value) => { draft.checks[each.section] = value; changed(); }),
    h("p", { class: "quiet small" }, `${each.section} · ${each.text}`));
}
