// Lay the town beneath a report: its names appear when they have room, its streets are as wide as
// the zoom lets them be. Texts reach the page as text, never as markup.
const lotline = (() => {
  const names = [];
  const streets = [];

  const text = (tag, textContent) => Object.assign(document.createElement(tag), { textContent });

  function popup(feature) {
    const box = document.createElement("div");
    const [title, ...lines] = feature.properties.says;
    box.append(text("strong", title), ...lines.map((line) => text("div", line)));
    return box;
  }

  function describe(feature, layer) {
    layer.bindPopup(popup(feature));
    layer.bindTooltip(text("span", feature.properties.says[0]));
  }

  function street(_, layer) {
    streets.push(layer);
  }

  function widen(layer) {
    layer.fullWidth ??= layer.options.weight;
    const scale = 2 ** Math.min(Math.max((page.map.getZoom() - 15) * 0.8, -1.6), 2);
    layer.setStyle({ weight: layer.fullWidth * scale });
  }

  function label(feature, place) {
    const { text: name, kind, angle, from_zoom: fromZoom } = feature.properties;
    const span = text("span", name);
    span.style.setProperty("--angle", `${angle}deg`);
    const icon = L.divIcon({ className: `label ${kind}`, html: span, iconSize: [0, 0] });
    const marker = L.marker(place, { icon, interactive: false, keyboard: false, pane: "labels" });
    names.push({ marker, fromZoom });
    marker.on("add", () => showName({ marker, fromZoom }));
    return marker;
  }

  function labels(features) {
    return L.geoJson({ type: "FeatureCollection", features }, { pointToLayer: label });
  }

  function showName({ marker, fromZoom }) {
    marker.getElement()?.classList.toggle("far", (marker._map?.getZoom() ?? 0) < fromZoom);
  }

  function start() {
    const { map } = page;
    map.attributionControl.setPrefix("Leaflet");
    streets.forEach(widen);
    map.on("zoomend", () => {
      names.forEach(showName);
      streets.forEach(widen);
    });
  }

  const page = { describe, labels, street, start, map: null, forms: {} };
  return page;
})();
