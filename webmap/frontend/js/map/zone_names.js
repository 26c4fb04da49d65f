// Keep the name of a zone inside what is seen of the zone: off marks and other names where that can
// be, and as near as may be to where it stands of itself.
const STEP = 24; // pixels between the places looked at
const ROOM = { x: 62, y: 26 }; // pixels from the map's edge that half a name needs
const HALF = { letter: 4, line: 20 }; // pixels of half a name: a letter of its width, and its height
const MARKS = ["grid", "crowd", "case"]; // layers of what a name should not lie on
const SHAPE = 12; // pixels from the middle of a case's mark to its edge
const HIDES = 100; // pixels a name rather moves than lie on one mark more

export const ZONE_NAMES = "zone-names";
const collection = (features) => ({ type: "FeatureCollection", features });
const point = (coordinates, properties = {}) => ({
  type: "Feature", properties, geometry: { type: "Point", coordinates },
});

export const zoneNameSources = () => ({ [ZONE_NAMES]: { type: "geojson", data: collection([]) } });

export function keepZoneNames(map) {
  let shown = "";
  map.on("style.load", () => (shown = ""));
  map.on("idle", () => {
    const names = namesIn(map);
    const now = JSON.stringify(names);
    if (now === shown || !map.getSource(ZONE_NAMES)) return;
    shown = now;
    map.getSource(ZONE_NAMES).setData(collection(names));
  });
}

// The map's buttons and its legend, in pixels of the map.
function covers(map) {
  const container = map.getContainer();
  const origin = container.getBoundingClientRect();
  const over = [...container.querySelectorAll(".maplibregl-ctrl"), ...container.parentElement.querySelectorAll(".legend")];
  return over.map((each) => {
    const { left, top, right, bottom } = each.getBoundingClientRect();
    return { left: left - origin.left, top: top - origin.top, right: right - origin.left, bottom: bottom - origin.top };
  });
}

// Where a zone's name would lie on another's, it is left out.
function namesIn(map) {
  const pixel = (corner) => {
    const { x, y } = map.project(corner);
    return [x, y];
  };
  const seen = seenOf(map);
  const places = spread(map).filter(seen);
  const marks = marksOf(map, pixel);
  const named = [];
  return zonesOf(map).flatMap(({ properties, pieces, usual }) => {
    const drawn = pieces.map((rings) => rings.map((ring) => ring.map(pixel)));
    const within = places.filter((place) => drawn.some((rings) => isWithin(place, rings)));
    const own = usual && [pixel(usual)].find(seen);
    const home = own ?? middle(within);
    const half = halfOf(properties);
    const isFree = (place) => !named.some((other) => touch({ place, half }, other));
    const far = (place) => Math.hypot(place[0] - home[0], place[1] - home[1])
      + HIDES * marks.filter((mark) => touch({ place, half }, mark)).length;
    const place = least([...(own ? [own] : []), ...within].filter(isFree), far);
    if (!place) return [];
    named.push({ place, half });
    return [point(map.unproject(place).toArray(), properties)];
  });
}

// Whether a place of the map's pixels has room for a name, and nothing over it.
function seenOf(map) {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const over = covers(map);
  return ([x, y]) =>
    x >= ROOM.x && x <= width - ROOM.x && y >= ROOM.y && y <= height - ROOM.y
    && !over.some(({ left, top, right, bottom }) => x > left - ROOM.x && x < right + ROOM.x && y > top - ROOM.y && y < bottom + ROOM.y);
}

function halfOf({ name, officer_name: officer }) {
  return { x: Math.min(ROOM.x, HALF.letter * Math.max(name.length, officer?.length ?? 0)), y: HALF.line };
}

const touch = (one, other) =>
  [0, 1].every((axis) => Math.abs(one.place[axis] - other.place[axis]) < [one, other].reduce((sum, { half }) => sum + (axis ? half.y : half.x), 0));

// The marks on the map, as wide as they are drawn; a circle is as wide as it counts cases.
function marksOf(map, pixel) {
  const layers = MARKS.filter((id) => map.getLayer(id));
  return map.queryRenderedFeatures({ layers }).map(({ layer, properties, geometry }) => {
    const reach = layer.id === "case" ? SHAPE : 5 + 1.25 * Math.sqrt(properties.n);
    return { place: pixel(geometry.coordinates), half: { x: reach, y: reach } };
  });
}

function spread(map) {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const places = [];
  for (let x = ROOM.x; x <= width - ROOM.x; x += STEP) {
    for (let y = ROOM.y; y <= height - ROOM.y; y += STEP) places.push([x, y]);
  }
  return places;
}

// Each zone of the tiles at hand, in the pieces that they cut of it, and where its name usually stands.
function zonesOf(map) {
  const zones = new Map();
  const from = (sourceLayer) => (map.getSource("ground") ? map.querySourceFeatures("ground", { sourceLayer }) : []);
  for (const { properties, geometry } of from("zone")) {
    const zone = zones.get(properties.id) ?? { properties: { ...properties }, pieces: [] }; // as a plain object, which alone can be sent on
    zone.pieces.push(...(geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates));
    zones.set(properties.id, zone);
  }
  for (const { properties, geometry } of from("zone_label")) {
    const zone = zones.get(properties.id);
    if (zone) zone.usual = geometry.coordinates;
  }
  return [...zones.values()].sort((a, b) => a.properties.id - b.properties.id);
}

// Whether a place lies in an odd number of rings.
function isWithin([x, y], rings) {
  let inside = false;
  for (const ring of rings) {
    for (let at = 0, last = ring.length - 1; at < ring.length; last = at, at += 1) {
      const [[ax, ay], [bx, by]] = [ring[at], ring[last]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

// Of some places the one nearest to the middle of all.
function middle(places) {
  if (!places.length) return null;
  const mean = [0, 1].map((axis) => places.reduce((sum, place) => sum + place[axis], 0) / places.length);
  return least(places, ([x, y]) => Math.hypot(x - mean[0], y - mean[1]));
}

function least(places, measure) {
  const measured = places.map((place) => ({ place, at: measure(place) }));
  return measured.reduce((best, each) => (best && best.at <= each.at ? best : each), null)?.place ?? null;
}
