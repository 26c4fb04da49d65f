"""Put a day's stops in an order to drive them, where no plan along the streets is at hand."""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from cases.field.stops import Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a stop is and how pressing.

    Parameters
    ----------
    lon, lat
        Degrees (EPSG:4326); None where it has no place on the map.
    """

    key: Hashable
    why: Why
    lon: float | None
    lat: float | None


def nearest_first(places: Iterable[Place]) -> list[Hashable]:
    """Order stops by how pressing they are, and the equally pressing each to the nearest next.

    By straight lines, which streets may not follow; what has no place on the map comes last of its
    kind. Appointments stay as they are given, by their hour: somebody waits for each.
    """
    found: list[Hashable] = []
    here: Place | None = None
    listed = list(places)
    for why in Why:
        if why is Why.BOOKED:
            booked = [each for each in listed if each.why is why]
            found += [each.key for each in booked]
            here = next((each for each in reversed(booked) if each.lon is not None), None)
            continue
        left = [each for each in listed if each.why is why and each.lon is not None]
        while left:
            here = left[0] if here is None else min(left, key=lambda each: _far(here, each))
            left.remove(here)
            found.append(here.key)
        found += [each.key for each in listed if each.why is why and each.lon is None]
    return found


def as_planned(keys: Sequence[Hashable], plan: Sequence[Hashable]) -> list[Hashable]:
    """Order stops as a plan does; those it does not name follow, as they stood."""
    place = {key: at for at, key in enumerate(plan)}
    return sorted(keys, key=lambda key: place.get(key, len(place)))


def _far(a: Place | None, b: Place) -> float:
    """Return how far two places are, in degrees of latitude: enough to compare by."""
    if a is None or a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return math.inf
    return math.hypot((a.lon - b.lon) * math.cos(math.radians(a.lat)), a.lat - b.lat)
