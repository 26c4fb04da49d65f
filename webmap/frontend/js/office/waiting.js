// Show how far the server has come with what was asked of it, until it is done; nobody has to ask again.
const PAUSE = 2_000; // milliseconds
const TRIES = 300; // ten minutes: then whoever still waits asks by the page's own button

export async function waiting(part, says) {
  for (let left = TRIES; left; left -= 1) {
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    const now = await look();
    if (!now) continue;
    if (now.dataset.waits) {
      // Only the bar moves: a button somebody is about to press stays where it is.
      const [bar, further] = [part, now].map((each) => each.querySelector("progress"));
      if (bar && further) bar.value = further.value;
    } else {
      const had = part.contains(document.activeElement);
      part.replaceChildren(...now.childNodes);
      if (had) part.querySelector("a, button")?.focus();
      says.textContent = part.dataset.waits;
      return;
    }
  }
}

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-waits-says]")?.previousElementSibling ?? null;
  } catch {
    return null; // the network comes back
  }
}
