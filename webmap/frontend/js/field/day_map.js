// Draw the day on the live map: the stops numbered in order, the way between them.
import { boundsOf, openMap } from "../map/view.js";
import { routeMap } from "../map/route.js";
import { h } from "./dom.js";
import { pointOf } from "./reckon.js";
import { standing } from "./route_of.js";
import { wayTo } from "./ways.js";
import { mapCss, say, town } from "./told.js";

let styled = null;

// The map's own style is fetched with it.
export function mapStyle() {
  styled ??= new Promise((resolve) => {
    const link = h("link", { rel: "stylesheet", href: mapCss, onload: resolve, onerror: resolve });
    document.head.append(link);
  });
  return styled;
}

const feature = (geometry, properties) => ({ type: "Feature", geometry, properties });

const straight = (here, there) => ({ line: [[here.lon, here.lat], [there.lon, there.lat]] });

// Along the streets where the phone knows the way; else straight lines show the order alone.
async function legsOf(store, places, route) {
  if (!route.now) return places.slice(1).map((place, at) => straight(places[at], place));
  const from = standing(route);
  return Promise.all(places.map(async (place, at) => {
    const before = at ? { ...pointOf(route.now.plan, places[at - 1]), name: places[at - 1].name } : from;
    return (await wayTo(store, route, before, place)) ?? straight(at ? places[at - 1] : from, place);
  }));
}

async function planOf(store, left, route) {
  const places = left.filter(({ lon }) => lon !== null);
  const dots = places.map((place, at) => feature({ type: "Point", coordinates: [place.lon, place.lat] }, { role: "stop", order: at + 1 }));
  const lines = (await legsOf(store, places, route)).map(({ line }) => line);
  const legs = (lines.length ? lines : places.map(({ lon, lat }) => [[lon, lat], [lon, lat]]))
    .map((coordinates) => feature({ type: "LineString", coordinates }, { role: "leg" }));
  return { plan: { features: [...legs, ...dots] }, legs, stops: dots, driven: lines.some((line) => line.length > 2) };
}

export async function dayMap(place, left, route, day, store) {
  await mapStyle();
  const plan = await planOf(store, left, route);
  const element = h("div", { class: "map" });
  const words = plan.driven ? say("map.plan") : say("map.straight");
  place.replaceChildren(element, h("p", { class: "quiet small" }, words));
  const box = day.zones[0] ?? town;
  const map = openMap(element, { bounds: boundsOf(box), town: boundsOf(town), label: say("today.map"), staff: true });
  const shown = routeMap(map);
  if (plan.stops.length) map.once("load", () => shown.show(plan));
  return map;
}
