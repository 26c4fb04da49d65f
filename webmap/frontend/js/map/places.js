// Say what stands at a place of the map: one case or several, all of them or those asked for.

// The most pressing last: it is drawn on top, and gives several cases at one place their icon.
export const URGENCY = ["open", "due_soon", "cited", "hearing", "ordered", "lien", "overdue"];

// A line a case, as the tiles tell them of several; a lone case's attributes make such a line.
const told = [
  "coalesce", ["get", "cases"],
  ["concat", "\n", ["get", "stage"], "\t", ["get", "category"], "\t", ["get", "number"], "\t"],
];

const linesOf = ({ cases, stage, category, number }) =>
  (cases ?? `\n${stage}\t${category}\t${number}\t`).split("\n").slice(1).map((line) => line.split("\t"));

const sought = ({ stage, category }) =>
  `${stage ? `\n${stage}` : ""}${stage || category ? "\t" : ""}${category ? `${category}\t` : ""}`;

// Which places have cases asked for, how many, and the most urgent stage among them.
export function placesOf(state) {
  const { stage, category, zone } = state;
  const part = sought(state);
  const here = part ? ["-", ["length", ["split", told, part]], 1] : ["coalesce", ["get", "n"], 1];
  const among = [...URGENCY].reverse().flatMap((each) => [["in", `\n${each}\t${category}\t`, told], each]);
  return {
    filter: [
      "all",
      ...(part ? [["in", part, told]] : []),
      ...(zone ? [["==", ["get", "zone_id"], Number(zone)]] : []),
    ],
    n: here,
    stage: stage || (category ? ["case", ...among, "open"] : ["get", "stage"]),
  };
}

export const holding = (number) => ["in", `\t${number}\t`, told];

// The cases asked for at a place, the most urgent first.
export function casesAt({ properties }, { stage, category }) {
  const asked = linesOf(properties)
    .map(([at, kind, number]) => ({ stage: at, category: kind, number }))
    .filter((each) => (!stage || each.stage === stage) && (!category || each.category === category));
  return asked.sort((a, b) => URGENCY.indexOf(b.stage) - URGENCY.indexOf(a.stage));
}
