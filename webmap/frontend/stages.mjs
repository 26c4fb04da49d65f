// Read the one table of stage colours and turn it into CSS custom properties and classes.

import { readFileSync } from "node:fs";

const table = new URL("../../data/look/stages.json", import.meta.url);
export const stages = JSON.parse(readFileSync(table, "utf8"));

const classes = ({ stage }) => `.stage--${stage}{--stage:var(--stage-${stage})}`;
const properties = (key) => stages.map((each) => `--stage-${each.stage}:${each[key]}`).join(";");

export function stageStyles() {
  const dark = `@media (prefers-color-scheme: dark){:root{${properties("dark")}}}`;
  const print = `@media print{:root{${properties("color")}}}`;
  return `:root{${properties("color")}}${dark}${print}${stages.map(classes).join("")}`;
}
