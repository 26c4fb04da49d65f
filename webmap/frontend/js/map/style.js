// Put the map's style together for the layers this town has and the scheme of the moment.
import { caseLayers, countLayers, lienCounts, lienLayers, numberLayers } from "./cases.js";
import { groundLayers, groundMarks, groundNames, zoneNames } from "./ground.js";
import { palette } from "./palette.js";
import { zoneNameSources } from "./zone_names.js";

// Where the page itself came from: behind a proxy the server may not know its own address.
const tiles = (name) => ({
  type: "vector",
  url: `${location.origin}/tiles/${name}.json`,
  tiles: [`${location.origin}/tiles/${name}/{z}/{x}/{y}.mvt`],
});

// Staff's tiles describe themselves to nobody.
const ofStaff = (name) => ({ type: "vector", tiles: [`${location.origin}/tiles/${name}/{z}/{x}/{y}.mvt`], maxzoom: 17 });

// `office`: with the cases staff see; `staff`: on ground whose lots bear the numbers of their parcels.
export function buildStyle({ office = false, staff = office } = {}) {
  const color = palette();
  const source = office ? ofStaff("staff") : tiles("cases");
  return {
    version: 8,
    sources: {
      ground: { ...(staff ? ofStaff("staff_ground") : tiles("ground")), promoteId: "id" },
      // The counts of z13 serve a zoom longer, until shapes are large enough to tell apart.
      counts: { ...source, maxzoom: 13 },
      cases: { ...source, minzoom: 13 },
      ...(office ? {} : { liens: { ...tiles("liens"), maxzoom: 13 } }),
      ...zoneNameSources(),
    },
    layers: [
      ...groundLayers(color), ...lienLayers(color), ...numberLayers(color), ...groundMarks(color),
      ...groundNames(color), ...zoneNames(color), ...caseLayers(color), ...countLayers(color),
      ...(office ? [] : lienCounts(color)),
    ],
  };
}

// What each switch of the legend turns on and off.
export const switches = {
  cases: ["grid", "grid-count", "crowd", "crowd-count", "case", "case-number", "case-count", "chosen-case"],
  liens: ["lien", "lien-line"],
  zones: ["zone", "zone-name"],
  parcels: ["parcel", "parcel-line", "address"],
  streets: ["street", "street-edge", "street-found", "street-name", "oneway"],
};
