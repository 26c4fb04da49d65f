// Keep the legend to what is on the map: the stages now shown, circles only where they are.

// `counted`: whether the map shows circles of counts in place of shapes.
export function fitLegend(legend, list, { counted }) {
  const present = new Set([...list.querySelectorAll(".tally a")].map((each) => each.dataset.stage));
  for (const item of legend.querySelectorAll("li[data-stage]")) {
    item.hidden = counted || !present.has(item.dataset.stage);
  }
  legend.querySelector("[data-counted]").hidden = !counted;
  legend.querySelector("[data-several]").hidden = counted || !present.size;
}
