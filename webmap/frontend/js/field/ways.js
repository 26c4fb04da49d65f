// Keep the drives between places on the phone: those of the plan, and those fetched for another order.
import { fetchWay } from "./office.js";
import { endOf } from "./reckon.js";
import { standing } from "./route_of.js";

const between = (here, there) => `${here}>${there}`;

// The drive from one place to the next, as the plan has it or as it was fetched; null where neither has.
export async function wayTo(store, route, from, place) {
  const { plan } = route.now;
  const row = place.stop ? plan.stops.indexOf(place.stop) + 1 : null;
  if (plan.legs && row !== null && from.row === row - 1) return plan.legs[from.row];
  const kept = await store.get("kept", "ways");
  return (kept?.plan === plan.id && kept.legs[between(from.name, place.name)]) || null;
}

async function keep(store, plan, legs) {
  await store.write(async (at) => {
    const kept = await at("kept").get("ways");
    const before = kept?.plan === plan.id ? kept.legs : {};
    await at("kept").put({ plan: plan.id, legs: { ...before, ...legs } }, "ways");
  });
}

let bare = null; // the plan for which the office has no streets any more: it is asked once

const isPlaced = ({ lon, lat }) => lon !== null && lat !== null && lon !== undefined;

// Once the order is the officer's own, its drives are fetched while there is a signal.
export async function fetchWays(store, route) {
  const { plan } = route.now;
  const from = standing(route);
  const places = [from, ...route.left, { ...endOf(plan), name: "end" }].filter(isPlaced);
  const missing = [];
  for (let at = 1; at < places.length - 1; at += 1) {
    const [here, there] = [places[at - 1], places[at]];
    const row = here.stop ? plan.stops.indexOf(here.stop) + 1 : here.row ?? null;
    if (!(await wayTo(store, route, { name: here.name, row }, there))) missing.push(at);
  }
  if (!missing.length || plan.estimated || bare === plan.id) return;
  const { legs } = await fetchWay(places.map(({ lon, lat }) => [lon, lat]));
  if (!legs) { bare = plan.id; return; }
  await keep(store, plan, Object.fromEntries(legs.map((leg, at) => [between(places[at].name, places[at + 1].name), leg])));
}

// The drive from where the phone is: kept as that of the place it leads from, so that it is there after a kill.
export async function fetchFrom(store, route, spot, place) {
  const { legs } = await fetchWay([[spot.lon, spot.lat], [place.lon, place.lat]]);
  if (legs) await keep(store, route.now.plan, { [between(standing(route).name, place.name)]: legs[0] });
  return legs?.[0] ?? null;
}
