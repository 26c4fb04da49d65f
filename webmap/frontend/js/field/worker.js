// Keep the field app at hand without a signal: its page, scripts and styles, the zone's tiles, the last calendar.
//
// What an officer did is not here but in the page's own database, so a new worker loses nothing.

const SHELL = `field-shell-${SHELL_VERSION}`;
const TILES = "field-tiles";
const OF = "/field/whose"; // among them, while they are somebody's (js/sharing)
const PAGE = "/field/";
const CALENDAR = "/field/calendar"; // of the day it was last seen; it is read, not worked on
const WHOSE = "X-Field-Staff"; // who a page was made for
const MARK = "/static/mark.svg"; // the tab's icon, which the browser asks for with every page
const SAME = { ignoreVary: true }; // there is one reader, and one way to pack
const WAIT = 4000; // ms for the page over a weak signal, before the copy at hand is shown

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(SHELL);
    await cache.addAll([MARK, ...SHELL_FILES.map((file) => `/static/build/${file}`)]);
    await keepPage(await fetch(PAGE, { credentials: "same-origin" }));
    await calendarAnew();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const stale = (await caches.keys()).filter((name) => name.startsWith("field-shell-") && name !== SHELL);
    await Promise.all(stale.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(event));
  else if (request.mode === "navigate" && url.pathname === CALENDAR) event.respondWith(calendar(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (url.pathname.startsWith("/tiles/")) event.respondWith(tile(request));
});

// Only a page of the same release goes with the scripts at hand.
async function keepPage(response) {
  if (!response.ok || response.redirected || response.headers.get("X-Field-Version") !== SHELL_VERSION) return;
  await (await caches.open(SHELL)).put(PAGE, response.clone());
}

// Whoever is signed out, or somebody else since, reads no calendar that was kept.
async function keepCalendar(response) {
  const cache = await caches.open(SHELL);
  if (response.redirected || [401, 403].includes(response.status)) await cache.delete(CALENDAR, SAME);
  else if (response.ok) await cache.put(CALENDAR, response.clone());
}

async function calendarAnew() {
  try {
    await keepCalendar(await fetch(CALENDAR, { credentials: "same-origin" }));
  } catch {
    // No signal: the one at hand stays.
  }
}

// On a phone that is shared, the calendar at hand is shown to whom the app at hand was last opened for.
async function calendar(request) {
  const cache = await caches.open(SHELL);
  const [kept, app] = await Promise.all([CALENDAR, PAGE].map((each) => cache.match(each, SAME)));
  const theirs = kept && app && kept.headers.get(WHOSE) === app.headers.get(WHOSE);
  return fresh(request, theirs ? kept : undefined, keepCalendar);
}

async function page(event) {
  const cache = await caches.open(SHELL);
  return fresh(event.request, await cache.match(PAGE, SAME), async (response) => {
    await keepPage(response);
    if (response.redirected) await cache.delete(CALENDAR, SAME);
    else event.waitUntil(calendarAnew());
  });
}

// Give the office's answer and keep it, or what is at hand where the signal is weak or the office in trouble.
async function fresh(request, cached, keep) {
  try {
    const response = await fetch(request, cached ? { signal: AbortSignal.timeout(WAIT) } : {});
    await keep(response);
    return response.status >= 500 && cached ? cached : response;
  } catch (error) {
    if (cached) return cached;
    throw error;
  }
}

async function file(request) {
  return (await caches.match(request, SAME)) ?? fetch(request);
}

// The cache is opened first: what comes after it was dropped is kept nowhere.
async function tile(request) {
  const cache = await caches.open(TILES);
  try {
    const response = await fetch(request);
    if (response.ok && (await cache.match(OF))) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const cached = await cache.match(request, SAME);
    if (cached) return cached;
    throw error;
  }
}
