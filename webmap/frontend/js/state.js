// Keep what is shown in the address: filters and selection in the query, the view in the hash.

const FILTERS = ["stage", "category", "zone", "age", "show", "lien", "by"];
const known = ["parcel", "case", "street", "hide", ...FILTERS];

export function readState() {
  const query = new URLSearchParams(location.search);
  return Object.fromEntries(known.map((key) => [key, query.get(key) ?? ""]));
}

export function filtersOf(state) {
  return Object.fromEntries(FILTERS.map((key) => [key, state[key]]));
}

export function queryOf(values) {
  const filled = Object.entries(values).filter(([, value]) => value !== "" && value !== undefined);
  return new URLSearchParams(filled).toString();
}

const addressOf = (state) => {
  const query = queryOf(state);
  return `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
};

export function pushState(change) {
  const state = { ...readState(), ...change };
  if (addressOf(state) !== addressOf(readState())) history.pushState(null, "", addressOf(state));
  return state;
}

// A switch or a filter is no step to come back to.
export function replaceState(change) {
  const state = { ...readState(), ...change };
  history.replaceState(history.state, "", addressOf(state));
  return state;
}
