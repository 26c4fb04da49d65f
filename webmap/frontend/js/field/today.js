// Show the day: the next stop large, the route below as a list and on a map, in the officer's order.
import { untilDrawn } from "../map/loading.js";
import { button, h, icon } from "./dom.js";
import { draggable } from "./dragging.js";
import { change } from "./follow.js";
import { geoLink } from "./links.js";
import { atPlace, besidePart, costPart, freshPart, newerPart, orderWords, pinKey, sheetPart, skippedList, withdrawnPart } from "./plan_part.js";
import { reckoned, routeOf } from "./route_of.js";
import { replanPart } from "./replan.js";
import { startKey } from "./starting.js";
import { say, sayCount } from "./told.js";
import { foundWords } from "./visits.js";
import { clockOf, clockWords, hourOf, longDayOf, shortMinutes } from "./words_of.js";

export async function todayView(app) {
  const { store, day, go, redraw } = app;
  if (!day) return [h("h1", {}, say("today")), h("p", { class: "empty" }, say("today.never"))];
  const drafts = new Set((await store.all("drafts")).map(({ key }) => key));
  const route = await routeOf(store, day);
  const { left, done, now } = route;
  const stops = route.places.flatMap((place) => place.stops);
  const times = now && left.length ? reckoned(route) : null;
  const [next, ...rest] = left;
  const move = async (from, to) => {
    const moved = [...left];
    moved.splice(to, 0, ...moved.splice(from, 1));
    const names = moved.map(({ name }) => name);
    if (now) {
      const after = reckoned(route, moved);
      app.cost = { before: times, after, places: moved, undo: now.order };
      await change(store, { order: names });
    } else await store.keep("order", moved.flatMap(({ stops: there }) => there.map(({ key }) => key)));
    await redraw();
    app.ordered?.();
    document.querySelector(`[data-stop="${CSS.escape(moved[to].name)}"] [data-move]`)?.focus();
  };
  return [
    heading(day, route, times),
    now ? newerPart(app, route) : withdrawnPart(day),
    now && freshPart(app, route),
    next ? await nextCard(app, route, { drafts, times }) : nothingLeft(stops),
    day.starting && h("p", { class: "start-key" }, startKey({ go }, drafts)),
    now && costPart(app, route),
    rest.length > 0 && routeList(app, route, { move, drafts, times }),
    now && left.length > 0 && replanPart(app, route),
    now && besidePart(app, route, { opener: (stop, address) => opener(stop, { go, drafts, address }) }),
    left.length > 0 && mapPart(left, route, app),
    day.plan && sheetPart(day.plan),
    done.size > 0 && doneList(day.stops, done, go),
    now && skippedList(app, route),
  ];
}

function heading(day, { now, own, places, done }, times) {
  const visits = places.flatMap(({ stops }) => stops).length;
  const said = [sayCount("today.stops", places.length)];
  if (visits > places.length) said.push(say("today.visits", { n: visits }));
  if (done.size) said.push(say("today.done", { n: done.size }));
  if (times) said.push(say("today.ends", { at: clockOf(times.ends * 1000) }));
  if (day.waiting > 0) said.push(say("today.waiting", { n: day.waiting }));
  return h("header", { class: "day" },
    h("h1", {}, longDayOf(day.on)),
    h("p", { class: "quiet" }, said.join(" · ")),
    places.length > 1 && h("p", { class: "quiet small" }, now ? orderWords(now) : say(`today.order.${own ? "own" : "nearest"}`)));
}

const nothingLeft = (stops) => h("section", { class: "empty" },
  icon("check_circle", "icon huge"),
  h("h2", {}, say(stops.length ? "today.all_done" : "today.nothing")),
  h("p", {}, say(stops.length ? "today.all_done.hint" : "today.nothing.hint")));

const hazardMark = (stop) => stop.hazards.length > 0 &&
  h("p", { class: "hazard-mark" }, icon("warning"), stop.hazards.map(({ kind }) => say(`hazard.${kind}`)).join(", "));

function whyWords(stop) {
  if (stop.appointment) return say(stop.appointment.confirmed ? "why.confirmed" : "why.booked", { at: clockOf(stop.appointment.at) });
  if (stop.why === "planned") return say("why.planned");
  if (stop.why === "begun") return say("why.begun");
  if (stop.why === "new") return say(stop.complaint ? "why.complaint" : "why.new");
  return clockWords(stop, stop.due);
}

const whyChip = (stop) => h("span", { class: `why why--${stop.why === "overdue" && stop.stage !== "overdue" ? "past" : stop.why}` }, whyWords(stop));

// A day kept from before the office told it says no purpose.
export const purpose = (stop) => stop.purpose && h("span", { class: "purpose" }, say(`purpose.${stop.purpose}`));

// When it is come to, and how long the drive there takes.
const timeWords = ({ arrives, drive }) => say("today.about", { at: clockOf(arrives * 1000), drive: shortMinutes(drive) });

async function nextCard(app, route, { drafts, times }) {
  const { go } = app;
  const [place] = route.left;
  const [stop, ...others] = place.stops;
  const start = (kind) => button(say(drafts.has(stop.key) ? "today.go_on" : "today.start"), () => go(`stop/${stop.key}`), { kind });
  const planned = route.now && place.stop;
  const arrived = route.outcomes.get(place.stop?.id)?.arrived;
  const toGo = route.now && !arrived && place.lat !== null;
  return h("section", { class: "next", "aria-labelledby": "next-title" },
    h("p", { class: "eyebrow" }, say(arrived ? "today.here" : "today.next", { at: arrived && hourOf(arrived) })),
    hazardMark(stop),
    h("h2", { id: "next-title" }, stop.address),
    times && !arrived && h("p", { class: "when" }, timeWords(times.times[0])),
    h("p", { class: "line" }, whyChip(stop), ` ${stop.category}`),
    purpose(stop),
    h("p", { class: "quiet small" }, stop.number),
    h("div", { class: "keys" },
      toGo && button(say("way.go"), () => go("way"), { kind: "primary", name: "near_me" }),
      start(toGo ? "" : "primary"),
      !route.now && directions(stop)),
    others.length > 0 && h("h3", {}, say("today.also")),
    others.map((each) => opener(each, { go, drafts })),
    planned && atPlace(app, route, place));
}

export const directions = (stop) => stop.lat !== null && h("a", { class: "key", href: geoLink(stop) }, icon("directions"), say("stop.directions"));

function routeList(app, { left, now }, { move, drafts, times }) {
  const rest = left.slice(1);
  const list = h("ol", { class: "route", start: 2 }, rest.map((place, at) =>
    row(app, place, at + 1, { move, last: at === rest.length - 1, drafts, now, time: times?.times[at + 1] })));
  draggable(list, (from, to) => move(from + 1, to + 1));
  return h("section", { "aria-labelledby": "route-title" }, h("h2", { id: "route-title" }, say("today.route")), list);
}

function row(app, place, at, { move, last, drafts, now, time }) {
  const [first] = place.stops;
  const shift = (name, to, words) => h("button", {
    type: "button", class: "key square", "data-move": true, "aria-label": say(words, { place: first.address }), onclick: () => move(at, to),
  }, icon(name));
  const address = h("strong", { class: "line" },
    first.hazards.length > 0 && h("span", { class: "hazard-sign" }, icon("warning"), h("span", { class: "unseen" }, `${say("hazard")} `)), first.address);
  return h("li", { class: "stop-row", "data-stop": place.name },
    h("span", { class: "grip", "aria-hidden": "true" }, icon("drag_handle")),
    h("div", {}, place.stops.map((stop) => opener(stop, { go: app.go, drafts, address: stop === first && address, time: stop === first && time && timeWords(time) })),
      now && pinKey(app, place, now)),
    h("span", { class: "moves" },
      shift("arrow_upward", at - 1, "today.up"),
      last ? h("span", { class: "square" }) : shift("arrow_downward", at + 1, "today.down")));
}

const opener = (stop, { go, drafts, address = null, time = null }) => h("button", { type: "button", class: "stop-open", onclick: () => go(`stop/${stop.key}`) },
  address,
  time && h("span", { class: "when" }, time),
  h("span", { class: "line" }, whyChip(stop), ` ${stop.category}`),
  purpose(stop),
  drafts.has(stop.key) && h("span", { class: "quiet small" }, say("today.started")));

// Each leads to its stop again; what was opened here, until the office has said which case it is, is only told.
function doneList(stops, done, go) {
  const known = new Map(stops.map((stop) => [stop.key, stop]));
  const row = ([key, visit]) => {
    const when = h("span", { class: "quiet small" }, `${hourOf(visit.at)} · ${foundWords(visit)}`);
    const words = say(visit.kind === "open" ? "start.to_stop" : "today.again");
    const place = known.get(key)?.address ?? visit.title;
    return h("li", {}, icon("check_circle"), ` ${place} `, when,
      known.has(key) && h("div", { class: "keys" },
        h("button", { type: "button", class: "key", onclick: () => go(`stop/${key}`) }, words, h("span", { class: "unseen" }, `: ${place}`))));
  };
  const rows = [...done].filter(([key, { kind }]) => known.has(key) || kind === "open");
  return h("details", { class: "fold" }, h("summary", {}, say("today.visited", { n: rows.length })), h("ul", { class: "plain" }, rows.map(row)));
}

// The map is fetched and drawn only where somebody asks for it: it costs more than all the rest.
function mapPart(left, route, { day, store }) {
  const place = h("div", { class: "day-map", hidden: true });
  const open = button(say("today.map"), async () => {
    open.hidden = true;
    place.hidden = false;
    await untilDrawn(place, import("./day_map.js").then(({ dayMap }) => dayMap(place, left, route, day, store)), { failed: say("map.lacking") });
  }, { name: "map", kind: "wide" });
  return h("section", { class: "map-part", "aria-label": say("today.map") }, open, place);
}
