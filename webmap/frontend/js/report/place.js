// Say where it is: by the phone, by words, or by a point on a map; a point and words take each other's place.
import { combobox } from "../combobox.js";
import { untilDrawn } from "../map/loading.js";

const DIGITS = 6; // of a degree: a hand's breadth
const FEET = 3.28084;
const PATIENCE = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 };

export function place(form, { changed }) {
  const { point, where } = form.elements;
  const says = form.querySelector("[data-point-says]");
  const lift = form.querySelector("[data-point=lift]");
  const here = form.querySelector("[data-here]");
  const opener = form.querySelector("[data-open-map]");
  const part = form.querySelector("#report-map-part");
  let shown = null;

  function show(words) {
    says.textContent = words;
    lift.hidden = !point.value;
    shown?.mark(point.value);
  }
  function put({ lng, lat }, words = says.dataset.put) {
    point.value = `${lat.toFixed(DIGITS)}, ${lng.toFixed(DIGITS)}`;
    where.value = "";
    show(words);
    changed();
  }
  function take() {
    point.value = "";
    show("");
    changed();
  }

  here.addEventListener("click", () => {
    says.textContent = says.dataset.locating;
    if (!navigator.geolocation) return (says.textContent = says.dataset.denied);
    return navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const feet = Math.max(10, Math.round((coords.accuracy * FEET) / 10) * 10);
        put({ lng: coords.longitude, lat: coords.latitude }, says.dataset.located.replace("#", feet));
        shown?.go({ lon: coords.longitude, lat: coords.latitude });
      },
      () => (says.textContent = says.dataset.denied),
      PATIENCE,
    );
  });
  lift.addEventListener("click", () => { take(); where.focus(); });
  where.addEventListener("input", () => where.value && point.value && take());
  where.addEventListener("change", changed);
  combobox(form.querySelector("[data-suggest]"), {
    choose({ lon, lat }) {
      if (point.value) take();
      shown?.go({ lon, lat });
      changed();
    },
    found() {}, // no suggestion is no mistake: it may be sent as it was written
  });
  opener.addEventListener("click", async () => {
    part.hidden = !part.hidden;
    opener.setAttribute("aria-expanded", String(!part.hidden));
    if (part.hidden || shown) return;
    const element = part.querySelector("#report-map");
    const map = await untilDrawn(element, import("./map.js").then(({ reportMap }) => reportMap(element, { put })));
    shown = map;
    part.querySelector("[data-point=put]").addEventListener("click", () => put(map.map.getCenter()));
    map.mark(point.value);
  });
  for (const button of [here, opener]) button.disabled = false; // until now they would have done nothing
  show(point.value ? says.dataset.put : "");
}
