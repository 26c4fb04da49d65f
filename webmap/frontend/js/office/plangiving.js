// Let a stop be dragged onto another officer on the map or in the lists; what that does is shown, not done.
import * as maplibre from "maplibre-gl";
import { slot } from "../fragments.js";
import { LEGS, STOPS } from "../map/plan_layers.js";
import { byLists } from "./planlists.js";

const NEAR = 14; // pixels around the pointer in which a line or a stop is meant
const MOVED = 6; // pixels after which a press is a drag

export function giving(map, page, { mark }) {
  const panel = page.querySelector("[data-effect]");
  const said = page.querySelector("[data-effect-says]");
  const piece = slot(panel);

  async function ask(values) {
    const query = new URLSearchParams({ do: "give", day: page.dataset.day, part: "1", ...values });
    panel.hidden = false;
    mark(values.stop);
    if (!(await piece.show(`${page.dataset.change}?${query}`))) return;
    said.textContent = said.dataset.words;
    panel.focus();
    panel.scrollIntoView({ block: "nearest" });
  }
  panel.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    panel.hidden = true;
    said.textContent = "";
    mark("");
  });
  byMap(map, ask);
  byLists(page.closest("main") ?? page, ask);
}

function byMap(map, ask) {
  const ghost = document.createElement("div");
  ghost.className = "plan-ghost";
  const marker = new maplibre.Marker({ element: ghost });
  for (const layer of STOPS) {
    map.on("mousedown", layer, (event) => {
      if (event.originalEvent.button !== 0 || event.defaultPrevented) return;
      event.preventDefault();
      drag(event.features[0].properties, event.point);
    });
  }

  function under(point, route) {
    const box = [[point.x - NEAR, point.y - NEAR], [point.x + NEAR, point.y + NEAR]];
    const there = map.queryRenderedFeatures(box, { layers: [...STOPS, ...LEGS] });
    return there.find(({ properties }) => properties.route !== route)?.properties;
  }

  function drag({ id, tag, route }, from) {
    let moved = false;
    ghost.textContent = tag;
    const follow = ({ point, lngLat }) => {
      moved ||= Math.hypot(point.x - from.x, point.y - from.y) > MOVED;
      if (!moved) return;
      const target = under(point, route);
      marker.setLngLat(lngLat).addTo(map);
      ghost.textContent = target ? `${tag} → ${target.letter}` : tag;
      ghost.classList.toggle("is-over-target", Boolean(target));
    };
    map.on("mousemove", follow);
    map.once("mouseup", ({ point }) => {
      map.off("mousemove", follow);
      marker.remove();
      const target = moved && under(point, route);
      if (target) ask({ stop: id, of: route, to: target.route, at: "" });
    });
  }
}
