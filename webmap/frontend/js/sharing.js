// Leave on a shared phone what the field app keeps of nobody but who is signed in now.

const CALENDAR = "/field/calendar";
const WHOSE = "X-Field-Staff"; // who a page was made for; the field app's worker keeps it with the page
const STAFF = "lotline-field-staff"; // whose day the field app opens without a signal

// `staff` is empty where nobody is signed in; whoever was may still go on without a signal.
export async function keepOnlyOf(staff) {
  if (staff && localStorage.getItem(STAFF)) localStorage.setItem(STAFF, staff);
  if (!window.caches) return;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    const kept = await cache.match(CALENDAR, { ignoreVary: true });
    if (kept && kept.headers.get(WHOSE) !== staff) await cache.delete(CALENDAR, { ignoreVary: true });
  }
}
