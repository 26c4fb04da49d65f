// Draw a route over the map: the drive with arrows, the stops with number and time.
import { boundsOf, goTo } from "./view.js";
import { BOLD, MEDIUM, byZoom } from "./type.js";
import { palette } from "./palette.js";
import { switches } from "./style.js";
import { gathered } from "./stops.js";
import { clock } from "../words.js";

const ROOM = 72; // pixels kept free around a route, for the names at its edge
const NO_STOPS = { type: "FeatureCollection", features: [] };

// The plan as drawn: each stop's arrival told as on a clock.
const timed = (plan) => ({
  type: "FeatureCollection",
  features: (plan?.plan.features ?? []).map((each) => {
    const { arrive } = each.properties ?? {};
    return arrive ? { ...each, properties: { ...each.properties, time: clock(arrive) } } : each;
  }),
});
const role = (name) => ["==", ["get", "role"], name];

const layers = (color) => [
  {
    id: "route-edge", type: "line", source: "route", filter: role("leg"),
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": color.halo, "line-width": byZoom([11, 5], [16, 10]) },
  },
  {
    id: "route-line", type: "line", source: "route", filter: role("leg"),
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": color.route, "line-width": byZoom([11, 3], [16, 6]) },
  },
  {
    id: "route-arrows", type: "symbol", source: "route", filter: role("leg"), minzoom: 12,
    layout: {
      "symbol-placement": "line", "symbol-spacing": 70, "icon-image": "route-arrow",
      "icon-size": byZoom([12, 0.7], [16, 1]), "icon-allow-overlap": true, "icon-ignore-placement": true,
    },
  },
  {
    id: "route-depot", type: "circle", source: "route", filter: role("depot"),
    paint: {
      "circle-radius": 8, "circle-color": color.halo, "circle-stroke-color": color.route, "circle-stroke-width": 4,
    },
  },
  {
    id: "route-time", type: "symbol", source: "route-stops", minzoom: 13,
    layout: {
      "text-field": ["get", "time"], "text-font": [MEDIUM], "text-size": 12,
      "text-variable-anchor": ["top", "bottom", "left", "right"], "text-radial-offset": 1.9,
    },
    paint: { "text-color": color.streetName, "text-halo-color": color.halo, "text-halo-width": 1.6 },
  },
  {
    id: "route-order", type: "symbol", source: "route-stops",
    layout: {
      "text-field": ["get", "label"], "text-font": [BOLD], "text-size": 12.5,
      "icon-image": "route-badge", "icon-text-fit": "both", "icon-text-fit-padding": [3, 6, 3, 6],
      "text-allow-overlap": true, "icon-allow-overlap": true, "symbol-sort-key": ["-", 0, ["get", "order"]],
    },
    paint: { "text-color": color.mark },
  },
];

export function routeMap(map) {
  let shown = null;

  function draw() {
    if (!map.getSource("route")) map.addSource("route", { type: "geojson", data: timed(shown) });
    if (!map.getSource("route-stops")) map.addSource("route-stops", { type: "geojson", data: NO_STOPS });
    nameZones(!shown);
    gather();
    layers(palette()).forEach((layer) => map.getLayer(layer.id) || map.addLayer(layer));
    for (const id of [...switches.cases, ...switches.liens]) {
      map.setLayoutProperty(id, "visibility", "none");
    }
  }

  function gather() {
    const stops = timed(shown).features.filter((each) => each.properties?.role === "stop");
    stops.sort((a, b) => a.properties.order - b.properties.order);
    map.getSource("route-stops")?.setData(gathered(map, stops));
  }

  // A plan is one officer's day: beside it the zones' names only lie in its way.
  const nameZones = (yes) => map.setLayoutProperty("zone-name", "visibility", yes ? "visible" : "none");

  map.on("style.load", draw);
  map.on("zoomend", gather);
  map.on("resize", gather);
  return {
    clear() {
      shown = null;
      if (map.getLayer("zone-name")) nameZones(true);
      map.getSource("route")?.setData(timed(null));
      gather();
    },
    show(plan) {
      shown = plan;
      if (map.getLayer("zone-name")) nameZones(false);
      map.getSource("route")?.setData(timed(plan));
      const points = plan.legs.flatMap((leg) => leg.geometry.coordinates);
      const lons = points.map(([lon]) => lon);
      const lats = points.map(([, lat]) => lat);
      const [west, east] = [lons.reduce((a, b) => Math.min(a, b)), lons.reduce((a, b) => Math.max(a, b))];
      const [south, north] = [lats.reduce((a, b) => Math.min(a, b)), lats.reduce((a, b) => Math.max(a, b))];
      map.fitBounds(boundsOf({ west, south, east, north }), { padding: ROOM, animate: false });
      gather();
    },
    look(order) {
      const stop = shown?.stops[order - 1];
      if (!stop) return;
      const [lon, lat] = stop.geometry.coordinates;
      goTo(map, { lon, lat, zoom: 17.5 });
    },
  };
}
