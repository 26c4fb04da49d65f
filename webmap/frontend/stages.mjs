// Read the tables of colours, of stages, of ages and of shades, and turn them into CSS properties and classes.

import { readFileSync } from "node:fs";

const look = (name) => JSON.parse(readFileSync(new URL(`../../data/look/${name}.json`, import.meta.url), "utf8"));
export const stages = look("stages");

function styles(kind, rows) {
  const properties = (key) => rows.map((each) => `--${kind}-${each[kind]}:${each[key]}`).join(";");
  const classes = rows.map((each) => `.${kind}--${each[kind]}{--${kind}:var(--${kind}-${each[kind]})}`).join("");
  const dark = `@media (prefers-color-scheme: dark){:root{${properties("dark")}}}`;
  const print = `@media print{:root{${properties("color")}}}`;
  return `:root{${properties("color")}}${dark}${print}${classes}`;
}

export const lookStyles = () => styles("stage", stages) + styles("age", look("ages")) + styles("shade", look("shades")) + styles("route", look("routes"));
