// Read and write the corners of an outline as lines of text, each a latitude and a longitude.
const DECIMALS = 7;

// Every line as a corner, a break between rings (null), or what is none (undefined).
export const linesOf = (text) =>
  text.split("\n").map((line) => {
    if (!line.trim()) return null;
    const numbers = line.split(",").map(Number);
    const fits = numbers.length === 2 && line.split(",").every((each) => each.trim()) && numbers.every(Number.isFinite);
    return fits && Math.abs(numbers[0]) <= 90 && Math.abs(numbers[1]) <= 180 ? [numbers[1], numbers[0]] : undefined;
  });

export const lineOf = ([lon, lat]) => `${lat.toFixed(DECIMALS)}, ${lon.toFixed(DECIMALS)}`;

// Rings of corners, each with the number of its line.
export function ringsOf(text) {
  const rings = [[]];
  linesOf(text).forEach((corner, line) => {
    if (corner === null) rings.push([]);
    else if (corner) rings.at(-1).push({ corner, line });
  });
  return rings.filter((ring) => ring.length);
}

// A ring as GeoJSON: its corners, and the line or the area between them.
export function drawn(rings, marked = -1) {
  const features = [];
  for (const ring of rings) {
    const corners = ring.map(({ corner }) => corner);
    const shape = corners.length > 2
      ? { type: "Polygon", coordinates: [[...corners, corners[0]]] }
      : { type: "LineString", coordinates: corners };
    if (corners.length > 1) features.push({ type: "Feature", properties: {}, geometry: shape });
    for (const { corner, line } of ring) {
      const properties = { line, marked: line === marked };
      features.push({ type: "Feature", properties, geometry: { type: "Point", coordinates: corner } });
    }
  }
  return { type: "FeatureCollection", features };
}

// Whether two sides of a ring that do not meet in a corner cross each other.
export function crossed(ring) {
  const sides = ring.map((corner, at) => [corner, ring[(at + 1) % ring.length]]);
  return sides.some(([a, b], one) =>
    sides.some(([c, d], other) => other > one + 1 && !(one === 0 && other === sides.length - 1)
      && turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0));
}

// To which hand a place lies of the way from one to another.
const turn = ([ax, ay], [bx, by], [x, y]) => Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));

export function addDrawing(map, { color = "#0b5fff", data }) {
  const isCorner = ["==", ["geometry-type"], "Point"];
  const isMarked = ["boolean", ["get", "marked"], false];
  map.addSource("drawn", { type: "geojson", data });
  map.addLayer({ id: "drawn", type: "fill", source: "drawn", filter: ["!", isCorner], paint: { "fill-color": color, "fill-opacity": 0.12 } });
  map.addLayer({ id: "drawn-line", type: "line", source: "drawn", filter: ["!", isCorner], paint: { "line-color": color, "line-width": 2.5 } });
  map.addLayer({
    id: "drawn-corner", type: "circle", source: "drawn", filter: isCorner,
    paint: {
      "circle-radius": ["case", isMarked, 8, 5], "circle-color": ["case", isMarked, color, "#fff"],
      "circle-stroke-color": ["case", isMarked, "#fff", color], "circle-stroke-width": 2.5,
    },
  });
}
