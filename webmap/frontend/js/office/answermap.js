// Draw what a report found, or zones of today and proposed: surfaces, areas and discs, by layer and through time; rows and marks lead to one another.
import { quieten } from "../map/label.js";
import { palette, routeColor, routes } from "../map/palette.js";
import { switches } from "../map/style.js";
import { BOLD } from "../map/type.js";
import { boundsOf, note, openMap } from "../map/view.js";

const ROOM = 32; // pixels around what is shown first
const EMPTY = { type: "FeatureCollection", features: [] };
const PARTS = ["", "-edge", "-name"]; // of one layer of the form
const isPoint = ["==", ["geometry-type"], "Point"];

export function answerMap(element) {
  const form = document.querySelector("[data-answer-layers]");
  const town = boundsOf(element.dataset);
  const bounds = extentOf(element.dataset.extent) ?? town;
  const map = openMap(element, { town: around(town, bounds), bounds, label: element.dataset.label, office: true, room: ROOM });
  map.scrollZoom.disable(); // the page scrolls past it
  const layers = [...form.querySelectorAll("[data-layer]")].map((box) => layerOf(map, box, form));
  const draw = () => {
    quieten(map);
    const ownZones = layers.some(({ look }) => look === "zones") ? switches.zones : [];
    for (const id of [...switches.cases, ...switches.liens, ...ownZones, "nobody"]) {
      if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", "none");
    }
    addChosen(map);
    layers.forEach((each) => each.add());
  };
  map.on("style.load", draw);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => layers.forEach((each) => each.show()));
  layers.forEach((each) => each.load());
  pointing(map, layers);
  return map;
}

const extentOf = (said) => {
  if (!said) return null;
  const [west, south, east, north] = said.split(",").map(Number);
  return [[west, south], [east, north]];
};

function around([[west, south], [east, north]], [[w, s], [e, n]]) {
  return [[Math.min(west, w), Math.min(south, s)], [Math.max(east, e), Math.max(north, n)]];
}

// One layer of the form: fetched once it is first shown, and drawn again with each style.
function layerOf(map, box, form) {
  const { layer: key, look, source, steps, times } = box.dataset;
  const colors = steps.split(",");
  const slider = form.querySelector(`[data-time="${CSS.escape(key)}"]`);
  const legend = form.querySelector(`[data-legend="${CSS.escape(key)}"]`);
  const id = `report-${key}`;
  let drawn = null;

  const color = ["match", ["get", "step"], ...colors.flatMap((each, nth) => [nth, each]), colors[0] ?? "#000"];
  const paints = {
    discs: () => [{
      id, type: "circle", source: id,
      paint: {
        "circle-radius": ["coalesce", ["get", "radius"], 5], "circle-color": color, "circle-opacity": 0.82,
        "circle-stroke-color": palette().badge, "circle-stroke-width": 1,
      },
    }],
    areas: () => [
      { id, type: "fill", source: id, paint: { "fill-color": color, "fill-opacity": 0.72 } },
      { id: `${id}-edge`, type: "line", source: id, paint: { "line-color": palette().halo, "line-width": 0.6 } },
    ],
    outlines: () => [
      { id, type: "fill", source: id, paint: { "fill-color": color, "fill-opacity": 0.12 } },
      { id: `${id}-edge`, type: "line", source: id, paint: { "line-color": color, "line-width": 2.5 } },
    ],
    zones: () => [
      { id, type: "fill", source: id, filter: ["!", isPoint], paint: { "fill-color": byLook(), "fill-opacity": 0.28 } },
      { id: `${id}-edge`, type: "line", source: id, filter: ["!", isPoint], paint: { "line-color": byLook(), "line-width": 2 } },
      {
        id: `${id}-name`, type: "symbol", source: id, filter: isPoint,
        layout: { "text-field": ["get", "label"], "text-font": [BOLD], "text-size": 14, "text-max-width": 7 },
        paint: { "text-color": byLook(), "text-halo-color": palette().halo, "text-halo-width": 2 },
      },
    ],
    dashed: () => [
      { id, type: "fill", source: id, paint: { "fill-color": palette().zone, "fill-opacity": 0 } }, // to point at
      { id: `${id}-edge`, type: "line", source: id, paint: { "line-color": palette().zone, "line-width": 2.5, "line-dasharray": [3, 2] } },
    ],
    picture: () => [{ id, type: "raster", source: id, paint: { "raster-opacity": 0.9, "raster-resampling": "linear" } }],
  };

  function add() {
    if (!drawn || map.getSource(id)) return;
    map.addSource(id, look === "picture" ? pictureOf(drawn.picture) : { type: "geojson", data: EMPTY });
    const ground = ["parcel", "street-name"].find((each) => map.getLayer(each));
    const dashed = form.querySelector("[data-look=dashed]");
    const lines = dashed && map.getLayer(`report-${dashed.dataset.layer}`) ? `report-${dashed.dataset.layer}` : "report-chosen";
    const over = { discs: "report-chosen", dashed: "report-chosen" };
    for (const layer of paints[look]()) {
      const below = look === "zones" && layer.type !== "fill" ? lines : over[look] ?? ground;
      map.addLayer(layer, map.getLayer(below) ? below : undefined);
    }
    for (const { dataset } of form.querySelectorAll("[data-look=zones]")) {
      const name = `report-${dataset.layer}-name`; // what is read lies on top
      if (map.getLayer(name)) map.moveLayer(name, "report-chosen");
    }
    show();
  }

  function show() {
    if (legend) legend.hidden = !box.checked;
    if (box.checked && !drawn) return void load();
    if (!map.getSource(id)) return;
    for (const each of PARTS.map((part) => id + part)) {
      if (map.getLayer(each)) map.setLayoutProperty(each, "visibility", box.checked ? "visible" : "none");
    }
    if (look !== "picture") map.getSource(id).setData({ ...EMPTY, features: seen() });
  }

  const seen = () => (Number(times) && slider
    ? drawn.features.filter(({ properties }) => properties.at === Number(slider.value)) : drawn.features);

  async function load() {
    if (!box.checked || drawn) return;
    const answer = await fetch(source);
    if (!answer.ok) return;
    drawn = await answer.json();
    drawn.features.forEach(({ properties }, nth) => { properties.nth = nth; });
    if (map.getLayer("report-chosen")) add();
  }

  if (slider) {
    const names = slider.dataset.names.split("|");
    const says = slider.closest("p").querySelector("output");
    const told = () => {
      says.textContent = names[slider.value];
      slider.setAttribute("aria-valuetext", names[slider.value]);
      show();
    };
    slider.addEventListener("input", told);
    says.textContent = names[slider.value];
  }
  return { add, show, load, id, look, says: box.dataset.says, features: () => (drawn && box.checked ? drawn.features : []) };
}

const byLook = () => ["match", ["get", "look"], ...routes.flatMap((each) => [each.route, routeColor(each)]), routeColor(routes[0])];

function pictureOf({ url, bounds: [west, south, east, north] }) {
  return { type: "image", url, coordinates: [[west, north], [east, north], [east, south], [west, south]] };
}

function addChosen(map) {
  if (map.getSource("report-chosen")) return;
  map.addSource("report-chosen", { type: "geojson", data: EMPTY });
  map.addLayer({
    id: "report-chosen", type: "circle", source: "report-chosen", filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-radius": ["+", 5, ["coalesce", ["get", "radius"], 5]], "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": palette().chosen, "circle-stroke-width": 3.5 },
  });
  map.addLayer({
    id: "report-chosen-edge", type: "line", source: "report-chosen", filter: ["!=", ["geometry-type"], "Point"],
    paint: { "line-color": palette().chosen, "line-width": 4 },
  });
}

// What a thing on the map says: as it lies there, or, in another language, as the office tells it.
function tellingOf(where) {
  const known = new Map();
  const written = ({ says }) => (typeof says === "string" ? JSON.parse(says) : says ?? []);
  const ask = async (properties) => {
    const answer = await fetch(where.replace(/\/0$/, `/${properties.nth}`)).catch(() => null);
    return answer?.ok ? answer.json() : written(properties);
  };
  return (properties) => {
    if (!where) return written(properties);
    if (!known.has(properties.nth)) known.set(properties.nth, ask(properties));
    return known.get(properties.nth);
  };
}

// What is pointed at in a table shows on the map, and what is chosen there leads to its row.
function pointing(map, layers) {
  const says = note(map);
  const rows = [...document.querySelectorAll("tr[data-row]")];
  const find = (key) => layers.flatMap((each) => each.features()).find(({ properties }) => properties.key === key);
  const choose = (feature) => map.getSource("report-chosen")?.setData({ ...EMPTY, features: feature ? [feature] : [] });
  for (const row of rows) {
    for (const kind of ["mouseenter", "focusin"]) row.addEventListener(kind, () => choose(find(row.dataset.row)));
    for (const kind of ["mouseleave", "focusout"]) row.addEventListener(kind, () => choose(null));
  }
  for (const { id, look, says: where } of layers) {
    if (look === "picture") continue;
    const told = tellingOf(where);
    let pointed = null;
    map.on("mousemove", id, async ({ features: [{ properties }], lngLat }) => {
      map.getCanvas().style.cursor = "pointer";
      choose(find(properties.key));
      pointed = properties.nth;
      const lines = await told(properties);
      if (pointed === properties.nth) says.say(lngLat, lines.join(" · "));
    });
    map.on("mouseleave", id, () => {
      pointed = null;
      map.getCanvas().style.cursor = "";
      says.hush();
      choose(null);
    });
    map.on("click", id, ({ features: [{ properties }] }) => {
      const row = rows.find(({ dataset }) => dataset.row === properties.key);
      if (!row) return;
      row.tabIndex = -1;
      row.focus();
      row.scrollIntoView({ block: "center" });
    });
  }
}
