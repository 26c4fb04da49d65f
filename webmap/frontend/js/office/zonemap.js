// Draw a zone's outline on the map; its corners stand as lines of text, and either changes both.
import { around, byKeys, byMouse } from "../map/corners.js";
import { addDrawing, drawn, lineOf, linesOf, ringsOf } from "../map/rings.js";
import { switches } from "../map/style.js";
import { boundsOf, openMap } from "../map/view.js";

export function zoneMap(element) {
  const text = document.querySelector("#zone-form textarea");
  const says = document.querySelector("[data-corner-says]");
  const town = boundsOf(element.dataset);
  const map = openMap(element, { town, bounds: around(ringsOf(text.value)) ?? town, label: element.dataset.label, office: true });
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
  byMouse(map, edit);
  byKeys(map, edit, document.querySelectorAll("[data-corner]"));
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
    rings: () => ringsOf(text.value),
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
