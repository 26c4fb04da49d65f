// Write a warning with a visit: what follows from it, and by when, is said before it is ticked.
import { h, labelled } from "./dom.js";
import { isTold } from "./queue.js";
import { say } from "./told.js";
import { dayOf, dollars } from "./words_of.js";

// `cite` is how the same violation may be cited, which is at stake if it is not corrected.
export function warnPart(stop, offer, cite, kept, changed) {
  if (!offer) return null;
  const fold = (...children) => h("details", { class: "fold", open: Boolean(kept.get()) }, h("summary", {}, say("warn")), children);
  if (!offer.officer) return fold(h("p", {}, say("warn.none")));
  if (!stop.respondents.length) return fold(h("p", {}, say("warn.nobody")));
  const open = stop.respondents.filter(({ id }) => !isTold(offer, id));
  if (kept.get() && !open.some(({ id }) => id === kept.get().respondent)) kept.put(null); // told since it was ticked
  if (!open.length) return fold(h("p", {}, say("warn.told")));
  let respondent = kept.get()?.respondent ?? open[0].id;
  const put = (warned) => { kept.put(warned); changed(); };
  const select = h("select", { onchange: ({ target }) => { respondent = Number(target.value); if (kept.get()) put({ respondent }); } },
    open.map(({ id, name, kind }) => h("option", { value: id, selected: id === respondent }, `${name} (${say(`kind.${kind}`)})`)));
  return fold(
    labelled(say("warn.to"), select),
    h("p", {}, say("warn.follows")),
    h("p", {}, say("warn.days", { days: offer.days, due: dayOf(offer.due) }), offer.moved && ` ${say("warn.moved", { moved: offer.moved })}`),
    h("p", {}, cite ? say("warn.stake", { usual: dollars(cite.usual) }) : say("warn.stake.hearing")),
    h("label", { class: "check big" },
      h("input", { type: "checkbox", checked: Boolean(kept.get()), onchange: ({ target }) => put(target.checked ? { respondent } : null) }),
      h("span", {}, say("warn.do"))),
    h("p", { class: "quiet small" }, say("warn.hint")));
}
