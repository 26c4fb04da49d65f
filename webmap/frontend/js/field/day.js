// Hold the officer's day on the phone: what the office last gave, in the officer's own order.
import { follow } from "./follow.js";
import { SignedOutError, fetchDay } from "./office.js";
import { DRAFT } from "./queue.js";
import { deviceOf, introduce } from "./sender.js";
import { visitsOf } from "./visits.js";
import { isoDayOf, setZone } from "./words_of.js";

const FEW_NUMBERS = 5;

export async function loadDay(store) {
  const day = (await store.get("kept", "day")) ?? null;
  if (day) setZone(day.timezone);
  return day;
}

// Whether the town's day has turned since the office gave this one.
export const isOver = (day) => Boolean(day) && day.on < isoDayOf();

export async function refreshDay(store) {
  const device = await deviceOf(store);
  if (((await store.get("kept", "numbers")) ?? []).length < FEW_NUMBERS) await introduce(store);
  const day = await fetchDay(device);
  if (day.staff !== store.staff) throw new SignedOutError(); // somebody else is signed in
  const before = await loadDay(store);
  await store.write(async (at) => {
    await at("kept").put({ ...day, stops: await kept(at, day, before) }, "day");
    if (before?.on !== day.on) await at("kept").put(null, "order");
    await follow(at, day);
  });
  setZone(day.timezone);
  return day;
}

// A stop under way stays, though the office no longer lists it, and so does one visited today: to be
// read alone, for as it is now the office knows it.
async function kept(at, day, before) {
  const listed = new Set(day.stops.map(({ key }) => key));
  const drafts = new Set((await at("drafts").all()).map(({ key }) => key));
  const photos = (await at("photos").all()).filter(({ state }) => state === DRAFT).map(({ stop }) => stop);
  const begun = new Set([...drafts, ...photos]);
  const gone = (before?.stops ?? []).filter(({ key }) => !listed.has(key));
  const visited = visitsOf(await at("deeds").all(), { ...day, stops: [...day.stops, ...gone] });
  const stays = gone.filter(({ key }) => begun.has(key) || visited.has(key));
  return [...day.stops, ...stays.map((stop) => ({ ...stop, over: !begun.has(stop.key) }))];
}

// Place by place, in the order the officer chose; what was never moved stands where the office put it.
// What came to a place since joins the others there: nobody drives to it twice.
export function placesOf(stops, order) {
  const rank = new Map((order ?? []).map((key, at) => [key, at]));
  const sorted = [...stops].sort((a, b) => (rank.get(a.key) ?? rank.size) - (rank.get(b.key) ?? rank.size));
  const places = new Map();
  for (const stop of sorted) {
    const at = stop.spot ?? stop.key;
    if (places.has(at)) places.get(at).push(stop);
    else places.set(at, [stop]);
  }
  return [...places.values()];
}
