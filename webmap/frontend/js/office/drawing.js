// Draw an area on a map corner by corner; what is done with it is the page's own affair.
import { addDrawing, drawn as shapes } from "../map/rings.js";

const CLOSE = 12; // pixels from the first corner that end the drawing

// `arrive` is given the area as an address carries it. Tells whether somebody is drawing.
export function drawing(map, { drawn = [], arrive }) {
  const button = document.querySelector("[data-draw]");
  const says = document.querySelector("[data-draw-says]");
  let ring = null;

  map.on("style.load", () => {
    addDrawing(map, { data: shape(drawn) });
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
    if (ring && ring.length > 2) arrive(ring.map((each) => each.map((n) => n.toFixed(6)).join(",")).join(";"));
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
  return () => ring !== null;
}

const near = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < CLOSE;

const shape = (ring) => shapes([ring.map((corner) => ({ corner }))]);
