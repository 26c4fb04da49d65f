// Let a lot be tapped on the map, which is there without a signal as far as its tiles are.
import { boundsOf, openMap, pin } from "../map/view.js";
import { mapStyle } from "./day_map.js";
import { h } from "./dom.js";
import { say, town } from "./told.js";

const NEAR = 0.0016; // degrees around a place, so that its lots are large enough for a thumb

const around = ({ lon, lat }) => ({ west: lon - NEAR, south: lat - NEAR, east: lon + NEAR, north: lat + NEAR });

// What to look at first: where the officer stands, else the day's first stop, else the zone.
const first = ({ stops, zones }, place) => {
  const at = place?.spot ?? stops.find(({ lon }) => lon !== null);
  return at ? around(at) : zones[0] ?? town;
};

export async function lotMap(holder, { day, place, pick }) {
  await mapStyle();
  const element = h("div", { class: "map" });
  const missed = h("p", { class: "missed", role: "status" });
  holder.replaceChildren(element, missed, h("p", { class: "quiet small" }, say("start.tap.hint")));
  const map = openMap(element, { bounds: boundsOf(first(day, place)), town: boundsOf(town), label: say("start.tap"), staff: true });
  if (place?.spot) pin(map, { fades: false }).at(place.spot);
  const mark = (id) => map.getLayer("chosen-parcel") && map.setFilter("chosen-parcel", ["==", ["get", "id"], id]);
  map.on("style.load", () => place?.parcel && mark(place.parcel));
  map.on("click", ({ point }) => {
    const [parcel] = map.getLayer("parcel") ? map.queryRenderedFeatures(point, { layers: ["parcel"] }) : [];
    missed.textContent = parcel ? "" : say("start.tap.missed");
    if (!parcel) return;
    mark(parcel.properties.id);
    pick(parcel.properties);
  });
  return map;
}
