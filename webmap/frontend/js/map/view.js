// Open a live map in an element, with its controls, and keep its colours with the scheme.
import * as maplibre from "maplibre-gl";
import { addImages } from "./images.js";
import { onSchemeChange } from "./palette.js";
import { buildStyle } from "./style.js";
import { keepZoneNames } from "./zone_names.js";
import { mapWords } from "../words.js";

maplibre.setWorkerUrl(new URL(WORKER_FILE, import.meta.url).href);

export const boundsOf = ({ west, south, east, north }) => [
  [Number(west), Number(south)], [Number(east), Number(north)],
];

// As far again as the town is wide or high: beyond is nothing to see.
function around([[west, south], [east, north]]) {
  const reach = Math.max(east - west, north - south, LEAST_REACH);
  return [[west - reach, south - reach], [east + reach, north + reach]];
}

const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const NEAR = 17.6; // no closer than that by itself
const LEAST_REACH = 0.02; // degrees
const ROOM = 24; // pixels kept free around what is fitted into view

// A page of the office names who works on it.
const ofStaff = () => Boolean(document.querySelector(".me[data-staff]"));

export function openMap(element, {
  bounds, town = bounds, hash = false, label, scale = true, room = ROOM, left = room, right = room, office = false,
  staff = office || ofStaff(),
}) {
  const map = new maplibre.Map({
    container: element,
    style: buildStyle({ office, staff }),
    bounds,
    fitBoundsOptions: { padding: { top: room, right, bottom: room, left }, maxZoom: NEAR },
    hash: hash && "map",
    maxBounds: around(town),
    maxZoom: 20.5,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    canvasContextAttributes: { preserveDrawingBuffer: true }, // else it prints as a blank
    fadeDuration: calm() ? 0 : 200,
    locale: mapWords,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  addControls(map, scale);
  map.getCanvas().setAttribute("aria-label", label);
  map.on("style.load", () => addImages(map));
  keepZoneNames(map);
  onSchemeChange(() => map.setStyle(buildStyle({ office, staff }), { diff: false }));
  return map;
}

function addControls(map, scale) {
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.GeolocateControl({ showAccuracyCircle: true }), "top-right");
  // It names itself only once the browser has said whether it may tell where it is.
  const locate = map.getContainer().querySelector(".maplibregl-ctrl-geolocate");
  locate?.setAttribute("aria-label", mapWords["GeolocateControl.FindMyLocation"]);
  if (scale) map.addControl(new maplibre.ScaleControl({ unit: "imperial", maxWidth: 110 }), "bottom-right");
}

// `covered`: pixels at the map's foot that a phone's sheet lies over.
export function goTo(map, { lon, lat, zoom = 17, ...box }, covered = 0) {
  const move = { animate: !calm(), duration: 700 };
  if (box.west !== undefined) {
    const padding = { top: 90, left: 90, right: 90, bottom: 90 + covered };
    map.fitBounds(boundsOf(box), { ...move, padding, maxZoom: NEAR });
  } else {
    const center = [Number(lon), Number(lat)];
    map.easeTo({ center, zoom: Math.max(map.getZoom(), zoom), offset: [0, -covered / 2], ...move });
  }
}

// `fades`: whether an outline is there to say it better close up.
export function pin(map, { fades = true } = {}) {
  const element = document.createElement("div");
  element.innerHTML =
    '<svg class="pin" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 1.5a7.6 7.6 0 0 0-7.6 7.6c0 5.6 7.6 13.4 7.6 13.4s7.6-7.8 7.6-13.4A7.6 7.6 0 0 0 12 1.5zm0 10.2a2.7 2.7 0 1 1 0-5.4 2.7 2.7 0 0 1 0 5.4z"/></svg>';
  const marker = new maplibre.Marker({ element, anchor: "bottom" });
  const fade = () => element.classList.toggle("is-close", fades && map.getZoom() > 15.5);
  map.on("zoom", fade);
  return {
    at({ lon, lat }) {
      fade();
      marker.setLngLat([Number(lon), Number(lat)]).addTo(map);
    },
    lift: () => marker.remove(),
  };
}

// Places that the page tells more of, each a link to where it does.
export function spots(map, places) {
  for (const { href, number, words, more, lon, lat } of places) {
    const element = document.createElement("a");
    element.href = href;
    element.className = "photo-spot";
    element.textContent = more ? `${number} +${more}` : number;
    element.title = words;
    new maplibre.Marker({ element }).setLngLat([lon, lat]).addTo(map);
    element.setAttribute("aria-label", words);
  }
}

export function note(map) {
  const popup = new maplibre.Popup({
    closeButton: false, closeOnClick: false, className: "hover-note", offset: 14, maxWidth: "16rem",
  });
  return {
    say: (lngLat, words) => popup.setLngLat(lngLat).setText(words).addTo(map),
    hush: () => popup.remove(),
  };
}
