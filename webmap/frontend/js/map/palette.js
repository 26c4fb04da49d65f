// Name the colours of the ground, by day and by night; the stages' own come from their table.
import ages from "../../../../data/look/ages.json";
import routes from "../../../../data/look/routes.json";
import shades from "../../../../data/look/shades.json";
import stages from "../../../../data/look/stages.json";

const day = {
  beyond: "#e6e3dd",
  land: "#f3f0ea",
  water: "#c3d9e6",
  waterName: "#3f6d87",
  park: "#d6e6c8",
  parkName: "#46683a",
  street: "#ffffff",
  mainStreet: "#fffaf0",
  streetEdge: "#cbc3b4",
  streetName: "#4a4a46",
  found: "#8fbfe8",
  oneway: "#9a958b",
  parcel: "#c9c0b0",
  parcelClose: "#a89d8a",
  number: "#6b6353",
  zone: "#39424e",
  zoneName: "#2b323b",
  halo: "#ffffff",
  grid: "#1a4480",
  gridText: "#ffffff",
  badge: "#1b1b1b",
  hover: "#005ea2",
  chosen: "#005ea2",
  lien: "#1b1b1b",
  then: "#8a3a00",
  route: "#0b5f5a",
  mark: "#ffffff",
};

const night = {
  beyond: "#15181b",
  land: "#21252a",
  water: "#14293b",
  waterName: "#7fa9c4",
  park: "#20331f",
  parkName: "#8fb583",
  street: "#434a52",
  mainStreet: "#4d545c",
  streetEdge: "#181b1f",
  streetName: "#d3d8dd",
  found: "#2f6da3",
  oneway: "#878f98",
  parcel: "#3a4047",
  parcelClose: "#555d66",
  number: "#a6aeb6",
  zone: "#b7c0ca",
  zoneName: "#dfe4e9",
  halo: "#16191d",
  grid: "#73b3e7",
  gridText: "#10151b",
  badge: "#f0f0f0",
  hover: "#73b3e7",
  chosen: "#9ccbf2",
  lien: "#f0f0f0",
  then: "#f0a36b",
  route: "#5fd0c5",
  mark: "#16191d",
};

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const print = window.matchMedia("print");

export { ages, routes, shades, stages };

export const isDark = () => dark.matches && !print.matches;

export const palette = () => (isDark() ? night : day);

export const routeColor = (each) => (isDark() ? each.dark : each.color);

export const stageColor = (each) => (isDark() ? each.dark : each.color);

export function onSchemeChange(then) {
  dark.addEventListener("change", then);
  print.addEventListener("change", then);
}
