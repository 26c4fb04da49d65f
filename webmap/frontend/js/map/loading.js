// Say that a map is on its way until it is drawn, and what to do where it does not come.
import { words } from "../words.js";

const KNOWN = 100; // milliseconds after which what reads a screen aloud knows a new line, and hears it change
const LONG = 30_000; // milliseconds after which nobody waits in good faith

// `opening`: the script of the map, which opens it; `page`: what a drawn map is marked on; `failed`:
// what is said where its ground does not come.
export async function untilDrawn(element, opening, { page = element, failed = words.mapFailed } = {}) {
  const said = document.createElement("p");
  said.className = "map-loading";
  said.role = "status";
  element.before(said);
  setTimeout(() => (said.textContent ||= words.mapLoads), KNOWN);
  const fail = () => (said.textContent = failed);
  const late = setTimeout(fail, LONG);
  const end = (say) => {
    clearTimeout(late);
    say();
  };
  try {
    const opened = await opening;
    watch(opened.map ?? opened, { fail: () => end(fail), done: () => end(() => said.remove()), page });
    return opened;
  } catch (error) {
    end(fail);
    throw error;
  }
}

// A map whose ground did not come is drawn as well, but for what one looks for.
function watch(map, { fail, done, page }) {
  let lacks = false;
  const heard = {
    error({ sourceId, error }) {
      if (sourceId === "ground") lacks = true;
      else console.error(error); // as a map does to which nobody listens
    },
    sourcedata({ sourceId, tile }) {
      if (sourceId === "ground" && tile?.state === "loaded") lacks = false;
    },
    idle() {
      page.classList.add("map-ready");
      if (lacks) return fail();
      Object.entries(heard).forEach(([kind, hear]) => map.off(kind, hear));
      return done();
    },
  };
  Object.entries(heard).forEach(([kind, hear]) => map.on(kind, hear));
}
