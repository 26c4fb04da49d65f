// Draw the day on the live map: the stops numbered in order, the way between them.
import { boundsOf, openMap } from "../map/view.js";
import { routeMap } from "../map/route.js";
import { h } from "./dom.js";
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

// Where no plan says how to drive, straight lines show the order alone.
function planOf(stops, day) {
  const placed = stops.filter(({ lon }) => lon !== null);
  const dots = placed.map((stop, at) => feature({ type: "Point", coordinates: [stop.lon, stop.lat] }, { role: "stop", order: at + 1 }));
  const driven = day.order === "plan" && day.legs.length > 0;
  const lines = driven
    ? day.legs.map(({ line }) => line)
    : placed.slice(1).map((stop, at) => [[placed[at].lon, placed[at].lat], [stop.lon, stop.lat]]);
  const legs = (lines.length ? lines : placed.map(({ lon, lat }) => [[lon, lat], [lon, lat]]))
    .map((coordinates) => feature({ type: "LineString", coordinates }, { role: "leg" }));
  return { plan: { features: [...legs, ...dots] }, legs, stops: dots };
}

export async function dayMap(place, stops, day) {
  await mapStyle();
  const element = h("div", { class: "map" });
  const words = day.order === "plan" ? say("map.plan") : say("map.straight");
  place.replaceChildren(element, h("p", { class: "quiet small" }, words));
  const box = day.zones[0] ?? town;
  const map = openMap(element, { bounds: boundsOf(box), town: boundsOf(town), label: say("today.map"), staff: true });
  const route = routeMap(map);
  const plan = planOf(stops, day);
  if (plan.stops.length) map.once("load", () => route.show(plan));
  return map;
}
