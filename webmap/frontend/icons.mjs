// Gather the few icons the pages use, and the stages' shapes, into one SVG sprite.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { stages } from "./stages.mjs";

const used = [
  "add", "arrow_back", "arrow_downward", "arrow_upward", "check_circle", "cloud", "directions", "drag_handle",
  "event", "launch", "list", "location_on", "map", "navigate_before", "navigate_next", "near_me", "photo_camera", "push_pin", "search",
  "share", "undo", "warning",
];

export async function iconSprite(modules) {
  const folder = path.join(modules, "@uswds", "uswds", "dist", "img", "usa-icons");
  const icons = await Promise.all(
    used.map(async (name) => {
      const svg = await readFile(path.join(folder, `${name}.svg`), "utf8");
      const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "");
      return `<symbol id="${name}" viewBox="0 0 24 24">${body.trim()}</symbol>`;
    }),
  );
  const shapes = stages.map(
    ({ stage, shape, mark }) =>
      `<symbol id="stage-${stage}" viewBox="0 0 24 24"><path d="${shape}"/><path d="${mark}" fill="var(--stage-mark)"/></symbol>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">${[...icons, ...shapes].join("")}</svg>\n`;
}
