// Join the office's list and map: what is filtered, chosen or seen in one shows in the other.
import { none } from "../map/cases.js";
import { holding } from "../map/places.js";
import { FOUND, colourBy, dressForOffice } from "../map/office.js";
import { palette } from "../map/palette.js";
import { picking } from "../map/pick.js";
import { switches } from "../map/style.js";
import { showThen } from "../map/then.js";
import { boundsOf, goTo, openMap, pin } from "../map/view.js";
import { slot } from "../fragments.js";
import { drawing } from "./drawing.js";

const SHEET_UP = 200; // pixels a phone's sheet rises to show a record under the map
const phone = window.matchMedia("(max-width: 56em)");
const VIEW = ["by", "then", "hide", "case", "parcel", "street"]; // of the address; all else narrows the list
const layersOf = { ...switches, cases: [...switches.cases, "nobody", ...FOUND] };
const CASES = [...switches.cases, "nobody"].filter((id) => id !== "chosen-case");

const asked = () => new URLSearchParams(location.search);
const narrowing = () => {
  const query = asked();
  VIEW.forEach((key) => query.delete(key));
  query.delete("area");
  return query;
};

function change(values, { push = false } = {}) {
  const query = asked();
  Object.entries(values).forEach(([key, value]) => (value ? query.set(key, value) : query.delete(key)));
  const address = `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`;
  history[push ? "pushState" : "replaceState"](history.state, "", address);
}

export function townMap(page) {
  const parts = {
    page,
    element: page.querySelector("#map"),
    list: page.querySelector("#list"),
    said: page.querySelector("#list-said"),
    panel: page.querySelector("#panel"),
    browse: page.querySelector("#browse"),
    notice: page.querySelector("#map-notice"),
    legend: page.querySelector(".legend"),
    sentence: page.querySelector("form.sentence"),
  };
  parts.legend.open = !phone.matches;
  const town = boundsOf(parts.element.dataset);
  const map = openMap(parts.element, {
    town, bounds: town, hash: true, office: true, label: parts.element.dataset.label,
    left: phone.matches ? undefined : parts.legend.offsetWidth + 24,
  });
  const view = viewing(map, parts);
  const selection = selecting(map, parts);
  answer(map, parts, view, selection);
  return { map, filter: view.filter, select: selection.select, goTo: (place) => goTo(map, place) };
}

// What is shown: the tiles' cases where nothing narrows them, else those the server names.
function viewing(map, { element, list, said, notice, legend, sentence }) {
  const lists = slot(list);
  let found = null;

  async function refreshList() {
    const query = narrowing();
    const [[west, south], [east, north]] = map.getBounds().toArray();
    const ring = [[west, south], [east, south], [east, north], [west, north]];
    query.set("area", ring.map((corner) => corner.map((each) => each.toFixed(6)).join(",")).join(";"));
    if (await lists.show(`${list.dataset.source}?${query}`)) {
      said.textContent = list.querySelector("h2")?.textContent.trim() ?? "";
    }
  }

  async function findCases() {
    const query = narrowing();
    found = null;
    if (query.size) {
      const answered = await fetch(`${list.dataset.found}?${query}`);
      found = answered.ok && String(query) === String(narrowing()) ? await answered.json() : null;
    }
    draw();
  }

  function draw() {
    if (!map.getLayer("found")) return;
    const narrowed = found && !found.more;
    map.getSource("found").setData(narrowed ? found : { type: "FeatureCollection", features: [] });
    notice.hidden = !found?.more;
    notice.textContent = notice.dataset.many;
    const hidden = new Set((asked().get("hide") ?? "").split(".").filter(Boolean));
    for (const [name, ids] of Object.entries(layersOf)) {
      for (const id of ids) {
        const off = hidden.has(name) || (narrowed && CASES.includes(id));
        if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", off ? "none" : "visible");
      }
      const toggle = legend.querySelector(`input[value=${name}]`);
      if (toggle) toggle.checked = !hidden.has(name);
    }
    colour();
  }

  function colour() {
    const by = asked().get("by") ?? "";
    legend.querySelector("select[name=by]").value = by;
    for (const ul of legend.querySelectorAll("ul[data-by]")) ul.hidden = ul.dataset.by !== by;
    colourBy(map, by);
  }

  function past() {
    if (!map.getLayer("found")) return;
    const [day, select] = [asked().get("then") ?? "", legend.querySelector("select[name=then]")];
    if (select) select.value = day;
    for (const line of legend.querySelectorAll("[data-then]")) line.hidden = !day;
    showThen(map, { tiles: element.dataset.then, day, color: palette() });
  }

  function dress() {
    dressForOffice(map, { by: asked().get("by") ?? "", color: palette() });
    draw();
    past();
  }

  function filter(values) {
    change(values);
    for (const [name, value] of Object.entries(values)) {
      if (sentence.elements[name]) sentence.elements[name].value = value;
    }
    refreshList();
    findCases();
  }

  function readAddress() {
    for (const select of sentence.querySelectorAll("select")) {
      select.value = asked().get(select.name) ?? select.options[0].value;
    }
    refreshList();
    findCases();
    past();
  }

  return { refreshList, findCases, draw, dress, filter, past, readAddress };
}

// What is chosen: one case or parcel, outlined on the map and told in the panel.
function selecting(map, { panel, browse }) {
  const panels = slot(panel);
  const marker = pin(map);
  let shown = "";

  function outline() {
    const { parcelId, caseNumber, lon, lat } = panel.hidden ? {} : (panel.querySelector("[data-record]")?.dataset ?? {});
    if (map.getLayer("chosen-parcel")) map.setFilter("chosen-parcel", parcelId ? ["==", ["get", "id"], Number(parcelId)] : none);
    if (map.getLayer("chosen-case")) map.setFilter("chosen-case", caseNumber ? holding(caseNumber) : none);
    if (lon) marker.at({ lon, lat });
    else marker.lift();
  }

  async function apply({ move = true, focus = false } = {}) {
    const kind = ["case", "parcel"].find((each) => asked().get(each));
    const wanted = kind ? panel.dataset[kind].replace("NUMBER", encodeURIComponent(asked().get(kind))) : "";
    if (wanted && wanted !== shown && !(await panels.show(wanted))) return;
    if (!wanted) panels.forget();
    shown = wanted;
    panel.hidden = !wanted;
    browse.hidden = Boolean(wanted);
    outline();
    if (!wanted) return;
    if (phone.matches) window.scrollTo({ top: SHEET_UP });
    else panel.closest(".pane").scrollTop = 0;
    const record = panel.querySelector("[data-record]");
    if (move && record?.dataset.lon) goTo(map, record.dataset, phone.matches ? SHEET_UP : 0);
    if (focus) panel.querySelector("h1")?.focus({ preventScroll: true });
  }

  const select = (values, options) => {
    change({ case: "", parcel: "", street: "", ...values }, { push: true });
    return apply(options);
  };
  return { select, apply, outline, mark: (place) => marker.at(place) };
}

// The list of what lies in an area drawn here, narrowed as the map is.
function listOf(area, list) {
  const query = narrowing();
  query.set("area", area);
  location.assign(`${list.dataset.table}?${query}`);
}

function answer(map, { page, list, panel, legend, sentence }, view, { select, apply, outline, mark }) {
  const busy = drawing(map, { arrive: (area) => listOf(area, list) });
  map.on("style.load", () => {
    view.dress();
    outline();
  });
  map.on("moveend", view.refreshList);
  map.once("load", () => {
    view.refreshList();
    view.findCases();
    apply();
  });
  picking(map, {
    state: () => ({ stage: "", category: "" }),
    busy,
    onPick: (found) => select(found ?? {}, { move: false }),
    onHover: (numbers) => {
      for (const row of list.querySelectorAll("a[data-case]")) {
        row.classList.toggle("is-hovered", numbers.includes(row.dataset.case));
      }
    },
  });
  sentence.addEventListener("submit", (event) => event.preventDefault());
  sentence.addEventListener("change", (event) => {
    const { name, value, options } = event.target;
    view.filter({ [name]: name === "queue" && value === options[0].value ? "" : value });
  });
  legend.addEventListener("change", (event) => {
    if (event.target.name === "then") {
      change({ then: event.target.value });
      return view.past();
    }
    if (event.target.name === "by") change({ by: event.target.value });
    else change({ hide: [...legend.querySelectorAll("input:not(:checked)")].map((each) => each.value).join(".") });
    view.draw();
  });
  page.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) return void select({});
    const link = event.target.closest("#list a[data-case]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    select({ case: link.dataset.case }, { focus: true });
  });
  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) select({});
  });
  for (const kind of ["mouseover", "focusin"]) {
    list.addEventListener(kind, (event) => {
      const row = event.target.closest("[data-lon]");
      if (row) mark(row.dataset);
    });
  }
  for (const kind of ["mouseleave", "focusout"]) list.addEventListener(kind, outline);
  window.addEventListener("popstate", () => {
    view.readAddress();
    apply();
  });
}
