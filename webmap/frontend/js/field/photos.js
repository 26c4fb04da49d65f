// Take a photo: its bytes kept as they came, with their hash, the time and where the phone was.
import { DRAFT, HERE, newId, queuedAs } from "./queue.js";

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const hashOf = async (buffer) => hex(await crypto.subtle.digest("SHA-256", buffer));

const PATIENCE = 8000; // ms for a position; a photo does not wait longer for it
const RECENT = 30_000; // ms for which a position still counts

export function whereNow() {
  if (!navigator.geolocation) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: RECENT },
    );
  });
}

// The bytes first: a photo whose position comes late, or never, is kept all the same.
export async function keepPhoto(store, draft, file) {
  const bytes = await file.arrayBuffer();
  const photo = {
    id: newId(), visit: draft.visit, stop: draft.key, state: DRAFT, sha256: await hashOf(bytes),
    size: bytes.byteLength, type: file.type, taken_at: new Date().toISOString(), spot: null,
  };
  await store.write(async (at) => {
    await at("files").put(new Blob([bytes], { type: file.type }), photo.id);
    const over = await queuedAs(at, draft.visit);
    await at("photos").put(over ? { ...photo, state: HERE, after: over.seq } : photo);
    if (!over) await at("drafts").put(draft);
  });
  return photo;
}

export async function addSpot(store, photo, spot) {
  if (!spot) return;
  await store.write(async (at) => {
    const now = await at("photos").get(photo.id);
    if (now && now.state === DRAFT) await at("photos").put({ ...now, spot });
  });
}

export const addCaption = (store, photo, caption) => store.write(async (at) => {
  const now = await at("photos").get(photo.id);
  if (now && now.state === DRAFT) await at("photos").put({ ...now, caption });
});

export const dropPhoto = (store, photo) => store.write(async (at) => {
  await at("files").delete(photo.id);
  await at("photos").delete(photo.id);
});
