// Fetch the ground tiles of the officer's zone, so that the map is there without a signal.
import { TILES } from "../sharing.js";

const ZOOMS = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17];
const MOST = 1500;
const AT_ONCE = 4;
const WHOLE = "/field/tiles"; // lies among the tiles: of which day they are all there, until they are dropped
const PAUSES = [1000, 4000, 16000]; // ms before a busy office is asked for the same again
const RING = 1; // tiles around the zone, which a map that shows its edge asks for

const column = (lon, zoom) => Math.floor(((lon + 180) / 360) * 2 ** zoom);
const row = (lat, zoom) => {
  const radians = (lat * Math.PI) / 180;
  return Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** zoom);
};

export function tilesOf(boxes) {
  const found = new Set();
  for (const zoom of ZOOMS) {
    const last = 2 ** zoom - 1;
    for (const { west, south, east, north } of boxes) {
      const [left, right] = [Math.max(column(west, zoom) - RING, 0), Math.min(column(east, zoom) + RING, last)];
      const [top, foot] = [Math.max(row(north, zoom) - RING, 0), Math.min(row(south, zoom) + RING, last)];
      for (let x = left; x <= right; x += 1) {
        for (let y = top; y <= foot; y += 1) {
          if (found.size >= MOST) return [...found];
          found.add(`/tiles/staff_ground/${zoom}/${x}/${y}.mvt`);
        }
      }
    }
  }
  return [...found];
}

const running = new AbortController();

// Whoever leaves may see no more of the office's ground.
export function halt() {
  running.abort();
}

// Ask once for each of the addresses; return those that the office refused for now.
async function missedOf(addresses) {
  const [left, missed] = [[...addresses], []];
  const run = async () => {
    while (left.length) {
      const address = left.pop();
      const response = await fetch(address, { signal: running.signal });
      if (!response.ok) missed.push(address);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
  return missed;
}

// An office that is busy for a moment costs no officer the map of the day: what it refused is asked for
// again as long as it answers any of it, and a few times more when it answers none.
async function bring(addresses) {
  let left = await missedOf(addresses);
  for (let idle = 0; left.length && idle < PAUSES.length;) {
    const pause = PAUSES[idle];
    await new Promise((resolve) => { setTimeout(resolve, pause); });
    const missed = await missedOf(left);
    idle = missed.length < left.length ? 0 : idle + 1;
    left = missed;
  }
  return !left.length;
}

// Once a day; the worker keeps what passes by it. What is missed is fetched the next time.
export async function prefetch(day) {
  if (!navigator.serviceWorker?.controller) return;
  const cache = await caches.open(TILES);
  if ((await (await cache.match(WHOLE))?.text()) === day.on) return;
  try {
    if (await bring(["/tiles/cases.json", ...tilesOf(day.zones)])) await cache.put(WHOLE, new Response(day.on));
  } catch {
    // No signal: the map shows what is at hand.
  }
}
