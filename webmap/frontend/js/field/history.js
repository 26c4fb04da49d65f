// Tell on arrival what happened on the parcel before: its cases, liens, notes and the last deeds.
import { h } from "./dom.js";
import { say, sayCount } from "./told.js";
import { dayOf, dollars } from "./words_of.js";

export function history(stop) {
  const parts = [
    stop.owners.length > 0 && h("p", {}, say("history.owner", { who: stop.owners.join("; ") })),
    stop.parcel_no && h("p", { class: "quiet small" }, say("history.parcel", { parcel: stop.parcel_no })),
    stop.respondents.length > 0 && h("p", {}, say("history.respondents", { who: stop.respondents.map(({ name, kind }) => `${name} (${say(`kind.${kind}`)})`).join("; ") })),
    stop.liens.length > 0 && h("p", { class: "warned" }, stop.liens.map(({ instrument, cents }) => say("history.lien", { instrument, amount: dollars(cents) })).join(" ")),
    ...permits(stop),
    ...stop.notes.map((each) => h("p", { class: "kept-note" }, say("history.note", { who: each.by, on: dayOf(each.on) }), ` ${each.text} (${each.why})`)),
    h("h2", {}, say("history.cases")),
    stop.others.length
      ? h("ul", { class: "plain" }, stop.others.map((each) => h("li", {}, h("strong", {}, each.category),
        ` ${each.number}`, h("span", { class: "quiet small" }, ` ${[each.opened, each.closed].filter(Boolean).map(dayOf).join(" – ")} · ${say(`stage.${each.stage}`)}`))))
      : h("p", { class: "quiet" }, say("history.no_cases")),
    stop.story.length > 0 && h("h2", {}, say("history.story")),
    stop.story.length > 0 && h("ol", { class: "plain story" }, [...stop.story].reverse().map(({ on, text }) =>
      h("li", {}, on && h("span", { class: "quiet small" }, `${dayOf(on)} `), text))),
  ];
  const known = [sayCount("history.others", stop.others.length), stop.liens.length > 0 && say("history.liens"), stop.permits?.some((each) => each.open) && say("history.permits"), stop.notes.length > 0 && say("history.notes")];
  return h("details", { class: "fold panel" },
    h("summary", {}, h("span", {}, `${say("history")}: `, h("span", { class: "summed" }, known.filter(Boolean).join(", ")))), parts);
}

// What was permitted on the parcel, the open ones first; it stops nothing by itself.
const permits = ({ permits: all = [] }) => all.length
  ? [h("h2", {}, say("permit")), h("ul", { class: "plain" }, all.map((each) => h("li", {}, h("strong", {}, each.kind), ` ${each.number}`,
    h("span", { class: "quiet small" }, ` ${[say(`permit.${each.status}`), each.issued && say("permit.issued_on", { on: dayOf(each.issued) }), each.expires && say("permit.expires_on", { on: dayOf(each.expires) })].filter(Boolean).join(" · ")}`),
    each.what && h("p", { class: "small" }, each.what))))]
  : [];
