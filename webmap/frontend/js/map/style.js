// Put the map's style together for the layers this town has and the scheme of the moment.
import { caseLayers, countLayers } from "./cases.js";
import { groundLayers, groundMarks, groundNames } from "./ground.js";
import { palette } from "./palette.js";

const tiles = (name) => new URL(`/tiles/${name}.json`, document.baseURI).href;

export function buildStyle() {
  const color = palette();
  return {
    version: 8,
    sources: {
      ground: { type: "vector", url: tiles("ground"), promoteId: "id" },
      // The counts of z13 serve a zoom longer, until shapes are large enough to tell apart.
      counts: { type: "vector", url: tiles("cases"), maxzoom: 13 },
      cases: { type: "vector", url: tiles("cases"), minzoom: 13, promoteId: "id" },
    },
    layers: [
      ...groundLayers(color), ...groundMarks(color), ...caseLayers(color), ...groundNames(color),
      ...countLayers(color),
    ],
  };
}

// What each switch of the legend turns on and off.
export const switches = {
  cases: ["grid", "grid-count", "crowd", "crowd-count", "case", "case-number", "chosen-case"],
  liens: ["lien", "lien-line"],
  zones: ["zone", "zone-name"],
  parcels: ["parcel", "parcel-line", "address"],
  streets: ["street", "street-edge", "street-name", "oneway"],
};
