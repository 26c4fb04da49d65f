// Lead the officer to the next stop, turn by turn, by the way kept on the phone and where the phone is.
import { untilDrawn } from "../map/loading.js";
import { tellStop } from "./arriving.js";
import { button, h, icon } from "./dom.js";
import { elsewhere } from "./links.js";
import { LaterError } from "./office.js";
import { routeOf, standing } from "./route_of.js";
import { back } from "./stop.js";
import { say } from "./told.js";
import { driveOf, guide } from "./turning.js";
import { fetchFrom, wayTo } from "./ways.js";
import { clockOf, distanceWords, minuteWords } from "./words_of.js";

const LOST = 3; // positions beside the way, one after the other, before it is said

export const turnWords = ({ turn, street }) => {
  const words = say(`turn.${turn}`);
  if (!street || turn.startsWith("arrive")) return words;
  return say(turn.startsWith("head") ? "turn.on" : "turn.onto", { turn: words, street });
};

export async function wayView(app) {
  const { store, day, go } = app;
  const route = day && await routeOf(store, day);
  const place = route?.now && route.left[0];
  if (!place || place.lat === null) return [back(go), h("h1", {}, say("way.none")), h("p", {}, say("way.none.hint"))];
  const leg = await wayTo(store, route, standing(route), place);
  const shown = leg ? followed(app, route, place, driveOf(leg)) : unknown(app, route, place);
  return [
    back(go),
    h("header", { class: "way-head" }, h("p", { class: "eyebrow" }, say("way.to")), h("h1", {}, place.address)),
    ...shown,
    arrivedKeys(app, place),
    elsewhere(place),
  ];
}

// Come there, the visit is begun, and the stop keeps when that was.
function arrivedKeys(app, { stop, stops }) {
  const come = async () => {
    if (stop) await tellStop(app.store, "arrive", stop);
    app.send();
    app.go(`stop/${stops[0].key}`);
  };
  return h("div", { class: "keys way-there" }, button(say("way.there"), come, { kind: "wide", name: "location_on" }));
}

// No way is on the phone for this order: it comes with a signal, and until then the place itself is shown.
function unknown(app, route, place) {
  const said = h("p", { role: "status" }, say(route.now.plan.estimated ? "way.unknown.estimated" : "way.unknown"));
  return [h("section", { class: "panel warned" }, said, fetchKey(app, route, place, said))];
}

function fetchKey(app, route, place, said) {
  return h("div", { class: "keys" }, button(say("way.fetch"), async () => {
    said.textContent = say("way.fetching");
    const spot = await position();
    try {
      const leg = await fetchFrom(app.store, route, spot ?? standing(route), place);
      if (!leg) { said.textContent = say("way.unknown.estimated"); return; }
      await app.leaving?.();
      await app.redraw();
    } catch (error) {
      said.textContent = error instanceof LaterError ? say("way.no_signal") : error.message || say("way.no_signal");
    }
  }, { kind: "primary" }));
}

const position = () => new Promise((resolve) => {
  if (!navigator.geolocation) { resolve(null); return; }
  navigator.geolocation.getCurrentPosition(({ coords }) => resolve(spotOf(coords)), () => resolve(null), { enableHighAccuracy: true, timeout: 8000, maximumAge: 5000 });
});

const spotOf = ({ longitude: lon, latitude: lat, accuracy }) => ({ lon, lat, accuracy });

function followed(app, route, place, drive) {
  const state = { at: 0, along: 0, lost: 0, spot: null };
  const parts = {
    turn: h("section", { class: "turn" }), rest: h("p", { class: "quiet way-rest" }), said: h("p", { class: "problem", role: "alert" }),
    lost: h("div", { hidden: true }), list: h("ol", { class: "plain turns" }), map: h("div", { class: "day-map way-map" }),
  };
  const heard = h("p", { class: "unseen", role: "status" });
  parts.lost.append(fetchKey(app, route, place, parts.said));
  const step = (by) => { state.at = Math.max(0, Math.min(drive.turns.length - 1, state.at + by)); show(); };
  const hand = h("div", { class: "keys way-hand" },
    button(say("way.back"), () => step(-1), { name: "navigate_before" }), button(say("way.on"), () => step(1), { name: "navigate_next" }));
  let map = null;
  const show = (told = null) => {
    parts.turn.replaceChildren(...turnParts(drive, state.at, told));
    parts.rest.textContent = restWords(drive, told, state.at);
    const words = turnWords(drive.turns[state.at]);
    if (heard.textContent !== words) heard.textContent = words;
    for (const [at, row] of [...parts.list.children].entries()) {
      if (at === state.at) row.setAttribute("aria-current", "step");
      else row.removeAttribute("aria-current");
    }
  };
  const come = (spot) => {
    const told = guide(drive, spot, state.along);
    state.spot = spot;
    map?.show(spot);
    state.lost = told.lost ? state.lost + 1 : 0;
    const isLost = state.lost >= LOST;
    parts.lost.hidden = !isLost;
    const words = isLost ? say("way.lost") : "";
    if (parts.said.textContent !== words) parts.said.textContent = words;
    hand.hidden = true;
    if (told.lost) return;
    Object.assign(state, { at: told.there ? drive.turns.length - 1 : told.place, along: told.along });
    show(told);
  };
  parts.list.replaceChildren(...drive.turns.map((turn) => h("li", {}, turnWords(turn), turn.metres > 0 && h("span", { class: "quiet" }, ` ${distanceWords(turn.metres)}`))));
  show();
  watch(app, come);
  setTimeout(() => { // once its place is on the page
    const opening = import("./way_map.js").then(async ({ wayMap }) => {
      map = await wayMap(parts.map, drive, place);
      if (state.spot) map.show(state.spot);
      return map.map;
    });
    untilDrawn(parts.map, opening, { failed: say("map.lacking") });
  });
  return [parts.turn, heard, parts.rest, parts.said, parts.lost, hand, parts.map,
    h("details", { class: "fold" }, h("summary", {}, say("way.all", { n: drive.turns.length })), parts.list)];
}

// The turn, how far it is, and what comes after it.
function turnParts({ turns }, at, told) {
  const turn = turns[at];
  const after = turns[at + 1];
  const far = told ? told.metres : at ? turns[at - 1].metres : 0;
  return [
    h("span", { class: `turn-sign turn-sign--${turn.turn}` }, icon(signOf(turn.turn), "icon")),
    h("div", {},
      far >= 5 && h("p", { class: "turn-far" }, say("turn.in", { distance: distanceWords(far) })),
      h("h2", { class: "turn-words" }, turnWords(turn)),
      after && h("p", { class: "turn-then" }, say("turn.then", { turn: turnWords(after) }))),
  ];
}

const signOf = (turn) => {
  if (turn.startsWith("arrive")) return "location_on";
  return "arrow_upward";
};

function restWords(drive, told, at) {
  const left = told ? told.left : drive.turns.slice(at).reduce((sum, { metres }) => sum + metres, 0);
  const share = drive.length ? Math.min(1, (told ? told.left : left) / (told ? drive.length : drive.metres || 1)) : 0;
  const seconds = drive.seconds * share;
  return say("way.rest", { distance: distanceWords(left), drive: minuteWords(seconds), at: clockOf(Date.now() + seconds * 1000) });
}

// Positions come while the page is shown, and the screen stays on.
function watch(app, come) {
  let lock = null;
  navigator.wakeLock?.request("screen").then((held) => { lock = held; }).catch(() => {});
  const id = navigator.geolocation?.watchPosition(({ coords }) => come(spotOf(coords)), () => {}, { enableHighAccuracy: true, maximumAge: 2000 });
  app.leaving = () => {
    if (id !== undefined) navigator.geolocation.clearWatch(id);
    lock?.release().catch(() => {});
  };
}

