// Leave on a shared phone what the field app keeps of nobody but who is signed in now.

const CALENDAR = "/field/calendar";
const WHOSE = "X-Field-Staff"; // who a page was made for; the field app's worker keeps it with the page
const STAFF = "lotline-field-staff"; // whose day the field app opens without a signal
export const TILES = "field-tiles"; // the office's ground, which is not everybody's
const OF = "/field/whose"; // lies among the tiles: whose they are; the worker keeps none without it

// `staff` is empty where nobody is signed in; whoever was may still go on without a signal.
export async function keepOnlyOf(staff) {
  if (staff && localStorage.getItem(STAFF)) localStorage.setItem(STAFF, staff);
  await dropOthers(staff);
}

// What is kept of anybody else goes, and of everybody where `staff` is empty.
export async function dropOthers(staff) {
  if (!window.caches) return;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    if (name === TILES && !(staff && staff === (await (await cache.match(OF))?.text()))) await caches.delete(name);
    const kept = await cache.match(CALENDAR, { ignoreVary: true });
    if (kept && kept.headers.get(WHOSE) !== staff) await cache.delete(CALENDAR, { ignoreVary: true });
  }
}

// From now on the tiles that pass by the worker are kept, for one officer.
export async function keepTilesOf(staff) {
  await dropOthers(staff);
  if (window.caches) await (await caches.open(TILES)).put(OF, new Response(staff));
}
