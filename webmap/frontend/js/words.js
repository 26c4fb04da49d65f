// Keep in one place the few words that scripts say; all others come from the server's pages.

export const words = {
  failed: "This could not be loaded. Check your connection and try again.",
  gone: "There is no such record, or it is no longer public.",
  back: "Back to the list",
  several: (n, stage) => `${n} open cases here. Most urgent: ${stage}.`,
  counted: "Circles count every open case. Zoom in to see only those you chose.",
  noMatch: "Nothing found. Try a house number and street, or a parcel number.",
  results: (n) => (n === 1 ? "1 result." : `${n} results.`),
};

export const mapWords = {
  "NavigationControl.ZoomIn": "Zoom in",
  "NavigationControl.ZoomOut": "Zoom out",
  "GeolocateControl.FindMyLocation": "Show where I am",
  "GeolocateControl.LocationNotAvailable": "Your location is not available",
  "ScaleControl.Feet": "ft",
  "ScaleControl.Miles": "mi",
};

const plural = (n, one, many) => `${n} ${n === 1 ? one : many}`;

// "08:05" as people say it: "8:05 am".
export function clock(time) {
  const [hour, minute] = String(time).split(":");
  return `${Number(hour) % 12 || 12}:${minute} ${Number(hour) < 12 ? "am" : "pm"}`;
}

export const routeWords = {
  notAPlan: (name) => `“${name}” is not a route plan. Open the plan.geojson that “lotline routes plan --out FOLDER” wrote.`,
  stops: (n) => plural(n, "stop", "stops"),
  drive: (time, way) => `${time} of driving, ${way}.`,
  way: (time, way) => `${time}, ${way} to drive`,
  estimated: "Times are estimates along straight lines: no streets are loaded.",
  underMinute: "under 1 min",
  minutes: (n) => `${n} min`,
  hours: (h, m) => (m ? `${h} h ${m} min` : `${h} h`),
  span: (from, to) => `${from} to ${to}`,
  caseIs: (number) => `Case ${number}`,
  due: (day) => `due ${day}`,
  start: "Start",
  end: "End",
};
