// Show how far the server has come with what was asked of it, until it is done; nobody has to ask again.
const SOON = 400; // milliseconds: what is short is there at once
const PAUSE = 2_000;
const TRIES = 300; // ten minutes: then whoever still waits asks by the page's own button

export async function waiting(part, says) {
  for (let left = TRIES; left; left -= 1) {
    await new Promise((resolve) => { setTimeout(resolve, left > TRIES - 5 ? SOON : PAUSE); });
    const now = await look(part.dataset.waitsThen === "load");
    if (!now) continue;
    if (now.dataset.waits) {
      // Only the bar and words change: a button somebody is about to press stays where it is.
      const [bar, further] = [part, now].map((each) => each.querySelector("progress"));
      if (bar && further) bar.value = further.value;
      for (const told of part.querySelectorAll("[data-live]")) {
        const news = now.querySelector(`[data-live="${told.dataset.live}"]`);
        if (news && news.innerHTML !== told.innerHTML) told.replaceChildren(...news.childNodes);
      }
    } else if (part.dataset.waitsThen === "load") {
      return void location.reload(); // what is there now is a page of its own
    } else {
      const had = part.contains(document.activeElement);
      part.replaceChildren(...now.childNodes);
      if (had) part.querySelector("a, button")?.focus();
      says.textContent = part.dataset.waits;
      return;
    }
  }
}

const over = () => document.createElement("div"); // which waits for nothing

// `leaves`: whether what is awaited is another page, which has nothing that waits.
async function look(leaves) {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-waits-says]")?.previousElementSibling ?? (leaves ? over() : null);
  } catch {
    return null; // the network comes back
  }
}
