"""Put a day's stops in an order to drive them, where no plan along the streets is at hand."""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cases.field.stops import Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a stop is and how pressing.

    Parameters
    ----------
    spot
        What is one for all the stops of one place: they are driven to once.
    lon, lat
        Degrees (EPSG:4326); None where it has no place on the map.
    """

    key: Hashable
    spot: Hashable
    why: Why
    lon: float | None
    lat: float | None


def nearest_first(places: Iterable[Place]) -> list[Hashable]:
    """Order stops by how pressing they are, and the equally pressing each to the nearest next.

    The stops of one place stay together where its most pressing stands. By straight lines, which
    streets may not follow; what has no place on the map comes last of its kind. Appointments stay
    as they are given, by their hour: somebody waits for each.
    """
    ranked = sorted(places, key=lambda each: _RANK[each.why])
    spots: dict[Hashable, list[Place]] = {}
    for each in ranked:
        spots.setdefault(each.spot, []).append(each)
    firsts = _driven([each[0] for each in spots.values()])
    return [each.key for first in firsts for each in spots[first.spot]]


def _driven(places: Sequence[Place]) -> list[Place]:
    """Order places, one stop standing for each."""
    found: list[Place] = []
    here: Place | None = None
    for why in Why:
        if why is Why.BOOKED:
            booked = [each for each in places if each.why is why]
            found += booked
            here = next((each for each in reversed(booked) if each.lon is not None), None)
            continue
        left = [each for each in places if each.why is why and each.lon is not None]
        while left:
            here = left[0] if here is None else min(left, key=lambda each: _far(here, each))
            left.remove(here)
            found.append(here)
        found += [each for each in places if each.why is why and each.lon is None]
    return found


def as_planned(
    keys: Sequence[Hashable], plan: Sequence[Hashable], *, spots: Mapping[Any, Hashable]
) -> list[Hashable]:
    """Order stops as a plan does; those it does not name follow, as they stood.

    Parameters
    ----------
    spots
        The place of each stop: one that came after the plan was made joins the others there.
    """
    place = {key: at for at, key in enumerate(plan)}
    first: dict[Hashable, int] = {}
    for key in plan:
        first.setdefault(spots[key], place[key])
    last = len(place)
    return sorted(keys, key=lambda key: (first.get(spots[key], last), place.get(key, last)))


_RANK = {why: at for at, why in enumerate(Why)}


def _far(a: Place | None, b: Place) -> float:
    """Return how far two places are, in degrees of latitude: enough to compare by."""
    if a is None or a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return math.inf
    return math.hypot((a.lon - b.lon) * math.cos(math.radians(a.lat)), a.lat - b.lat)
