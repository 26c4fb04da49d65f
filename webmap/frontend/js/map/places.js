// Say what stands at a place of the map: one case or several, all of them or those asked for.
import { ages } from "./palette.js";

// The most pressing last: it is drawn on top, and gives several cases at one place their icon.
export const URGENCY = ["open", "due_soon", "cited", "hearing", "ordered", "lien", "overdue"];
// The oldest last, as with urgency; a day not known says least.
export const OLDNESS = ["unknown", ...ages.map((each) => each.age).filter((age) => age !== "unknown")];

// A line a case, as the tiles tell them of several; a lone case's attributes make such a line.
const told = [
  "coalesce", ["get", "cases"],
  ["concat", "\n", ["get", "aged"], ".", ["get", "stage"], "\t", ["get", "category"], "\t", ["get", "number"], "\t"],
];

const linesOf = ({ cases, aged, stage, category, number }) =>
  (cases ?? `\n${aged}.${stage}\t${category}\t${number}\t`)
    .split("\n").slice(1).map((line) => line.split("\t")).map(([stands, ...rest]) => [...stands.split("."), ...rest]);

// What the lines asked for hold, one of these each: age and stage stand before the kind.
function sought({ stage = "", category = "", age = "" }) {
  const kind = category && `${category}\t`;
  if (stage) return [`${age && `\n${age}`}.${stage}\t${kind}`];
  if (age && category) return URGENCY.map((each) => `\n${age}.${each}\t${kind}`);
  if (age) return [`\n${age}.`];
  return category ? [`\t${kind}`] : [];
}

const any = (parts) => ["any", ...parts.map((part) => ["in", part, told])];
const first = (all, asks, otherwise) =>
  ["case", ...[...all].reverse().flatMap((each) => [any(sought(asks(each))), each]), otherwise];

// Which places have cases asked for, how many, the most urgent stage and the oldest age among them.
export function placesOf(state) {
  const { stage = "", category = "", zone = "", age = "" } = state;
  const parts = sought(state);
  const times = parts.map((part) => ["-", ["length", ["split", told, part]], 1]);
  return {
    filter: [
      "all",
      ...(parts.length ? [any(parts)] : []),
      ...(zone ? [["==", ["get", "zone_id"], Number(zone)]] : []),
    ],
    n: times.length ? ["+", ...times] : ["coalesce", ["get", "n"], 1],
    stage: stage || (category || age ? first(URGENCY, (each) => ({ stage: each, category, age }), "open") : ["get", "stage"]),
    age: age || first(OLDNESS, (each) => ({ stage, category, age: each }), "unknown"),
  };
}

export const holding = (number) => ["in", `\t${number}\t`, told];

// The cases asked for at a place, the most urgent first.
export function casesAt({ properties }, { stage = "", category = "", age = "" }) {
  const asked = linesOf(properties)
    .map(([old, at, kind, number]) => ({ age: old, stage: at, category: kind, number }))
    .filter((each) => (!stage || each.stage === stage) && (!category || each.category === category) && (!age || each.age === age));
  return asked.sort((a, b) => URGENCY.indexOf(b.stage) - URGENCY.indexOf(a.stage));
}
