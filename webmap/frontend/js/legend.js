// Keep the legend to what is on the map: the stages now shown, circles only where they are.

// `counted`: whether the map shows circles of counts in place of shapes.
export function fitLegend(legend, list, { counted }) {
  const present = new Set([...list.querySelectorAll(".tally a")].flatMap(({ dataset }) => [dataset.stage, dataset.age]));
  for (const item of legend.querySelectorAll("li[data-stage], li[data-age]")) {
    item.hidden = counted || !present.has(item.dataset.stage ?? item.dataset.age);
  }
  for (const item of legend.querySelectorAll(".legend-what")) item.hidden = counted;
  for (const item of legend.querySelectorAll("[data-counted]")) item.hidden = !counted;
  for (const item of legend.querySelectorAll("[data-several]")) item.hidden = counted || !present.size;
}

// Say what is left out of the map, in the words of the choices; and by what its shapes are coloured.
export function sayChosen(legend, sentence, { by }) {
  const chosen = [...sentence.querySelectorAll("select")].filter((each) => each.value);
  const line = legend.querySelector("[data-chosen]");
  line.hidden = !chosen.length;
  line.textContent = `${line.dataset.only} ${chosen.map((each) => each.selectedOptions[0].textContent.trim()).join(", ")}`;
  for (const list of legend.querySelectorAll("ul[data-by]")) list.hidden = list.dataset.by !== by;
  const select = legend.querySelector("select[name=by]");
  if (select) select.value = by;
}
