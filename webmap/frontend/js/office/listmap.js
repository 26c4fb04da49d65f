// Show a page of a list on the map beside it, mark what is pointed at, and draw an area to look in.
import * as maplibre from "maplibre-gl";
import { palette } from "../map/palette.js";
import { switches } from "../map/style.js";
import { BOLD, names } from "../map/type.js";
import { boundsOf, openMap, pin } from "../map/view.js";
import { drawing } from "./drawing.js";

const BUTTONS = 72; // pixels from the map's right edge that its buttons and half a mark need

export function listMap(element) {
  const rows = [...document.querySelectorAll("[data-rows] tr[data-lon]")];
  const features = rows.map(({ dataset }) => ({
    type: "Feature", properties: { stage: dataset.stage, number: dataset.case, place: dataset.place ?? "" },
    geometry: { type: "Point", coordinates: [Number(dataset.lon), Number(dataset.lat)] },
  }));
  const town = boundsOf(element.dataset);
  const area = corners(element.dataset.area);
  const map = openMap(element, {
    town, bounds: around([...features.map((each) => each.geometry.coordinates), ...area]) ?? town, label: element.dataset.label,
    right: BUTTONS,
  });
  map.on("style.load", () => {
    for (const id of [...switches.cases, ...switches.liens]) {
      if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", "none");
    }
    map.addSource("listed", { type: "geojson", data: { type: "FeatureCollection", features } });
    map.addLayer({
      id: "listed", type: "symbol", source: "listed",
      layout: { "icon-image": ["concat", "stage-", ["get", "stage"]], "icon-allow-overlap": true, "icon-size": ["interpolate", ["linear"], ["zoom"], 12, 0.5, 17, 0.95] },
    });
    if (features.some((each) => each.properties.place)) map.addLayer(placeLayer());
  });
  point(map, rows);
  if (document.querySelector("[data-draw]")) drawing(map, { drawn: area, arrive: (ring) => location.assign(element.dataset.link.replace("AREA", ring)) });
  return map;
}

// At which place of its docket a case stands.
function placeLayer() {
  const color = palette();
  return names("listed-place", {
    source: "listed", field: ["get", "place"], font: BOLD, size: 13, color: color.streetName, halo: color.halo, haloWidth: 2,
    layout: { "text-variable-anchor": ["left", "right", "bottom", "top"], "text-radial-offset": 0.9, "text-justify": "auto" },
  });
}

// What is pointed at in one shows in the other.
function point(map, rows) {
  const marker = pin(map);
  for (const row of rows) {
    for (const kind of ["mouseenter", "focusin"]) row.addEventListener(kind, () => marker.at(row.dataset));
    for (const kind of ["mouseleave", "focusout"]) row.addEventListener(kind, () => marker.lift());
  }
  const rowOf = (event) => rows.find((row) => row.dataset.case === event.features[0].properties.number);
  map.on("mousemove", "listed", (event) => {
    rows.forEach((row) => row.classList.toggle("is-hovered", row === rowOf(event)));
    map.getCanvas().style.cursor = "pointer";
  });
  map.on("mouseleave", "listed", () => {
    rows.forEach((row) => row.classList.remove("is-hovered"));
    map.getCanvas().style.cursor = "";
  });
  map.on("click", "listed", (event) => rowOf(event)?.querySelector("th a").focus());
}

const corners = (text) => (text ? text.split(";").map((each) => each.split(",").map(Number)) : []);

function around(points) {
  if (!points.length) return null;
  const bounds = new maplibre.LngLatBounds();
  points.forEach((each) => bounds.extend(each));
  return bounds;
}
