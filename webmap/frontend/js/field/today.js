// Show the day: the next stop large, the route below as a list and on a map, in the officer's order.
import { untilDrawn } from "../map/loading.js";
import { button, h, icon } from "./dom.js";
import { placesOf } from "./day.js";
import { draggable } from "./dragging.js";
import { startKey } from "./starting.js";
import { say, sayCount } from "./told.js";
import { doneOf, foundWords } from "./visits.js";
import { clockOf, clockWords, hourOf, longDayOf } from "./words_of.js";

export async function todayView({ store, day, go, redraw }) {
  if (!day) return [h("h1", {}, say("today")), h("p", { class: "empty" }, say("today.never"))];
  const deeds = await store.all("deeds");
  const drafts = new Set((await store.all("drafts")).map(({ key }) => key));
  const done = doneOf(deeds, day);
  const own = await store.get("kept", "order");
  const places = placesOf(day.stops, own);
  const stops = places.flat();
  const left = places.map((place) => place.filter(({ key }) => !done.has(key))).filter((place) => place.length);
  const [next, ...rest] = left;
  const move = async (from, to) => {
    const moved = [...left];
    moved.splice(to, 0, ...moved.splice(from, 1));
    await store.keep("order", moved.flat().map(({ key }) => key));
    await redraw();
    document.querySelector(`[data-stop="${CSS.escape(moved[to][0].key)}"] [data-move]`)?.focus();
  };
  return [
    heading(day, places, { done, order: own ? "own" : day.order }),
    next ? nextCard(next, { go, drafts }) : nothingLeft(stops),
    day.starting && h("p", { class: "start-key" }, startKey({ go }, drafts)),
    rest.length > 0 && routeList(rest, { go, move, drafts }),
    left.length > 0 && mapPart(left.map(([first]) => first), day),
    done.size > 0 && doneList(stops, done, go),
  ];
}

function heading(day, places, { done, order }) {
  const visits = places.flat().length;
  const said = [sayCount("today.stops", places.length)];
  if (visits > places.length) said.push(say("today.visits", { n: visits }));
  if (done.size) said.push(say("today.done", { n: done.size }));
  if (day.waiting > 0) said.push(say("today.waiting", { n: day.waiting }));
  return h("header", { class: "day" },
    h("h1", {}, longDayOf(day.on)),
    h("p", { class: "quiet" }, said.join(" · ")),
    places.length > 1 && h("p", { class: "quiet small" }, say(`today.order.${order}`)));
}

const nothingLeft = (stops) => h("section", { class: "empty" },
  icon("check_circle", "icon huge"),
  h("h2", {}, say(stops.length ? "today.all_done" : "today.nothing")),
  h("p", {}, say(stops.length ? "today.all_done.hint" : "today.nothing.hint")));

const hazardMark = (stop) => stop.hazards.length > 0 &&
  h("p", { class: "hazard-mark" }, icon("warning"), stop.hazards.map(({ kind }) => say(`hazard.${kind}`)).join(", "));

function whyWords(stop) {
  if (stop.appointment) return say(stop.appointment.confirmed ? "why.confirmed" : "why.booked", { at: clockOf(stop.appointment.at) });
  if (stop.why === "begun") return say("why.begun");
  if (stop.why === "new") return say(stop.complaint ? "why.complaint" : "why.new");
  return clockWords(stop, stop.due);
}

const whyChip = (stop) => h("span", { class: `why why--${stop.why === "overdue" && stop.stage !== "overdue" ? "past" : stop.why}` }, whyWords(stop));

// A day kept from before the office told it says no purpose.
export const purpose = (stop) => stop.purpose && h("span", { class: "purpose" }, say(`purpose.${stop.purpose}`));

function nextCard([stop, ...others], { go, drafts }) {
  return h("section", { class: "next", "aria-labelledby": "next-title" },
    h("p", { class: "eyebrow" }, say("today.next")),
    hazardMark(stop),
    h("h2", { id: "next-title" }, stop.address),
    h("p", { class: "line" }, whyChip(stop), ` ${stop.category}`),
    purpose(stop),
    h("p", { class: "quiet small" }, stop.number),
    h("div", { class: "keys" },
      button(say(drafts.has(stop.key) ? "today.go_on" : "today.start"), () => go(`stop/${stop.key}`), { kind: "primary" }),
      directions(stop)),
    others.length > 0 && h("h3", {}, say("today.also")),
    others.map((each) => opener(each, { go, drafts })));
}

export const directions = (stop) => stop.lat !== null && h("a", {
  class: "key", href: `geo:${stop.lat},${stop.lon}?q=${stop.lat},${stop.lon}(${encodeURIComponent(stop.address)})`,
}, icon("directions"), say("stop.directions"));

function routeList(rest, { go, move, drafts }) {
  const list = h("ol", { class: "route", start: 2 }, rest.map((place, at) => row(place, at + 1, { go, move, last: at === rest.length - 1, drafts })));
  draggable(list, (from, to) => move(from + 1, to + 1));
  return h("section", { "aria-labelledby": "route-title" }, h("h2", { id: "route-title" }, say("today.route")), list);
}

function row(place, at, { go, move, last, drafts }) {
  const [first] = place;
  const shift = (name, to, words) => h("button", {
    type: "button", class: "key square", "data-move": true, "aria-label": say(words, { place: first.address }), onclick: () => move(at, to),
  }, icon(name));
  const address = h("strong", { class: "line" },
    first.hazards.length > 0 && h("span", { class: "hazard-sign" }, icon("warning"), h("span", { class: "unseen" }, `${say("hazard")} `)), first.address);
  return h("li", { class: "stop-row", "data-stop": first.key },
    h("span", { class: "grip", "aria-hidden": "true" }, icon("drag_handle")),
    h("div", {}, place.map((stop) => opener(stop, { go, drafts, address: stop === first && address }))),
    h("span", { class: "moves" },
      shift("arrow_upward", at - 1, "today.up"),
      last ? h("span", { class: "square" }) : shift("arrow_downward", at + 1, "today.down")));
}

const opener = (stop, { go, drafts, address = null }) => h("button", { type: "button", class: "stop-open", onclick: () => go(`stop/${stop.key}`) },
  address,
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
function mapPart(stops, day) {
  const place = h("div", { class: "day-map", hidden: true });
  const open = button(say("today.map"), async () => {
    open.hidden = true;
    place.hidden = false;
    await untilDrawn(place, import("./day_map.js").then(({ dayMap }) => dayMap(place, stops, day)), { failed: say("map.lacking") });
  }, { name: "map", kind: "wide" });
  return h("section", { class: "map-part", "aria-label": say("today.map") }, open, place);
}
