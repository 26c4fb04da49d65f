// Ask where it is: by an address, by where the officer stands, or by the lot tapped on the map.
import { untilDrawn } from "../map/loading.js";
import { button, freshId, h, labelled } from "./dom.js";
import { metresFrom } from "./far.js";
import { lotsOf, placeNamed, placeTapped } from "./lots.js";
import { fetchLot } from "./office.js";
import { whereNow } from "./photos.js";
import { say } from "./told.js";
import { typed } from "./typed.js";
import { distanceWords } from "./words_of.js";

// `keep` is called with the place each time it is another one; `name` is what the place is of.
export function placePart(day, draft, keep, name = "new") {
  const names = freshId();
  const chosen = h("p", { class: "chosen", role: "status" });
  const address = h("input", { type: "text", maxlength: 200, value: draft.said ?? "", autocomplete: "off", list: names, ...typed(`${name} place`),
    oninput: ({ target }) => { draft.said = target.value; put(placeNamed(day, target.value)); } });
  const map = h("div", { class: "day-map", hidden: true });
  const tell = (words) => { chosen.textContent = words; };
  const put = (place) => { draft.place = place; tell(placeWords(place)); keep(); };
  const choose = (place) => { draft.said = address.value = ""; put(place); };
  const here = button(say("start.here"), async () => {
    tell(say("start.looking"));
    const spot = await whereNow();
    if (!spot) return tell(say("start.unknown"));
    choose({ ...lotAround(day, spot), spot: { lon: spot.lon, lat: spot.lat, accuracy_m: spot.accuracy } });
    return draft.place.parcel ? null : showMap(); // most who see a lot stand in the street
  });
  const showMap = async () => {
    tap.hidden = true;
    map.hidden = false;
    const opening = import("./lot_map.js").then(({ lotMap }) => lotMap(map, { day, place: draft.place, pick: tapped }));
    await untilDrawn(map, opening, { failed: say("map.lacking") });
  };
  // A lot that the day did not bring has its number at once, and its address once the office says it.
  const tapped = async (parcel) => {
    const place = placeTapped(day, parcel);
    choose(place);
    if (place.address) return;
    const { address } = await fetchLot(place.parcel).catch(() => ({}));
    if (address && draft.place === place) put({ ...place, address });
  };
  const tap = button(say("start.tap"), showMap, { name: "map" });
  tell(placeWords(draft.place));
  return h("section", { class: "panel", "data-place": true }, h("h2", {}, say("start.where")),
    labelled(say("start.address"), address, { hint: say("start.address.hint") }), namesOf(day, names),
    h("div", { class: "keys" }, here, tap), map, chosen);
}

const namesOf = (day, id) => h("datalist", { id },
  [...new Set([...lotsOf(day).values()].map(({ address }) => address).filter(Boolean))].map((address) => h("option", { value: address })));

// A lot of which the outline is at hand, where the officer stands on it.
const lotAround = (day, spot) => [...lotsOf(day).values()].find(({ outline }) => metresFrom(outline, spot) === 0);

export const placeName = ({ address, parcel_no: number }) =>
  address || (number ? say("history.parcel", { parcel: number }) : say("start.spot"));

function placeWords(place) {
  if (!place) return "";
  const near = place.spot && !place.parcel ? ` · ${say("photo.within", { distance: distanceWords(place.spot.accuracy_m) })}` : "";
  const more = place.parcel ? "" : ` · ${say(place.address ? "start.by_office" : "start.by_spot")}`;
  const lot = place.address && place.parcel_no ? ` · ${say("history.parcel", { parcel: place.parcel_no })}` : "";
  return say("start.chosen", { place: `${placeName(place)}${lot}${near}${more}` });
}
