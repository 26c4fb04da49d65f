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

// The sentence with what is chosen in it, as it is read.
function readAloud(sentence) {
  const parts = [...sentence.childNodes].map((node) => {
    const select = node.querySelector?.("select");
    if (select) return select.selectedOptions[0].textContent;
    return node.nodeType === Node.TEXT_NODE ? node.textContent : "";
  });
  return parts.join(" ").replace(/\s+/g, " ").trim();
}

// Say what is left out of the map, in the words of the choices; and by what its shapes are coloured.
export function sayChosen(legend, sentence, { by }) {
  const chosen = [...sentence.querySelectorAll("select")].filter((each) => each.value);
  const line = legend.querySelector("[data-chosen]");
  line.hidden = !chosen.length;
  line.textContent = readAloud(sentence);
  for (const list of legend.querySelectorAll("ul[data-by]")) list.hidden = list.dataset.by !== by;
  const select = legend.querySelector("select[name=by]");
  if (select) select.value = by;
}
