// Show one parcel, or the spot of a case without one, on a small map beside its record.
import { labelled, quieten } from "./map/label.js";
import { boundsOf, openMap, pin } from "./map/view.js";

export function smallMap(element) {
  const { parcelId, name } = element.dataset;
  const map = openMap(element, {
    bounds: boundsOf(element.dataset), label: element.dataset.label, scale: false,
  });
  map.scrollZoom.disable(); // the page scrolls past it
  map.on("style.load", () => {
    quieten(map);
    if (parcelId) map.setFilter("chosen-parcel", ["==", ["get", "id"], Number(parcelId)]);
    if (parcelId) labelled(map, { ...element.dataset, name });
  });
  if (!parcelId) pin(map).at(element.dataset);
  map.once("idle", () => element.classList.add("map-ready"));
  return map;
}
