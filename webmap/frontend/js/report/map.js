// Draw the ground on which somebody points at what they report.
import { switches } from "../map/style.js";
import { boundsOf, goTo, openMap, pin } from "../map/view.js";

export function reportMap(element, { put }) {
  const map = openMap(element, { bounds: boundsOf(element.dataset), label: element.dataset.label });
  const marker = pin(map, { fades: false });
  // Only the ground: what is known nearby is told in words beside.
  map.on("style.load", () => switches.cases.forEach((id) => map.getLayer(id) && map.setLayoutProperty(id, "visibility", "none")));
  map.on("click", (event) => put(event.lngLat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    put(map.getCenter());
  });
  function mark(point) {
    if (!point) return marker.lift();
    const [lat, lon] = point.split(",");
    return marker.at({ lon, lat });
  }
  return { map, mark, go: (spot) => goTo(map, spot) };
}
