// Hand a citation over: who took it, when, where the phone was then, and whether the officer swears to it.
import { choices, h, labelled } from "./dom.js";
import { whereNow } from "./photos.js";
import { say } from "./told.js";
import { clockOf, distanceWords } from "./words_of.js";

const OLDEST = 120; // years

// `handed` is null until it is ticked; the moment and the place are those of the tick.
export function handedPart(stop, handed, name, keep) {
  let now = handed ?? null;
  const set = (change) => { now = { ...now, ...change }; keep(now); };
  const told = h("p", { class: "quiet small", role: "status" });
  const more = h("div", {});
  const part = h("div", { class: "handed" });
  const show = () => {
    told.textContent = now ? where(now) : "";
    more.replaceChildren(...(now ? takenBy(stop, now, name, set) : []));
  };
  const tick = async ({ target }) => {
    now = target.checked ? { ...nobody, at: new Date().toISOString(), spot: null } : null;
    keep(now);
    show();
    const at = now?.at;
    const spot = now && await whereNow();
    // What came too late is of another tick, or of a widget that another took the place of.
    if (!spot || now?.at !== at || !part.isConnected) return;
    set({ spot: { lon: spot.lon, lat: spot.lat, accuracy_m: spot.accuracy } });
    told.textContent = where(now);
  };
  show();
  part.append(
    h("label", { class: "check big" }, h("input", { type: "checkbox", checked: Boolean(now), onchange: tick }), h("span", {}, say("serve.do"))),
    told, more);
  return part;
}

const nobody = { taker: null, to: "", age: null, told_contents: false, commercial: false, sworn: false };

// Who took it decides what is sworn to, and so the oath is asked for anew with it.
function takenBy(stop, now, name, set) {
  const asked = h("div", {});
  const choose = (taker) => {
    const chosen = { ...nobody, taker, to: taker === "recipient" ? name : "" };
    set(chosen);
    asked.replaceChildren(...sworn(stop, chosen, set));
  };
  asked.append(...sworn(stop, now, set));
  return [choices(say("serve.taker"), [["recipient", say("serve.recipient", { name })], ["resident", say("serve.resident")], ["manager", say("serve.manager")]], now.taker, choose), asked];
}

function sworn(stop, { taker, to, age, told_contents: contents, commercial, sworn: swears }, set) {
  if (!taker) return [];
  const check = (words, checked, change) => h("label", { class: "check big" },
    h("input", { type: "checkbox", checked, onchange: ({ target }) => set(change(target.checked)) }), h("span", {}, words));
  const named = taker === "recipient" ? [] : [
    labelled(say("serve.to"), h("input", { type: "text", maxlength: 200, value: to, autocomplete: "off", oninput: ({ target }) => set({ to: target.value }) }))];
  const resident = taker === "resident" ? [
    labelled(say("serve.age"), h("input", { type: "number", inputmode: "numeric", min: 0, max: OLDEST, value: age ?? "", oninput: ({ target }) => set({ age: years(target.value) }) }),
      { hint: say("serve.age.hint") }),
    check(say("serve.told"), contents, (told) => ({ told_contents: told })),
  ] : [];
  const premises = taker === "manager" ? [
    check(say("serve.commercial"), Boolean(commercial), (is) => ({ commercial: is })),
    h("p", { class: "quiet small" }, premisesWords(stop)),
  ] : [];
  return [...named, ...resident, ...premises, check(say(`serve.sworn.${taker}`), swears, (oath) => ({ sworn: oath }))];
}

// What the roll says of the use is shown, not taken for an answer: the officer has seen the place.
const premisesWords = ({ land_use: use }) =>
  [say("serve.commercial.hint"), use && say("serve.commercial.use", { use: use.replaceAll("_", " ") })].filter(Boolean).join(" ");

const years = (said) => (said === "" ? null : Math.min(OLDEST, Math.max(0, Math.trunc(Number(said)))));

function where({ at, spot }) {
  const said = say("serve.at", { at: clockOf(at) });
  return spot ? `${said} · ${say("photo.within", { distance: distanceWords(spot.accuracy_m) })}` : said;
}

// Citations of the case that were issued and that nobody has brought yet.
export function unserved(stop, draft, changed) {
  if (!stop.citations?.length) return null;
  draft.serves ??= {};
  return h("section", { class: "panel" }, h("h2", {}, say("serve")), stop.citations.map(({ number, to }) =>
    h("article", { class: "violation" }, h("h3", {}, say("deed.cite", { number })), h("p", { class: "line" }, to),
      handedPart(stop, draft.serves[number], to, (handed) => { draft.serves[number] = handed; changed(); }))));
}
