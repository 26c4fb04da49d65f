// Hand a citation over: to whom, when, where the phone was then, and whether the officer swears to it.
import { h, labelled } from "./dom.js";
import { whereNow } from "./photos.js";
import { say } from "./told.js";
import { clockOf } from "./words_of.js";

// `handed` is null until it is ticked; the moment and the place are those of the tick.
export function handedPart(handed, name, keep) {
  let now = handed ?? null;
  const told = h("p", { class: "quiet small", role: "status" }, now ? where(now) : "");
  const to = h("input", { type: "text", maxlength: 200, value: now?.to ?? name, autocomplete: "off",
    oninput: ({ target }) => { if (now) { now = { ...now, to: target.value }; keep(now); } } });
  const sworn = h("input", { type: "checkbox", checked: now ? now.sworn : true,
    onchange: ({ target }) => { if (now) { now = { ...now, sworn: target.checked }; keep(now); } } });
  const more = h("div", { hidden: !now }, labelled(say("serve.to"), to), told,
    h("label", { class: "check big" }, sworn, h("span", {}, say("serve.sworn"))));
  const tick = async ({ target }) => {
    more.hidden = !target.checked;
    now = target.checked ? { to: to.value, at: new Date().toISOString(), sworn: sworn.checked, spot: null } : null;
    keep(now);
    told.textContent = now ? where(now) : "";
    const spot = now && await whereNow();
    if (!spot || !now) return;
    now = { ...now, spot: { lon: spot.lon, lat: spot.lat, accuracy_m: spot.accuracy } };
    keep(now);
    told.textContent = where(now);
  };
  return h("div", { class: "handed" },
    h("label", { class: "check big" }, h("input", { type: "checkbox", checked: Boolean(now), onchange: tick }), h("span", {}, say("serve.do"))), more);
}

function where({ at, spot }) {
  const said = say("serve.at", { at: clockOf(at) });
  return spot ? `${said} · ${say("photo.near", { metres: Math.round(spot.accuracy_m) })}` : said;
}

// Citations of the case that were issued and that nobody has brought yet.
export function unserved(stop, draft, changed) {
  if (!stop.citations?.length) return null;
  draft.serves ??= {};
  return h("section", { class: "panel" }, h("h2", {}, say("serve")), stop.citations.map(({ number, to }) =>
    h("article", { class: "violation" }, h("h3", {}, say("deed.cite", { number })), h("p", { class: "line" }, to),
      handedPart(draft.serves[number], to, (handed) => { draft.serves[number] = handed; changed(); }))));
}
