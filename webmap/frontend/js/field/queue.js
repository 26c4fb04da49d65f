// Queue what the officer did: drafts of visits, deeds numbered in order, photos behind their visit.

import { saidByVisit } from "./arriving.js";
import { say } from "./told.js";

export const HERE = "here"; // on this phone alone
export const STORED = "stored"; // at the office
export const CONFLICT = "conflict"; // the office has it, and a person must decide
export const SETTLED = "settled"; // a person has decided
export const REFUSED = "refused"; // a photo the office does not take
export const DRAFT = "draft"; // a photo of a visit that is not finished

export const newId = () => crypto.randomUUID();

export const emptyDraft = (stop) => ({
  key: stop.key, visit: newId(), entry: "vantage", entry_detail: say("entry.street"), checks: {}, results: {}, cites: {},
  finds: {}, warns: {}, warnFinds: {}, looks: {}, serves: {}, posts: {},
  note: "", belief: "", close: false, started: new Date().toISOString(),
});

// The deed that a visit was finished with; what comes late to it must not bring its draft back.
export const queuedAs = async (at, visit) => (await at("deeds").all()).find(({ id }) => id === visit);

export async function draftOf(store, stop) {
  const draft = await store.get("drafts", stop.key);
  const over = draft && (await store.all("deeds")).some(({ id }) => id === draft.visit);
  return draft && !over ? draft : emptyDraft(stop);
}

export const saveDraft = (store, draft) => store.write(async (at) => {
  if (!(await queuedAs(at, draft.visit))) await at("drafts").put(draft);
});

// Deeds take their numbers as they are queued, so that none is ever missing between two.
async function append(at, deeds) {
  let seq = (await at("kept").get("seq")) ?? 0;
  const queued = [];
  for (const deed of deeds) {
    seq += 1;
    const whole = { id: newId(), made_at: new Date().toISOString(), state: HERE, ...deed, seq };
    await at("deeds").put(whole);
    queued.push(whole);
  }
  await at("kept").put(seq, "seq");
  return queued;
}

export const queue = (store, deeds) => store.write((at) => append(at, deeds));

// What is told only if it still is to be: looked at and queued in one go, for two taps or tabs.
export const queueIf = (store, make) => store.write(async (at) => append(at, await make(at)));

export const about = (stop, visit = null) => ({
  stop: stop.key, title: stop.address, number: stop.number,
  case: stop.case, complaint: stop.complaint, basis: stop.basis, visit,
});

const onRecord = (stop) => new Set(stop.violations.map(({ section }) => section));

// Provisions to look for; what stands among the violations on record is not found anew.
export function unrecorded(stop) {
  const known = onRecord(stop);
  return stop.checklist.filter(({ section }) => !known.has(section));
}

// What the officer found broken and somebody else has put on record since.
export function recordedSince(stop, draft) {
  const known = onRecord(stop);
  return stop.checklist.filter(({ section }) => known.has(section) && draft.checks[section] === "failed");
}

export const foundBroken = (stop, draft) => unrecorded(stop).filter(({ section }) => draft.checks[section] === "failed");

// What is broken has a name of this phone's own, by which a citation of the same visit means it.
export const findings = (stop, draft) => unrecorded(stop)
  .filter((each) => draft.checks[each.section])
  .map((each) => ({ id: newId(), section: each.section, item: each.item, passed: draft.checks[each.section] === "passed" }));

export const looked = (draft) => Object.entries(draft.looks ?? {}).filter(([, { answer }]) => answer)
  .map(([line, { answer, note }]) => ({ line, answer, note: note.trim() }));

const cited = (kept) => Object.entries(kept ?? {}).filter(([, cite]) => cite);

// Whether a violation on record is there by what the officer says of it on this visit.
export const stands = ({ id, status }, { results }) =>
  (status === "open" ? !["corrected", "unfounded"].includes(results[id]) : results[id] === "verified");

// Citations of what this visit finds.
function citedFinds(stop, draft) {
  const broken = new Set(foundBroken(stop, draft).map(({ section }) => section));
  return cited(draft.finds).filter(([section]) => broken.has(section));
}

// What is handed over of the citations issued before, each by the key of its part of the page.
export const servings = (draft) => cited(draft.serves).map(([number, handed]) => [`serves:${number}`, handed]);

// All that is handed over with a visit: citations issued before, and those it issues itself.
export const handings = (stop, draft) => {
  const of = (part, list) => list.filter(([, { handed }]) => handed).map(([key, { handed }]) => [`${part}:${key}`, handed]);
  return [...servings(draft), ...of("cites", cited(draft.cites)), ...of("finds", citedFinds(stop, draft))];
};

// Notices posted, each by the key of its part of the page.
export const postings = (draft) => cited(draft.posts).map(([notice, posted]) => [`posts:${notice}`, posted]);

// What a visit in vain does not tell of a draft.
export const dropped = ({ checks, looks, results, cites, warns }) => {
  const any = (...kept) => kept.some((each) => cited(each).length > 0);
  return { found: any(checks, looks, results), cites: any(cites, warns) };
};

function visitDeed(stop, draft) {
  const belief = draft.belief.trim() && stop.threats?.length
    ? { imminent: stop.threats[0], reason: draft.belief.trim() } : null;
  return {
    ...about(stop), id: draft.visit, kind: "visit",
    payload: {
      inspection: stop.appointment?.id ?? null, entry: draft.entry, entry_detail: draft.entry_detail.trim(),
      findings: findings(stop, draft), looked: looked(draft), note: draft.note.trim(), belief,
    },
  };
}

// Whether a warning that stands tells a respondent of a violation already.
export const isTold = (offer, respondent) => Boolean(offer?.told.includes(respondent));

// One warning to each respondent, of all that they are warned of on this visit; of nothing twice.
function warnDeeds(rest, stop, draft, found) {
  const there = new Map(stop.violations.filter((each) => stands(each, draft)).map((each) => [String(each.id), each.warn]));
  const named = new Map(found.map(({ section, id }) => [section, id]));
  const of = new Map();
  const add = (part, { respondent }, id) => {
    if (!of.has(respondent)) of.set(respondent, { respondent, violations: [], found: [] });
    of.get(respondent)[part].push(id);
  };
  for (const [id, warned] of cited(draft.warns)) {
    if (there.has(id) && !isTold(there.get(id), warned.respondent)) add("violations", warned, Number(id));
  }
  for (const [section, warned] of cited(draft.warnFinds)) if (named.has(section)) add("found", warned, named.get(section));
  return [...of.values()].map((payload) => ({ ...rest, kind: "warn", payload }));
}

// A citation takes the next number, and is handed over only after it is issued.
function citeDeeds(rest, stop, draft, found, numbers) {
  const named = new Map(found.map(({ section, id }) => [section, id]));
  const known = cited(draft.cites).map(([violation, cite]) => [{ violation: Number(violation) }, cite]);
  const fresh = citedFinds(stop, draft).map(([section, cite]) => [{ found: named.get(section) }, cite]);
  return [...known, ...fresh].flatMap(([of, { handed, ...cite }], at) => [
    { ...rest, kind: "cite", payload: { ...of, ...cite, number: numbers[at] } },
    ...(handed ? [serveDeed(rest, numbers[at], handed)] : []),
  ]);
}

const serveDeed = (rest, citation, { to, capacity, ...handed }) =>
  ({ ...rest, kind: "serve", payload: { citation, to: to.trim(), ...(capacity ? { capacity } : {}), ...handed } });

const serveDeeds = (rest, draft) => cited(draft.serves).map(([number, handed]) => serveDeed(rest, number, handed));

const postDeeds = (rest, draft) => cited(draft.posts).map(([notice, { where, ...posted }]) =>
  ({ ...rest, kind: "post", payload: { notice: Number(notice), where: where.trim(), ...posted } }));

function deedsOf(stop, draft, numbers) {
  const rest = about(stop, draft.visit);
  const visit = visitDeed(stop, draft);
  const results = Object.entries(draft.results).filter(([, result]) => result)
    .map(([violation, result]) => ({ ...rest, kind: "result", payload: { violation: Number(violation), result } }));
  const serves = [...serveDeeds(rest, draft), ...postDeeds(rest, draft)];
  const found = visit.payload.findings.filter(({ passed }) => !passed);
  const warns = warnDeeds(rest, stop, draft, found);
  const cites = citeDeeds(rest, stop, draft, found, numbers);
  const close = draft.close ? [{ ...rest, kind: "close", payload: { reason: draft.close } }] : [];
  return [visit, ...results, ...warns, ...serves, ...cites, ...close];
}

// The whole visit at once or nothing of it: its deeds, its photos behind it, its draft gone.
export async function finish(store, stop, draft) {
  return store.write(async (at) => {
    if (!(await at("drafts").get(stop.key))) return []; // another tab was first
    const numbers = (await at("kept").get("numbers")) ?? [];
    const taken = cited(draft.cites).length + citedFinds(stop, draft).length;
    if (taken > numbers.length) throw new Error("numbers");
    await at("kept").put(numbers.slice(taken), "numbers");
    return end(at, draft, deedsOf(stop, draft, numbers));
  });
}

// A visit in vain, with its note, and what was handed over all the same: at the gate, say.
export async function noAccess(store, stop, draft, reason) {
  return store.write(async (at) => {
    if (await queuedAs(at, draft.visit)) return []; // another tab was first
    const note = draft.note.trim();
    const deed = {
      ...about(stop), id: draft.visit, kind: "no_access",
      payload: { inspection: stop.appointment?.id ?? null, reason: note ? `${reason} (${note})` : reason },
    };
    return end(at, draft, [deed, ...serveDeeds(about(stop), draft), ...postDeeds(about(stop), draft)]);
  });
}

// What was seen in passing: one deed, of the same visit as its draft.
export const start = (store, draft, deed) => store.write(async (at) =>
  ((await at("drafts").get(draft.key)) ? end(at, draft, [{ ...deed, id: draft.visit }]) : [])); // else another tab was first

// What was begun and is not to be told: nothing of it stays, neither its photos.
export const throwAway = (store, draft) => store.write(async (at) => {
  for (const photo of await at("photos").all()) {
    if (photo.visit !== draft.visit || photo.state !== DRAFT) continue;
    await at("files").delete(photo.id);
    await at("photos").delete(photo.id);
  }
  await at("drafts").delete(draft.key);
});

async function end(at, draft, deeds) {
  const queued = await append(at, [...deeds, ...await saidByVisit(at, draft)]);
  await release(at, draft.visit, queued[0].seq);
  await at("drafts").delete(draft.key);
  return queued;
}

// A visit's photos follow it: the office must know the visit first.
async function release(at, visit, after) {
  for (const photo of await at("photos").all()) {
    if (photo.visit === visit && photo.state === DRAFT) await at("photos").put({ ...photo, state: HERE, after });
  }
}

// When a deed was done, which neither the wait nor telling it again changes.
export const doneAt = ({ payload, done_at: first, made_at: told }) => payload.at ?? payload.seen_at ?? first ?? told;

// Of what was seen in passing, what a visit to a case that is open there tells.
const asVisit = ({ category, parcel_no, address, spot, shown, ...seen }) => ({ ...seen, inspection: null, belief: null });

// An opening told again says what the office's answer has shown since.
const asOpened = (payload, matters) => ({ ...payload, shown: [...new Set([...(payload.shown ?? []), ...matters.map(matterKey)])] });

// How a deed names what is open at a place.
export const matterKey = ({ kind, id }) => `${kind}:${id}`;

// What a person decides about a deed the office could not take; `into` is a case that it is added to
// in place of a new one, `place` where it is instead: what is changed in the deed, its title too.
export async function decide(store, deed, how, reason, { into = null, place = {} } = {}) {
  await store.write(async (at) => {
    const { seq, state, answer, error, ...same } = deed;
    const again = how === "again";
    const retold = deed.kind === "open" ? asOpened(deed.payload, answer.matters ?? []) : deed.payload;
    const { title = deed.title, ...where } = place;
    const payload = into ? asVisit(deed.payload) : { ...retold, ...where };
    const added = into ? { kind: "visit", stop: `case-${into.id}`, case: into.id, number: into.number } : {};
    await append(at, [again
      ? {
        ...same, ...added, title, id: newId(), made_at: new Date().toISOString(), done_at: doneAt(deed), again: deed.id, basis: answer.seen ?? deed.basis,
        payload: ["visit", "open"].includes(deed.kind) ? { ...payload, seen_at: payload.seen_at ?? deed.made_at } : payload,
      }
      : { kind: "settle", stop: deed.stop, title: deed.title, number: deed.number ?? answer.number, payload: { deed: deed.id, how, reason } },
    ]);
    if (seq) await at("deeds").put({ ...deed, state: SETTLED, how });
  });
}

const KEPT_DAYS = 7;

// Forget what has been at the office for a week.
export async function prune(store, now = new Date()) {
  const before = new Date(now - KEPT_DAYS * 86_400_000).toISOString();
  const over = (state) => state === STORED || state === SETTLED;
  await store.write(async (at) => {
    for (const deed of await at("deeds").all()) {
      if (over(deed.state) && deed.made_at < before) await at("deeds").delete(deed.seq);
    }
    for (const photo of await at("photos").all()) {
      if (over(photo.state) && photo.taken_at < before) await at("photos").delete(photo.id);
    }
  });
}

// Whether a deed counts among what was done. A decision is no deed of its own: what was told anew counts
// as that, what was discarded no more, and a note stays one.
export const isCounted = ({ kind, state, how }) => kind !== "settle" && (state !== SETTLED || how === "note");

// What was done and where it is; a note is stored once the office has written it into its case.
export async function counts(store) {
  const deeds = await store.all("deeds");
  const photos = (await store.all("photos")).filter((each) => each.state !== DRAFT);
  const of = (list, ...states) => list.filter((each) => states.includes(each.state)).length;
  const noted = new Set(deeds.filter(({ kind, state, answer }) => kind === "settle" && state === STORED && answer?.noted !== false)
    .map(({ payload }) => payload.deed));
  const done = deeds.filter(isCounted);
  const all = [...deeds, ...photos];
  return {
    all: done.length + photos.length, deeds: done.length, photos: photos.length,
    stored: of([...done, ...photos], STORED) + done.filter(({ id, state }) => state === SETTLED && noted.has(id)).length,
    here: of(all, HERE), yours: of(all, CONFLICT, REFUSED),
    drafts: (await store.all("photos")).length - photos.length,
  };
}
