// Put, move and take away the corners of an outline on a map: by mouse, by touch and by keys.
import * as maplibre from "maplibre-gl";

const NEAR = 8; // pixels from a corner or a line that still hit it
const FINGER = 20; // the same for a finger
const reach = () => (window.matchMedia("(pointer: coarse)").matches ? FINGER : NEAR);

// `edit`: what keeps the outline. Its `rings` are those of rings.js, each corner known by its line.
export function byMouse(map, edit) {
  const canvas = map.getCanvas();
  const cornerAt = (point) => {
    const near = reach();
    const box = [[point.x - near, point.y - near], [point.x + near, point.y + near]];
    return map.queryRenderedFeatures(box, { layers: ["drawn-corner"] })[0]?.properties.line;
  };
  const count = () => edit.rings().flat().length;
  let dragged = null;
  let begun = !count(); // an outline that is still drawn corner by corner

  function grab(event) {
    const line = cornerAt(event.point);
    if (line === undefined) return;
    event.preventDefault();
    edit.mark(line);
    dragged = { line, moved: false };
  }
  function drag(event) {
    if (!dragged) {
      canvas.style.cursor = cornerAt(event.point) !== undefined ? "move" : "crosshair";
      return;
    }
    if (!dragged.moved) edit.keep();
    dragged.moved = true;
    edit.move(event.lngLat.toArray(), dragged.line, { record: false });
  }
  const drop = () => (dragged = null);
  map.on("mousedown", grab);
  map.on("touchstart", (event) => event.points.length === 1 && grab(event));
  map.on("mousemove", drag);
  map.on("touchmove", drag);
  map.on("mouseup", drop);
  map.on("touchend", drop);
  map.on("click", (event) => {
    const corner = cornerAt(event.point);
    const rings = edit.rings();
    if (!count()) begun = true;
    if (corner !== undefined) {
      if (rings.some((ring) => ring.length > 2 && ring[0].line === corner)) begun = false; // it is closed
      return;
    }
    const side = sideAt(map, rings, event.point);
    if (side !== null) edit.add(event.lngLat.toArray(), side + 1);
    else if (begun || rings.every((ring) => ring.length < 3)) edit.add(event.lngLat.toArray());
  });
  map.doubleClickZoom.disable();
  map.on("dblclick", (event) => {
    const line = cornerAt(event.point);
    if (begun) begun = count() < 3; // twice ends it where it is
    else if (line !== undefined) edit.remove(line);
  });
}

// `buttons` do the same as the keys, with the map's middle, which a cross shows.
export function byKeys(map, edit, buttons) {
  const cross = document.createElement("div");
  cross.className = "map-cross";
  map.getContainer().append(cross);
  const middle = () => map.getCenter().toArray();
  const deeds = {
    add: () => edit.add(middle()),
    move: () => edit.move(middle()),
    delete: () => edit.remove(),
    undo: () => edit.undo(),
    clear: () => edit.clear(),
  };
  for (const button of buttons) {
    button.addEventListener("click", () => deeds[button.dataset.corner]());
  }
  map.getCanvas().addEventListener("keydown", (event) => {
    const deed = event.key === " " ? "add" : event.key === "Delete" || event.key === "Backspace" ? "delete"
      : event.key === "z" && (event.ctrlKey || event.metaKey) ? "undo" : "";
    if (!deed) return;
    event.preventDefault();
    deeds[deed]();
  });
}

// The line of the corner after which a side near a point begins.
function sideAt(map, rings, point) {
  for (const ring of rings) {
    if (ring.length < 2) continue;
    for (let at = 0; at < ring.length; at += 1) {
      const [from, to] = [ring[at], ring[(at + 1) % ring.length]].map(({ corner }) => map.project(corner));
      if (distance(point, from, to) < reach()) return ring[at].line;
    }
  }
  return null;
}

function distance(p, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

// The box around rings; null around none.
export function around(rings) {
  const corners = rings.flat();
  if (!corners.length) return null;
  const bounds = new maplibre.LngLatBounds();
  corners.forEach(({ corner }) => bounds.extend(corner));
  return bounds;
}
