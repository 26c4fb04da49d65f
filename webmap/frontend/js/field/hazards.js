// Warn of dangers before anything else, let one be flagged, and let one that is over be lifted.
import { button, choices, h, icon, labelled } from "./dom.js";
import { about, queue } from "./queue.js";
import { say } from "./told.js";
import { typed } from "./typed.js";
import { dayOf } from "./words_of.js";

const KINDS = ["dog", "threat", "weapon", "structure", "site", "other"];

export function hazardPanel(stop, app) {
  if (!stop.hazards.length) return null;
  return h("section", { class: "hazards", "aria-label": say("hazard") }, stop.hazards.map((each) => one(stop, each, app)));
}

function one(stop, hazard, app) {
  const why = h("input", { type: "text", maxlength: 300, autocomplete: "off", ...typed(`lift ${hazard.id}`) });
  const lift = button(say("hazard.lift"), async () => {
    if (!why.value.trim()) return why.focus();
    await tell(app, stop, { lift: hazard.id, note: why.value.trim() }, (hazards) => hazards.filter(({ id }) => id !== hazard.id));
    await app.redraw();
    return null;
  });
  return h("div", { class: "hazard" }, icon("warning", "icon big-icon"),
    h("div", {},
      h("h2", {}, say(`hazard.${hazard.kind}`)),
      h("p", {}, hazard.note),
      h("p", { class: "small" }, say("hazard.by", { who: hazard.by, on: dayOf(hazard.on) }),
        hazard.until ? ` ${say("hazard.until", { on: dayOf(hazard.until) })}` : ""),
      hazard.id && h("details", { class: "fold" }, h("summary", {}, say("hazard.over")), labelled(say("hazard.why_over"), why), lift)));
}

export function flagHazard(stop, app) {
  if (!stop.parcel) return null;
  let kind = "dog";
  const note = h("textarea", { rows: 2, maxlength: 500, ...typed(`hazard ${stop.key}`) });
  const until = h("input", { type: "date", ...typed(`hazard until ${stop.key}`) });
  const flag = button(say("hazard.flag"), async () => {
    if (!note.value.trim()) return note.focus();
    const said = { parcel: stop.parcel, kind, note: note.value.trim(), until: until.value || null };
    const local = { id: null, kind, note: said.note, by: say("you"), on: new Date().toISOString().slice(0, 10), until: said.until };
    await tell(app, stop, said, (hazards) => [local, ...hazards]);
    app.flagged = stop.key;
    note.value = until.value = "";
    await app.redraw();
    document.querySelector("[data-flagged]")?.focus();
    return null;
  }, { name: "warning" });
  const flagged = app.flagged === stop.key && h("p", { class: "said", role: "status", tabindex: -1, "data-flagged": true }, icon("check_circle"), ` ${say("hazard.flagged")}`);
  app.flagged = null;
  return [flagged, h("details", { class: "fold panel" }, h("summary", {}, say("hazard.new")),
    choices(say("hazard.kind"), KINDS.map((each) => [each, say(`hazard.${each}`)]), kind, (value) => { kind = value; }),
    labelled(say("hazard.note"), note), labelled(say("hazard.end"), until, { hint: say("hazard.end.hint") }), flag)];
}

// The warning shows here at once, and at every stop of the same parcel.
async function tell(app, stop, payload, change) {
  const whole = { parcel: null, kind: null, until: null, lift: null, ...payload };
  await app.leaving?.();
  await queue(app.store, [{ ...about(stop), kind: "hazard", payload: whole }]);
  const stops = app.day.stops.map((each) => (each.parcel === stop.parcel ? { ...each, hazards: change(each.hazards) } : each));
  await app.keepDay({ ...app.day, stops });
  app.send();
}
