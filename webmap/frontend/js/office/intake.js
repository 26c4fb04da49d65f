// Tell, while a report is typed, what is on record there and what its review will decide.
import { combobox } from "../combobox.js";
import { slot } from "../fragments.js";
import { untilDrawn } from "../map/loading.js";
import { smallMap } from "../small.js";

const WAIT = 250; // milliseconds without a key before asking
const PAUSE = 1500; // milliseconds without a key before an address counts as typed to its end

export function intake(form) {
  const aside = form.querySelector("[data-check]");
  const says = form.querySelector("[data-check-says]");
  const unknown = form.querySelector("[data-no-place]");
  const piece = slot(aside, { keep: keepAnswer });
  const field = (name) => form.elements[name];
  const typed = (name) => field(name)?.value.trim() ?? "";
  let timer = 0;
  let pause = 0;
  let none = false;
  let asked = "";
  let map = null;

  // A kind still being typed may be the beginning of another.
  const isWhole = () => [...field("kind").list.options].some((each) => each.value === field("kind").value);
  const kind = () => (document.activeElement === field("kind") && !isWhole() ? "" : typed("kind"));

  // Of whoever reports only what is given is told here: the words are sent with the form alone.
  function question() {
    const said = { address: typed("address"), parcel_no: typed("parcel_no"), kind: kind(), channel: typed("channel") };
    if (typed("name")) said.named = "1";
    if (typed("home")) said.addressed = "1";
    return said.address || said.kind ? new URLSearchParams(said).toString() : "";
  }

  async function look() {
    const now = question();
    if (!now || now === asked) return;
    asked = now;
    const before = kind();
    if (!(await piece.show(`${aside.dataset.check}&${now}`))) return;
    const meant = aside.querySelector("[data-kind]")?.dataset.kind;
    if (meant && kind() === before) {
      field("kind").value = meant;
      const answered = new URLSearchParams(now);
      answered.set("kind", meant);
      asked = answered.toString();
    }
    says.textContent = aside.querySelector("[data-says]")?.dataset.says ?? "";
    drawMap();
  }

  // That it is a new matter was said only of what was shown by then.
  function keepAnswer() {
    const values = (name) => [...aside.querySelectorAll(`[name=${name}]`)].map((each) => each.value);
    const answer = (value) => aside.querySelector(`[name=same_as][value="${CSS.escape(value)}"]`);
    const chosen = aside.querySelector("[name=same_as]:checked")?.value;
    const focused = aside.contains(document.activeElement) && document.activeElement.name === "same_as";
    const at = focused ? document.activeElement.value : null;
    const seen = values("shown");
    return () => {
      const same = chosen === undefined ? null : answer(chosen);
      if (same && (chosen || values("shown").every((each) => seen.includes(each)))) same.checked = true;
      if (focused) (answer(at) ?? answer(""))?.focus();
    };
  }

  function drawMap() {
    const fresh = aside.querySelector(".small-map");
    const key = fresh && `${fresh.dataset.lon},${fresh.dataset.lat},${fresh.dataset.parcelId}`;
    if (fresh && map?.key === key) return fresh.replaceWith(map.element);
    map?.shown.remove();
    map = fresh && { key, element: fresh, shown: smallMap(fresh) };
    if (fresh) untilDrawn(fresh, map.shown);
  }

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  };
  // An address still being typed is not called unknown.
  const tell = () => {
    clearTimeout(pause);
    if (none) unknown.textContent = unknown.dataset.words;
  };
  const untell = () => {
    clearTimeout(pause);
    none = false;
    unknown.textContent = "";
  };
  function found(count) {
    untell();
    none = !count;
    if (document.activeElement === field("address")) pause = setTimeout(tell, PAUSE);
    else tell();
  }
  // Enter presses a form's first button, which shall be the one that saves.
  form.querySelector("button[name=check]").remove();
  combobox(form.querySelector("[data-suggest]"), {
    choose({ parcel }) {
      field("parcel_no").value = parcel ?? "";
      untell();
      field("kind").focus();
      soon();
    },
    found,
  });
  field("address").addEventListener("input", () => {
    field("parcel_no").value = "";
    untell();
  });
  field("address").addEventListener("blur", tell);
  for (const name of ["address", "kind", "channel", "name", "home"]) {
    field(name)?.addEventListener("change", soon);
  }
  field("kind").addEventListener("input", () => {
    if (isWhole()) soon();
  });
  drawMap();
  if (aside.querySelector("[data-says]")) asked = question(); // answered with the page
  soon(); // what was typed before this came
}
