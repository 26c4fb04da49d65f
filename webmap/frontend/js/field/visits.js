// Know which stops of the day were visited, and what was found there: by the office and by this phone.
import { CONFLICT, SETTLED, doneAt, isCounted } from "./queue.js";
import { say } from "./told.js";
import { deedWords, isoDayOf } from "./words_of.js";

export const VISITS = ["open", "visit", "no_access"];

const ROUTE = 6 * 3_600_000; // ms that a visit counts after it, whatever midnight lies between

// Whether a visit counts on a day: made on it or since, or lately, for no midnight ends a route.
const isOfRoute = (at, day) => isoDayOf(at) >= day.on || Date.now() - Date.parse(at) < ROUTE;

// The visits of a day by their stops, each with when it was and what was found. Of two the later is
// told, and of one visit what this phone knows of it: the office may not have all of it yet.
export function visitsOf(deeds, day) {
  const visits = new Map(day.stops.filter(({ visited }) => visited && isOfRoute(visited.at, day))
    .map(({ key, visited }) => [key, visited]));
  const keys = new Set(day.stops.map(({ key }) => key));
  const made = deeds.filter((deed) => VISITS.includes(deed.kind) && isOfRoute(doneAt(deed), day)
    && isCounted(deed) && !(deed.kind === "open" && deed.state === SETTLED));
  for (const deed of made) {
    const key = stopOf(deed, keys);
    const visit = visitOf(deed, deeds);
    const other = visits.get(key);
    if (!other || Date.parse(visit.at) >= Date.parse(other.at)) visits.set(key, visit);
  }
  return visits;
}

// The stops that are done with: where somebody waits at an hour that no visit kept, one is still to come.
export function doneOf(deeds, day) {
  const waiting = new Map(day.stops.filter(({ appointment, over }) => appointment && !over).map((stop) => [stop.key, stop.appointment.id]));
  return new Map([...visitsOf(deeds, day)].filter(([key, { inspection }]) => !waiting.has(key) || waiting.get(key) === inspection));
}

// A case opened here, or by looking into a complaint, is a stop once the office has said which it is.
function stopOf({ kind, stop, id, answer }, keys) {
  const opened = `case-${answer?.case ?? id}`;
  return kind === "open" || keys.has(opened) ? opened : stop;
}

// A visit and all that were told anew as it: what was done there names any of them.
function toldAs({ id, again }, deeds) {
  const before = new Map(deeds.map((deed) => [deed.id, deed.again]));
  const ids = [id];
  for (let one = again; one && !ids.includes(one); one = before.get(one)) ids.push(one);
  return ids;
}

function visitOf(deed, deeds) {
  const { kind, payload, title } = deed;
  const ids = toldAs(deed, deeds);
  const rest = deeds.filter(({ visit }) => visit && ids.includes(visit));
  return {
    kind, title, at: doneAt(deed), inspection: payload.inspection, note: payload.note || payload.reason,
    waits: deed.state === CONFLICT, opened: kind === "open" && deedWords(deed), ...countOf(payload.findings ?? [], rest),
  };
}

const FOUND = { verified: "broken", standing: "broken", corrected: "corrected", unfounded: "unfounded" };

// As the office counts it: cases/desk/seen.py is its twin. Of two results about one violation the later
// counts; one that a person told anew, kept as a note or discarded does not.
function countOf(findings, deeds) {
  const count = { broken: 0, corrected: 0, unfounded: 0 };
  const results = deeds.filter(({ kind, state }) => kind === "result" && state !== SETTLED);
  const said = new Map(results.map(({ payload }) => [payload.violation, payload.result]));
  for (const result of said.values()) count[FOUND[result]] += 1;
  const failed = new Set(findings.filter(({ passed }) => !passed).map(({ section }) => section));
  const passed = new Set(findings.map(({ section }) => section).filter((section) => !failed.has(section)));
  return { ...count, broken: count.broken + failed.size, unfounded: count.unfounded + passed.size };
}

export function foundWords({ kind, waits, opened, broken, corrected, unfounded }) {
  if (waits) return say("state.conflict");
  if (opened) return opened;
  if (kind === "no_access") return say("deed.no_access");
  const all = broken + corrected + unfounded;
  const said = Object.entries({ broken, corrected, unfounded }).filter(([, count]) => count)
    .map(([what, count]) => say(`found.${what}`, { count, all }));
  return `${say("found")}: ${said.join(" · ") || say("found.nothing")}`;
}
