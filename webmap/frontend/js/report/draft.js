// Keep on the phone what is being reported until the town has it: words and photographs, in IndexedDB.
// A photograph says when the town took it (`sent`). Where a browser keeps nothing (some do not, in private windows), this page's memory does.

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
  const read = (name) => database.transaction(name).objectStore(name);
  const put = (name, key, value) => (database ? write((at) => at(name).put(value, key)) : memory[name].set(key, value));
  const remove = (name, key) => (database ? write((at) => at(name).delete(key)) : memory[name].delete(key));

  return {
    words: async () => (database ? asked(read("words").get(ONLY)) : memory.words.get(ONLY)),
    keepWords: (words) => put("words", ONLY, words),
    photos: async () => (database ? asked(read("photos").getAll()) : [...memory.photos.values()]),
    keepPhoto: (photo) => put("photos", photo.id, photo),
    dropPhoto: (id) => remove("photos", id),
    async clear() {
      for (const each of Object.values(memory)) each.clear();
      if (database) await write((at) => STORES.forEach((name) => at(name).clear()));
    },
  };
}
