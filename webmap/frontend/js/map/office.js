// Dress the map for staff: ages beside stages, cases nobody has, liens by how they stand.
import { showCases } from "./cases.js";
import { ages } from "./palette.js";
import { byZoom } from "./type.js";

const NEW = { type: "FeatureCollection", features: [] };
const unassigned = ["boolean", ["get", "unassigned"], false];
const age = [
  "let", "days", ["coalesce", ["get", "age"], -1],
  ["step", ["var", "days"], "unknown", ...ages.filter((each) => each.from !== null).flatMap((each) => [each.from, each.age])],
];
const ring = { "circle-color": "transparent", "circle-stroke-width": 2.5 };
// A shape is 24 pixels wide at 1: large enough to tell apart from the first zoom that shows it.
const size = ["interpolate", ["exponential", 1.6], ["zoom"], 11, 0.5, 14.6, 0.65, 16, 0.85, 17, 1, 19, 1.25];

export const FOUND = ["found-ring", "found"];

// After each new style: a scheme of day or night draws all anew.
export function dressForOffice(map, { by, found, color }) {
  map.setPaintProperty("lien", "fill-pattern", [
    "match", ["get", "status"], "foreclosing", "hatch-both", "lately", "blank", "hatch",
  ]);
  map.setPaintProperty("lien-line", "line-opacity", ["match", ["get", "status"], "lately", 0.45, 1]);
  map.addLayer({
    id: "nobody", type: "circle", source: "cases", "source-layer": "case", minzoom: 14.6, filter: unassigned,
    paint: { ...ring, "circle-stroke-color": color.chosen, "circle-radius": byZoom([14.6, 10], [16, 13], [17, 16], [19, 20]) },
  }, "case");
  map.setLayoutProperty("case", "icon-size", size);
  map.addSource("found", { type: "geojson", data: found ?? NEW });
  map.addLayer({
    id: "found-ring", type: "circle", source: "found", filter: unassigned,
    paint: { ...ring, "circle-stroke-color": color.chosen, "circle-radius": byZoom([11, 8], [14.6, 10], [16, 13], [17, 16], [19, 20]) },
  });
  map.addLayer({
    id: "found", type: "symbol", source: "found",
    layout: { "icon-image": ["concat", "stage-", ["get", "stage"]], "icon-allow-overlap": true, "icon-size": size },
  });
  colourBy(map, by);
}

export function colourBy(map, by) {
  if (!map.getLayer("found")) return;
  showCases(map, { stage: "", category: "", zone: "" });
  if (by === "age") {
    for (const id of ["case", "chosen-case"]) map.setLayoutProperty(id, "icon-image", ["concat", "age-", age]);
    map.setLayoutProperty("case", "symbol-sort-key", ["coalesce", ["get", "age"], 0]);
  }
  map.setLayoutProperty("found", "icon-image", ["concat", ...(by === "age" ? ["age-", age] : ["stage-", ["get", "stage"]])]);
}
