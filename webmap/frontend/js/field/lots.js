// Know the lots that the day brought to the phone, and what is open on each.

// By parcel: those of the stops with their outlines, others where a case is open.
export function lotsOf(day) {
  const lots = new Map();
  for (const { parcel, address } of day.starting.known) if (parcel) lots.set(parcel, { parcel, address });
  for (const { parcel, parcel_no, address, outline } of day.stops) if (parcel) lots.set(parcel, { parcel, parcel_no, address, outline });
  return lots;
}

const plain = (words) => (words ?? "").trim().replace(/\s+/g, " ").toLowerCase();

// The place that words name: a lot that is known here, or an address for the office to find.
export function placeNamed(day, words) {
  const said = plain(words);
  if (!said) return null;
  const lot = [...lotsOf(day).values()].find(({ address, parcel_no: number }) => plain(address) === said || plain(number) === said);
  return lot ?? { address: words.trim() };
}

// The place that was tapped on the map, with what is known of it here.
export const placeTapped = (day, { id, parcel_no }) => ({ ...lotsOf(day).get(id), parcel: id, parcel_no });

// What is open at a place: on its parcel, or, where nobody knows the parcel, at its address.
export function openAt(day, place) {
  if (!place) return [];
  return day.starting.known.filter(({ parcel, address }) =>
    (place.parcel ? parcel === place.parcel : Boolean(place.address) && plain(address) === plain(place.address)));
}

// A place as a deed tells it: the parcel that was pointed at, the address as it was said, where the phone was.
export const whereOf = ({ parcel_no: number, address, spot }) => ({ parcel_no: number ?? null, address: address ?? null, spot: spot ?? null });
