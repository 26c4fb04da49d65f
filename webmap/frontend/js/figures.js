// Shade the zones by the figure that the table beside it shades; each leads to its row there.
import * as maplibre from "maplibre-gl";
import { quieten } from "./map/label.js";
import { palette, shades, stageColor } from "./map/palette.js";
import { switches } from "./map/style.js";
import { boundsOf, openMap } from "./map/view.js";

const ROOM = 20; // pixels around the zones

export function figuresMap(element) {
  const rows = [...document.querySelectorAll("tr[data-zone]")];
  const town = boundsOf(element.dataset);
  const bounds = new maplibre.LngLatBounds();
  rows.forEach(({ dataset }) => bounds.extend(boundsOf(dataset)));
  const map = openMap(element, { town, bounds: rows.length ? bounds : town, room: ROOM, label: element.dataset.label, staff: false });
  map.scrollZoom.disable(); // the page scrolls past it
  map.on("style.load", () => {
    quieten(map);
    for (const id of switches.liens) map.setLayoutProperty(id, "visibility", "none");
    shade(map, rows);
  });
  rows.forEach((row) => label(map, row));
  answer(map, rows);
  return map;
}

// What the table leaves out has no shade but a hatching, as the legend says.
function shade(map, rows) {
  const of = ({ dataset }) => [Number(dataset.zone), stageColor(shades[dataset.shade])];
  const shaded = rows.filter(({ dataset }) => dataset.shade).flatMap(of);
  const unknown = rows.filter(({ dataset }) => !dataset.shade).map(({ dataset }) => Number(dataset.zone));
  const zone = { source: "ground", "source-layer": "zone" };
  const within = (ids) => ["in", ["get", "id"], ["literal", ids]];
  const color = shaded.length ? ["match", ["get", "id"], ...shaded, "transparent"] : "transparent";
  map.addLayer({ id: "shade", type: "fill", ...zone, paint: { "fill-color": color, "fill-opacity": 0.85 } }, "parcel");
  map.addLayer({ id: "shade-none", type: "fill", ...zone, filter: within(unknown), paint: { "fill-pattern": "hatch", "fill-opacity": 0.35 } }, "parcel");
  map.addLayer({ id: "shade-chosen", type: "line", ...zone, filter: within([]), paint: { "line-color": palette().chosen, "line-width": 4 } });
}

// The zone's name and figure, which lead to its row by mouse and keys.
function label(map, row) {
  const { lon, lat, name, says } = row.dataset;
  const link = document.createElement("a");
  const figure = document.createElement("b");
  figure.textContent = says;
  link.className = "zone-figure";
  link.href = `#${row.id}`;
  link.append(figure, ` ${name}`);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation(); // or the map hears it as a click of its own
    lead(row);
  });
  new maplibre.Marker({ element: link }).setLngLat([Number(lon), Number(lat)]).addTo(map);
  link.removeAttribute("aria-label"); // it says what it shows
  link.removeAttribute("role");
}

function lead(row) {
  history.replaceState(history.state, "", `#${row.id}`);
  row.focus();
  row.scrollIntoView({ block: "center" });
}

function answer(map, rows) {
  const rowAt = (point) => {
    const [found] = map.getLayer("shade") ? map.queryRenderedFeatures(point, { layers: ["shade", "shade-none"] }) : [];
    return rows.find(({ dataset }) => found && Number(dataset.zone) === found.properties.id);
  };
  const choose = (row) => {
    if (map.getLayer("shade-chosen")) map.setFilter("shade-chosen", ["==", ["get", "id"], row ? Number(row.dataset.zone) : -1]);
  };
  map.on("mousemove", ({ point }) => {
    const row = rowAt(point);
    map.getCanvas().style.cursor = row ? "pointer" : "";
    choose(row);
  });
  map.on("mouseout", () => choose(null));
  map.on("click", ({ point }) => {
    const row = rowAt(point);
    if (row) lead(row);
  });
  for (const row of rows) {
    for (const kind of ["mouseenter", "focusin"]) row.addEventListener(kind, () => choose(row));
    for (const kind of ["mouseleave", "focusout"]) row.addEventListener(kind, () => choose(null));
  }
}
