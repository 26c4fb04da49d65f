// Behave as one page: names appear when they have room, the list and the map open each other,
// and the legend is that of the layer in sight. Texts reach the page as text, never as markup.
const lotline = (() => {
  const features = new Map();
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
    features.set(feature.properties.key, layer);
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

  function showName({ marker, fromZoom }) {
    marker.getElement()?.classList.toggle("far", (marker._map?.getZoom() ?? 0) < fromZoom);
  }

  function openFrom(button) {
    const { map } = page;
    const layer = features.get(button.dataset.key);
    map.setView(layer.getLatLng(), Math.max(map.getZoom(), 16), { animate: false });
    layer.openPopup();
    map.getContainer().scrollIntoView({ block: "nearest" });
  }

  function start() {
    const { map } = page;
    map.attributionControl.setPrefix("Leaflet");
    streets.forEach(widen);
    map.on("zoomend", () => {
      names.forEach(showName);
      streets.forEach(widen);
    });
    map.on("baselayerchange", ({ name }) => {
      for (const legend of document.querySelectorAll(".legend[data-layer]")) {
        legend.hidden = legend.dataset.layer !== name;
      }
    });
    for (const button of document.querySelectorAll("button[data-key]")) {
      button.addEventListener("click", () => openFrom(button));
    }
  }

  const page = { describe, label, street, start, map: null };
  return page;
})();
