"""Make of units, their work and who has it today what is shared out."""

from collections.abc import Sequence

import numpy as np
import shapely

from reports.workload.balance import Today
from reports.workload.borders import OUTSIDE, Arc, edges_of, shared
from reports.workload.burden import NOWHERE, Burden
from reports.workload.ground import Ground, ZoneNow
from reports.workload.plane import Floats, Ints
from reports.workload.shares import Town
from reports.workload.travel import Pace
from reports.workload.units import Units

HAND_OVER_HOURS = 1.0
"""What an open case counts for that goes to another officer, beside the work in its place."""


def town_of(units: Units, ground: Ground, burden: Burden, pace: Pace) -> tuple[Town, Floats]:
    """Return what is shared out, and the middle of each unit, shape (n, 2), in metres."""
    count = units.count
    edges = edges_of(units.ground, plane=ground.plane)
    borders: list[dict[int, float]] = [{} for _ in units.ground]
    for (one, other), metres in shared(edges).items():
        borders[one][other] = borders[other][one] = metres
    at_edge = np.zeros(len(units.ground), dtype=bool)
    at_edge[edges.piece[edges.beyond == OUTSIDE]] = True
    beside = [set(there) for there in units.beside]
    for one, other in units.links:
        beside[one].add(other)
        beside[other].add(one)
        borders[one].setdefault(other, 0.0)
        borders[other].setdefault(one, 0.0)
    around = [[_around(ring) for ring in rings] for rings in units.around]
    sums = [on_units(each, units) for each in (
        burden.hours, burden.visits, burden.east, burden.north, burden.square, burden.reported
    )]  # fmt: skip
    hours, visits, east, north, square, reported = (each.tolist() for each in sums)
    town = Town(
        hours=hours, reported=reported, visits=visits, east=east, north=north, square=square,
        beside=[sorted(there) for there in beside], borders=borders, around=around,
        at_edge=at_edge.tolist(),
        area=float(shapely.area(units.ground[:count]).sum() * ground.plane.square_m), pace=pace,
    )  # fmt: skip
    return town, _middles(units, ground, sums[1], np.column_stack(sums[2:4]))


def today_of(units: Units, ground: Ground, burden: Burden) -> Today:
    """Say who has what of the units today, and what stays if they keep it.

    What stays is hours of work in their places, and an hour for each open case. Zones of one
    officer are one in that.
    """
    count, zones = units.count, len(ground.zones)
    zone = zone_of_parcels(ground)
    kept = np.zeros((count, zones))
    placed = zone != NOWHERE
    np.add.at(kept, (units.of_parcel[placed], zone[placed]), burden.hours[placed])
    held = kept.copy()
    known = burden.open_zone != NOWHERE
    at = units.of_parcel[burden.open_at[known]]
    np.add.at(kept, (at, burden.open_zone[known]), HAND_OVER_HOURS)
    return Today(
        zone=held.argmax(axis=1) if zones else np.full(count, NOWHERE, dtype=np.int64),
        kept=kept @ _same_officer(ground.zones), whole=kept.sum(axis=1),
    )  # fmt: skip


def zone_of_parcels(ground: Ground) -> Ints:
    """Return in which zone of today each parcel lies, by a point on it; else the nearest."""
    found = np.full(len(ground.parcels), NOWHERE, dtype=np.int64)
    if not ground.zones:
        return found
    tree = shapely.STRtree(np.array([each.shape for each in ground.zones], dtype=object))
    points = shapely.point_on_surface(ground.parcels)
    at, zone = tree.query(points, predicate="intersects")
    found[at[::-1]] = zone[::-1]
    lost = np.flatnonzero(found == NOWHERE)
    found[lost] = tree.nearest(points[lost])
    return found


def on_units(of_parcels: Floats, units: Units) -> Floats:
    """Sum something of parcels by the units they lie in."""
    return np.bincount(units.of_parcel, weights=of_parcels, minlength=units.count)


def _around(ring: Sequence[Arc]) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = []
    for arc in ring:
        found.append((arc.beyond,))
        if arc.touched:
            found.append(arc.touched)
    return found


def _middles(units: Units, ground: Ground, visits: Floats, sums: Floats) -> Floats:
    """Return the middle of the visits of each unit, else of its ground."""
    drawn = shapely.get_coordinates(shapely.centroid(units.ground[: units.count]))
    visited = sums / np.maximum(visits, 1e-9)[:, None]
    return np.where(visits[:, None] > 0, visited, ground.plane.from_degrees(drawn))


def _same_officer(zones: Sequence[ZoneNow]) -> Floats:
    """Return 1 where two zones are one officer's, shape (zones, zones)."""
    names = [each.officer or f"\0{each.id}" for each in zones]
    return np.array([[float(one == other) for other in names] for one in names]).reshape(
        len(names), len(names)
    )
