// Put one point on the map of a form; words that say where and a point each take the other's place.
import { switches } from "../map/style.js";
import { boundsOf, openMap, pin } from "../map/view.js";

const DIGITS = 6; // of a degree: a hand's breadth

export function pointing(element) {
  const form = element.closest("form");
  const { point, where } = form.elements;
  const says = form.querySelector("[data-point-says]");
  const lift = form.querySelector("[data-point=lift]");
  const map = openMap(element, { bounds: boundsOf(element.dataset), label: element.dataset.label, office: true });
  const marker = pin(map, { fades: false });

  function show() {
    says.textContent = point.value && says.dataset.words.replace("#", point.value);
    lift.hidden = !point.value;
    if (!point.value) return marker.lift();
    const [lat, lon] = point.value.split(",");
    return marker.at({ lon, lat });
  }
  function put({ lng, lat }) {
    point.value = `${lat.toFixed(DIGITS)}, ${lng.toFixed(DIGITS)}`;
    where.value = "";
    show();
  }
  function take() {
    point.value = "";
    show();
  }

  // Only the ground: what is on record nearby shows on its own page.
  map.on("style.load", () => switches.cases.forEach((id) => map.getLayer(id) && map.setLayoutProperty(id, "visibility", "none")));
  map.on("click", (event) => put(event.lngLat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    put(map.getCenter());
  });
  form.querySelector("[data-point=put]").addEventListener("click", () => put(map.getCenter()));
  lift.addEventListener("click", () => { take(); where.focus(); });
  where.addEventListener("input", () => where.value && take());
  show();
  return map;
}
