// Keep the name of a zone inside what is seen of the zone: where it stands of itself, or else nearby.
const STEP = 24; // pixels between the places looked at
const ROOM = { x: 62, y: 26 }; // pixels from the map's edge that half a name needs
const FRAME = 30; // pixels: how far apart the marks of the edge stand, and how far each reaches
const BEYOND = FRAME + 3; // pixels outside the edge: a name may come up to it

export const ZONE_NAMES = "zone-names";
export const EDGE = "view-edge";
const collection = (features) => ({ type: "FeatureCollection", features });
const point = (coordinates, properties = {}) => ({
  type: "Feature", properties, geometry: { type: "Point", coordinates },
});

export const zoneNameSources = () => ({
  [ZONE_NAMES]: { type: "geojson", data: collection([]) },
  [EDGE]: { type: "geojson", data: collection([]) },
});

// What nobody sees and no name of a zone may lie on: the edge of the map, and what lies over it.
export const edgeLayer = () => ({
  id: EDGE, type: "symbol", source: EDGE,
  layout: {
    "icon-image": "blank", "icon-size": 0.05, "icon-padding": FRAME, "icon-allow-overlap": true,
  },
});

export function keepZoneNames(map) {
  let shown = "";
  map.on("style.load", () => (shown = ""));
  map.on("idle", () => {
    const names = namesIn(map);
    const edge = edgeOf(map);
    const now = JSON.stringify([names, edge]);
    if (now === shown || !map.getSource(ZONE_NAMES)) return;
    shown = now;
    map.getSource(EDGE).setData(collection(edge));
    map.getSource(ZONE_NAMES).setData(collection(names));
  });
}

function edgeOf(map) {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const along = (length) => Array.from({ length: Math.ceil(length / FRAME) + 1 }, (_, at) => at * FRAME);
  const pixels = [
    ...along(width).flatMap((x) => [[x, -BEYOND], [x, height + BEYOND]]),
    ...along(height).flatMap((y) => [[-BEYOND, y], [width + BEYOND, y]]),
  ];
  for (const { left, top, right, bottom } of covers(map)) {
    pixels.push(...filling(left, right).flatMap((x) => filling(top, bottom).map((y) => [x, y])));
  }
  return pixels.map((pixel) => point(map.unproject(pixel).toArray()));
}

// Where marks stand that cover a stretch and next to nothing beside it.
function filling(from, to) {
  const free = to - from - 2 * FRAME;
  if (free <= 0) return [(from + to) / 2];
  const steps = Math.ceil(free / FRAME);
  return Array.from({ length: steps + 1 }, (_, at) => from + FRAME + (free * at) / steps);
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

function namesIn(map) {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const over = covers(map);
  const seen = ([x, y]) =>
    x >= ROOM.x && x <= width - ROOM.x && y >= ROOM.y && y <= height - ROOM.y
    && !over.some(({ left, top, right, bottom }) => x > left - ROOM.x && x < right + ROOM.x && y > top - ROOM.y && y < bottom + ROOM.y);
  const pixel = (corner) => {
    const { x, y } = map.project(corner);
    return [x, y];
  };
  const places = spread(width, height).filter(seen);
  return zonesOf(map).flatMap(({ properties, pieces, usual }) => {
    if (usual && seen(pixel(usual))) return [point(usual, properties)];
    const drawn = pieces.map((rings) => rings.map((ring) => ring.map(pixel)));
    const best = middle(places.filter((place) => drawn.some((rings) => within(place, rings))));
    return best ? [point(map.unproject(best).toArray(), properties)] : [];
  });
}

function spread(width, height) {
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
function within([x, y], rings) {
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
  const far = ([x, y]) => Math.hypot(x - mean[0], y - mean[1]);
  return places.reduce((best, place) => (far(place) < far(best) ? place : best));
}
