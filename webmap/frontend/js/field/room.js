// Say early that the phone is running out of room, and ask the browser to keep what is here.

const NEARLY = 0.8; // of what the browser allows
const LEAST = 200 * 2 ** 20; // bytes: some forty photos

export async function askToKeep() {
  return navigator.storage?.persist ? navigator.storage.persist().catch(() => false) : false;
}

export async function isNearlyFull() {
  if (!navigator.storage?.estimate) return false;
  const { usage = 0, quota = Infinity } = await navigator.storage.estimate();
  return usage > quota * NEARLY || quota - usage < LEAST;
}
