// Name one place on a map, and let its neighbours be still.
import { palette } from "./palette.js";
import { switches } from "./style.js";
import { BOLD } from "./type.js";

// Whatever is said of other places.
const OTHERS = [...switches.cases, "address", "zone-name"];

export function quieten(map, { numbers = false } = {}) {
  OTHERS.filter((id) => !(numbers && id === "address"))
    .forEach((id) => map.getLayer(id) && map.setLayoutProperty(id, "visibility", "none"));
}

export function labelled(map, { lon, lat, name }) {
  const color = palette();
  const place = { type: "Point", coordinates: [Number(lon), Number(lat)] };
  map.addSource("place", { type: "geojson", data: { type: "Feature", geometry: place, properties: {} } });
  map.addLayer({
    id: "place-name", type: "symbol", source: "place",
    layout: {
      "text-field": name, "text-font": [BOLD], "text-size": 14, "text-max-width": 7,
      "text-allow-overlap": true,
    },
    paint: { "text-color": color.streetName, "text-halo-color": color.halo, "text-halo-width": 2 },
  });
}
