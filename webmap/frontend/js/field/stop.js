// Show one stop and take what is seen there: dangers first, then what to decide, then all that was.
import { caseLink } from "./case_link.js";
import { button, choices, h, icon, labelled } from "./dom.js";
import { flagHazard, hazardPanel } from "./hazards.js";
import { checklist, lookedPart } from "./checklist.js";
import { shortOf, unserved } from "./handing.js";
import { history } from "./history.js";
import { postingPart, postingShortOf } from "./posting.js";
import { askFor, begun, lacking, lackingOf, seen } from "./lacking.js";
import { photoPart } from "./photo_part.js";
import { draftOf, dropped, finish, foundBroken, handings, noAccess, postings, saveDraft, servings } from "./queue.js";
import { directions, purpose } from "./today.js";
import { say } from "./told.js";
import { typed } from "./typed.js";
import { violationCards } from "./violations.js";
import { foundWords, visitsOf } from "./visits.js";
import { clockOf, dayOf, hourOf, isToday } from "./words_of.js";

export const SAVE_AFTER = 300; // ms of quiet while somebody writes

export async function stopView(app, key) {
  const { store, day, go } = app;
  const stop = day?.stops.find((each) => each.key === key);
  if (!stop) return [back(go), h("h1", {}, say("stop.gone")), h("p", {}, say("stop.gone.hint"))];
  const visit = visitsOf(await store.all("deeds"), day).get(key);
  if (stop.over) return overView(app, stop, visit);
  const draft = begun(await store.get("drafts", stop.key), await draftOf(store, stop));
  let timer = null;
  let over = false; // finished, so that what comes late changes nothing more
  const save = async () => { clearTimeout(timer); if (!over) await saveDraft(store, draft); };
  const soon = () => { clearTimeout(timer); timer = setTimeout(save, SAVE_AFTER); };
  const closing = h("div", { class: "closing" });
  const changed = async () => { if (over) return; closing.replaceChildren(...closePart(stop, draft, changed)); await save(); };
  closing.append(...closePart(stop, draft, changed));
  app.leaving = () => timer && save();
  const numbers = (await store.get("kept", "numbers")) ?? [];
  return [
    back(go),
    head(stop, app),
    visit && visitedPart("stop.visited", visit),
    hazardPanel(stop, app),
    history(stop),
    saidPart(stop),
    await photoPart(app, stop, draft),
    violationCards(stop, draft, { changed, numbers }),
    unserved(stop, draft, changed),
    postingPart(stop, draft, changed),
    checklist(stop, draft, { changed, numbers }),
    lookedPart(stop, draft, { changed, soon }),
    howSeen(draft, { changed, soon }),
    stop.needs_belief && beliefPart(draft, soon),
    notePart(draft, soon),
    closing,
    ending(app, stop, draft, { save, end: () => { over = true; } }),
    flagHazard(stop, app),
  ];
}

// What was visited today and is no stop any more is read, and its dangers told; no visit is begun.
const overView = (app, stop, visit) => [
  back(app.go), head(stop, app), visit && visitedPart("stop.visited.over", visit), hazardPanel(stop, app), history(stop), saidPart(stop),
  flagHazard(stop, app),
];

const visitedPart = (words, visit) => h("section", { class: "panel visited" },
  h("p", {}, icon("check_circle"), ` ${say(isToday(visit.at) ? words : `${words}.before`, { at: hourOf(visit.at) })}`),
  h("p", {}, h("strong", {}, foundWords(visit))),
  visit.note && h("p", {}, visit.note));

const saidPart = ({ said }) => said && h("section", { class: "panel" }, h("h2", {}, say("stop.said")), h("p", {}, said));

export const back = (go) => h("p", {}, h("a", { class: "key back", href: "#today", onclick: (event) => { event.preventDefault(); go("today"); } }, icon("arrow_back"), say("today")));

function head(stop, app) {
  return h("header", { class: "stop-head" },
    h("div", {}, h("h1", {}, stop.address),
      h("p", { class: "line" }, `${stop.category} · `, h("span", { class: "whole" }, stop.number)),
      purpose(stop),
      stop.handed && h("p", { class: "handed small" }, handedWords(stop.handed)),
      stop.appointment && h("p", { class: "line" }, say(stop.appointment.confirmed ? "why.confirmed" : "why.booked", { at: clockOf(stop.appointment.at) }))),
    outline(stop),
    h("div", { class: "across" },
      h("div", { class: "keys" }, directions(stop), stop.case && caseLink(app, stop.number)),
      handOn(app.day.handers)));
}

function handedWords({ on, before, ...how }) {
  const key = how.file ? "handed.file" : how.zone ? "handed.zone" : "handed";
  const words = say(key, { ...how, on: dayOf(on) });
  return before ? `${words} ${say("handed.before", { who: before })}` : words;
}

// Who may give a stop to another officer: no officer does.
const handOn = (handers) => handers?.length > 0
  && h("p", { class: "quiet small" }, say("stop.hand_on", { who: handers.join(", ") }));

// The lot's outline as a small drawing: north is up, nothing has to be fetched.
function outline(stop) {
  const rings = stop.outline?.coordinates.flat() ?? [];
  if (!rings.length) return null;
  const narrow = Math.cos((rings[0][0][1] * Math.PI) / 180);
  const points = rings.map((ring) => ring.map(([lon, lat]) => [lon * narrow, -lat]));
  const xs = points.flat().map(([x]) => x);
  const ys = points.flat().map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const side = Math.max(Math.max(...xs) - left, Math.max(...ys) - top) || 1;
  const d = points.map((ring) => `M${ring.map(([x, y]) => `${(((x - left) / side) * 88 + 6).toFixed(1)} ${(((y - top) / side) * 88 + 6).toFixed(1)}`).join("L")}Z`).join("");
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 100 100");
  drawing.setAttribute("class", "outline");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", say("stop.outline", { parcel: stop.parcel_no ?? stop.address }));
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", d);
  drawing.append(path);
  return drawing;
}

const ENTRIES = ["vantage", "consent", "warrant", "refused"];

export function howSeen(draft, { changed, soon }) {
  const street = say("entry.street");
  const detail = h("input", { type: "text", maxlength: 300, value: draft.entry_detail, autocomplete: "off", ...typed(`entry ${draft.key}`),
    oninput: ({ target }) => { draft.entry_detail = target.value; soon(); } });
  const write = (words) => { detail.value = words; detail.dispatchEvent(new Event("input", { bubbles: true })); };
  const usual = button(street, () => write(street), { kind: "small-key", hidden: draft.entry !== "vantage" });
  const choose = (value) => {
    draft.entry = value;
    usual.hidden = value !== "vantage";
    // What is usual from outside says nothing about a consent.
    if (detail.value === street && value !== "vantage") write("");
    changed();
  };
  return h("section", { class: "panel", "data-entry": true }, h("h2", {}, say("entry")),
    choices(say("entry.how"), ENTRIES.map((each) => [each, say(`entry.${each}`)]), draft.entry, choose),
    labelled(say("entry.detail"), detail, { hint: say("entry.detail.hint") }), usual);
}

const beliefPart = (draft, soon) => h("section", { class: "panel", "data-belief": true }, h("h2", {}, say("belief")),
  labelled(say("belief.why"), h("textarea", { rows: 2, maxlength: 2000, ...typed(`belief ${draft.key}`), oninput: ({ target }) => { draft.belief = target.value; soon(); } }, draft.belief),
    { hint: say("belief.hint") }));

export const notePart = (draft, soon) => h("section", { class: "panel" },
  labelled(say("note"), h("textarea", { rows: 3, maxlength: 4000, ...typed(`note ${draft.key}`), oninput: ({ target }) => { draft.note = target.value; soon(); } }, draft.note)));

// Offered once nothing seen here is left open; whether more is, the office knows.
function closePart(stop, draft, changed) {
  const failed = foundBroken(stop, draft).length > 0;
  const ended = stop.violations.every(({ id }) => ["corrected", "unfounded"].includes(draft.results[id]));
  const cited = Object.values(draft.cites).some(Boolean);
  if (failed || cited || !ended) {
    draft.close = false;
    return [];
  }
  const reason = say(stop.violations.some(({ id }) => draft.results[id] === "corrected") ? "close.corrected" : "close.unfounded");
  return [h("label", { class: "check big" },
    h("input", { type: "checkbox", checked: Boolean(draft.close), onchange: ({ target }) => { draft.close = target.checked && reason; changed(); } }),
    h("span", {}, say("close.offer")))];
}

// What is handed over and would not count as service as it stands: told before it is too late to ask,
// and no reason to keep a deed back.
async function askShort(app, place, stop, draft, handed, act) {
  const photos = (await app.store.all("photos")).some(({ visit }) => visit === draft.visit);
  const short = [
    ...handed.map(([key, each]) => [key, shortOf(each, stop)]),
    ...postings(draft).map((each) => [each[0], postingShortOf(each, stop, { photos })]),
  ].filter(([, lacks]) => lacks.length);
  if (!short.length) return act();
  const back = button(say("short.back"), () => {
    place.replaceChildren();
    document.querySelector(`[data-handed="${CSS.escape(short[0][0])}"]`).scrollIntoView();
  });
  const lacks = [...new Set(short.flatMap(([, each]) => each))];
  const panel = h("div", { class: "panel warned", role: "alertdialog", tabindex: -1, "aria-label": say("short") },
    h("h2", {}, say("short")), h("ul", {}, lacks.map((each) => h("li", {}, each))), h("p", {}, say("short.hint")),
    h("div", { class: "keys" }, back, button(say("short.anyway"), act)));
  place.replaceChildren(panel);
  panel.focus();
  return null;
}

// What a visit in vain drops of the draft, in words; empty where nothing.
function lostWords(draft) {
  const { found, cites } = dropped(draft);
  const what = [found && say("no_access.lost.found"), cites && say("no_access.lost.cites")].filter(Boolean);
  return what.length ? say("no_access.lost", { what: what.join(", ") }) : "";
}

function ending(app, stop, draft, { save, end: endDraft }) {
  const problem = h("p", { class: "problem", role: "alert" });
  const done = async (act) => {
    problem.textContent = "";
    try {
      await save();
      await act();
    } catch (error) {
      problem.textContent = error.message === "numbers" ? say("finish.numbers") : say("finish.failed", { why: error.message });
      return;
    }
    endDraft();
    app.leaving = null;
    app.send();
    app.go("today");
  };
  const short = h("div", {});
  const end = button(say("finish"), () => {
    const lacks = lacking(stop, draft);
    if (lacks) return askFor(lacks);
    return askShort(app, short, stop, draft, handings(stop, draft), () => done(() => finish(app.store, stop, seen(draft))));
  }, { kind: "primary wide", name: "check_circle" });
  let warned = null; // of what is dropped: nobody drops what they were not told of
  const reason = h("input", { type: "text", maxlength: 300, autocomplete: "off", ...typed(`no access ${stop.key}`) });
  const vain = button(say("no_access.confirm"), () => {
    const refuse = (words) => { problem.textContent = words; return null; };
    if (!reason.value.trim()) return askFor({ words: say("no_access.why"), at: "[data-no-access] .field" });
    const lacks = lackingOf(servings(draft), postings(draft));
    if (lacks) return askFor(lacks);
    const lost = lostWords(draft);
    if (lost && lost !== warned) { warned = lost; return refuse(lost); }
    return askShort(app, short, stop, draft, servings(draft), () => done(() => noAccess(app.store, stop, draft, reason.value.trim())));
  }, { kind: "wide" });
  return h("section", { class: "ending" }, problem, short, end,
    h("details", { class: "fold", "data-no-access": true }, h("summary", {}, say("no_access")), labelled(say("no_access.reason"), reason), h("p", { class: "quiet" }, say("no_access.then")), vain));
}
