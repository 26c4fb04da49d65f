// Show one parcel, or the spot of a case without one, on a small map beside its record.
import { labelled, quieten } from "./map/label.js";
import { boundsOf, openMap, pin, spots } from "./map/view.js";

const AROUND = 0.6; // of the lot's own reach: what its neighbours need to be seen
const NEAR = 0.002; // degrees within which a photo's place still belongs on the map

export function smallMap(element) {
  const { parcelId, name } = element.dataset;
  const photos = "photos" in element.dataset ? placed(boundsOf(element.dataset)) : null;
  const map = openMap(element, {
    bounds: photos ? wider(boundsOf(element.dataset), photos) : boundsOf(element.dataset),
    label: element.dataset.label, scale: false,
  });
  map.scrollZoom.disable(); // the page scrolls past it
  map.on("style.load", () => {
    quieten(map, { numbers: Boolean(photos) });
    if (parcelId) map.setFilter("chosen-parcel", ["==", ["get", "id"], Number(parcelId)]);
    if (!parcelId) return;
    // Of the numbers on a lot of several the one it is called by here stands there alone.
    if (photos) map.setFilter("address", ["!", ["within", lotOf(boundsOf(element.dataset))]]);
    labelled(map, { ...element.dataset, name });
  });
  if (!parcelId) pin(map, { fades: false }).at(element.dataset);
  if (photos) spots(map, gathered(photos));
  return map;
}

function lotOf([[west, south], [east, north]]) {
  const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  return { type: "Polygon", coordinates: [ring] };
}

// The photographs that the page lists with where they were taken, as far as that is about here.
function placed([[west, south], [east, north]]) {
  return [...document.querySelectorAll("[data-spot-lon]")]
    .map(({ id, dataset }) => ({
      href: `#${id}`, number: dataset.spot, words: dataset.spotWords,
      lon: Number(dataset.spotLon), lat: Number(dataset.spotLat),
    }))
    .filter(({ lon, lat }) => lon > west - NEAR && lon < east + NEAR && lat > south - NEAR && lat < north + NEAR);
}

// Several taken from one place are one dot, which goes to the first.
function gathered(photos) {
  const spotsAt = new Map();
  for (const photo of photos) {
    const at = `${photo.lon.toFixed(5)} ${photo.lat.toFixed(5)}`;
    const first = spotsAt.get(at);
    if (first) first.more += 1;
    else spotsAt.set(at, { ...photo, more: 0 });
  }
  return [...spotsAt.values()];
}

function wider([[west, south], [east, north]], photos) {
  const [x, y] = [(east - west) * AROUND, (north - south) * AROUND];
  const lons = photos.map(({ lon }) => lon);
  const lats = photos.map(({ lat }) => lat);
  return [
    [Math.min(west - x, ...lons), Math.min(south - y, ...lats)],
    [Math.max(east + x, ...lons), Math.max(north + y, ...lats)],
  ];
}
