// Draw a zone's outline on the map; its corners stand as lines of text, and either changes both.
import * as maplibre from "maplibre-gl";
import { boundsOf, openMap } from "../map/view.js";
import { switches } from "../map/style.js";
import { addDrawing, drawn, lineOf, linesOf, ringsOf } from "./rings.js";

const NEAR = 8; // pixels from a corner or a line that still hit it

export function zoneMap(element) {
  const text = document.querySelector("#zone-form textarea");
  const says = document.querySelector("[data-corner-says]");
  const town = boundsOf(element.dataset);
  const map = openMap(element, { town, bounds: around(text.value) ?? town, label: element.dataset.label, office: true });
  const data = (line) => drawn(ringsOf(text.value), line);
  const told = text.value;
  const overlapShown = () => (text.value === told ? "visible" : "none");
  const show = (line) => {
    map.getSource("drawn")?.setData(data(line));
    if (map.getLayer("shared")) map.setLayoutProperty("shared", "visibility", overlapShown());
  };
  const edit = editing(text, says, show, Number(element.dataset.most));
  map.on("style.load", () => {
    switches.cases.forEach((id) => map.getLayer(id) && map.setLayoutProperty(id, "visibility", "none"));
    addDrawing(map, { data: data(edit.current()) });
    addShared(map, element.dataset.shared, overlapShown());
  });
  byMouse(map, text, edit);
  byKeys(map, edit);
  return map;
}

// What other zones hold as well, as the page told it of the outline it was opened with.
function addShared(map, shared, visibility) {
  if (!shared) return;
  const features = JSON.parse(shared).map((geometry) => ({ type: "Feature", properties: {}, geometry }));
  map.addSource("shared", { type: "geojson", data: { type: "FeatureCollection", features } });
  map.addLayer({ id: "shared", type: "fill", source: "shared", layout: { visibility }, paint: { "fill-pattern": "hatch-both", "fill-opacity": 0.5 } }, "drawn-line");
}

// Changes of the text, each of which can be taken back.
function editing(text, says, show, most) {
  const before = [];
  let kept = text.value;
  const lines = () => text.value.split("\n");
  const current = () => text.value.slice(0, text.selectionStart).split("\n").length - 1;

  function tell() {
    const all = linesOf(text.value);
    const wrong = all.indexOf(undefined);
    const count = all.filter(Boolean).length;
    const { one, many, wrong: bad, tooMany } = says.dataset;
    says.textContent = wrong >= 0 ? bad.replace("#", wrong + 1)
      : count > most ? tooMany : count === 1 ? one : many.replace("#", count);
    show(current());
  }
  function put(next, line, { record = true } = {}) {
    if (record) before.push(kept);
    kept = text.value = next.join("\n");
    const at = next.slice(0, line).join("\n").length + (line > 0 ? 1 : 0);
    text.setSelectionRange(at, at);
    text.scrollTop = (text.scrollHeight * line) / Math.max(next.length, 1) - text.clientHeight / 2;
    tell();
  }
  text.addEventListener("input", () => {
    before.push(kept);
    kept = text.value;
    tell();
  });
  for (const kind of ["keyup", "click", "focus"]) text.addEventListener(kind, () => show(current()));
  tell();

  return {
    current,
    add(corner, line = current() + 1) {
      const all = lines();
      const empty = line > 0 && !all[line - 1].trim() && line === all.length; // the line begun last
      put(all.toSpliced(empty ? line - 1 : line, Number(empty), lineOf(corner)), empty ? line - 1 : line);
    },
    move: (corner, line = current(), options) => put(lines().with(line, lineOf(corner)), line, options),
    remove: (line = current()) => put(lines().toSpliced(line, 1), Math.max(0, Math.min(line, lines().length - 2))),
    mark: (line) => put(lines(), line, { record: false }),
    keep: () => before.push(kept),
    undo() {
      if (before.length) put(before.pop().split("\n"), current(), { record: false });
    },
  };
}

function byMouse(map, text, edit) {
  const canvas = map.getCanvas();
  const cornerAt = (point) => {
    const box = [[point.x - NEAR, point.y - NEAR], [point.x + NEAR, point.y + NEAR]];
    return map.queryRenderedFeatures(box, { layers: ["drawn-corner"] })[0]?.properties.line;
  };
  let dragged = null;
  let begun = !ringsOf(text.value).flat().length; // an outline that is still drawn corner by corner

  function grab(event) {
    const line = cornerAt(event.point);
    if (line === undefined) return;
    event.preventDefault();
    edit.mark(line);
    dragged = { line, moved: false };
  }
  function drag(event) {
    if (!dragged) {
      canvas.style.cursor = cornerAt(event.point) !== undefined ? "move" : "crosshair";
      return;
    }
    if (!dragged.moved) edit.keep();
    dragged.moved = true;
    edit.move(event.lngLat.toArray(), dragged.line, { record: false });
  }
  const drop = () => (dragged = null);
  map.on("mousedown", grab);
  map.on("touchstart", (event) => event.points.length === 1 && grab(event));
  map.on("mousemove", drag);
  map.on("touchmove", drag);
  map.on("mouseup", drop);
  map.on("touchend", drop);
  map.on("click", (event) => {
    const corner = cornerAt(event.point);
    const rings = ringsOf(text.value);
    if (corner !== undefined) {
      if (rings.some((ring) => ring.length > 2 && ring[0].line === corner)) begun = false; // it is closed
      return;
    }
    const side = sideAt(map, text.value, event.point);
    if (side !== null) edit.add(event.lngLat.toArray(), side + 1);
    else if (begun || rings.every((ring) => ring.length < 3)) edit.add(event.lngLat.toArray());
  });
  map.doubleClickZoom.disable();
  map.on("dblclick", (event) => {
    const line = cornerAt(event.point);
    if (begun) begun = ringsOf(text.value).flat().length < 3; // twice ends it where it is
    else if (line !== undefined) edit.remove(line);
  });
}

function byKeys(map, edit) {
  const middle = () => map.getCenter().toArray();
  const deeds = { add: () => edit.add(middle()), move: () => edit.move(middle()), delete: () => edit.remove(), undo: () => edit.undo() };
  for (const button of document.querySelectorAll("[data-corner]")) {
    button.addEventListener("click", () => deeds[button.dataset.corner]());
  }
  map.getCanvas().addEventListener("keydown", (event) => {
    const deed = event.key === " " ? "add" : event.key === "Delete" || event.key === "Backspace" ? "delete"
      : event.key === "z" && (event.ctrlKey || event.metaKey) ? "undo" : "";
    if (!deed) return;
    event.preventDefault();
    deeds[deed]();
  });
}

// The line of the corner after which a side near a point begins.
function sideAt(map, text, point) {
  for (const ring of ringsOf(text)) {
    if (ring.length < 2) continue;
    for (let at = 0; at < ring.length; at += 1) {
      const [from, to] = [ring[at], ring[(at + 1) % ring.length]].map(({ corner }) => map.project(corner));
      if (distance(point, from, to) < NEAR) return ring[at].line;
    }
  }
  return null;
}

function distance(p, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

function around(text) {
  const corners = ringsOf(text).flat();
  if (!corners.length) return null;
  const bounds = new maplibre.LngLatBounds();
  corners.forEach(({ corner }) => bounds.extend(corner));
  return bounds;
}
