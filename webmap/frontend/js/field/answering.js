// Answer a violation: by a warning or by a citation, never by both at once.
import { citePart } from "./citing.js";
import { h } from "./dom.js";
import { warnPart } from "./warning.js";

// Where a draft keeps the warning or the citation of one violation.
const slot = (draft, part, key) => ({
  key: `${part}:${key}`,
  get: () => draft[part]?.[key],
  put: (kept) => { draft[part] ??= {}; draft[part][key] = kept; },
});

// `parts` names where each is kept. Of what nobody says is there nothing is warned; `show` looks anew.
export function answerPart(stop, { warn, cite }, draft, { key, parts, isThere, changed, numbers }) {
  const [warned, cited] = parts.map((part) => slot(draft, part, key));
  const places = [h("div", {}), h("div", {})];
  const draw = (at, part) => {
    const wasOpen = places[at].querySelector("details")?.open;
    places[at].replaceChildren(...(part ? [part] : []));
    if (part && wasOpen) part.open = true; // nobody folds away what somebody reads
  };
  const showWarn = () => draw(0, isThere() ? warnPart(stop, warn, cite, { ...warned, put: onlyOne(warned, cited, () => showCite()) }, changed) : null);
  const showCite = () => draw(1, citePart(stop, cite, { ...cited, put: onlyOne(cited, warned, () => showWarn()) }, { changed, numbers }));
  const show = () => { showWarn(); showCite(); };
  show();
  return { place: h("div", {}, places), showWarn };
}

const onlyOne = (mine, other, redraw) => (kept) => {
  mine.put(kept);
  if (!kept || !other.get()) return;
  other.put(null);
  redraw();
};
