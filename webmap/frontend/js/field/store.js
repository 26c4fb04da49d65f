// Keep on the phone what the officer does, in one database each, so durably that a kill loses nothing.

const VERSION = 1;
const STORES = ["kept", "drafts", "deeds", "photos", "files"];

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function open(name) {
  const request = indexedDB.open(name, VERSION);
  request.onupgradeneeded = () => {
    const database = request.result;
    database.createObjectStore("kept"); // the day, the order, whose phone it is: one value a name
    database.createObjectStore("drafts", { keyPath: "key" }); // a visit under way, by its stop
    database.createObjectStore("deeds", { keyPath: "seq" }); // what was done, in order
    database.createObjectStore("photos", { keyPath: "id" }); // all of a photo but its bytes
    database.createObjectStore("files"); // the bytes of those that are not at the office yet
  };
  return asked(request);
}

// Each officer's own: who shares a phone neither sees nor sends another's work.
export async function openStore(staff) {
  const database = await open(`lotline-field-${staff}`);
  database.onversionchange = () => database.close();

  // All or nothing; with `strict` the browser answers only once it is on the disk.
  async function write(act) {
    const transaction = database.transaction(STORES, "readwrite", { durability: "strict" });
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
    });
    const at = (name) => {
      const store = transaction.objectStore(name);
      return {
        get: (key) => asked(store.get(key)),
        all: () => asked(store.getAll()),
        put: (value, key) => asked(key === undefined ? store.put(value) : store.put(value, key)),
        delete: (key) => asked(store.delete(key)),
      };
    };
    let result;
    try {
      result = await act(at);
    } catch (error) {
      try { transaction.abort(); } catch { /* it is over already */ }
      await done.catch(() => {});
      throw error;
    }
    await done;
    return result;
  }

  const read = (name) => database.transaction(name, "readonly").objectStore(name);
  return {
    staff,
    write,
    get: (name, key) => asked(read(name).get(key)),
    all: (name) => asked(read(name).getAll()),
    keep: (key, value) => write((at) => at("kept").put(value, key)),
  };
}
