// Draw cases and liens: counts at low zoom, closer up one shape a place, with its count or number.
import { BOLD, byZoom, names } from "./type.js";
import { BLANK } from "./images.js";
import { stages } from "./palette.js";
import { OLDNESS, URGENCY, placesOf } from "./places.js";

export const SHAPES = 14.6; // from this zoom on each place is a shape; below cases are counted
const BADGES = 16; // from this zoom on there is room to say how many cases a place has
const image = ({ n, stage, age }, by) =>
  by === "age" ? ["concat", "age-", age] : ["concat", "stage-", stage, ["case", [">", n, 1], "-many", ""]];
const inOrder = (value, all) => ["match", value, ...all.flatMap((each, at) => [each, at]), -1];
const onTop = ({ stage, age }, by) => (by === "age" ? inOrder(age, OLDNESS) : inOrder(stage, URGENCY));
const everyPlace = placesOf({});
const radius = [
  "interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, 6, 4, 10, 10, 15, 30, 24, 100, 38,
];
export const none = ["==", ["id"], -1];

const counts = (id, { color, layer = "case_grid", fill = color.grid, text = color.gridText, hidden = false, ...where }) => [
  {
    id, type: "circle", "source-layer": layer, ...where,
    layout: { "circle-sort-key": ["get", "n"], visibility: hidden ? "none" : "visible" },
    paint: {
      "circle-color": fill, "circle-opacity": 0.82, "circle-radius": radius,
      "circle-stroke-color": color.halo, "circle-stroke-width": 1.2,
    },
  },
  names(`${id}-count`, {
    layer, ...where, field: ["number-format", ["get", "n"], {}], font: BOLD,
    size: ["interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, 10, 10, 12, 40, 15],
    color: text, halo: fill, haloWidth: 0,
    layout: {
      visibility: hidden ? "none" : "visible",
      // A blank icon as wide as the circle keeps other names off it.
      "icon-image": "blank", "icon-size": ["/", radius, BLANK / 2],
      "icon-allow-overlap": true, "icon-padding": 0,
      "text-allow-overlap": true, "symbol-sort-key": ["get", "n"],
    },
  }),
];

// Drawn last, and so placed first: names keep clear of the circles.
export const countLayers = (color) => [
  ...counts("grid", { source: "counts", maxzoom: SHAPES, color }),
  // A tile with more cases than a phone can draw holds counts at closer zooms too.
  ...counts("crowd", { source: "cases", minzoom: SHAPES, color }),
];

// Where liens are what is shown, they are counted as cases are. Hidden, their tiles are not asked for.
export const lienCounts = (color) => counts("lien-grid", {
  source: "liens", layer: "lien_grid", maxzoom: SHAPES, fill: color.lien, text: color.halo, hidden: true, color,
});

// Narrow the liens to those recorded so long ago; `alone`, where nothing is shown beside them.
export function showLiens(map, { show, lien }) {
  const alone = show === "liens";
  const n = ["get", lien || "n"];
  for (const id of ["lien", "lien-line"]) {
    if (map.getLayer(id)) map.setFilter(id, alone && lien ? ["in", lien, ["get", "ages"]] : null);
  }
  if (!map.getLayer("lien-grid")) return;
  map.setPaintProperty("lien", "fill-opacity", alone ? 0.85 : 0.5);
  map.setPaintProperty("lien-line", "line-width", byZoom([13, alone ? 2 : 1.2], [17, alone ? 3.2 : 2]));
  for (const id of ["lien-grid", "lien-grid-count"]) {
    map.setFilter(id, [">", n, 0]);
    map.setLayoutProperty(id, "visibility", alone ? "visible" : "none");
  }
  map.setLayoutProperty("lien-grid-count", "text-field", ["number-format", n, {}]);
}

export const lienLayers = (color) => [
  {
    id: "lien", type: "fill", source: "cases", "source-layer": "lien", minzoom: SHAPES,
    paint: { "fill-pattern": "hatch", "fill-opacity": 0.5 },
  },
  {
    id: "lien-line", type: "line", source: "cases", "source-layer": "lien", minzoom: SHAPES,
    paint: { "line-color": color.lien, "line-width": byZoom([13, 1.2], [17, 2]) },
  },
  {
    id: "chosen-parcel", type: "line", source: "ground", "source-layer": "parcel", filter: none,
    paint: { "line-color": color.chosen, "line-width": byZoom([15, 2.5], [18, 4.5]) },
  },
];

// Below all names: a number is the first to give way.
export const numberLayers = (color) => [
  names("case-number", {
    source: "cases", layer: "case", minzoom: 17.5, field: ["coalesce", ["get", "number"], ""],
    size: byZoom([17, 10.5], [19, 13]), color: color.streetName, halo: color.halo,
    layout: {
      "text-variable-anchor": ["top", "bottom", "right", "left"], "text-radial-offset": 1.85, "text-padding": 3,
    },
  }),
];

// Above all names, and so placed before them: no name lies on a shape.
export const caseLayers = (color) => [
  {
    id: "case", type: "symbol", source: "cases", "source-layer": "case", minzoom: SHAPES,
    layout: {
      "icon-image": image(everyPlace), "icon-allow-overlap": true, "symbol-sort-key": onTop(everyPlace),
      "icon-size": byZoom([SHAPES, 0.3], [15, 0.36], [16, 0.58], [17, 0.9], [19, 1.2]),
    },
  },
  {
    id: "chosen-case", type: "symbol", source: "cases", "source-layer": "case", filter: none,
    layout: {
      "icon-image": image(everyPlace), "icon-allow-overlap": true, "icon-ignore-placement": true,
      "icon-size": byZoom([14, 0.9], [17, 1.3], [19, 1.5]),
    },
  },
  names("case-count", {
    source: "cases", layer: "case", minzoom: BADGES, filter: [">", everyPlace.n, 1],
    field: ["to-string", everyPlace.n], font: BOLD, size: byZoom([16, 10], [19, 13]),
    color: color.halo, halo: color.badge, haloWidth: 0,
    layout: {
      "icon-image": "badge", "icon-text-fit": "both", "icon-text-fit-padding": [1, 4, 1, 4],
      "text-anchor": "left", "text-offset": [0.55, -0.75], "symbol-sort-key": ["-", 0, everyPlace.n],
      "text-padding": 0, "icon-padding": 0,
    },
  }),
];

// The grid's counts know no filter; the shapes do.
export function showCases(map, state) {
  const shown = placesOf(state);
  const several = ["all", shown.filter, [">", shown.n, 1]];
  const filters = { "case": shown.filter, "case-number": shown.filter, "case-count": several };
  if (!map.getLayer("case")) return;
  Object.entries(filters).forEach(([id, filter]) => map.setFilter(id, filter));
  map.setLayoutProperty("case", "icon-image", image(shown, state.by));
  map.setLayoutProperty("case", "symbol-sort-key", onTop(shown, state.by));
  map.setLayoutProperty("chosen-case", "icon-image", image(shown, state.by));
  map.setLayoutProperty("case-count", "text-field", ["to-string", shown.n]);
  map.setLayoutProperty("case-count", "symbol-sort-key", ["-", 0, shown.n]);
}

