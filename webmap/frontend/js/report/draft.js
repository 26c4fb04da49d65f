// Keep on the phone what is being reported until the town has it: words and photographs, in IndexedDB.
// A photograph says when the town took it (`sent`). What a browser does not keep (in some private windows, on a phone without
// room), this page's memory does, for as long as it is open.

const NAME = "lotline-report";
const STORES = ["words", "photos"];
const ONLY = "report"; // one is written at a time

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name));
  return asked(request);
}

export async function openDraft() {
  const database = await open().catch(() => null);
  const memory = { words: new Map(), photos: new Map() };

  async function write(act) {
    const transaction = database.transaction(STORES, "readwrite", { durability: "strict" });
    act((name) => transaction.objectStore(name));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  }
  const read = async (name, what) => (database ? asked(what(database.transaction(name).objectStore(name))).catch(() => null) : null);
  async function put(name, key, value) {
    const isKept = database && (await write((at) => at(name).put(value, key)).then(() => true, () => false));
    if (isKept) memory[name].delete(key);
    else memory[name].set(key, value);
  }
  async function remove(name, key) {
    memory[name].delete(key);
    if (database) await write((at) => at(name).delete(key));
  }

  return {
    words: async () => memory.words.get(ONLY) ?? (await read("words", (at) => at.get(ONLY))),
    keepWords: (words) => put("words", ONLY, words),
    async photos() {
      const kept = new Map(((await read("photos", (at) => at.getAll())) ?? []).map((each) => [each.id, each]));
      for (const [id, each] of memory.photos) kept.set(id, each);
      return [...kept.values()];
    },
    keepPhoto: (photo) => put("photos", photo.id, photo),
    dropPhoto: (id) => remove("photos", id),
    async clear() {
      for (const each of Object.values(memory)) each.clear();
      if (database) await write((at) => STORES.forEach((name) => at(name).clear())).catch(() => {}); // the town has it
    },
  };
}
