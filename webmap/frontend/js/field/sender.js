// Send what is queued, in order, again and again until the office has said that it is stored.
import { LaterError, RefusedError, SignedOutError, sendPhoto, tellDeed, tellDevice, whoami } from "./office.js";
import { CONFLICT, HERE, REFUSED, STORED, newId } from "./queue.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
const MOST_DAMAGED = 5;
const DAMAGED = 422;
const UNKNOWN = 404;
const OUT_OF_TURN = 409;

export function sender(store, { staff, changed }) {
  let state = "idle"; // or sending, waiting, signed-out, stuck
  let pause = FIRST_PAUSE;
  let timer = null;
  let again = false;

  function be(next) {
    if (state === next) return;
    state = next;
    changed();
  }

  function later() {
    be("waiting");
    clearTimeout(timer);
    timer = setTimeout(go, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  // One tab at a time, or each would send what the other does.
  async function go() {
    clearTimeout(timer);
    if (state === "sending") {
      again = true;
      return;
    }
    await navigator.locks.request(`lotline-field-send-${staff}`, { ifAvailable: true }, async (lock) => {
      if (!lock) return later();
      be("sending");
      try {
        if ((await whoami()) !== staff) throw new SignedOutError(); // another's session sends nothing of ours
        do again = false; while (await round(store, (item) => { pause = FIRST_PAUSE; changed(item); }) || again);
        be("idle");
      } catch (error) {
        if (error instanceof SignedOutError) be("signed-out");
        else if (error instanceof LaterError) later();
        else {
          be("stuck");
          throw error;
        }
      }
      return null;
    });
  }
  return { go, state: () => state };
}

// Send the next thing; false once there is nothing.
async function round(store, stored) {
  const item = await next(store);
  if (!item) return false;
  const device = await deviceOf(store);
  if (item.seq) await sendDeed(store, device, item);
  else await sendBytes(store, device, item);
  stored(item);
  return true;
}

// A photo goes right after its visit, and so before what ends the case.
async function next(store) {
  const waiting = (each) => each.state === HERE;
  const deeds = (await store.all("deeds")).filter(waiting);
  const photos = (await store.all("photos")).filter(waiting);
  const place = (each) => each.seq ?? each.after + 0.5;
  return [...deeds, ...photos].sort((a, b) => place(a) - place(b))[0] ?? null;
}

async function sendDeed(store, device, deed) {
  let answer;
  try {
    answer = await tellDeed(device, deed);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    if (error.status === UNKNOWN) await introduce(store);
    else if (error.status === OUT_OF_TURN && error.told?.expected) await fillGap(store, deed, error.told.expected);
    else if (error.status === OUT_OF_TURN) return conflicts(store, deed, { words: error.message, meanwhile: [] });
    else await store.write((at) => at("deeds").put({ ...deed, state: HERE, error: error.message || `${error.status}` }));
    throw new LaterError(error.message);
  }
  if (answer.status === "conflict") return conflicts(store, deed, answer);
  return store.write((at) => at("deeds").put({ ...deed, state: STORED, answer, error: null }));
}

// A person must decide, and what is behind it goes on. One whose name was another's has a new one from the office.
const conflicts = (store, deed, answer) =>
  store.write((at) => at("deeds").put({ ...deed, id: answer.id ?? deed.id, state: CONFLICT, answer, error: null }));

// The office forgot deeds it had, as after a restored backup: they are told again, or, where they
// are gone from here too, what is left is told as by a new phone.
async function fillGap(store, deed, expected) {
  await store.write(async (at) => {
    const deeds = await at("deeds").all();
    const lost = deeds.filter((each) => each.seq >= expected && each.seq < deed.seq);
    if (expected < deed.seq && lost.length === deed.seq - expected) {
      for (const each of lost) await at("deeds").put({ ...each, state: HERE });
      return;
    }
    const left = deeds.filter(({ state }) => state === HERE);
    for (const each of deeds) await at("deeds").delete(each.seq);
    const renumbered = new Map(left.map(({ seq }, index) => [seq, index + 1]));
    for (const each of left) await at("deeds").put({ ...each, seq: renumbered.get(each.seq) });
    for (const photo of await at("photos").all()) {
      if (photo.state === HERE) await at("photos").put({ ...photo, after: renumbered.get(photo.after) ?? 0 });
    }
    await at("kept").put(left.length, "seq");
    await at("kept").put(newId(), "device");
  });
  await introduce(store);
}

async function sendBytes(store, device, photo) {
  const blob = await store.get("files", photo.id);
  const damaged = (photo.damaged ?? 0) + 1;
  try {
    const answer = await sendPhoto(device, photo, blob);
    // Only the office's own hash proves that these very bytes are stored there.
    if (answer.sha256 !== photo.sha256) throw new RefusedError("", DAMAGED, null);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    if (error.status === UNKNOWN) await introduce(store);
    const over = error.status !== UNKNOWN && (error.status !== DAMAGED || damaged >= MOST_DAMAGED);
    const { message } = error;
    await store.write((at) => at("photos").put({ ...photo, damaged, error: message, state: over ? REFUSED : HERE }));
    if (over) return;
    throw new LaterError(message);
  }
  await store.write(async (at) => {
    await at("photos").put({ ...photo, state: STORED, error: null });
    await at("files").delete(photo.id);
  });
}

export async function deviceOf(store) {
  const known = await store.get("kept", "device");
  if (known) return known;
  await store.write(async (at) => (await at("kept").get("device")) ?? at("kept").put(newId(), "device"));
  return store.get("kept", "device");
}

// Say which phone this is; the office answers with numbers for citations.
export async function introduce(store) {
  const { numbers } = await tellDevice(await deviceOf(store));
  await store.write(async (at) => {
    const used = new Set((await at("deeds").all()).map(({ payload }) => payload.number));
    await at("kept").put(numbers.filter((number) => !used.has(number)), "numbers");
  });
}
