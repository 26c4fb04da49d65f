// Draw the parcels as they were on a day gone by, over those of today.
import { MEDIUM, byZoom } from "./type.js";

const SOURCE = "then";
const LAYERS = ["then-line", "then-number"];

// `tiles`: their address with DAY in place of the day; no day takes them away.
export function showThen(map, { tiles, day, color }) {
  for (const id of LAYERS) if (map.getLayer(id)) map.removeLayer(id);
  if (map.getSource(SOURCE)) map.removeSource(SOURCE);
  if (!day) return;
  const address = new URL(tiles, location.href).href.replace("DAY", day).replaceAll("%7B", "{").replaceAll("%7D", "}");
  map.addSource(SOURCE, { type: "vector", tiles: [address], minzoom: 14, maxzoom: 16 });
  const layer = { source: SOURCE, "source-layer": "parcel_then" };
  map.addLayer({
    ...layer, id: "then-line", type: "line", minzoom: 14.5,
    paint: { "line-color": color.then, "line-width": byZoom([14.5, 0.8], [16, 1.4], [18, 2.2]), "line-dasharray": [3, 2] },
  });
  map.addLayer({
    ...layer, id: "then-number", type: "symbol", minzoom: 17,
    layout: { "text-field": ["get", "parcel_no"], "text-font": MEDIUM, "text-size": 12, "text-padding": 4 },
    paint: { "text-color": color.then, "text-halo-color": color.halo, "text-halo-width": 1.6 },
  });
}
