// Reckon when each place is come to, and what another order costs, by the times that came with the plan.

const METRES_A_DEGREE = 111_320;
const DETOUR = 1.4; // driven over straight distance, as geo/streets/estimate.py has it
const SPEED = 11; // metres a second, with it
const VISIT = 15 * 60; // seconds at a place that no plan knows
const LUNCH = 10 * 60; // a pause that is longer is one

const seconds = (moment) => Date.parse(moment) / 1000;

export function straightSeconds(here, there) {
  if (!here || !there || here.lon === null || there.lon === null) return 0;
  const narrow = Math.cos((here.lat * Math.PI) / 180);
  return (Math.hypot((there.lon - here.lon) * narrow, there.lat - here.lat) * METRES_A_DEGREE * DETOUR) / SPEED;
}

// A point of the way: its place on the map, and its row in the plan's times where it has one.
export const pointOf = (plan, { stop, lon, lat }) => ({ lon, lat, row: stop ? plan.stops.indexOf(stop) + 1 : null });

export const startOf = ({ from }) => ({ ...from, row: 0 });

export const endOf = ({ to, stops }) => ({ ...to, row: stops.length + 1 });

export function driveSeconds({ drives }, here, there) {
  if (here.row !== null && there.row !== null && here.row >= 0 && there.row >= 0) {
    const known = drives?.[here.row]?.[there.row];
    if (known !== null && known !== undefined) return known;
  }
  return straightSeconds(here, there);
}

// The pause the plan has, between two of its stops.
export function lunchOf(plan) {
  for (const [at, stop] of plan.stops.entries()) {
    const before = at ? plan.stops[at - 1].leaves : plan.begins;
    const drive = driveSeconds(plan, { row: at }, { row: at + 1 });
    const pause = seconds(stop.arrives) - seconds(before) - drive;
    if (pause >= LUNCH && plan.drives) return { from: seconds(before), seconds: pause };
  }
  return null;
}

const visitSeconds = ({ stop, hour }) => {
  if (!stop) return VISIT;
  const begins = hour ? Math.max(seconds(stop.arrives), seconds(hour)) : seconds(stop.arrives);
  return Math.max(seconds(stop.leaves) - begins, 60);
};

// When each of some places is come to and left from a point at a moment on, in seconds; what is driven in
// all, when the day ends, and which of those that somebody waits at are come to too late.
export function reckon(plan, places, { here, now }) {
  const lunch = lunchOf(plan);
  let had = !lunch || now > lunch.from + lunch.seconds;
  let clock = now;
  let driven = 0;
  let at = here;
  const times = places.map((place) => {
    if (!had && clock >= lunch.from) {
      clock += lunch.seconds;
      had = true;
    }
    const there = pointOf(plan, place);
    const drive = driveSeconds(plan, at, there);
    driven += drive;
    const arrives = clock + drive;
    const begins = place.hour ? Math.max(arrives, seconds(place.hour)) : arrives;
    clock = begins + visitSeconds(place);
    at = there;
    return { arrives, leaves: clock, drive, late: place.hour ? arrives - seconds(place.hour) : 0 };
  });
  const home = driveSeconds(plan, at, endOf(plan));
  return { times, driven: driven + home, ends: clock + home };
}

const GRACE = 15 * 60; // of whoever waits, as cases/visiting/finding.py has it

export const lateOf = (places, { times }) => places.filter((_, at) => times[at].late > GRACE);

// Where one more place costs least: not before what somebody waits at and would be late for.
export function cheapest(plan, places, more, from) {
  const before = reckon(plan, places, from);
  const late = lateOf(places, before).length;
  const tried = Array.from({ length: places.length + 1 }, (_, at) => {
    const order = [...places.slice(0, at), more, ...places.slice(at)];
    const after = reckon(plan, order, from);
    return { at, order, added: after.driven - before.driven, late: lateOf(order, after).length - late, after };
  });
  return tried.sort((a, b) => a.late - b.late || a.added - b.added || a.at - b.at)[0];
}
