// Start a case of what is seen in passing: where, whether it is open there already, what is broken.
import { checklist, lookedPart } from "./checklist.js";
import { button, choices, h, icon, labelled } from "./dom.js";
import { askFor, begun } from "./lacking.js";
import { openAt, whereOf } from "./lots.js";
import { photoPart } from "./photo_part.js";
import { placeName, placePart } from "./place_part.js";
import { about, draftOf, findings, foundBroken, looked, matterKey, saveDraft, start, throwAway } from "./queue.js";
import { back, howSeen, notePart, SAVE_AFTER } from "./stop.js";
import { say } from "./told.js";
import { dayOf } from "./words_of.js";

const NEW = "new"; // one is begun at a time
const OWN = "own"; // a case of its own, though another is open there

export const isBegun = (drafts) => drafts.has(NEW);

export const startKey = ({ go }, drafts) => button(say(isBegun(drafts) ? "start.go_on" : "start"), () => go(NEW), { name: "add", kind: "wide" });

export async function startView(app) {
  const { store, day, go } = app;
  if (!day?.starting) return [back(go), h("h1", {}, say("start")), h("p", {}, say("today.never"))];
  const draft = begun(await store.get("drafts", NEW), { place: null, said: "", category: null, into: null, ...(await draftOf(store, { key: NEW })) });
  let timer = null;
  let over = false; // queued or thrown away, so that what comes late changes nothing more
  const save = async () => { clearTimeout(timer); if (!over) await saveDraft(store, draft); };
  const soon = () => { clearTimeout(timer); timer = setTimeout(save, SAVE_AFTER); };
  app.leaving = () => timer && save();
  const lot = { get outline() { return draft.place?.outline; } };
  const parts = { open: h("div", {}), kind: h("div", {}), broken: h("div", {}) };
  const fill = (name, ...children) => parts[name].replaceChildren(...children.filter(Boolean));
  const showBroken = () => {
    const stop = stopOf(day, draft);
    fill("broken", draft.into !== null && checklist(stop, draft, { changed: save, numbers: [] }), lookedPart(stop, draft, { changed: save, soon }));
  };
  const showKind = () => {
    fill("kind", !addedTo(day, draft) && kindPart(day, draft, () => { save(); showBroken(); }));
    showBroken();
  };
  const showOpen = () => {
    const found = openAt(day, draft.place);
    const there = found.map(matterKey).sort().join();
    const holds = draft.into === OWN ? draft.there === there : found.some((each) => matterKey(each) === draft.into);
    if (!holds) draft.into = found.length ? null : OWN;
    draft.there = there;
    fill("open", found.length && openPart(app, found, draft, () => { save(); showKind(); }));
    showKind();
  };
  const where = placePart(day, draft, () => { soon(); showOpen(); });
  showOpen();
  return [
    back(go), h("h1", {}, say("start")), h("p", { class: "quiet" }, say("start.hint")),
    where, parts.open, parts.kind, await photoPart(app, lot, draft), parts.broken,
    howSeen(draft, { changed: save, soon }), notePart(draft, soon),
    ending(app, draft, { save, end: () => { over = true; clearTimeout(timer); app.leaving = null; } }),
  ];
}

// The case open there that what is seen is added to, if the officer says so.
const addedTo = (day, { into }) => day.starting.known.find((each) => matterKey(each) === into);

// What is seen as the parts of a stop take it: nobody is named yet, and nothing is on record but what
// a case that is open there has.
function stopOf(day, draft) {
  const added = addedTo(day, draft);
  const category = added?.category ?? draft.category;
  const kind = day.starting.kinds.find((each) => each.category === category);
  const items = category ? day.starting.checklist.map((each) => ({ ...each, usual: each.category === category })) : [];
  return {
    key: NEW, address: draft.place ? placeName(draft.place) : "", number: added?.number ?? null,
    case: added?.id ?? null, complaint: null, basis: 0, respondents: [],
    violations: (added?.sections ?? []).map((section) => ({ section })),
    checklist: items, lines: kind?.lines ?? [], lines_said: kind?.lines_said ?? [],
  };
}

// What is open there comes before a case of its own: a stop of the day is gone to, another case added to.
function openPart(app, found, draft, changed) {
  const onDay = new Set(app.day.stops.filter(({ over }) => !over).map(({ key }) => key));
  const keyOf = ({ kind, id }) => `${kind}-${id}`;
  const others = found.filter((each) => each.kind === "case" && !onDay.has(keyOf(each)));
  const options = [...others.map(({ id, number }) => [`case:${id}`, say("start.add", { number })]), [OWN, say("start.own")]];
  return h("section", { class: "panel warned", "data-open": true }, h("h2", {}, say("start.open")),
    found.map((each) => h("div", { class: "open-there" },
      h("p", {}, h("strong", {}, each.said), ` ${each.number}`, each.since && h("span", { class: "quiet small" }, ` · ${dayOf(each.since)}`)),
      onDay.has(keyOf(each)) && button(say("start.to_stop"), () => app.go(`stop/${keyOf(each)}`)))),
    choices(say("start.same"), options, draft.into, (value) => { draft.into = value; changed(); }));
}

function kindPart(day, draft, changed) {
  const option = (value, words) => h("option", { value, selected: value === (draft.category ?? "") }, words);
  const select = h("select", { onchange: ({ target }) => { draft.category = target.value || null; draft.checks = {}; changed(); } },
    option("", say("start.choose")), day.starting.kinds.map(({ category, said }) => option(category, said)));
  return h("section", { class: "panel", "data-kind": true }, labelled(say("start.kind"), select));
}

// The words and where they belong, in the order of the page; null once nothing is lacking.
function lackingOf(day, draft) {
  const added = addedTo(day, draft);
  if (!draft.place) return { words: say("start.lacks.place"), at: "[data-place] .field" };
  if (draft.into === null) return { words: say("start.lacks.same"), at: "[data-open] .choices" };
  if (!added && !draft.category) return { words: say("start.lacks.kind"), at: "[data-kind] .field" };
  if (!added && !foundBroken(stopOf(day, draft), draft).length) return { words: say("start.lacks.broken"), at: "[data-broken] .item .choices" };
  if (!draft.entry) return { words: say("finish.how"), at: "[data-entry] .choices" };
  if (draft.entry !== "refused" && !draft.entry_detail.trim()) return { words: say("finish.entry"), at: "[data-entry] .field" };
  return null;
}

function deedOf(day, draft) {
  const added = addedTo(day, draft);
  const stop = stopOf(day, draft);
  const seen = {
    entry: draft.entry, entry_detail: draft.entry_detail.trim(), findings: findings(stop, draft), looked: looked(draft), note: draft.note.trim(),
  };
  if (added) return { ...about({ ...stop, key: `case-${added.id}` }), kind: "visit", payload: { ...seen, inspection: null, belief: null } };
  const shown = openAt(day, draft.place).map(matterKey);
  const { said } = day.starting.kinds.find(({ category }) => category === draft.category);
  return { ...about(stop), kind: "open", said, payload: { ...seen, category: draft.category, ...whereOf(draft.place), shown } };
}

function ending(app, draft, { save, end }) {
  const { store, day } = app;
  const problem = h("p", { class: "problem", role: "alert" });
  const done = async (act) => {
    try {
      await save();
      await act();
    } catch (error) {
      problem.textContent = say("finish.failed", { why: error.message });
      return;
    }
    end();
    app.send();
    app.go("today");
  };
  const open = button(say("start.do"), () => {
    const lacks = lackingOf(day, draft);
    return lacks ? askFor(lacks) : done(() => start(store, draft, deedOf(day, draft)));
  }, { kind: "primary wide", name: "check_circle" });
  const sure = h("div", { class: "keys" }, button(say("start.drop.do"), () => done(() => throwAway(store, draft)), { kind: "wide" }));
  return h("section", { class: "ending" }, problem, h("p", { class: "quiet" }, icon("cloud"), ` ${say("start.follows")}`), open,
    h("details", { class: "fold" }, h("summary", {}, say("start.drop")), h("p", {}, say("start.drop.hint")), sure));
}
