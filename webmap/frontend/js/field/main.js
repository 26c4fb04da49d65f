// Run the field app: show the view the address names, keep the day fresh, send what is queued.
import { keepTilesOf } from "../sharing.js";
import { h, button } from "./dom.js";
import { isOver, loadDay, refreshDay } from "./day.js";
import { whoami, SignedOutError } from "./office.js";
import { tellLeft, watchSignOut } from "./leaving.js";
import { outboxView, receiptWords } from "./outbox.js";
import { prefetch } from "./prefetch.js";
import { counts, prune } from "./queue.js";
import { takeWaiting } from "./replan.js";
import { askToKeep, isNearlyFull } from "./room.js";
import { routeOf } from "./route_of.js";
import { sender } from "./sender.js";
import { startView } from "./starting.js";
import { openStore } from "./store.js";
import { stopView } from "./stop.js";
import { todayView } from "./today.js";
import { pageStaff, say, sayCount, signIn, worker } from "./told.js";
import { isWritten, takePlace } from "./typed.js";
import { wayView } from "./way.js";
import { fetchWays } from "./ways.js";
import { VISITS } from "./visits.js";
import { longDayOf } from "./words_of.js";

const REFRESH = 5 * 60_000;
const SOON = 20_000; // ms after a day that did not come
const PATIENCE = 3000; // ms to learn who is signed in
const STAFF = "lotline-field-staff";

const main = document.getElementById("main");
const bar = document.getElementById("bar");
const badge = document.getElementById("badge");
const channel = new BroadcastChannel("lotline-field");

// Whose app it is: who is signed in, or where that does not come soon, who was last.
async function staffNow() {
  const known = Number(localStorage.getItem(STAFF) ?? pageStaff);
  const asked = whoami().catch(() => known);
  const staff = await Promise.race([asked, new Promise((resolve) => { setTimeout(resolve, PATIENCE, known); })]);
  localStorage.setItem(STAFF, staff);
  return staff;
}

async function start() {
  watchSignOut();
  const staff = await staffNow();
  await keepTilesOf(String(staff));
  const store = await openStore(staff);
  if (staff !== pageStaff) document.querySelector(".who").textContent = ""; // the page at hand names another
  await prune(store);
  let drawing = Promise.resolve();
  const app = {
    store, day: await loadDay(store), online: navigator.onLine, sending: "idle", leaving: null, full: false, update: null, again: null,
    go(where) { location.hash = where; },
    send: null, wake: null, ordered: null, cost: null,
    redraw: () => { drawing = drawing.then(() => draw(app)); return drawing; },
    async keepDay(day) { app.day = day; await store.keep("day", day); },
    async forget(id) { if (app.day) await app.keepDay({ ...app.day, unsettled: app.day.unsettled.filter((each) => each.id !== id) }); },
    async checkRoom() { app.full = await isNearlyFull(); await tellState(app); },
  };
  let went = false; // somewhere, since the day was fetched
  const changed = (sent) => {
    app.sending = sending.state();
    went ||= VISITS.includes(sent?.kind);
    channel.postMessage("changed");
    tell(app);
    if (!went || app.sending !== "idle") return;
    went = false;
    wake(app); // so that the day has it as it is now
  };
  const sending = sender(store, { staff, changed });
  app.send = () => { sending.go(); };
  app.wake = () => wake(app);
  app.ordered = () => bringWays(app);

  window.addEventListener("hashchange", async () => { await app.leaving?.(); app.leaving = null; await app.redraw(); arrive(); });
  window.addEventListener("pagehide", () => app.leaving?.());
  window.addEventListener("online", () => { app.online = true; wake(app); });
  window.addEventListener("offline", () => { app.online = false; tell(app); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") wake(app); else app.leaving?.(); });
  channel.addEventListener("message", () => tell(app));
  setInterval(() => wake(app), REFRESH);

  await app.redraw();
  await registerWorker(app);
  askToKeep();
  await app.checkRoom();
  await wake(app);
  document.body.classList.add("field-ready");
}

// Whoever is quicker than the head of the page, and writes already, keeps their place.
function arrive() {
  const active = document.activeElement;
  if (active !== main && main.contains(active)) return;
  main.focus();
  scrollTo(0, 0);
}

async function wake(app) {
  clearTimeout(app.again);
  app.send();
  try {
    const first = !app.day;
    await takeWaiting(app);
    app.day = await refreshDay(app.store).then(() => loadDay(app.store));
    app.online = true;
    if ((first || !/^#(stop\/|new|way)/.test(location.hash)) && !isWritten(main)) await app.redraw();
    else await tellState(app);
    prefetch(app.day);
    bringWays(app);
  } catch (error) {
    if (error instanceof SignedOutError) app.sending = "signed-out";
    else {
      app.online = navigator.onLine && app.online;
      app.again = setTimeout(() => wake(app), SOON);
    }
    await tellState(app);
  }
}

// The drives of an order of the officer's own come while there is a signal.
async function bringWays({ store, day, online }) {
  if (!online || !day) return;
  const route = await routeOf(store, day);
  if (route.now && route.left.length) await fetchWays(store, route).catch(() => {});
}

// While somebody fills something in, only the head of the page changes.
async function tell(app) {
  if (location.hash === "#outbox" && !isWritten(main)) await app.redraw();
  else await tellState(app);
}

async function draw(app) {
  const [name, key] = location.hash.slice(1).split(/\/(.*)/s);
  const views = { outbox: () => outboxView(app), stop: () => stopView(app, decodeURIComponent(key ?? "")), new: () => startView(app), way: () => wayView(app) };
  const shown = await (views[name]?.() ?? todayView(app));
  const at = scrollY;
  takePlace(main, shown.flat().filter(Boolean));
  if (name === "outbox") scrollTo(0, at);
  for (const link of document.querySelectorAll(".tabs a[data-view]")) {
    if (link.dataset.view === (name || "today")) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  await tellState(app);
}

async function tellState(app) {
  const { here, yours } = await counts(app.store);
  badge.textContent = here + yours ? String(here + yours) : "";
  badge.hidden = !(here + yours);
  tellLeft(here);
  document.getElementById("receipt").textContent = await receiptWords(app.store);
  const lines = [];
  if (!app.online) lines.push(h("p", {}, say("offline")));
  if (isOver(app.day)) lines.push(h("p", {}, say("today.over", { on: longDayOf(app.day.on) })));
  if (app.sending === "signed-out") lines.push(h("p", {}, say("signed_out"), " ", h("a", { href: signIn }, say("sign_in"))));
  if (yours) lines.push(h("p", {}, h("a", { href: "#outbox" }, sayCount("needs_you", yours))));
  if (app.full) lines.push(h("p", {}, say("storage.full")));
  if (app.update) lines.push(h("p", {}, say("update"), " ", button(say("update.now"), app.update)));
  bar.replaceChildren(...lines);
  bar.hidden = !lines.length;
}

async function registerWorker(app) {
  if (!("serviceWorker" in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register(worker, { scope: "/field/" });
    const offer = () => {
      if (!registration.waiting || !navigator.serviceWorker.controller) return;
      app.update = () => {
        navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
        registration.waiting?.postMessage("take over");
      };
      tellState(app);
    };
    offer();
    navigator.serviceWorker.addEventListener("controllerchange", () => app.day && prefetch(app.day), { once: true });
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  } catch {
    // A browser that keeps no worker still works with a signal.
  }
}

start();
