// Set the map's type: fonts, halos, and values that grow with the zoom.

export const MEDIUM = "Public Sans Medium";
export const BOLD = "Public Sans Bold";

export const byZoom = (...stops) => ["interpolate", ["exponential", 1.6], ["zoom"], ...stops.flat()];

export function names(id, { layer, source = "ground", minzoom = 0, maxzoom = 24, ...look }) {
  return {
    id, type: "symbol", source, "source-layer": layer, minzoom, maxzoom,
    ...(look.filter ? { filter: look.filter } : {}),
    layout: {
      "text-field": look.field, "text-font": [look.font ?? MEDIUM], "text-size": look.size,
      ...look.layout,
    },
    paint: {
      "text-color": look.color, "text-halo-color": look.halo, "text-halo-width": look.haloWidth ?? 1.5,
    },
  };
}
