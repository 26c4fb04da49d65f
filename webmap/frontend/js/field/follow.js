// Hold the plan the officer follows: the one taken, with the officer's own changes, until another is taken.

export const OUTCOMES = ["arrive", "leave", "skip"];

const fresh = (plan, day, told = null) => ({
  on: day.on, plan, order: null, pins: [], added: [], known: day.stops.map(({ key }) => key), refused: null, told,
});

const keysOf = (plan) => plan.stops.flatMap(({ keys }) => keys);

// What became of each stop of a plan: as the office has it, and as this phone told it since.
export function outcomesOf(plan, deeds) {
  const found = new Map((plan?.stops ?? []).map(({ id, arrived, left, skipped }) => [id, { arrived, left, skipped }]));
  for (const { kind, payload, state } of deeds) {
    if (!OUTCOMES.includes(kind) || !found.has(payload.stop) || state === "settled") continue;
    const one = found.get(payload.stop);
    if (kind === "arrive") Object.assign(one, { arrived: one.arrived ?? payload.at, skipped: null });
    else if (kind === "leave") one.left ??= payload.at;
    else if (!one.arrived) one.skipped ??= payload.reason;
  }
  return found;
}

// Whether the officer has begun to follow a plan, or has changed it: then no other takes its place by itself.
async function isUnderWay(at, { plan, order, pins, added }) {
  if (order || pins.length || added.length) return true;
  const outcomes = outcomesOf(plan, await at("deeds").all());
  if ([...outcomes.values()].some(({ arrived, skipped }) => arrived || skipped)) return true;
  const keys = new Set(keysOf(plan));
  return (await at("drafts").all()).some(({ key }) => keys.has(key));
}

// Bring what is followed up to the day that came; a newer plan waits to be taken where one is under way.
export async function follow(at, day) {
  const now = (await at("kept").get("follow")) ?? null;
  await at("kept").put(await next(at, now, day), "follow");
}

async function next(at, now, day) {
  const { plan } = day;
  if (!now || now.on !== day.on) return plan ? fresh(plan, day) : null;
  if (!plan) return null; // it was withdrawn: what was told of its stops is kept with the deeds
  if (plan.id === now.plan.id) return { ...now, plan };
  if (plan.id === now.asked) return { ...fresh(plan, day), known: now.known, pins: pinsIn(plan, now) };
  if (await isUnderWay(at, now)) return now;
  return fresh(plan, day, "taken");
}

// A pin is the place's: it stays on it in the plan that is taken.
const pinsIn = (plan, { pins }) => pins.filter((spot) => plan.stops.some((each) => each.spot === spot));

// The plan of the office that waits beside the one followed; null where that is the same.
export const newerOf = (now, day) => (now && day.plan && day.plan.id !== now.plan.id ? day.plan : null);

export const takeNewer = (store, day) => store.write(async (at) => {
  const now = await at("kept").get("follow");
  await at("kept").put({ ...fresh(day.plan, day), pins: pinsIn(day.plan, now) }, "follow");
});

export const change = (store, changes) => store.write(async (at) => {
  const now = await at("kept").get("follow");
  if (now) await at("kept").put({ ...now, ...changes }, "follow");
});

// What a newer plan changes: by the places, for its stops have other identities.
export function changesOf(mine, theirs, done) {
  const left = mine.stops.filter(({ id }) => !done.has(id));
  const had = left.map(({ spot }) => spot);
  const has = theirs.stops.map(({ spot }) => spot);
  const added = theirs.stops.filter(({ spot }) => !had.includes(spot));
  const gone = left.filter(({ spot }) => !has.includes(spot));
  const kept = has.filter((spot) => had.includes(spot));
  const before = had.filter((spot) => has.includes(spot));
  return { added, gone, moved: kept.filter((spot, place) => before[place] !== spot).length };
}
