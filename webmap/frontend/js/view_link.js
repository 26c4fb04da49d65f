// Give the address of what is seen to whoever it is for: shared, copied, or shown to be copied by hand.
import { words } from "./words.js";

const touched = window.matchMedia("(pointer: coarse)");

// `address`: gives the address at the moment it is asked for.
export function viewLink(tools, address) {
  const [button, said, field] = ["[data-share]", "[data-share-said]", "[data-share-address]"].map((each) => tools.querySelector(each));

  async function handOver(url) {
    if (touched.matches && navigator.share) {
      await navigator.share({ title: document.title, url });
      return;
    }
    await navigator.clipboard.writeText(url);
    said.textContent = words.copied;
  }

  button.addEventListener("click", async () => {
    const url = address();
    said.textContent = "";
    field.hidden = true;
    try {
      await handOver(url);
    } catch (error) {
      if (error.name === "AbortError") return; // whoever was asked thought better of it
      field.value = url;
      field.hidden = false;
      field.select();
      said.textContent = words.copyIt;
    }
  });
}

// Where the map's own address is not written yet, or lags behind, it is that of the moment.
export function addressOf(map) {
  const { lng, lat } = map.getCenter();
  const url = new URL(location.href);
  url.hash = `map=${map.getZoom().toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
  return url.href;
}
