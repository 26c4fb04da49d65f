// Take photos at a stop: the camera one tap away, each kept on the phone before anything else.
import { button, h, icon, labelled } from "./dom.js";
import { isFar, metresFrom } from "./far.js";
import { addCaption, addSpot, dropPhoto, keepPhoto, whereNow } from "./photos.js";
import { DRAFT } from "./queue.js";
import { say, sayCount } from "./told.js";
import { typed } from "./typed.js";
import { clockOf, distanceWords } from "./words_of.js";

export async function photoPart(app, stop, draft) {
  const { store } = app;
  const list = h("ul", { class: "thumbs" });
  const status = h("p", { class: "quiet small", role: "status" });
  const mine = async () => (await store.all("photos")).filter(({ visit, state }) => visit === draft.visit && state === DRAFT);
  const count = async () => { status.textContent = sayCount("photo.kept", (await mine()).length); };

  async function take({ target }) {
    const files = [...target.files];
    try {
      for (const file of files) {
        const photo = await keepPhoto(store, draft, file);
        const shown = await thumb(photo);
        list.append(shown);
        // Where it was taken is looked for meanwhile; the next photo does not wait for it.
        whereNow().then(async (spot) => { await addSpot(store, photo, spot); shown.querySelector(".where").replaceWith(where({ ...photo, spot }, stop)); });
      }
      await count();
    } catch (error) {
      status.textContent = error.name === "QuotaExceededError" ? say("photo.full") : say("finish.failed", { why: error.message });
    }
    target.value = "";
    app.checkRoom();
  }

  async function thumb(photo) {
    const blob = await store.get("files", photo.id);
    const address = blob ? URL.createObjectURL(blob) : "";
    const picture = h("img", { src: address, alt: say("photo.alt", { at: clockOf(photo.taken_at) }), onload: () => URL.revokeObjectURL(address) });
    const item = h("li", {}, picture, where(photo, stop),
      labelled(say("photo.caption"), h("input", { type: "text", maxlength: 300, value: photo.caption ?? "", autocomplete: "off", ...typed(`caption ${photo.id}`), oninput: ({ target }) => addCaption(store, photo, target.value) })),
      button(say("photo.drop"), async () => { await dropPhoto(store, photo); item.remove(); await count(); }, { kind: "small-key" }));
    return item;
  }

  for (const photo of await mine()) list.append(await thumb(photo));
  await count();
  return h("section", { class: "panel" }, h("h2", {}, say("photo")),
    h("label", { class: "key camera wide" }, icon("photo_camera"), say("photo.take"),
      h("input", { type: "file", class: "unseen", accept: "image/jpeg,image/png,image/heic,.heic", capture: "environment", multiple: true, onchange: take })),
    status, list);
}

// A phone that is far from the lot, or wrong about where it is, says so while there is time.
function where({ spot, taken_at: at }, stop) {
  const said = clockOf(at);
  const off = metresFrom(stop.outline, spot);
  if (isFar(off)) return h("span", { class: "where small problem", role: "alert" }, `${said} · ${say("photo.far", { distance: distanceWords(off) })}`);
  return h("span", { class: "where small" }, spot ? `${said} · ${say("photo.within", { distance: distanceWords(spot.accuracy) })}` : said);
}
