// Draw an area that is followed or asked about; its corners go with the form as an address carries them.
import { combobox } from "./combobox.js";
import { around, byKeys, byMouse } from "./map/corners.js";
import { untilDrawn } from "./map/loading.js";
import { addDrawing, crossed, drawn } from "./map/rings.js";
import { switches } from "./map/style.js";
import { boundsOf, goTo, openMap } from "./map/view.js";
import { whenSeen } from "./when_seen.js";

const FEW_LEFT = 10; // corners that may still be put when that begins to be said
const DIGITS = 6; // of a degree: a hand's breadth

// The map comes once it is seen, for most want something else.
export function area(part) {
  const element = part.querySelector("#area-map");
  const says = part.querySelector("[data-corner-says]");
  const field = part.closest("form").elements.area;
  let map = null;
  const edit = editing(field, { most: Number(part.dataset.most), changed: () => show() });

  function show() {
    says.textContent = words(edit.rings()[0] ?? [], { most: Number(part.dataset.most), said: says.dataset });
    map?.getSource("drawn")?.setData(drawn(edit.rings(), edit.current()));
  }
  const search = part.querySelector("[data-suggest]");
  search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault()); // it is no part of the form
  combobox(search, { choose: (place) => map && goTo(map, place), found() {} });

  function open() {
    map = areaMap(element, edit, part);
    show();
    return map;
  }
  whenSeen(element, () => untilDrawn(element, (async () => open())()));
  show();
}

function areaMap(element, edit, part) {
  const town = boundsOf(element.dataset);
  const bounds = around(edit.rings()) ?? town;
  const map = openMap(element, { town, bounds, label: element.dataset.label, staff: "staff" in part.dataset });
  map.on("style.load", () => {
    for (const id of [...switches.cases, ...switches.liens]) {
      if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", "none");
    }
    addDrawing(map, { data: drawn(edit.rings(), edit.current()) });
  });
  byMouse(map, edit);
  byKeys(map, edit, part.querySelectorAll("[data-corner]"));
  return map;
}

// What there is to say of so many corners.
function words(ring, { most, said }) {
  const count = ring.length;
  if (!count) return said.none;
  if (count < 3) return said.few.replace("#", 3 - count);
  if (crossed(ring.map(({ corner }) => corner))) return said.crossed;
  const left = most - count;
  const much = left > FEW_LEFT ? "" : left ? said.left.replace("#", left) : said.full;
  return `${said.many.replace("#", count)} ${much}`.trim();
}

// One ring of corners, each change of which can be taken back.
function editing(field, { most, changed }) {
  const read = () => field.value.split(";").map((each) => each.split(",").map(Number)).filter((each) => each.every(Number.isFinite) && each.length === 2);
  let corners = read();
  let at = corners.length - 1;
  const before = [];
  const text = () => corners.map((each) => each.map((degrees) => degrees.toFixed(DIGITS)).join(",")).join(";");

  function put(next, place, { record = true } = {}) {
    if (record) before.push(corners);
    corners = next;
    at = place;
    field.value = corners.length > 2 ? text() : "";
    changed();
  }
  field.addEventListener("change", () => { // typed by hand, where a page shows it
    before.push(corners);
    corners = read();
    at = corners.length - 1;
    changed();
  });
  return {
    rings: () => (corners.length ? [corners.map((corner, line) => ({ corner, line }))] : []),
    current: () => at,
    add(corner, place = corners.length) {
      if (corners.length < most) put(corners.toSpliced(place, 0, corner), place);
      else changed(); // which says that no more fit
    },
    move: (corner, place = at, options) => put(corners.with(place, corner), place, options),
    remove: (place = at) => corners.length && put(corners.toSpliced(place, 1), Math.max(0, Math.min(place, corners.length - 2))),
    mark: (place) => put(corners, place, { record: false }),
    keep: () => before.push(corners),
    undo() {
      if (!before.length) return;
      const last = before.pop();
      put(last, last.length - 1, { record: false });
    },
    clear: () => corners.length && put([], -1),
  };
}
