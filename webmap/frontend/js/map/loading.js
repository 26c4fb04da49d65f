// Say that a map is on its way, in its place, until it is drawn.
import { words } from "../words.js";

export function sayLoading(element) {
  const said = document.createElement("p");
  said.className = "map-loading";
  said.setAttribute("role", "status");
  said.textContent = words.mapLoading;
  element.append(said);
  return said;
}
