// Tell from where the officer is what comes next on a drive: pure, without a map or a signal.

const METRES_A_DEGREE = 111_320;
const BACK = 60; // metres that a position may lie behind the last one
const AHEAD = 1500; // metres looked ahead, so that a way that crosses itself is followed in its order
const OFF = 45; // metres from the way that are no more the phone's error
const THERE = 35; // metres before the end at which one has arrived
const PASSED = 12; // metres after a turn at which it is done

const flat = (lat) => Math.cos((lat * Math.PI) / 180);

export function metresBetween([lon, lat], [lon2, lat2]) {
  return Math.hypot((lon2 - lon) * flat(lat), lat2 - lat) * METRES_A_DEGREE;
}

// A drive ready to be followed: its line with the metres along it, its turns with where they are on it.
export function driveOf({ line, steps, metres, seconds }) {
  const along = [0];
  for (let at = 1; at < line.length; at += 1) along.push(along[at - 1] + metresBetween(line[at - 1], line[at]));
  const length = along.at(-1);
  const told = steps.reduce((sum, step) => sum + step.metres, 0) || length || 1;
  let sum = 0;
  const turns = steps.map((step) => {
    const at = (sum / told) * length;
    sum += step.metres;
    return { ...step, at };
  });
  return { line, along, length, turns, metres, seconds };
}

// Where on the line a position is: metres along it, and metres beside it.
function nearest({ line, along }, { lon, lat }, from, to) {
  const narrow = flat(lat);
  let best = { along: 0, off: Infinity };
  for (let at = 1; at < line.length; at += 1) {
    if (along[at] < from || along[at - 1] > to) continue;
    const [ax, ay] = [(line[at - 1][0] - lon) * narrow * METRES_A_DEGREE, (line[at - 1][1] - lat) * METRES_A_DEGREE];
    const [bx, by] = [(line[at][0] - lon) * narrow * METRES_A_DEGREE, (line[at][1] - lat) * METRES_A_DEGREE];
    const [dx, dy] = [bx - ax, by - ay];
    const share = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    const off = Math.hypot(ax + share * dx, ay + share * dy);
    if (off < best.off) best = { along: along[at - 1] + share * (along[at] - along[at - 1]), off };
  }
  return best;
}

// What the driver is told at a position: the next turn and how far it is, what is left, and whether the way is lost.
export function guide(drive, spot, last = 0) {
  const slack = Math.max(OFF, (spot.accuracy ?? 0) * 1.5);
  let found = nearest(drive, spot, last - BACK, last + AHEAD);
  if (found.off > slack) {
    const anywhere = nearest(drive, spot, 0, drive.length);
    if (anywhere.off <= slack) found = anywhere;
  }
  const place = turnAfter(drive, found.along);
  return {
    along: found.along, off: found.off, lost: found.off > slack, place, metres: Math.max(0, drive.turns[place].at - found.along),
    left: drive.length - found.along, there: found.off <= slack && drive.length - found.along <= THERE,
  };
}

// The first turn that is still to come; at the very beginning that is setting out.
function turnAfter({ turns }, along) {
  if (along < PASSED) return 0;
  const next = turns.findIndex(({ at }, place) => place > 0 && at > along - PASSED);
  return next < 0 ? turns.length - 1 : next;
}
