// Open a route plan from the reader's own disk and show it on the live map and as a list.
import { routeMap } from "./map/route.js";
import { openMap, boundsOf } from "./map/view.js";
import { clock, locale, routeWords as words } from "./words.js";

const METRES_A_MILE = 1609.344;

export function routeViewer(page) {
  const element = page.querySelector("#map");
  const out = page.querySelector(".route-plan");
  const map = openMap(element, { bounds: boundsOf(element.dataset), label: element.dataset.label, room: 56 });
  const route = routeMap(map);

  const input = page.querySelector("input[type=file]");
  const print = page.querySelector("[data-print]");
  async function open() {
    const [file] = input.files;
    if (!file) return;
    try {
      const plan = readPlan(await file.text());
      route.show(plan);
      out.replaceChildren(...describe(plan));
      print.hidden = false;
    } catch (error) {
      if (!(error instanceof PlanError || error instanceof SyntaxError)) throw error;
      route.clear();
      print.hidden = true;
      out.replaceChildren(make("p", { className: "empty", role: "alert" }, words.notAPlan(file.name)));
    }
  }
  input.addEventListener("change", open);
  open(); // a plan chosen while this script was still on its way
  out.addEventListener("click", (event) => {
    const stop = event.target.closest("[data-order]");
    if (stop) route.look(Number(stop.dataset.order));
  });
  return map;
}

class PlanError extends Error {}

function readPlan(text) {
  const plan = JSON.parse(text);
  const features = Array.isArray(plan?.features) ? plan.features : [];
  const role = (name) => features.filter((each) => each?.properties?.role === name);
  const inOrder = (a, b) => a.properties.order - b.properties.order;
  const legs = role("leg").sort(inOrder);
  if (!legs.length) throw new PlanError("no legs");
  return { plan, legs, stops: role("stop").sort(inOrder), depots: role("depot") };
}

// Text only: a plan is a file like any other and may hold anything.
function make(tag, attributes = {}, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children.filter((child) => child !== null));
  return element;
}

const miles = (metres) => `${(metres / METRES_A_MILE).toFixed(1)} mi`;
const near = (metres) => (metres < 300 ? `${Math.round(metres * 3.28084 / 10) * 10} ft` : miles(metres));

function hours(seconds) {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return words.underMinute;
  return minutes < 60 ? words.minutes(minutes) : words.hours(Math.floor(minutes / 60), minutes % 60);
}

function describe({ plan, legs, stops, depots }) {
  const figures = plan.properties ?? {};
  const sum = (key) => legs.reduce((total, leg) => total + leg.properties[key], 0);
  const head = make("h2", {}, words.stops(stops.length), figures.date ? ` · ${day(figures.date)}` : "");
  const line = words.drive(hours(sum("seconds")), miles(sum("metres")));
  const estimate = figures.estimated ? make("p", { className: "quiet" }, words.estimated) : null;
  const rows = legs.map((leg, at) => row(leg, stops[at], at));
  const [start] = depots;
  if (start) rows.unshift(place(start));
  return [head, make("p", { className: "quiet" }, line), estimate, make("ol", { className: "stops" }, ...rows)].filter(Boolean);
}

const day = (text) =>
  new Date(`${text}T12:00:00`).toLocaleDateString(locale, { weekday: "short", month: "short", day: "numeric", year: "numeric" });

const place = (depot) =>
  make("li", { className: "stop stop-depot" },
    make("span", { className: "order" }, "•"),
    make("span", { className: "where" }, depot.properties.label ?? words.start),
    make("span", { className: "time" }, depot.properties.time ? clock(depot.properties.time) : ""));

function row(leg, stop, at) {
  const { seconds, metres, steps = [] } = leg.properties;
  const turns = make("details", { className: "folded" },
    make("summary", {}, words.way(hours(seconds), near(metres))),
    make("ol", { className: "turns" }, ...steps.map((step) =>
      make("li", {}, step.text, make("span", { className: "quiet" }, step.metres ? ` ${near(step.metres)}` : "")))));
  if (!stop) {
    return make("li", { className: "stop stop-depot" },
      make("span", { className: "order" }, "•"),
      make("span", { className: "where" }, leg.properties.to ?? words.end), turns);
  }
  const { order, label, case: number, arrive, leave, due_on: due } = stop.properties;
  const item = make("li", { className: "stop" },
    make("span", { className: "order", ariaHidden: "true" }, String(order)),
    make("button", { type: "button", className: "where" }, label ?? number),
    make("span", { className: "time" }, words.span(clock(arrive), clock(leave))),
    make("span", { className: "what" }, number ? words.caseIs(number) : "", due ? ` · ${words.due(day(due))}` : ""),
    turns);
  item.querySelector("button").dataset.order = at + 1;
  return item;
}
