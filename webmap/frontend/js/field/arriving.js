// Tell when a stop of the plan was come to and left, by what is done there and by hand, or why it is skipped.
import { outcomesOf } from "./follow.js";
import { queueIf } from "./queue.js";
import { doneOf } from "./visits.js";

const about = (stop, key = stop.keys[0]) => ({ stop: key, title: stop.label, number: null });

// What a visit that ends says of its stop: that the officer came, and left once nothing else waits there.
export async function saidByVisit(at, { key, started }) {
  const now = await at("kept").get("follow");
  const stop = now?.plan.stops.find(({ keys }) => keys.includes(key));
  if (!stop) return [];
  const deeds = await at("deeds").all();
  const { arrived, left } = outcomesOf(now.plan, deeds).get(stop.id);
  const moment = new Date().toISOString();
  const day = await at("kept").get("day");
  const done = doneOf(deeds, day);
  const waits = stop.keys.some((each) => each !== key && !done.has(each) && day.stops.some((one) => one.key === each && !one.over));
  const came = { ...about(stop, key), kind: "arrive", payload: { stop: stop.id, at: started && started < moment ? started : moment } };
  const went = { ...about(stop, key), kind: "leave", payload: { stop: stop.id, at: moment } };
  return [!arrived && came, !left && !waits && went].filter(Boolean);
}

// By hand; a second tap, or another tab, tells nothing anew.
export const tellStop = (store, kind, stop, more = {}) => queueIf(store, async (at) => {
  const { plan } = (await at("kept").get("follow")) ?? {};
  const { arrived, left, skipped } = outcomesOf(plan, await at("deeds").all()).get(stop.id) ?? {};
  const isTold = { arrive: arrived, leave: left, skip: skipped || arrived }[kind];
  return isTold ? [] : [{ ...about(stop), kind, payload: { stop: stop.id, at: new Date().toISOString(), ...more } }];
});
