// Lay out the day as a route: the places of the plan in the officer's order, and what is beside it.
import { placesOf } from "./day.js";
import { outcomesOf } from "./follow.js";
import { reckon, pointOf, startOf } from "./reckon.js";
import { doneOf } from "./visits.js";

// A place: the stops there, the plan's own stop where it names it, and the hour somebody waits at.
function placeOf(stops, stop = null) {
  const at = stop ?? stops[0];
  const hours = stops.map(({ appointment, over }) => !over && appointment?.at).filter(Boolean).sort();
  return {
    name: stop ? `stop-${stop.id}` : `spot-${stops[0].spot ?? stops[0].key}`, stops, stop, spot: stop?.spot ?? stops[0].spot ?? stops[0].key,
    lon: at.lon, lat: at.lat, address: stops[0]?.address ?? stop.label, hour: hours[0] ?? null,
  };
}

function planned(day, { plan, added }) {
  const spots = new Map(placesOf(day.stops, null).map((stops) => [stops[0].spot ?? stops[0].key, stops]));
  const named = new Set(plan.stops.flatMap(({ keys }) => keys));
  const taken = new Set();
  const places = plan.stops.map((stop) => {
    const there = (spots.get(stop.spot) ?? []).filter(({ key }) => stop.keys.includes(key) || (!named.has(key) && !taken.has(key)));
    const elsewhere = day.stops.filter(({ key }) => stop.keys.includes(key) && !there.some((each) => each.key === key));
    const stops = [...there, ...elsewhere];
    stops.forEach(({ key }) => taken.add(key));
    return placeOf(stops, stop);
  });
  const rest = placesOf(day.stops.filter(({ key }) => !taken.has(key)), null).map((stops) => placeOf(stops));
  return { places: [...places, ...rest.filter(({ spot }) => added.includes(spot))], beside: rest.filter(({ spot }) => !added.includes(spot)) };
}

const inOrder = (places, order) => {
  const rank = new Map((order ?? []).map((name, at) => [name, at]));
  return places.map((place, at) => [rank.get(place.name) ?? rank.size + at, place]).sort(([a], [b]) => a - b).map(([, place]) => place);
};

// All that a page says of the day: what is left in its order, what is done, what became of each stop.
export async function routeOf(store, day) {
  const deeds = await store.all("deeds");
  const now = (await store.get("kept", "follow")) ?? null;
  const own = await store.get("kept", "order");
  const done = doneOf(deeds, day);
  const outcomes = outcomesOf(now?.plan, deeds);
  const { places, beside } = now
    ? planned(day, now)
    : { places: placesOf(day.stops, own).map((stops) => placeOf(stops)), beside: [] };
  const isOver = (place) => {
    const { left, skipped } = outcomes.get(place.stop?.id) ?? {};
    return Boolean(left || skipped) || place.stops.every(({ key }) => done.has(key));
  };
  const ordered = inOrder(places, now?.order);
  const open = ordered.filter((place) => !isOver(place))
    .map((place) => ({ ...place, stops: place.stops.filter(({ key }) => !done.has(key)), whole: place.stops }));
  const here = open.filter(({ stop }) => outcomes.get(stop?.id)?.arrived);
  return {
    now, own: now ? now.order : own, done, outcomes, places: ordered, deeds,
    left: [...here, ...open.filter((place) => !here.includes(place))],
    beside: beside.map((place) => ({ ...place, stops: place.stops.filter(({ key }) => !done.has(key)) })).filter(({ stops }) => stops.length),
  };
}

// Where the officer stands by what was told last: at a place, or still at the start.
export function standing({ now, places, outcomes }) {
  const told = places.filter(({ stop }) => outcomes.get(stop?.id)?.arrived)
    .map((place) => ({ place, ...outcomes.get(place.stop.id) }))
    .sort((a, b) => (a.left ?? a.arrived).localeCompare(b.left ?? b.arrived));
  const last = told.at(-1);
  return last ? { ...pointOf(now.plan, last.place), name: last.place.name, left: last.left } : { ...startOf(now.plan), name: "start", left: null };
}

// From where and when what is left is reckoned: now, or when the day begins.
export function fromOf(route) {
  const { plan } = route.now;
  return { here: standing(route), now: Math.max(Date.now(), Date.parse(plan.begins)) / 1000 };
}

export const reckoned = (route, places = route.left) => reckon(route.now.plan, places, fromOf(route));
