// Plan the rest of the day anew from where the officer is, or put one more place in: shown before it is taken.
import { button, h } from "./dom.js";
import { change } from "./follow.js";
import { LaterError, RefusedError, askRest, takeRest } from "./office.js";
import { whereNow } from "./photos.js";
import { newId } from "./queue.js";
import { cheapest, lateOf, lunchOf } from "./reckon.js";
import { fromOf, routeOf, standing } from "./route_of.js";
import { say } from "./told.js";
import { clockOf, minuteWords } from "./words_of.js";

const LEAST = 30; // seconds of driving that are worth a word

export function replanPart(app, route) {
  const shown = h("div", {});
  const ask = button(say("replan"), () => propose(app, route, shown, {}), { name: "near_me", kind: "wide" });
  return h("section", { class: "replan", "aria-labelledby": "replan-title" }, h("h2", { id: "replan-title" }, say("replan.title")),
    h("p", { class: "hint" }, say("replan.hint")), ask, shown);
}

// One more place: by the office where there is a signal, else by the times that came with the plan.
export async function putIn(app, place, shown) {
  const route = await routeOf(app.store, app.day);
  const keys = place.stops.map(({ key }) => key);
  if (app.online && await propose(app, route, shown, { add: keys, anew: false, place })) return;
  showOwn(app, route, place, shown);
}

const tellIn = (shown, words, role = "status") => shown.replaceChildren(h("p", { class: role === "alert" ? "problem" : "quiet", role }, words));

// Gives whether the office answered.
async function propose(app, route, shown, { add = [], anew = true, place = null }) {
  tellIn(shown, say("replan.looking"));
  const spot = (await whereNow()) ?? standing(route);
  tellIn(shown, say("replan.asking"));
  const { plan, pins } = route.now;
  const left = route.left.filter(({ stop, name }) => stop && name !== place?.name);
  const more = route.left.filter(({ stop }) => !stop).flatMap(({ stops }) => stops.map(({ key }) => key));
  try {
    const told = await askRest({
      plan: plan.id, here: [spot.lon, spot.lat], left: left.map(({ stop }) => stop.id),
      pinned: left.filter(({ spot: at }) => pins.includes(at)).map(({ stop }) => stop.id),
      add: [...new Set([...more, ...add])], anew, had_lunch: hadLunch(plan),
    });
    if (isSame(told)) tellIn(shown, say("replan.same"));
    else showProposal(app, route, told, shown);
    return true;
  } catch (error) {
    if (error instanceof RefusedError) {
      tellIn(shown, error.message || say("replan.failed"), "alert");
      return true;
    }
    if (!(error instanceof LaterError)) throw error;
    tellIn(shown, say("replan.offline"));
    return false;
  }
}

// By the clock: a pause that the plan had is over.
function hadLunch(plan) {
  const lunch = lunchOf(plan);
  return Boolean(lunch) && Date.now() / 1000 > lunch.from + lunch.seconds;
}

// Nothing is won by another order, so none is proposed.
const isSame = ({ added, dropped, before, driven }) =>
  !Object.keys(added).length && !dropped.length && !before.late.length && before.driven !== null && before.driven - driven < LEAST;

function showProposal(app, route, told, shown) {
  const { before } = told;
  const places = new Map(route.left.map(({ stop, address }, at) => [`stop-${stop?.id}`, { at, address }]));
  const saved = before.driven === null ? null : before.driven - told.driven;
  const added = Object.keys(told.added);
  const panel = h("section", { class: "panel proposal", tabindex: -1, "aria-labelledby": "proposal-title" },
    h("h3", { id: "proposal-title" }, headline(saved, added.length, told)),
    h("table", {}, h("thead", {}, h("tr", {}, ["", "before", "after"].map((each) => h("th", { scope: "col" }, each && say(`replan.${each}`))))),
      h("tbody", {},
        line("replan.driving", before.driven === null ? "–" : minuteWords(before.driven), minuteWords(told.driven)),
        line("replan.ends", before.ends ? clockOf(before.ends) : "–", clockOf(told.ends)),
        line("replan.late", String(before.late.length), "0"))),
    h("ol", { class: "plain proposed" }, told.stops.map((stop, at) => proposed(stop, at, places))),
    told.dropped.length > 0 && dropped(told.dropped),
    told.estimated && h("p", { class: "quiet small" }, say("replan.estimated")),
    h("div", { class: "keys" },
      button(say("replan.take"), () => take(app, told, shown), { kind: "primary" }),
      button(say("replan.keep"), () => shown.replaceChildren())));
  shown.replaceChildren(panel);
  panel.focus();
  panel.scrollIntoView({ block: "nearest" });
}

// What falls out of the day, under each reason once.
function dropped(rows) {
  const item = ({ label, risk }) => h("li", {}, risk === "waits" ? label : `${label}: ${say(`risk.${risk}`)}`);
  const whys = [...new Set(rows.map(({ why }) => why))];
  const under = (why) => [h("p", { class: "why" }, why), h("ul", {}, rows.filter((each) => each.why === why).map(item))];
  return h("div", { class: "warned dropped" }, h("h4", {}, say("replan.dropped")), ...whys.flatMap(under));
}

// That stops fall out goes before what driving that saves.
function headline(saved, added, told) {
  if (told.dropped.length) return say("replan.drops", { n: told.dropped.length });
  if (added) return say("replan.adds", { minutes: minuteWords(Object.values(told.added).reduce((sum, each) => sum + each, 0)) });
  if (saved === null || Math.abs(saved) < LEAST) return say("replan.other");
  return say(saved > 0 ? "replan.saves" : "replan.costs", { minutes: minuteWords(Math.abs(saved)) });
}

const line = (words, before, after) => h("tr", {}, h("th", { scope: "row" }, say(words)), h("td", {}, before), h("td", {}, after));

function proposed({ id, label, arrives }, at, places) {
  const before = places.get(id);
  const note = before ? before.at !== at && say("replan.was", { n: before.at + 1 }) : say("replan.new");
  return h("li", {}, h("strong", {}, `${at + 1}. ${label}`), ` ${clockOf(arrives)}`, note && h("span", { class: "moved" }, ` ${note}`));
}

async function take(app, told, shown) {
  await app.store.keep("taking", { proposal: told.proposal, key: newId() });
  tellIn(shown, say("replan.taking"));
  await takeWaiting(app, (words) => tellIn(shown, words, "alert"));
}

// What was taken is told to the office until it has answered; the same again is the same plan.
export async function takeWaiting(app, fail = () => {}) {
  const waiting = await app.store.get("kept", "taking");
  if (!waiting) return;
  try {
    const { plan } = await takeRest(waiting);
    await change(app.store, { asked: plan });
    await app.store.keep("taking", null);
    app.cost = null;
    await app.wake?.();
  } catch (error) {
    if (!(error instanceof RefusedError)) { // no signal, or nobody is signed in: the same again later
      fail(say("replan.later"));
      return;
    }
    await app.store.keep("taking", null);
    fail(error.message || say("replan.failed"));
  }
}

// Without a signal the place goes where it costs least by what the phone knows; the order is the officer's own then.
function showOwn(app, route, place, shown) {
  const { plan, added } = route.now;
  const found = cheapest(plan, route.left, place, fromOf(route));
  const after = found.at ? route.left[found.at - 1].address : null;
  const late = lateOf(found.order, found.after);
  const panel = h("section", { class: "panel proposal", tabindex: -1, "aria-labelledby": "own-title" },
    h("h3", { id: "own-title" }, say("replan.adds", { minutes: minuteWords(found.added) })),
    h("p", {}, after ? say("replan.after_place", { place: after }) : say("replan.first")),
    h("p", {}, say("cost.ends", { at: clockOf(found.after.ends * 1000) })),
    late.map(({ address, hour }) => h("p", { class: "problem" }, say("cost.late", { place: address, at: clockOf(hour) }))),
    h("p", { class: "quiet small" }, say("replan.by_phone")),
    h("div", { class: "keys" },
      button(say("replan.take"), async () => {
        await change(app.store, { added: [...added, place.spot], order: found.order.map(({ name }) => name) });
        await app.redraw();
      }, { kind: "primary" }),
      button(say("replan.keep"), () => shown.replaceChildren())));
  shown.replaceChildren(panel);
  panel.focus();
}

