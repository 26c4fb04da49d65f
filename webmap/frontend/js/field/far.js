// Tell how far a position is from a lot's outline, and whether that is too far to be of the lot.
const METRES_A_DEGREE = 111_320;
const FAR = 200; // metres

// In metres; 0 inside, null where no outline is known. Flat enough for a lot seen from anywhere near.
export function metresFrom(outline, spot) {
  const rings = outline?.coordinates.flat() ?? [];
  if (!rings.length || !spot) return null;
  const narrow = Math.cos((spot.lat * Math.PI) / 180);
  const flat = rings.map((ring) => ring.map(([lon, lat]) =>
    [(lon - spot.lon) * narrow * METRES_A_DEGREE, (lat - spot.lat) * METRES_A_DEGREE]));
  const sides = flat.flatMap((ring) => ring.slice(1).map((end, at) => [ring[at], end]));
  if (sides.filter(crossesEast).length % 2) return 0;
  return Math.min(...sides.map(offSide));
}

export const isFar = (metres) => metres !== null && metres > FAR;

// Whether a ray from the spot, which is the origin, to the east crosses a side.
const crossesEast = ([[x1, y1], [x2, y2]]) => (y1 > 0) !== (y2 > 0) && x1 + ((x2 - x1) * y1) / (y1 - y2) > 0;

function offSide([[x1, y1], [x2, y2]]) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.max(0, Math.min(1, -(x1 * dx + y1 * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x1 + along * dx, y1 + along * dy);
}
