// Talk to the office: answers told apart by what can be done about them.

const PATIENCE = 60_000; // ms for one answer; a photo over a weak signal takes its time

// There is no signal, or the office is not well: the same again later.
export class LaterError extends Error {
  constructor(words, status = null) {
    super(words);
    this.status = status; // where the office answered at all
  }
}

// Nobody is signed in on this phone.
export class SignedOutError extends Error {}

// The office will not take this, however often it is sent.
export class RefusedError extends Error {
  constructor(words, status, told) {
    super(words);
    this.status = status;
    this.told = told;
  }
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, {
      ...options, redirect: "manual", credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw new LaterError(String(error));
  }
  if (response.type === "opaqueredirect" || response.status === 401) throw new SignedOutError();
  if (response.status >= 500 || response.status === 429) throw new LaterError(`answer ${response.status}`, response.status);
  const told = await response.json().catch(() => null);
  if (response.ok && told) return told;
  if (response.ok) throw new LaterError("the answer was cut short");
  throw new RefusedError(told?.error ?? "", response.status, told);
}

let token = null; // of the session; a new sign-in brings another

export async function whoami() {
  const told = await ask("/field/token.json");
  token = told.token;
  return told.staff;
}

export async function freshToken() {
  await whoami();
  return token;
}

// A page kept on the phone knows no token of today, so it is asked for; once more where it is stale.
async function tell(path, options) {
  if (!token) await whoami();
  const send = () => ask(path, { ...options, headers: { ...options.headers, "X-CSRFToken": token } });
  const stale = (error) => error instanceof RefusedError && error.status === 400 && !error.told;
  try {
    return await send();
  } catch (error) {
    if (!stale(error)) throw error;
    await whoami();
    return send().catch((still) => { throw stale(still) ? new LaterError("the token is stale") : still; });
  }
}

const json = (method, value) => ({ method, body: JSON.stringify(value), headers: { "Content-Type": "application/json" } });

export const tellDevice = (device) => tell("/field/device", json("POST", { device }));

export const tellDeed = (device, { id, seq, made_at, kind, case: about, complaint, visit, basis, again, done_at, payload }) =>
  tell("/field/deeds", json("POST", {
    id, device, seq, made_at, kind, case: about ?? null, complaint: complaint ?? null, visit: visit ?? null,
    basis: basis ?? 0, again: again ?? null, ...(done_at ? { done_at } : {}), payload,
  }));

export function sendPhoto(device, photo, blob) {
  const { lon, lat, accuracy } = photo.spot ?? {};
  const query = new URLSearchParams({ device, visit: photo.visit, taken: photo.taken_at });
  if (photo.spot) Object.entries({ lon, lat, accuracy }).forEach(([name, value]) => query.set(name, value));
  if (photo.caption?.trim()) query.set("caption", photo.caption.trim());
  return tell(`/field/photos/${photo.id}?${query}`, {
    method: "PUT", body: blob,
    headers: { "X-Content-SHA256": photo.sha256, "Content-Type": photo.type || "application/octet-stream" },
  });
}

// Where the signal is weak, the number alone does.
export const fetchLot = (parcel) => ask(`/field/lots/${parcel}.json`);

export const fetchDay = (device) => ask(`/field/day.json?device=${device}`);

// The drive through some places, turn by turn.
export const fetchWay = (places) => tell("/field/way", json("POST", { places }));

// The rest of the day as the office would plan it; nothing is changed by asking.
export const askRest = (asked) => tell("/field/rest", json("POST", asked));

export const takeRest = ({ proposal, key }) => tell("/field/rest/take", json("POST", { proposal, key }));
