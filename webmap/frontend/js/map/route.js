// Draw a route over the map: the drive with arrows, the stops with number and time.
import { boundsOf, goTo } from "./view.js";
import { BOLD, MEDIUM, byZoom } from "./type.js";
import { palette } from "./palette.js";
import { switches } from "./style.js";
import { clock } from "../words.js";

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
    id: "route-stop", type: "circle", source: "route", filter: role("stop"),
    paint: {
      "circle-radius": 12, "circle-color": color.route, "circle-stroke-color": color.halo, "circle-stroke-width": 2,
    },
  },
  {
    id: "route-order", type: "symbol", source: "route", filter: role("stop"),
    layout: {
      "text-field": ["to-string", ["get", "order"]], "text-font": [BOLD], "text-size": 12.5,
      "text-allow-overlap": true, "text-ignore-placement": true,
    },
    paint: { "text-color": color.mark },
  },
  {
    id: "route-time", type: "symbol", source: "route", filter: role("stop"), minzoom: 13,
    layout: {
      "text-field": ["get", "time"], "text-font": [MEDIUM], "text-size": 12,
      "text-variable-anchor": ["top", "bottom", "left", "right"], "text-radial-offset": 1.25,
    },
    paint: { "text-color": color.streetName, "text-halo-color": color.halo, "text-halo-width": 1.6 },
  },
];

export function routeMap(map) {
  let shown = null;

  function draw() {
    if (!map.getSource("route")) map.addSource("route", { type: "geojson", data: timed(shown) });
    layers(palette()).forEach((layer) => map.getLayer(layer.id) || map.addLayer(layer));
    for (const id of [...switches.cases, ...switches.liens]) {
      map.setLayoutProperty(id, "visibility", "none");
    }
  }

  map.on("style.load", draw);
  return {
    show(plan) {
      shown = plan;
      map.getSource("route")?.setData(timed(plan));
      const points = plan.legs.flatMap((leg) => leg.geometry.coordinates);
      const lons = points.map(([lon]) => lon);
      const lats = points.map(([, lat]) => lat);
      const [west, east] = [lons.reduce((a, b) => Math.min(a, b)), lons.reduce((a, b) => Math.max(a, b))];
      const [south, north] = [lats.reduce((a, b) => Math.min(a, b)), lats.reduce((a, b) => Math.max(a, b))];
      map.fitBounds(boundsOf({ west, south, east, north }), { padding: 48, animate: false });
    },
    look(order) {
      const stop = shown?.stops[order - 1];
      if (!stop) return;
      const [lon, lat] = stop.geometry.coordinates;
      goTo(map, { lon, lat, zoom: 17.5 });
    },
  };
}
