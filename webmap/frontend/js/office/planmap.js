// Join the map and lists of a draft, or of a day in force: what is pointed at in one shows in the other, at any hour of the day.
import * as maplibre from "maplibre-gl";
import { LEGS, STOPS, planLayers, whereAt } from "../map/plan_layers.js";
import { switches } from "../map/style.js";
import { boundsOf, note, openMap } from "../map/view.js";
import { clock } from "../words.js";
import { giving } from "./plangiving.js";

const ROOM = 48; // pixels kept free around the routes
const EMPTY = { type: "FeatureCollection", features: [] };
const FADED = 0.22;

export function planMap(element) {
  const page = document.querySelector("[data-plan]");
  const town = boundsOf(element.dataset);
  const map = openMap(element, { town, bounds: town, label: element.dataset.label, office: true, room: ROOM });
  const show = showing(map, element, page);
  const says = note(map);
  pointing(map, page, show, says);
  if (page.hasAttribute("data-may-change")) giving(map, page, { mark: show.choose });
  return map;
}

function showing(map, element, page) {
  let data = EMPTY;
  let hour = null;
  const hidden = new Set();
  const seen = () => data.features.filter(({ properties }) => !hidden.has(properties.route));

  function draw() {
    if (!map.isStyleLoaded() && !map.getLayer("street")) return;
    for (const id of [...switches.cases, ...switches.liens, "nobody", "zone-name"]) {
      if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", "none");
    }
    if (!map.getSource("plan")) {
      map.addSource("plan", { type: "geojson", data: EMPTY });
      map.addSource("plan-now", { type: "geojson", data: EMPTY });
      planLayers().forEach((layer) => map.addLayer(layer));
    }
    fill();
  }

  function fill() {
    if (!map.getSource("plan")) return;
    map.getSource("plan").setData({ ...EMPTY, features: seen() });
    map.getSource("plan-now").setData({ ...EMPTY, features: hour === null ? [] : whereAt(seen(), hour) });
    const over = hour === null ? 1 : ["case", ["<=", ["get", "to"], hour], FADED, 1];
    for (const id of [...LEGS, "plan-edge"]) map.setPaintProperty(id, "line-opacity", over);
    map.setPaintProperty("plan-stop", "circle-opacity", over);
    for (const id of ["plan-tag", "plan-time", "plan-arrow", "plan-became"]) {
      map.setPaintProperty(id, "icon-opacity", over);
      map.setPaintProperty(id, "text-opacity", over);
    }
    for (const row of page.querySelectorAll("[data-stop]")) {
      const mine = data.features.find(({ properties: { id, route } }) => id === row.dataset.stop && route === routeOf(row));
      row.classList.toggle("is-over", hour !== null && Boolean(mine) && mine.properties.to <= hour);
    }
  }

  async function load() {
    const answer = await fetch(element.dataset.source);
    if (!answer.ok) return;
    data = await answer.json();
    for (const { properties } of data.features) if (properties.time) properties.said = clock(properties.time);
    const box = new maplibre.LngLatBounds();
    for (const { geometry } of data.features) [geometry.coordinates].flat(geometry.type === "Point" ? 0 : 1).forEach((at) => box.extend(at));
    if (!box.isEmpty()) map.fitBounds(box, { padding: ROOM, animate: false, maxZoom: 16 });
    draw();
  }

  const slider = page.querySelector("#hour");
  const whole = page.querySelector("[data-whole-day]");
  const told = page.querySelector("[data-hour-says]");
  function atHour() {
    slider.disabled = whole.checked;
    hour = whole.checked ? null : Number(slider.value);
    const said = clock(`${Math.floor(slider.value / 3600)}:${String(Math.floor((slider.value % 3600) / 60)).padStart(2, "0")}`);
    told.textContent = whole.checked ? "" : said;
    slider.setAttribute("aria-valuetext", said);
    fill();
  }
  page.querySelector("[data-hours]").addEventListener("submit", (event) => event.preventDefault());
  for (const each of [slider, whole]) each.addEventListener("input", atHour);
  for (const box of page.querySelectorAll("[data-show-route]")) {
    box.addEventListener("change", () => {
      hidden[box.checked ? "delete" : "add"](box.dataset.showRoute);
      fill();
    });
  }
  map.on("style.load", draw);
  map.once("load", load);
  return {
    choose: (id) => map.getLayer("plan-chosen") && map.setFilter("plan-chosen", ["all", ["==", ["get", "role"], "stop"], ["==", ["get", "id"], id ?? ""]]),
  };
}

const routeOf = (row) => row.closest("[data-whose]").dataset.whose;

function pointing(map, page, { choose }, says) {
  const rows = [...page.querySelectorAll("[data-stop]")];
  for (const row of rows) {
    for (const kind of ["mouseenter", "focusin"]) row.addEventListener(kind, () => choose(row.dataset.stop));
    for (const kind of ["mouseleave", "focusout"]) row.addEventListener(kind, () => choose(""));
  }
  const clear = () => {
    rows.forEach((each) => each.classList.remove("is-hovered"));
    map.getCanvas().style.cursor = "";
    says.hush();
  };
  for (const layer of STOPS) {
    map.on("mousemove", layer, ({ features: [{ properties, geometry }] }) => {
      map.getCanvas().style.cursor = "pointer";
      says.say(geometry.coordinates, [properties.tag, properties.said, properties.label, properties.told].filter(Boolean).join(" · "));
      rows.forEach((each) => each.classList.toggle("is-hovered", each.dataset.stop === properties.id && routeOf(each) === properties.route));
    });
    map.on("mouseleave", layer, clear);
    map.on("click", layer, ({ features: [{ properties }] }) => {
      const row = rows.find((each) => each.dataset.stop === properties.id && routeOf(each) === properties.route);
      row?.scrollIntoView({ block: "nearest" });
      row?.querySelector("a")?.focus({ preventScroll: true });
    });
  }
}
