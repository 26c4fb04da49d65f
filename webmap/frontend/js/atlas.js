// Join list and map: what is chosen, filtered or seen in one shows in the other.
import { SHAPES, none, showCases, showLiens } from "./map/cases.js";
import { holding } from "./map/places.js";
import { streetNamed } from "./map/ground.js";
import { picking } from "./map/pick.js";
import { switches } from "./map/style.js";
import { boundsOf, goTo, openMap, pin } from "./map/view.js";
import { slot } from "./fragments.js";
import { fitLegend, sayChosen } from "./legend.js";
import { filtersOf, pushState, queryOf, readState, replaceState } from "./state.js";
import { addressOf, viewLink } from "./view_link.js";
import { words } from "./words.js";

const SHEET_UP = 200; // pixels a phone's sheet rises to show a record under the map
const phone = window.matchMedia("(max-width: 56em)");

export function atlas(page) {
  const parts = partsOf(page);
  const map = openAtlas(parts);
  const view = viewing(map, parts);
  const selection = selecting(map, parts, view);
  answerMap(map, parts, view, selection);
  answerPage(parts, view, selection);
  answerList(parts, selection);
  answerControls(parts, view);
  viewLink(page.querySelector(".pane-tools"), () => addressOf(map));
  window.addEventListener("popstate", () => {
    view.applyFilters();
    view.applySwitches();
    selection.apply();
  });
  return { map, select: selection.select, filter: view.filter, goTo: (place) => goTo(map, place) };
}

const partsOf = (page) => ({
  page,
  element: page.querySelector("#map"),
  list: page.querySelector("#list"),
  said: page.querySelector("#list-said"),
  panel: page.querySelector("#panel"),
  browse: page.querySelector("#browse"),
  notice: page.querySelector("#map-notice"),
  legend: page.querySelector(".legend"),
  sentence: page.querySelector("form.sentence"),
});

function openAtlas({ element, panel, legend }) {
  legend.open = !phone.matches;
  const town = boundsOf(element.dataset);
  const record = panel.querySelector("[data-west]");
  return openMap(element, {
    town,
    bounds: record ? boundsOf(record.dataset) : town,
    hash: true,
    label: element.dataset.label,
    left: phone.matches ? undefined : legend.offsetWidth + 24,
  });
}

// The view: which cases list and map show, and which layers.
function viewing(map, { list, said, notice, legend, sentence }) {
  const lists = slot(list);
  const box = () => {
    const [[west, south], [east, north]] = map.getBounds().toArray();
    return [west, south, east, north].map((each) => each.toFixed(6)).join(",");
  };

  async function refreshList() {
    const asked = queryOf({ ...filtersOf(readState()), bbox: box() });
    if (await lists.show(`${list.dataset.source}?${asked}`)) {
      said.textContent = list.querySelector("h2")?.textContent.trim() ?? "";
      fitLegend(legend, list, { counted: map.getZoom() < SHAPES });
    }
  }

  function applyFilters() {
    const state = readState();
    showCases(map, state);
    showLiens(map, state);
    sayChosen(legend, sentence, state);
    if (map.getLayer("street-found")) map.setFilter("street-found", streetNamed(state.street));
    const narrowed = !state.show && Boolean(state.stage || state.category || state.zone || state.age);
    notice.hidden = !(narrowed && map.getZoom() < SHAPES);
    notice.textContent = words.counted;
  }

  function filter(change) {
    const state = replaceState(change);
    for (const [name, value] of Object.entries(filtersOf(state))) {
      if (sentence.elements[name]) sentence.elements[name].value = value;
    }
    applyFilters();
    refreshList();
  }

  function applySwitches() {
    const { hide, show } = readState();
    const hidden = new Set(hide.split(".").filter(Boolean));
    for (const [name, layers] of Object.entries(switches)) {
      const visibility = hidden.has(name) || (show && name === "cases") ? "none" : "visible";
      layers.forEach((id) => map.getLayer(id) && map.setLayoutProperty(id, "visibility", visibility));
      const toggle = legend.querySelector(`input[value=${name}]`);
      if (toggle) toggle.checked = !hidden.has(name);
    }
  }

  return { refreshList, applyFilters, applySwitches, filter };
}

// The selection: one case or parcel, outlined on the map and told in the panel.
function selecting(map, { panel, browse }, { applyFilters }) {
  const panels = slot(panel, {
    way: `<button type="button" class="close-panel" data-close>${words.back}</button>`,
  });
  const marker = pin(map);
  let shown = panel.querySelector("[data-record]")?.dataset.record ?? "";

  function outline() {
    const record = panel.querySelector("[data-record]");
    const { parcelId, caseNumber, lon, lat } = panel.hidden ? {} : (record?.dataset ?? {});
    const parcel = parcelId ? ["==", ["get", "id"], Number(parcelId)] : none;
    if (map.getLayer("chosen-parcel")) map.setFilter("chosen-parcel", parcel);
    if (map.getLayer("chosen-case")) map.setFilter("chosen-case", caseNumber ? holding(caseNumber) : none);
    if (lon) marker.at({ lon, lat });
    else marker.lift();
    return record;
  }

  async function apply({ move = true, focus = false } = {}) {
    const state = readState();
    const kind = state.case ? "case" : state.parcel ? "parcel" : "";
    const wanted = kind && `/panel/${kind}/${encodeURIComponent(state[kind])}`;
    if (wanted && wanted !== shown && !(await panels.show(wanted))) return;
    if (!wanted) panels.forget();
    shown = wanted;
    panel.hidden = !wanted;
    browse.hidden = Boolean(wanted);
    const record = outline();
    if (!wanted) return;
    if (phone.matches) window.scrollTo({ top: SHEET_UP });
    else panel.closest(".pane").scrollTop = 0;
    if (move && record?.dataset.lon) goTo(map, record.dataset, phone.matches ? SHEET_UP : 0);
    if (focus) panel.querySelector("h1")?.focus({ preventScroll: true });
  }

  const select = (change, options) => {
    pushState({ parcel: "", case: "", street: "", ...change });
    applyFilters();
    return apply(options);
  };

  return { outline, apply, select, mark: (place) => marker.at(place) };
}

// What people do.
function answerMap(map, { page, list, sentence }, view, { outline, select }) {
  map.on("style.load", () => {
    view.applyFilters();
    view.applySwitches();
    outline();
  });
  map.on("moveend", () => {
    view.applyFilters();
    view.refreshList();
  });
  map.once("load", view.refreshList);
  picking(map, {
    onPick: (change) => select(change ?? {}, { move: false }),
    state: readState,
    say: (kind) => [...(sentence.elements.category?.options ?? [])].find(({ value }) => value === kind)?.text ?? kind,
    onHover: (numbers) => {
      for (const row of list.querySelectorAll("a[data-case]")) {
        row.classList.toggle("is-hovered", numbers.includes(row.dataset.case));
      }
    },
  });
}

function answerPage({ page, panel }, { filter }, { select }) {
  page.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) return void select({});
    const link = event.target.closest("a[data-case], a[data-parcel]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    select(link.dataset.case ? { case: link.dataset.case } : { parcel: link.dataset.parcel }, { focus: true });
  });
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-stage], a[data-age]");
    if (!link) return;
    event.preventDefault();
    filter("stage" in link.dataset ? { stage: link.dataset.stage } : { age: link.dataset.age });
  });
  // What is shown is another page of the same place.
  for (const link of page.querySelectorAll("a[data-keep-view]")) {
    link.addEventListener("click", () => (link.hash = location.hash));
  }
  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) select({});
    if (event.key === "/" && !event.target.closest("input, select, textarea")) {
      event.preventDefault();
      page.querySelector(".find input").focus();
    }
  });
}

function answerList({ list }, { mark, outline }) {
  for (const kind of ["mouseover", "focusin"]) {
    list.addEventListener(kind, (event) => {
      const row = event.target.closest("[data-lon]");
      if (row) mark(row.dataset);
    });
  }
  for (const kind of ["mouseleave", "focusout"]) list.addEventListener(kind, outline);
}

function answerControls({ legend, sentence }, { filter, applySwitches }) {
  sentence.addEventListener("submit", (event) => event.preventDefault());
  sentence.addEventListener("change", (event) => filter({ [event.target.name]: event.target.value }));
  legend.addEventListener("change", ({ target }) => {
    if (target.name === "by") return filter({ by: target.value });
    const off = [...legend.querySelectorAll("input:not(:checked)")].map((toggle) => toggle.value);
    replaceState({ hide: off.join(".") });
    return applySwitches();
  });
}
