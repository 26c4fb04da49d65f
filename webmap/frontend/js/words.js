// Read the few words that scripts say from the page, which the server made in its reader's language.
// All other words come with the server's pages.

const told = JSON.parse(document.getElementById("words").textContent);
const LOCALES = { en: "en-US", es: "es-US" };

export const locale = LOCALES[document.documentElement.lang] ?? "en-US";

// "%(n)s results." filled. A word that is not there is a mistake to be seen at once.
function say(key, values = {}) {
  const words = told[key];
  if (words === undefined) throw new Error(`no words for ${key}`);
  return words.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
}

const count = (key, n) => say(`${key}.${n === 1 ? "one" : "many"}`, { n });

export const stageLabel = (stage) => told[`stage.${stage}`] ?? stage;

export const words = {
  failed: say("failed"),
  gone: say("gone"),
  back: say("back"),
  mapLoads: say("map_loads"),
  mapFailed: say("map_failed"),
  several: (n, stage) => say("several", { n, stage }),
  counted: say("counted"),
  copied: say("copied"),
  copyIt: say("copy_it"),
  noMatch: say("no_match"),
  results: (n) => count("results", n),
};

const MAP = "map.";

// What the map's own buttons say, by the names its library has for them.
export const mapWords = Object.fromEntries(
  Object.entries(told).filter(([key]) => key.startsWith(MAP)).map(([key, value]) => [key.slice(MAP.length), value]),
);

// "08:05" as people say it: "8:05 AM".
export function clock(time) {
  const [hour, minute] = String(time).split(":").map(Number);
  const said = new Date(2000, 0, 1, hour, minute).toLocaleTimeString(locale, { hour: "numeric", minute: "2-digit" });
  return said.replace(/[\u00a0\u202f]/g, " ");
}

export const routeWords = {
  notAPlan: (name) => say("route.not_a_plan", { name }),
  stops: (n) => count("route.stops", n),
  drive: (time, way) => say("route.drive", { time, way }),
  way: (time, way) => say("route.way", { time, way }),
  estimated: say("route.estimated"),
  underMinute: say("route.under_minute"),
  minutes: (n) => say("route.minutes", { n }),
  hours: (h, m) => (m ? say("route.hours_minutes", { h, m }) : say("route.hours", { h })),
  span: (from, to) => say("route.span", { from, to }),
  caseIs: (number) => say("route.case", { number }),
  due: (day) => say("route.due", { day }),
  start: say("route.start"),
  end: say("route.end"),
};
