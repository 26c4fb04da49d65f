// Draw cases and liens: counts at low zoom, from z14 one shape a case, its number close by.
import { BOLD, byZoom, names } from "./type.js";
import { BLANK } from "./images.js";
import { stages } from "./palette.js";

// The most pressing on top where shapes overlap.
const urgency = ["open", "due_soon", "cited", "hearing", "ordered", "lien", "overdue"];
const onTop = ["match", ["get", "stage"], ...urgency.flatMap((stage, at) => [stage, at]), -1];
const image = ["concat", "stage-", ["get", "stage"]];
export const SHAPES = 14.4; // from this zoom on each case is a shape; below they are counted
const radius = [
  "interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, 6, 4, 10, 10, 15, 30, 24, 100, 38,
];
const none = ["==", ["get", "id"], -1];

const counts = (id, { color, ...where }) => [
  {
    id, type: "circle", "source-layer": "case_grid", ...where,
    layout: { "circle-sort-key": ["get", "n"] },
    paint: {
      "circle-color": color.grid, "circle-opacity": 0.82, "circle-radius": radius,
      "circle-stroke-color": color.halo, "circle-stroke-width": 1.2,
    },
  },
  names(`${id}-count`, {
    layer: "case_grid", ...where, field: ["number-format", ["get", "n"], {}], font: BOLD,
    size: ["interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, 10, 10, 12, 40, 15],
    color: color.gridText, halo: color.grid, haloWidth: 0,
    layout: {
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

export const caseLayers = (color) => [
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
  {
    id: "case", type: "symbol", source: "cases", "source-layer": "case", minzoom: SHAPES,
    layout: {
      "icon-image": image, "icon-allow-overlap": true, "symbol-sort-key": onTop,
      "icon-size": byZoom([SHAPES, 0.55], [15, 0.62], [16, 0.78], [17, 0.95], [19, 1.2]),
    },
  },
  names("case-number", {
    source: "cases", layer: "case", minzoom: 17, field: ["get", "number"], size: byZoom([17, 10.5], [19, 13]),
    color: color.streetName, halo: color.halo,
    layout: {
      "text-variable-anchor": ["top", "bottom", "right", "left"], "text-radial-offset": 1.15, "text-padding": 2,
      "symbol-sort-key": ["-", 0, onTop],
    },
  }),
  {
    id: "chosen-case", type: "symbol", source: "cases", "source-layer": "case", filter: none,
    layout: {
      "icon-image": image, "icon-allow-overlap": true, "icon-ignore-placement": true,
      "icon-size": byZoom([14, 0.9], [17, 1.3], [19, 1.5]),
    },
  },
];

// The grid's counts know no filter; the shapes do.
export function caseFilter({ stage, category, zone }) {
  const wanted = [];
  if (stage) wanted.push(["==", ["get", "stage"], stage]);
  if (category) wanted.push(["==", ["get", "category"], category]);
  if (zone) wanted.push(["==", ["get", "zone_id"], Number(zone)]);
  return ["all", ...wanted];
}

export const stageLabel = (stage) => stages.find((each) => each.stage === stage)?.label ?? stage;
