// Show what was done and where it is now: here, on its way, at the office, or in need of a person.
import { button, h, icon, labelled } from "./dom.js";
import { caseLink } from "./case_link.js";
import { CONFLICT, DRAFT, HERE, REFUSED, counts, decide, doneAt, isCounted } from "./queue.js";
import { askFor, tellLack } from "./lacking.js";
import { whereOf } from "./lots.js";
import { dropPhoto } from "./photos.js";
import { placeName, placePart } from "./place_part.js";
import { say, sayCount, signIn } from "./told.js";
import { typed } from "./typed.js";
import { dayOf, deedWords, momentOf } from "./words_of.js";

export async function outboxView(app) {
  const { store, day } = app;
  const deeds = await store.all("deeds");
  const photos = await store.all("photos");
  const told = new Set(deeds.map(({ id }) => id));
  const elsewhere = (day?.unsettled ?? []).filter(({ id }) => !told.has(id));
  const asking = [...deeds.filter(({ state }) => state === CONFLICT), ...elsewhere];
  const refused = photos.filter(({ state }) => state === REFUSED);
  return [
    h("h1", {}, say("outbox")),
    await receipt(app),
    state(app),
    asking.length + refused.length > 0 && h("section", { class: "asking" }, h("h2", {}, say("outbox.yours")),
      asking.map((deed) => conflict(app, deed)), refused.map((photo) => refusedPhoto(app, photo))),
    ...[list(deeds, photos, app)].flat(),
  ];
}

export async function receiptWords(store) {
  const { all, stored } = await counts(store);
  return all ? say("receipt", { n: stored, all }) : say("receipt.none");
}

async function receipt({ store }) {
  const { all, stored, drafts, deeds, photos } = await counts(store);
  return h("section", { class: "receipt", role: "status" }, icon(all === stored ? "check_circle" : "cloud", "icon big-icon"),
    h("p", { class: "receipt-words" }, await receiptWords(store)),
    photos > 0 && h("p", { class: "small" }, `${sayCount("receipt.deeds", deeds)} + ${sayCount("receipt.photos", photos)}`),
    drafts > 0 && h("p", { class: "small" }, sayCount("receipt.drafts", drafts)));
}

function state({ sending, online, send }) {
  if (sending === "signed-out") {
    return h("section", { class: "panel warned" }, h("p", {}, say("signed_out")), h("a", { class: "key primary", href: signIn }, say("sign_in")));
  }
  if (!online) return h("p", { class: "quiet" }, say("offline.outbox"));
  if (sending === "sending") return h("p", { class: "quiet" }, say("outbox.sending"));
  if (sending === "waiting") return h("p", { class: "quiet" }, say("outbox.retry"), " ", button(say("outbox.now"), send));
  return null;
}

function conflict(app, deed) {
  const { answer } = deed;
  const reason = h("input", { type: "text", maxlength: 300, autocomplete: "off", ...typed(`reason ${deed.id}`) });
  const act = (how, needsReason, changed = {}) => async () => {
    if (needsReason && !reason.value.trim()) return reason.focus();
    await decide(app.store, deed, how, reason.value.trim(), changed);
    corrected.delete(deed.id);
    await app.forget(deed.id);
    app.send();
    await app.redraw();
    return null;
  };
  return h("article", { class: "conflict", "aria-label": deedWords(deed) },
    h("h3", {}, icon("warning"), ` ${deedWords(deed)}`),
    h("p", { class: "quiet small" }, [deed.title, deed.number ?? answer.number, momentOf(doneAt(deed))].filter(Boolean).join(" · ")),
    h("p", { class: "office-words" }, answer.words),
    h("h4", {}, say("conflict.was")), h("p", {}, told(deed)),
    h("h4", {}, say("conflict.now")),
    answer.meanwhile.length
      ? h("ul", {}, answer.meanwhile.map(({ on, text }) => h("li", {}, on ? `${dayOf(on)}: ` : "", text)))
      : h("p", {}, say("conflict.nothing")),
    again(app, deed, act),
    labelled(say("conflict.reason"), reason, { hint: say(deed.kind === "open" ? "conflict.reason.drop" : "conflict.reason.hint") }),
    h("div", { class: "keys" },
      deed.kind !== "open" && button(say("conflict.note"), act("note", true)), button(say("conflict.discard"), act("discard", true))));
}

// What would double a case is added to that one, or opened all the same; it has no case of its own
// that a note could be kept on.
function again(app, deed, act) {
  const { kind, answer } = deed;
  if (answer.unplaced && app.day?.starting) return replaced(app, deed, act);
  const cases = (answer.matters ?? []).filter((each) => each.kind === "case");
  const words = kind === "open" && answer.matters ? "conflict.own" : "conflict.again";
  return h("div", {}, cases.map(({ number }) => caseLink(app, number, "small")), h("div", { class: "keys" },
    cases.map((each) => button(say("start.add", { number: each.number }), act("again", false, { into: each }), { kind: "primary" })),
    button(say(words), act("again", false), { kind: cases.length ? "" : "primary" })));
}

const corrected = new Map(); // places said anew and not sent yet, by their deed

// Where the office found nothing, the place is said anew, or what is told goes as it is.
function replaced({ day }, deed, act) {
  const draft = corrected.get(deed.id) ?? { place: null, said: deed.payload.address ?? "" };
  const at = h("div", { "data-replaced": deed.id });
  const lacks = { words: say("start.lacks.place"), at: `[data-replaced="${deed.id}"] .field` };
  const send = button(say("conflict.place.send"), () => {
    draft.isAsked = !draft.place; // which is told until it is given, however often the page is drawn
    if (draft.isAsked) return askFor(lacks);
    return act("again", false, { place: { ...whereOf(draft.place), title: placeName(draft.place) } })();
  }, { kind: "primary" });
  const show = () => {
    open.hidden = true;
    corrected.set(deed.id, draft);
    at.replaceChildren(placePart(day, draft, () => {}, deed.id), h("div", { class: "keys" }, send));
    if (draft.isAsked) tellLack(at.querySelector(".field"), lacks.words);
  };
  at.addEventListener("input", () => { draft.isAsked = false; });
  const open = button(say("conflict.place"), () => { show(); at.querySelector("input").focus(); }, { kind: "primary" });
  if (corrected.has(deed.id)) show();
  return h("div", {}, at, h("div", { class: "keys" }, open, button(say("conflict.place.as_it_is"), act("again", false))));
}

function told(deed) {
  const { kind, payload } = deed;
  const failed = (payload.findings ?? []).filter(({ passed }) => !passed).map(({ item }) => item);
  const said = [
    say("conflict.told", { at: momentOf(doneAt(deed)) }),
    payload.category, payload.address ?? payload.parcel_no,
    payload.entry && say(`entry.${payload.entry}`),
    failed.length > 0 && say("conflict.failed", { items: failed.join("; ") }),
    payload.note, payload.reason,
  ];
  return said.filter(Boolean).join(" · ");
}

const refusedPhoto = (app, photo) => h("article", { class: "conflict" },
  h("h3", {}, icon("warning"), ` ${say("photo.refused")}`),
  h("p", { class: "office-words" }, photo.error || say("photo.refused.hint")),
  h("div", { class: "keys" },
    button(say("photo.again"), async () => {
      await app.store.write((at) => at("photos").put({ ...photo, state: HERE, damaged: 0 }));
      app.send();
      await app.redraw();
    }, { kind: "primary" }),
    button(say("photo.drop"), async () => { await dropPhoto(app.store, photo); await app.redraw(); })));

const MARKS = { here: "cloud", stored: "check_circle", conflict: "warning", settled: "check_circle", refused: "warning" };

// A complaint looked into became a case, whose number the office has said.
const caseOf = ({ case: known, number, answer }) => answer?.number ?? (known ? number : null);

function list(deeds, photos, app) {
  const { sending } = app;
  if (!deeds.length) return h("p", { class: "empty" }, say("outbox.empty"));
  const first = deeds.find(({ state: at }) => at === HERE);
  const stateOf = (deed) => (deed === first && sending === "sending" ? "sending" : deed.state);
  const rows = (listed) => h("ol", { class: "outbox plain" }, [...listed].reverse().map((deed) => {
    const mine = photos.filter(({ visit, state: at }) => visit === deed.id && at !== DRAFT);
    const at = stateOf(deed);
    return h("li", { class: `sent sent--${at}` }, icon(MARKS[at] ?? "cloud"),
      h("div", {}, h("strong", {}, deedWords(deed)), deed.title ? ` ${deed.title}` : "",
        h("p", { class: "quiet small" }, `${momentOf(doneAt(deed))} · ${say(`state.${at}`)}`, deed.error ? ` · ${deed.error}` : ""),
        caseOf(deed) && caseLink(app, caseOf(deed), "small"),
        mine.length > 0 && h("p", { class: "quiet small" }, say("outbox.photos", {
          n: mine.filter(({ state: each }) => each !== HERE && each !== REFUSED).length, all: mine.length,
        }))));
  }));
  const settled = deeds.filter((deed) => !isCounted(deed));
  return [
    rows(deeds.filter(isCounted)),
    settled.length > 0 && h("details", { class: "fold" }, h("summary", {}, say("outbox.settled", { n: settled.length })), rows(settled)),
  ];
}

