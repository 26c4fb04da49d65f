// Draw an area on a map corner by corner; what is done with it is the page's own affair.
const EMPTY = { type: "FeatureCollection", features: [] };
const CLOSE = 12; // pixels from the first corner that end the drawing

export function drawing(map, element, drawn = []) {
  const button = document.querySelector("[data-draw]");
  const says = document.querySelector("[data-draw-says]");
  let ring = null;

  map.on("style.load", () => {
    map.addSource("drawn", { type: "geojson", data: shape(drawn) });
    map.addLayer({ id: "drawn", type: "fill", source: "drawn", paint: { "fill-color": "#0b5fff", "fill-opacity": 0.12 } });
    map.addLayer({ id: "drawn-line", type: "line", source: "drawn", paint: { "line-color": "#0b5fff", "line-width": 2.5 } });
    map.addLayer({ id: "drawn-corner", type: "circle", source: "drawn", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 5, "circle-color": "#fff", "circle-stroke-color": "#0b5fff", "circle-stroke-width": 2.5 } });
  });

  const show = () => map.getSource("drawn")?.setData(ring ? shape(ring) : shape(drawn));
  const stop = () => {
    ring = null;
    button.setAttribute("aria-pressed", "false");
    says.textContent = "";
    map.doubleClickZoom.enable();
    map.getCanvas().style.cursor = "";
    show();
  };
  const finish = () => {
    if (ring && ring.length > 2) location.assign(element.dataset.link.replace("AREA", ring.map((each) => each.map((n) => n.toFixed(6)).join(",")).join(";")));
    else stop();
  };

  button.addEventListener("click", () => {
    if (ring) return stop();
    ring = [];
    button.setAttribute("aria-pressed", "true");
    says.textContent = says.dataset.start;
    map.doubleClickZoom.disable();
    map.getCanvas().style.cursor = "crosshair";
    map.getCanvas().focus();
    show();
  });
  map.on("click", (event) => {
    if (!ring) return;
    if (ring.length > 2 && near(map.project(ring[0]), event.point)) return finish();
    ring.push(event.lngLat.toArray());
    show();
  });
  map.on("dblclick", () => ring && finish());
  document.addEventListener("keydown", (event) => {
    if (!ring) return;
    if (event.key === "Escape") stop();
    // By keyboard: the corner is where the map's middle is, Enter on the button ends it.
    if (event.key === " " && document.activeElement === map.getCanvas()) {
      event.preventDefault();
      ring.push(map.getCenter().toArray());
      show();
    }
    if (event.key === "Enter" && document.activeElement === map.getCanvas()) finish();
  });
}

const near = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < CLOSE;

function shape(ring) {
  if (!ring.length) return EMPTY;
  const points = ring.map((coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates } }));
  const line = ring.length > 2
    ? { type: "Polygon", coordinates: [[...ring, ring[0]]] }
    : { type: "LineString", coordinates: ring };
  return { type: "FeatureCollection", features: ring.length > 1 ? [...points, { type: "Feature", properties: {}, geometry: line }] : points };
}
