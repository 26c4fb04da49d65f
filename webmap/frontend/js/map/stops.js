// Gather stops of a route whose numbers would lie on one another, so that every number can be read.

const HEIGHT = 24; // pixels of a number's pill, and beside the text of its width
const DIGIT = 8;
const APART = 2;

const LONGEST = 7; // of a label; more stops are told as the first and how many more

// Numbers as people list them: 4, 9 or 22–23; of many the first and how many more: 16 +8.
function told(orders) {
  const all = spans(orders);
  return all.length <= LONGEST ? all : `${orders[0]} +${orders.length - 1}`;
}

function spans(orders) {
  const runs = [];
  for (const order of orders) {
    const last = runs.at(-1);
    if (last && order === last[1] + 1) last[1] = order;
    else runs.push([order, order]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}

const wide = (group) => HEIGHT + DIGIT * (told(group.orders).length - 1);

function touch(a, b) {
  return (
    Math.abs(a.x - b.x) < (wide(a) + wide(b)) / 2 + APART && Math.abs(a.y - b.y) < HEIGHT + APART
  );
}

// Each stands where its first stop is.
function merge(groups) {
  for (let i = 0; i < groups.length; i += 1) {
    const j = groups.findIndex((other, at) => at > i && touch(groups[i], other));
    if (j < 0) continue;
    const [other] = groups.splice(j, 1);
    groups[i].orders = [...groups[i].orders, ...other.orders].sort((a, b) => a - b);
    return true;
  }
  return false;
}

// Stops as labels for the map as it now stands.
export function gathered(map, stops) {
  const groups = stops.map(({ geometry, properties }) => {
    const { x, y } = map.project(geometry.coordinates);
    return { x, y, orders: [properties.order], geometry, time: properties.time };
  });
  while (merge(groups));
  return {
    type: "FeatureCollection",
    features: groups.map(({ orders, geometry, time }) => ({
      type: "Feature",
      geometry,
      properties: { label: told(orders), order: orders[0], time: orders.length === 1 ? time : "" },
    })),
  };
}
