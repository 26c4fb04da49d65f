// Hand a citation over: who took it, when, where the phone was then, and whether the officer swears to it.
import { choices, h, labelled } from "./dom.js";
import { whereNow } from "./photos.js";
import { say } from "./told.js";
import { clockOf, distanceWords } from "./words_of.js";

const OLDEST = 120; // years
const OVER = 15; // years, where a day kept from before the office told it says no age
const CAPACITIES = ["officer", "manager", "registered_agent", "trustee"];

// `handed` is null until it is ticked; the moment and the place are those of the tick. `paper` says
// whom it names, whether that is a company or a trust, and by which key the page finds this part.
export const handedPart = (stop, handed, paper, keep) =>
  momentPart(handed, { key: paper.key, words: say("serve.do"), blank: nobody, more: (now, set) => takenBy(stop, now, paper, set) }, keep);

// Something done here and now: ticked, with its moment and its place, and then told more of.
export function momentPart(kept, { key, words, blank, more: asks }, keep) {
  let now = kept ?? null;
  const set = (change) => { now = { ...now, ...change }; keep(now); };
  const told = h("p", { class: "quiet small", role: "status" });
  const more = h("div", {});
  const part = h("div", { class: "handed", "data-handed": key });
  const show = () => {
    told.textContent = now ? where(now) : "";
    more.replaceChildren(...(now ? asks(now, set) : []));
  };
  const tick = async ({ target }) => {
    now = target.checked ? { ...blank, at: new Date().toISOString(), spot: null } : null;
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
    h("label", { class: "check big" }, h("input", { type: "checkbox", checked: Boolean(now), onchange: tick }), h("span", {}, words)),
    told, more);
  return part;
}

const nobody = { taker: null, to: "", capacity: null, age: null, told_contents: false, commercial: false, sworn: false };

// Who took it decides what is sworn to, and so the oath is asked for anew with it. For a company or
// a trust somebody takes it: then `capacity` is asked for, and empty until it is said.
function takenBy(stop, now, { name, body }, set) {
  const asked = h("div", {});
  const choose = (taker) => {
    const itself = taker === "recipient";
    const chosen = { ...nobody, taker, to: itself && !body ? name : "", capacity: itself && body ? "" : null };
    set(chosen);
    asked.replaceChildren(...sworn(stop, chosen, set));
  };
  asked.append(...sworn(stop, now, set));
  const recipient = say(body ? "serve.for_body" : "serve.recipient", { name });
  return [choices(say("serve.taker"), [["recipient", recipient], ["resident", say("serve.resident")], ["manager", say("serve.manager")]], now.taker, choose), asked];
}

function sworn(stop, { taker, to, capacity, age, told_contents: contents, commercial, sworn: swears }, set) {
  if (!taker) return [];
  const check = (words, checked, change) => h("label", { class: "check big" },
    h("input", { type: "checkbox", checked, onchange: ({ target }) => set(change(target.checked)) }), h("span", {}, words));
  const forBody = typeof capacity === "string";
  const named = taker === "recipient" && !forBody ? [] : [h("div", { "data-asks": "name" },
    labelled(say("serve.to"), h("input", { type: "text", maxlength: 200, value: to, autocomplete: "off", oninput: ({ target }) => set({ to: target.value }) })))];
  const acted = forBody ? [h("div", { "data-asks": "capacity" },
    choices(say("serve.capacity"), CAPACITIES.map((each) => [each, say(`capacity.${each}`)]), capacity, (value) => set({ capacity: value })))] : [];
  const resident = taker === "resident" ? [
    labelled(say("serve.age"), h("input", { type: "number", inputmode: "numeric", min: 0, max: OLDEST, value: age ?? "", oninput: ({ target }) => set({ age: years(target.value) }) }),
      { hint: say("serve.age.hint") }),
    check(say("serve.told"), contents, (told) => ({ told_contents: told })),
  ] : [];
  const premises = taker === "manager" ? [
    check(say("serve.commercial"), Boolean(commercial), (is) => ({ commercial: is })),
    h("p", { class: "quiet small" }, premisesWords(stop)),
  ] : [];
  return [...named, ...acted, ...resident, ...premises, check(say(`serve.sworn.${forBody ? "body" : taker}`), swears, (oath) => ({ sworn: oath }))];
}

// What the roll says of the use is shown, not taken for an answer: the officer has seen the place.
const premisesWords = ({ land_use: use }) =>
  [say("serve.commercial.hint"), use && say("serve.commercial.use", { use: use.replaceAll("_", " ") })].filter(Boolean).join(" ");

const years = (said) => (said === "" ? null : Math.min(OLDEST, Math.max(0, Math.trunc(Number(said)))));

function where({ at, spot }) {
  const said = say("serve.at", { at: clockOf(at) });
  return spot ? `${said} · ${say("photo.within", { distance: distanceWords(spot.accuracy_m) })}` : said;
}

// Without it the office could not tell who took the paper: the words, and where they belong.
export function unsaid([key, { taker, to, capacity }]) {
  const at = (part) => `[data-handed="${CSS.escape(key)}"] ${part}`;
  if (!taker) return { words: say("finish.taker"), at: at(".choices") };
  if (!to.trim()) return { words: say("finish.handed"), at: at("[data-asks=name]") };
  if (capacity === "") return { words: say("finish.capacity"), at: at("[data-asks=capacity]") };
  return null;
}

// What a handing over still lacks to count as service, in sentences; the office tells the same.
export function shortOf({ taker, age, told_contents: contents, commercial, sworn: swears }, { resident_over: over }) {
  const resident = taker === "resident";
  return [
    resident && age === null && say("short.age"),
    resident && age !== null && age <= (over ?? OVER) && say("short.young", { over: over ?? OVER }),
    resident && !contents && say("short.contents"),
    taker === "manager" && !commercial && say("short.commercial"),
    !swears && say("short.oath"),
  ].filter(Boolean);
}

// Citations of the case that were issued and that nobody has brought yet.
export function unserved(stop, draft, changed) {
  if (!stop.citations?.length) return null;
  draft.serves ??= {};
  return h("section", { class: "panel" }, h("h2", {}, say("serve")), stop.citations.map(({ number, to, body }) =>
    h("article", { class: "violation" }, h("h3", {}, say("deed.cite", { number })), h("p", { class: "line" }, to),
      handedPart(stop, draft.serves[number], { name: to, body, key: `serves:${number}` }, (handed) => { draft.serves[number] = handed; changed(); }))));
}
