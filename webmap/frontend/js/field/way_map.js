// Show the drive to the next stop on the map, which is there without a signal, and where the phone is on it.
import { routeMap } from "../map/route.js";
import { boundsOf, openMap, pin } from "../map/view.js";
import { mapStyle } from "./day_map.js";
import { h } from "./dom.js";
import { say, town } from "./told.js";

const CLOSE = 16.5;
const feature = (geometry, properties) => ({ type: "Feature", geometry, properties });

export async function wayMap(holder, { line }, place) {
  await mapStyle();
  const element = h("div", { class: "map" });
  holder.replaceChildren(element);
  const lons = line.map(([lon]) => lon);
  const lats = line.map(([, lat]) => lat);
  const box = { west: Math.min(...lons), east: Math.max(...lons), south: Math.min(...lats), north: Math.max(...lats) };
  const map = openMap(element, { bounds: boundsOf(box), town: boundsOf(town), label: say("way.map"), staff: true });
  const legs = [feature({ type: "LineString", coordinates: line }, { role: "leg" })];
  const stops = [feature({ type: "Point", coordinates: [place.lon, place.lat] }, { role: "stop", order: 1 })];
  const route = routeMap(map);
  map.once("load", () => route.show({ plan: { features: [...legs, ...stops] }, legs, stops }));
  const here = pin(map, { fades: false });
  let first = true;
  return {
    map,
    show(spot) {
      here.at(spot);
      const zoom = first ? CLOSE : map.getZoom();
      first = false;
      map.jumpTo({ center: [spot.lon, spot.lat], zoom });
    },
  };
}
