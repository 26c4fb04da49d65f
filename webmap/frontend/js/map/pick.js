// Answer the pointer: light up what lies beneath it, and say what was clicked.
import { casesAt } from "./places.js";
import { note } from "./view.js";
import { stageLabel, words } from "../words.js";

const NEAR = 5; // pixels around the pointer that still hit a shape
const REACH = 14; // and where none is so near, the nearest within these: a finger's target of 28

const around = ({ x, y }, by) => [[x - by, y - by], [x + by, y + by]];

// `state`: what is asked for, as the map shows it; `busy`: whether the pointer draws and picks nothing;
// `say`: a kind of case in the reader's language, which tiles do not speak.
export function picking(map, { state, onHover, onPick, busy = () => false, say = (kind) => kind }) {
  const bubble = note(map);
  let lit = null;

  const present = (ids) => ids.filter((id) => map.getLayer(id));
  const shapes = (point, by) => map.queryRenderedFeatures(around(point, by), { layers: present(["case", "found"]) });
  const far = (point, { geometry }) => {
    const at = map.project(geometry.coordinates);
    return Math.hypot(at.x - point.x, at.y - point.y);
  };
  const places = (point) => {
    const hit = shapes(point, NEAR);
    return hit.length ? hit : shapes(point, REACH).sort((a, b) => far(point, a) - far(point, b)).slice(0, 1);
  };
  const cases = (point) => {
    const all = places(point).flatMap((place) => casesAt(place, state()));
    return [...new Map(all.map((each) => [each.number, each])).values()];
  };
  const parcels = (point) => map.queryRenderedFeatures(point, { layers: present(["parcel"]) });
  const grid = (point) => map.queryRenderedFeatures(point, { layers: present(["grid", "crowd"]) });

  function light(feature) {
    const key = feature && { source: "ground", sourceLayer: feature.sourceLayer, id: feature.id };
    if (lit && lit.id === key?.id) return;
    if (lit) map.setFeatureState(lit, { hover: false });
    lit = key;
    if (lit) map.setFeatureState(lit, { hover: true });
  }

  map.on("mousemove", (event) => {
    if (busy()) return;
    const found = cases(event.point);
    const [top] = found;
    const [parcel] = parcels(event.point);
    const [circle] = top || parcel ? [] : grid(event.point);
    light(parcel ?? null);
    map.getCanvas().style.cursor = top || parcel || circle ? "pointer" : "";
    if (top) bubble.say(event.lngLat, sayCases(found, say));
    else bubble.hush();
    onHover(found.map((each) => each.number));
  });
  map.on("mouseout", () => {
    light(null);
    bubble.hush();
    onHover([]);
  });
  map.on("click", async (event) => {
    if (busy()) return;
    const found = cases(event.point);
    const [parcel] = parcels(event.point);
    const [circle] = found.length || parcel ? [] : grid(event.point);
    if (circle) map.easeTo({ center: event.lngLat, zoom: Math.min(map.getZoom() + 2, 15) });
    else onPick(chosen(found, found.length === 1 ? "" : await numberOf(parcel)));
  });
}

function sayCases([top, ...others], say) {
  if (others.length) return words.several(others.length + 1, stageLabel(top.stage));
  return `${stageLabel(top.stage)}: ${say(top.category)} (${top.number})`;
}

// The public's ground bears no numbers of parcels: the server tells that of one, if it is public.
async function numberOf(parcel) {
  if (!parcel) return "";
  if (parcel.properties.parcel_no) return parcel.properties.parcel_no;
  try {
    const answer = await fetch(`/lot/${parcel.id}`);
    return answer.status === 200 ? await answer.text() : "";
  } catch {
    return "";
  }
}

// One case is shown as that case; several at one spot as the parcel they share. A parcel that is
// withheld from the public has no number to be told, and is ground alone.
function chosen(found, number) {
  if (found.length === 1 || (found.length && !number)) return { case: found[0].number };
  if (number) return { parcel: number };
  return null;
}
