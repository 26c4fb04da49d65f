// Name where a place is to the phone's own navigation: the address is made here, and nobody is asked.
import { h, icon } from "./dom.js";
import { say } from "./told.js";

const at = ({ lon, lat }) => `${lat},${lon}`;

export const geoLink = ({ lon, lat, address }) => `geo:${lat},${lon}?q=${lat},${lon}(${encodeURIComponent(address)})`;

// Each opens an app where the phone has one, else that maker's own page.
export const mapLinks = (place) => [
  ["Google Maps", `https://www.google.com/maps/dir/?api=1&travelmode=driving&destination=${at(place)}`],
  ["Apple Maps", `https://maps.apple.com/?dirflg=d&daddr=${at(place)}`],
];

export const elsewhere = (place) => place.lat !== null && h("details", { class: "fold" },
  h("summary", {}, say("way.elsewhere")),
  h("p", { class: "hint" }, say("way.elsewhere.hint")),
  h("div", { class: "keys" },
    h("a", { class: "key", href: geoLink(place) }, icon("directions"), say("way.phone")),
    mapLinks(place).map(([name, href]) => h("a", { class: "key", href, target: "_blank", rel: "noreferrer noopener" }, name))));

