// Write a citation with a visit: of a violation on record, or of one found on this very visit.
import { h, labelled } from "./dom.js";
import { handedPart } from "./handing.js";
import { say } from "./told.js";
import { dollars } from "./words_of.js";

// What the law asks before a citation is said beforehand; the office decides.
export function citePart(stop, offer, kept, { changed, numbers }) {
  if (!offer) return null;
  const fold = (...children) => h("details", { class: "fold", open: Boolean(kept.get()) }, h("summary", {}, say("cite")), children);
  if (offer.lacks.includes("running")) return fold(h("p", {}, say("cite.running")));
  if (offer.lacks.length && !offer.excuses.length) return fold(h("p", {}, say("cite.not_yet")));
  if (!stop.respondents.length) return fold(h("p", {}, say("cite.nobody")));
  if (!numbers.length && !kept.get()) return fold(h("p", {}, say("cite.no_numbers")));
  const said = { respondent: stop.respondents[0].id, penalty_cents: offer.usual, excused: offer.lacks.length ? offer.excuses[0] : null };
  const current = () => kept.get() ?? said;
  const set = (change) => { Object.assign(current(), change); if (kept.get()) changed(); };
  const paper = (id) => {
    const { name = "", body = false } = stop.respondents.find((each) => each.id === id) ?? {};
    return { name, body, key: kept.key };
  };
  const handed = h("div", {});
  const showHanded = () => {
    const cite = kept.get();
    handed.replaceChildren(...(cite ? [handedPart(stop, cite.handed, paper(cite.respondent), (handing) => set({ handed: handing }))] : []));
  };
  showHanded();
  return fold(
    offer.lacks.length > 0 && h("p", { class: "warned" }, offer.lacks.map((each) => say(`cite.lacks.${each}`)).join(" ")),
    labelled(say("cite.to"), select(stop.respondents.map((each) => [each.id, `${each.name} (${say(`kind.${each.kind}`)})`]), current().respondent,
      (value) => { set({ respondent: Number(value), handed: null }); showHanded(); })),
    labelled(say("cite.penalty"), amount(offer, current().penalty_cents, (cents) => set({ penalty_cents: cents })),
      { hint: say("cite.range", { least: dollars(offer.least), most: dollars(offer.most) }) }),
    offer.lacks.length > 0 && labelled(say("cite.excuse"), select(offer.excuses.map((each) => [each, say(`excuse.${each}`)]), current().excused, (value) => set({ excused: value }))),
    h("label", { class: "check big" },
      h("input", { type: "checkbox", checked: Boolean(kept.get()), onchange: ({ target }) => { kept.put(target.checked ? { ...said } : null); changed(); showHanded(); } }),
      h("span", {}, say("cite.do"))),
    h("p", { class: "quiet small" }, say("cite.hint")),
    handed);
}

const select = (options, value, pick) => h("select", { onchange: ({ target }) => pick(target.value) },
  options.map(([key, words]) => h("option", { value: key, selected: String(key) === String(value) }, words)));

const amount = (offer, cents, pick) => h("input", {
  type: "number", inputmode: "decimal", min: offer.least / 100, max: offer.most / 100, step: "0.01", value: cents / 100,
  onchange: ({ target }) => pick(Math.round(Number(target.value) * 100)),
});
