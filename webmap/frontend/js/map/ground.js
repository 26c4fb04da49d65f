// Draw the ground: land, water, parks, streets, parcels, numbers and zones, each from its zoom.
import { BOLD, MEDIUM, byZoom, names } from "./type.js";
import { ZONE_NAMES } from "./zone_names.js";

const ranked = (main, second, local, service) => [
  "match", ["get", "rank"], 1, main, 2, second, 3, local, service,
];

// Widths in pixels of main, second, local and service streets; doubling a zoom near enough
// doubles a width, so that a street keeps its metres.
const widths = [
  [10, ranked(1.2, 0.6, 0, 0)],
  [12, ranked(2.2, 1.4, 0.5, 0)],
  [14, ranked(5, 4, 2.4, 1)],
  [16, ranked(12, 10, 7, 3.5)],
  [18, ranked(34, 29, 22, 10)],
  [20, ranked(110, 96, 76, 34)],
];
const wider = (by) =>
  widths.map(([zoom, [op, input, ...cases]]) => [
    zoom, [op, input, ...cases.map((each, at) => (at % 2 === 0 && at < 6) || each === 0 ? each : each + by)],
  ]);

// However it is spelt in capitals: a search may know a street by another of its stretches.
export const streetNamed = (name) => ["all", name !== "", ["==", ["upcase", ["coalesce", ["get", "name"], ""]], name.toUpperCase()]];

const streets = (id, paint) => ({
  id, type: "line", source: "ground", "source-layer": "street",
  layout: {
    "line-cap": "round", "line-join": "round",
    "line-sort-key": ["-", 0, ["get", "rank"]],
  },
  paint,
});

export const groundLayers = (color) => [
  { id: "beyond", type: "background", paint: { "background-color": color.beyond } },
  fill("zone", color.land, "zone-land"), // stands in for the outline of a town that has none
  fill("town", color.land),
  fill("park", color.park),
  fill("water", color.water),
  {
    id: "parcel", type: "fill", source: "ground", "source-layer": "parcel", minzoom: 14.5,
    paint: {
      "fill-color": color.hover,
      "fill-opacity": ["case", ["boolean", ["feature-state", "hover"], false], 0.14, 0],
    },
  },
  {
    id: "parcel-line", type: "line", source: "ground", "source-layer": "parcel", minzoom: 14.5,
    paint: {
      "line-color": ["interpolate", ["linear"], ["zoom"], 15, color.parcel, 17, color.parcelClose],
      "line-width": byZoom([14.5, 0.3], [16, 0.7], [18, 1.2]),
      "line-opacity": byZoom([14.5, 0.3], [15.5, 1]),
    },
  },
  streets("street-edge", {
    "line-color": color.streetEdge,
    "line-width": byZoom(...wider(1.4)),
    "line-opacity": byZoom([11, 0.6], [14, 1]),
  }),
  streets("street", {
    "line-color": ["match", ["get", "rank"], 1, color.mainStreet, color.street],
    "line-width": byZoom(...widths),
  }),
  {
    ...streets("street-found", {
      "line-color": color.found, "line-width": byZoom(...wider(2)),
    }),
    filter: streetNamed(""),
  },
  {
    id: "town-line", type: "line", source: "ground", "source-layer": "town",
    paint: { "line-color": color.zone, "line-width": 1.2, "line-opacity": 0.5 },
  },
  {
    id: "zone", type: "line", source: "ground", "source-layer": "zone",
    layout: { "line-join": "round" },
    paint: {
      "line-color": color.zone,
      "line-width": byZoom([10, 0.8], [14, 1.4], [18, 2.2]),
      "line-opacity": 0.75,
    },
  },
];

function fill(layer, color, id = layer) {
  return {
    id, type: "fill", source: "ground", "source-layer": layer,
    paint: { "fill-color": color },
  };
}

// Below the cases: what gives way to them.
export const groundMarks = (color) => [
  {
    id: "oneway", type: "symbol", source: "ground", "source-layer": "street", minzoom: 16,
    filter: ["!=", ["get", "oneway"], 0],
    layout: {
      "symbol-placement": "line", "symbol-spacing": 130, "icon-image": "oneway",
      "icon-rotate": ["case", ["==", ["get", "oneway"], -1], 180, 0],
      "icon-size": byZoom([16, 0.6], [18, 1]), "icon-rotation-alignment": "map",
      "icon-padding": 12,
    },
  },
  names("address", {
    layer: "address", minzoom: 16.8, field: ["get", "label"], size: byZoom([17, 10.5], [19, 14]),
    color: color.number, halo: color.land,
    layout: { "text-variable-anchor": ["center", "bottom", "top", "left", "right"], "text-padding": 3 },
  }),
];

// Above the cases: names one finds one's way by.
export const groundNames = (color) => [
  names("street-name", {
    layer: "street", minzoom: 13, field: ["get", "name"], color: color.streetName, halo: color.halo,
    size: ["interpolate", ["linear"], ["zoom"], 13, ranked(11.5, 10.5, 10, 9), 16, ranked(13.5, 12.5, 12, 11), 19, ranked(18, 17, 16, 14)],
    font: MEDIUM,
    layout: {
      "symbol-placement": "line", "symbol-spacing": 320, "text-max-angle": 32,
      "symbol-sort-key": ["get", "rank"], "text-padding": 4,
    },
    filter: ["step", ["zoom"], ["<=", ["get", "rank"], 2], 14, true],
  }),
  names("park-name", {
    layer: "park", minzoom: 14, field: ["get", "name"], size: byZoom([14, 10.5], [17, 13]),
    color: color.parkName, halo: color.halo, layout: { "text-max-width": 7, "text-padding": 40 },
  }),
  names("water-name", {
    layer: "water", minzoom: 12, field: ["get", "name"], size: byZoom([12, 11], [16, 15]),
    color: color.waterName, halo: color.water, layout: { "text-max-width": 7, "text-letter-spacing": 0.06, "text-padding": 60 },
  }),
];

// Above all other names of the ground, which give way to them; where they stand is looked for beforehand.
export const zoneNames = (color) => [
  names("zone-name", {
    source: ZONE_NAMES, minzoom: 10, field: [
      "format", ["get", "name"], {},
      ["case", ["has", "officer_name"], ["concat", "\n", ["get", "officer_name"]], ""],
      { "font-scale": 0.86, "text-font": ["literal", [MEDIUM]] },
    ],
    size: byZoom([10, 10.5], [13, 13], [16, 15]), font: BOLD, color: color.zoneName, halo: color.halo,
    layout: { "text-max-width": 9, "text-allow-overlap": true },
    haloWidth: 1.8, maxzoom: 17,
  }),
];
