// Put days, deeds and places into words, as the town's calendar has them.
import { language, say, sayCount } from "./told.js";

const DAY = 86_400_000;
let zone; // the town's, once the day is known

export const setZone = (name) => { zone = name; };

// A zone the browser does not know, as "-05:00" in an old one, leaves its own.
function format(options) {
  try {
    return new Intl.DateTimeFormat(language, { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat(language, options);
  }
}

export const clockOf = (moment) => format({ hour: "numeric", minute: "2-digit" }).format(new Date(moment));

// "2026-11-26" is a day of the town and no moment.
export const dayOf = (day) => new Intl.DateTimeFormat(language, { month: "short", day: "numeric", year: "numeric", timeZone: "UTC" }).format(new Date(day));

export const longDayOf = (day) => new Intl.DateTimeFormat(language, { weekday: "long", month: "long", day: "numeric", timeZone: "UTC" }).format(new Date(day));

export const momentOf = (moment) => format({ month: "short", day: "numeric", hour: "numeric", minute: "2-digit" }).format(new Date(moment));

// The day of the town that a moment is in: "2026-11-26"; today's, by the phone's clock, where none is given.
export function isoDayOf(moment = Date.now()) {
  const parts = format({ year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(new Date(moment));
  const { year, month, day } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${year}-${month}-${day}`;
}

export const isToday = (moment) => isoDayOf(moment) === isoDayOf();

// The hour; of another day than today's with that day.
export const hourOf = (moment) => (isToday(moment) ? clockOf : momentOf)(moment);

export function dueWords(due) {
  if (!due) return say("due.none");
  const days = Math.round((Date.parse(due) - Date.parse(isoDayOf())) / DAY);
  if (days === 0) return say("due.today");
  return days > 0 ? sayCount("due.in", days) : sayCount("due.late", -days);
}

const PAST_DUE = ["hearing", "ordered", "lien"];

// An order, a court or a lien outlives the time to correct: then the stage says where it stands. A
// citation is said before the days, for what was to be corrected by then is no longer what waits.
export function clockWords(stop, due) {
  if (PAST_DUE.includes(stop.stage)) return say(`stage.${stop.stage}`);
  return stop.stage === "cited" && due ? `${say("stage.cited")} · ${dueWords(due)}` : dueWords(due);
}

const FEET_A_METRE = 3.28084;
const FEET_A_MILE = 5280;
const LONG = 1000; // feet; from here on miles
const NEAR = 10; // miles; up to here with a tenth

// Feet, from 1,000 ft on miles; distance_words of webmap/words.py is its twin.
export function distanceWords(metres) {
  const feet = Math.round(metres * FEET_A_METRE);
  if (feet < LONG) return say("distance.feet", { n: feet });
  const miles = (metres * FEET_A_METRE) / FEET_A_MILE;
  return say("distance.miles", { n: miles < NEAR ? miles.toFixed(1) : Math.round(miles).toLocaleString("en-US") });
}

// Minutes, from one on.
export const minuteWords = (seconds) => sayCount("minutes", wholeMinutes(seconds));

export const shortMinutes = (seconds) => say("minutes.short", { n: wholeMinutes(seconds) });

const wholeMinutes = (seconds) => Math.max(1, Math.round(seconds / 60));

export const dollars = (cents) => new Intl.NumberFormat(language, { style: "currency", currency: "USD" }).format(cents / 100);

export function deedWords(deed) {
  if (deed.kind === "result") return say(`deed.result.${deed.payload.result}`);
  if (deed.kind === "open") return say("deed.open", { kind: deed.said ?? deed.payload.category });
  if (deed.kind === "cite") return say("deed.cite", { number: deed.payload.number });
  if (deed.kind === "serve") return say("deed.serve", { number: deed.payload.citation, to: deed.payload.to });
  if (deed.kind === "post") return say("deed.post", { where: deed.payload.where });
  if (deed.kind === "settle") return say(`deed.settle.${deed.payload.how}`);
  return say(`deed.${deed.kind}`);
}
