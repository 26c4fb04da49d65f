// Say what the plan is to the day: whose it is, what came beside it, what a change costs, what became of a stop.
import { tellStop } from "./arriving.js";
import { button, choices, h, icon, labelled } from "./dom.js";
import { change, changesOf, newerOf, takeNewer } from "./follow.js";
import { askFor } from "./lacking.js";
import { lateOf } from "./reckon.js";
import { putIn } from "./replan.js";
import { say, sayCount } from "./told.js";
import { typed } from "./typed.js";
import { clockOf, hourOf, minuteWords } from "./words_of.js";

export const orderWords = ({ order, plan }) =>
  (order ? say("plan.own", { at: hourOf(plan.made_at) }) : say(plan.estimated ? "plan.by.estimated" : "plan.by", { by: plan.made_by, at: hourOf(plan.made_at) }));

// A newer plan of the office: what it changes, and the officer's decision.
export function newerPart(app, { now, outcomes }) {
  const { store, day, redraw } = app;
  const newer = newerOf(now, day);
  if (!newer) return now.told === "taken" ? takenPart(app, now) : null;
  const take = button(say("plan.newer.take"), async () => { app.cost = null; await takeNewer(store, day); await redraw(); app.ordered?.(); }, { kind: "primary" });
  if (now.refused === newer.id) {
    return h("section", { class: "panel" }, h("p", {}, say("plan.newer.waits", { at: hourOf(newer.made_at) })), h("div", { class: "keys" }, take));
  }
  const done = new Set([...outcomes].filter(([, { left, skipped }]) => left || skipped).map(([id]) => id));
  const { added, gone, moved } = changesOf(now.plan, newer, done);
  const said = [
    added.length > 0 && say("plan.newer.added", { places: added.map(({ label }) => label).join(", ") }),
    gone.length > 0 && say("plan.newer.gone", { places: gone.map(({ label }) => label).join(", ") }),
    moved > 0 && sayCount("plan.newer.moved", moved),
    say("plan.newer.ends", { before: clockOf(now.plan.ends), after: clockOf(newer.ends) }),
  ];
  return h("section", { class: "panel warned", "aria-labelledby": "newer-title" },
    h("h2", { id: "newer-title" }, say("plan.newer")),
    h("p", {}, say("plan.newer.by", { by: newer.made_by, at: hourOf(newer.made_at) })),
    h("ul", {}, said.filter(Boolean).map((each) => h("li", {}, each))),
    h("div", { class: "keys" }, take,
      button(say("plan.newer.keep"), async () => { await change(store, { refused: newer.id }); await redraw(); })));
}

// A plan of this day that was in force, and that the office took back.
export const withdrawnPart = ({ withdrawn }) => withdrawn && h("section", { class: "panel warned", "aria-labelledby": "withdrawn-title" },
  h("h2", { id: "withdrawn-title" }, say("plan.withdrawn")),
  h("p", {}, say("plan.withdrawn.by", { by: withdrawn.by, at: hourOf(withdrawn.at), because: withdrawn.because })));

const takenPart = ({ store, redraw }, { plan }) => h("section", { class: "panel", role: "status" },
  h("p", {}, say("plan.taken", { by: plan.made_by, at: hourOf(plan.made_at) })),
  h("div", { class: "keys" }, button(say("plan.taken.ok"), async () => { await change(store, { told: null }); await redraw(); })));

// What came since the plan was taken: sent by the office, or opened by the officer.
export function freshPart(app, { now, beside }) {
  const fresh = beside.filter(({ stops }) => stops.some(({ key }) => !now.known.includes(key)));
  return fresh.length > 0 && h("section", { class: "panel warned", "aria-labelledby": "fresh-title" },
    h("h2", { id: "fresh-title" }, say("plan.fresh")),
    fresh.map((place) => h("div", { class: "fresh" },
      h("p", {}, h("strong", {}, place.address), ` · ${place.stops[0].category}`,
        place.hour && ` · ${say("why.booked", { at: clockOf(place.hour) })}`),
      putInPart(app, place))));
}

// Whoever hears a key alone hears of which place it is.
const ofPlace = (address) => h("span", { class: "unseen" }, `: ${address}`);

const keyOf = (words, { address }, act, name = null) =>
  h("button", { type: "button", class: "key", onclick: act }, name && icon(name), h("span", {}, say(words), ofPlace(address)));

const putInPart = (app, place) => {
  const shown = h("div", {});
  return h("div", {}, h("div", { class: "keys" }, place.lat !== null
    ? keyOf("plan.put_in", place, () => putIn(app, place, shown), "add")
    : h("p", { class: "quiet" }, say("plan.no_place"))), shown);
};

// What waits in the zone and is not planned for today.
export function besidePart(app, { beside }, { opener }) {
  return beside.length > 0 && h("details", { class: "fold" }, h("summary", {}, sayCount("plan.beside", beside.length)),
    h("p", { class: "hint" }, say("plan.beside.hint")),
    h("ul", { class: "plain" }, beside.map((place) => h("li", {},
      place.stops.map((stop, at) => opener(stop, at === 0 && h("strong", { class: "line" }, stop.address))), putInPart(app, place)))));
}

// What the last move by hand costs, told beside the way back.
export function costPart(app) {
  const told = h("div", { class: "cost", role: "status" });
  const { cost } = app;
  if (cost) setTimeout(() => told.replaceChildren(...costOf(app, cost)), 50); // once it is on the page, to be heard
  return told;
}

function costOf(app, { before, after, places, undo }) {
  const more = after.driven - before.driven;
  const late = lateOf(places, after);
  const words = [
    Math.abs(more) < 30 ? say("cost.same") : say(more > 0 ? "cost.more" : "cost.less", { minutes: minuteWords(Math.abs(more)) }),
    say("cost.ends", { at: clockOf(after.ends * 1000) }),
    ...late.map(({ address, hour }) => say("cost.late", { place: address, at: clockOf(hour) })),
  ];
  return [
    h("p", { class: late.length ? "problem" : "" }, words.join(" ")),
    button(say("cost.undo"), async () => { app.cost = null; await change(app.store, { order: undo }); await app.redraw(); }, { name: "undo" }),
  ];
}

// A pinned place keeps its turn when the rest is planned anew; `replan.hint` says so.
export function pinKey({ store, redraw }, { spot, name, address }, { pins }) {
  const pinned = pins.includes(spot);
  return h("button", {
    type: "button", class: "key pin-key", "aria-pressed": String(pinned),
    onclick: async () => {
      await change(store, { pins: pinned ? pins.filter((each) => each !== spot) : [...pins, spot] });
      await redraw();
      document.querySelector(`[data-stop="${CSS.escape(name)}"] .pin-key`)?.focus();
    },
  }, icon("push_pin"), say(pinned ? "pin.on" : "pin.off"), ofPlace(address));
}

// The day's papers, made by the office: its sheet to print, and files for other programs.
export const sheetPart = ({ id }) => h("details", { class: "fold" }, h("summary", {}, say("sheet")),
  h("p", { class: "hint" }, say("sheet.hint")),
  h("div", { class: "keys" }, ["pdf", "gpx", "ics"].map((kind) =>
    h("a", { class: "key", href: `/office/plans/${id}/sheet.${kind}`, ...(kind === "pdf" ? { target: "_blank", rel: "noopener" } : { download: true }) },
      say(`sheet.${kind}`)))));

const REASONS = ["nobody", "closed", "unsafe", "time", "other"];

// What is told of a stop by hand: come to, left, or skipped and why.
export function atPlace(app, { outcomes }, { stop }) {
  const { arrived } = outcomes.get(stop.id) ?? {};
  const tell = async (kind, more) => {
    await tellStop(app.store, kind, stop, more);
    app.cost = null;
    app.send();
    await app.redraw();
  };
  return h("div", { class: "at-place" },
    h("div", { class: "keys" }, button(say(arrived ? "at.leave" : "at.arrive"), () => tell(arrived ? "leave" : "arrive"))),
    !arrived && skipPart(stop, (reason) => tell("skip", { reason })));
}

function skipPart(stop, skip) {
  let chosen = null;
  const other = h("input", { type: "text", maxlength: 300, autocomplete: "off", ...typed(`skip ${stop.id}`) });
  const field = labelled(say("skip.other"), other);
  field.hidden = true;
  const at = h("div", { "data-skip": stop.id },
    choices(say("skip.why"), REASONS.map((each) => [each, say(`skip.${each}`)]), null, (value) => { chosen = value; field.hidden = value !== "other"; }), field);
  const lacks = (part) => ({ words: say("skip.lacks"), at: `[data-skip="${stop.id}"] ${part}` });
  return h("details", { class: "fold" }, h("summary", {}, say("skip")), at,
    button(say("skip.do"), () => {
      if (!chosen) return askFor(lacks(".choices"));
      if (chosen === "other" && !other.value.trim()) return askFor(lacks(".field"));
      return skip(chosen === "other" ? other.value.trim() : say(`skip.${chosen}`));
    }, { kind: "wide" }));
}

// What was skipped stands here, and may be gone to after all.
export function skippedList(app, { places, outcomes }) {
  const skipped = places.filter(({ stop }) => outcomes.get(stop?.id)?.skipped);
  return skipped.length > 0 && h("details", { class: "fold" }, h("summary", {}, say("skipped", { n: skipped.length })),
    h("ul", { class: "plain" }, skipped.map(({ stop, address }) => h("li", {}, `${address} `,
      h("span", { class: "quiet small" }, outcomes.get(stop.id).skipped),
      h("div", { class: "keys" }, keyOf("skipped.after_all", { address }, async () => {
        await tellStop(app.store, "arrive", stop);
        app.send();
        await app.redraw();
      }))))));
}
