// Draw the routes of several officers: each in a colour, a dash and a letter of its own.
import { palette, routeColor, routes } from "./palette.js";
import { BOLD, MEDIUM, byZoom } from "./type.js";

const role = (name) => ["==", ["get", "role"], name];
const look = (each) => ["==", ["get", "look"], each.route];
const ofLook = (made) => ["match", ["get", "look"], ...routes.flatMap((each) => [each.route, made(each)]), made(routes[0])];

// What became of a stop of a day in force: a tick or a cross, on its dot and before its tag.
const isSettled = ["any", ["==", ["get", "became"], "made"], ["==", ["get", "became"], "skipped"]];
const became = ["concat", "plan-", ["get", "became"], "-", ["get", "look"]];

export const STOPS = ["plan-stop", "plan-tag"];
export const LEGS = routes.map((each) => `plan-leg-${each.route}`);

// Lines first, then their arrows, then the stops: what is pointed at lies on top.
export function planLayers() {
  const color = palette();
  return [
    {
      id: "plan-edge", type: "line", source: "plan", filter: role("leg"),
      layout: { "line-cap": "round", "line-join": "round" },
      paint: { "line-color": color.halo, "line-width": byZoom([11, 5], [16, 10]), "line-opacity": 0.85 },
    },
    ...routes.map((each) => ({
      id: `plan-leg-${each.route}`, type: "line", source: "plan", filter: ["all", role("leg"), look(each)],
      layout: { "line-join": "round", ...(each.dash.length ? {} : { "line-cap": "round" }) },
      paint: {
        "line-color": routeColor(each), "line-width": byZoom([11, 2.6], [16, 5.5]),
        ...(each.dash.length ? { "line-dasharray": each.dash } : {}),
      },
    })),
    {
      id: "plan-arrow", type: "symbol", source: "plan", filter: role("leg"), minzoom: 12,
      layout: {
        "symbol-placement": "line", "symbol-spacing": 90, "icon-image": ["concat", "plan-arrow-", ["get", "look"]],
        "icon-size": byZoom([12, 0.8], [16, 1.1]), "icon-allow-overlap": true, "icon-ignore-placement": true,
      },
    },
    {
      id: "plan-end", type: "circle", source: "plan", filter: role("end"),
      paint: { "circle-radius": 7, "circle-color": color.halo, "circle-stroke-color": color.badge, "circle-stroke-width": 3.5 },
    },
    {
      id: "plan-chosen", type: "circle", source: "plan", filter: ["==", ["get", "id"], ""],
      paint: { "circle-radius": 15, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": color.chosen, "circle-stroke-width": 4 },
    },
    {
      id: "plan-stop", type: "circle", source: "plan", filter: role("stop"),
      paint: {
        "circle-radius": byZoom([11, 3.5], [16, 7]), "circle-color": ofLook(routeColor),
        "circle-stroke-color": color.halo, "circle-stroke-width": 1.5,
      },
    },
    {
      id: "plan-became", type: "symbol", source: "plan", filter: ["all", role("stop"), isSettled],
      layout: {
        "icon-image": became, "icon-size": byZoom([11, 0.65], [16, 1.1]),
        "icon-allow-overlap": true, "icon-ignore-placement": true,
      },
    },
    {
      id: "plan-time", type: "symbol", source: "plan", filter: role("stop"), minzoom: 14,
      layout: {
        "text-field": ["get", "said"], "text-font": [MEDIUM], "text-size": 12,
        "text-variable-anchor": ["top", "bottom", "left", "right"], "text-radial-offset": 1.5,
      },
      // In the officer's colour: where there is no room for a stop's tag its time says whose it is.
      paint: { "text-color": ofLook(routeColor), "text-halo-color": color.halo, "text-halo-width": 1.6 },
    },
    {
      id: "plan-tag", type: "symbol", source: "plan", filter: role("stop"),
      layout: {
        "text-field": [
          "case", isSettled, ["format", ["image", became], {}, " ", {}, ["get", "tag"], {}], ["format", ["get", "tag"], {}],
        ],
        "text-font": [BOLD], "text-size": 12,
        "icon-image": ["concat", "plan-badge-", ["get", "look"]], "icon-text-fit": "both",
        "icon-text-fit-padding": [2, 5, 2, 5], "icon-padding": 1, "text-padding": 1,
        "symbol-sort-key": ["get", "order"],
      },
      paint: { "text-color": color.mark },
    },
    {
      id: "plan-now", type: "symbol", source: "plan-now",
      layout: {
        "text-field": ["get", "letter"], "text-font": [BOLD], "text-size": 17,
        "icon-image": ["concat", "plan-badge-", ["get", "look"]], "icon-text-fit": "both",
        "icon-text-fit-padding": [5, 9, 5, 9], "icon-allow-overlap": true, "text-allow-overlap": true,
      },
      paint: { "text-color": color.mark },
    },
  ];
}

// Where an officer is on a line after such a part of its length.
export function along(line, part) {
  const lengths = line.slice(1).map(([lon, lat], nth) => {
    const [west, south] = line[nth];
    return Math.hypot((lon - west) * Math.cos((lat * Math.PI) / 180), lat - south);
  });
  let left = part * lengths.reduce((sum, each) => sum + each, 0);
  for (const [nth, length] of lengths.entries()) {
    if (left <= length && length > 0) {
      const [[west, south], [lon, lat]] = [line[nth], line[nth + 1]];
      return [west + ((lon - west) * left) / length, south + ((lat - south) * left) / length];
    }
    left -= length;
  }
  return line.at(-1);
}

// Where each officer is at a moment: on a drive, at a door, or still or again at the end of the day.
export function whereAt(features, seconds) {
  const found = new Map();
  for (const { geometry, properties } of features) {
    const { role: kind, route, from, to } = properties;
    if (kind === "end") {
      if (!found.has(route)) found.set(route, { geometry, properties });
    } else if (seconds >= from) {
      const part = to > from ? Math.min(1, (seconds - from) / (to - from)) : 1;
      const at = kind === "leg" ? along(geometry.coordinates, part) : geometry.coordinates;
      found.set(route, { geometry: { type: "Point", coordinates: at }, properties });
    }
  }
  return [...found.values()].map(({ geometry, properties: { letter, look: of } }) => ({
    type: "Feature", geometry, properties: { letter, look: of },
  }));
}
