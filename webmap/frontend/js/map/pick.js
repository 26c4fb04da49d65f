// Answer the pointer: light up what lies beneath it, and say what was clicked.
import { stageLabel } from "./cases.js";
import { note } from "./view.js";

const SOURCES = { parcel: "ground", case: "cases" };
const NEAR = 5; // pixels around the pointer that still hit a shape

const around = ({ x, y }) => [[x - NEAR, y - NEAR], [x + NEAR, y + NEAR]];

export function picking(map, { onHover, onPick }) {
  const bubble = note(map);
  let lit = null;

  const present = (ids) => ids.filter((id) => map.getLayer(id));
  const cases = (point) => map.queryRenderedFeatures(around(point), { layers: present(["case"]) });
  const parcels = (point) => map.queryRenderedFeatures(point, { layers: present(["parcel"]) });
  const grid = (point) => map.queryRenderedFeatures(point, { layers: present(["grid", "crowd"]) });

  function light(feature) {
    const key = feature && {
      source: SOURCES[feature.layer.id], sourceLayer: feature.sourceLayer, id: feature.id,
    };
    if (lit && lit.id === key?.id) return;
    if (lit) map.setFeatureState(lit, { hover: false });
    lit = key;
    if (lit) map.setFeatureState(lit, { hover: true });
  }

  map.on("mousemove", (event) => {
    const [top, ...others] = cases(event.point);
    const [parcel] = parcels(event.point);
    const [circle] = top || parcel ? [] : grid(event.point);
    light(parcel ?? null);
    map.getCanvas().style.cursor = top || parcel || circle ? "pointer" : "";
    if (top) bubble.say(event.lngLat, sayCases(top, others));
    else bubble.hush();
    onHover(top?.id ?? null);
  });
  map.on("mouseout", () => {
    light(null);
    bubble.hush();
    onHover(null);
  });
  map.on("click", (event) => {
    const found = cases(event.point);
    const [parcel] = parcels(event.point);
    const [circle] = found.length || parcel ? [] : grid(event.point);
    if (circle) map.easeTo({ center: event.lngLat, zoom: Math.min(map.getZoom() + 2, 15) });
    else onPick(chosen(found, parcel));
  });
}

function sayCases(top, others) {
  const { number, category, stage } = top.properties;
  const here = new Set(others.map((each) => each.id).filter((id) => id !== top.id)).size;
  return `${stageLabel(stage)}: ${category} (${number})${here ? ` +${here}` : ""}`;
}

// One case is shown as that case; several at one spot as the parcel they share.
function chosen(found, parcel) {
  const numbers = new Set(found.map((each) => each.properties.number));
  if (numbers.size === 1 || (numbers.size > 1 && !parcel)) return { case: found[0].properties.number };
  if (parcel) return { parcel: parcel.properties.parcel_no };
  return null;
}
