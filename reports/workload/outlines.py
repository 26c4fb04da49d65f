"""Draw the zones that units make, and measure whether they are what zones have to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from reports.workload.borders import edges_of, shared
from reports.workload.ground import Ground
from reports.workload.plane import Floats, Ints, Shapes
from reports.workload.tidying import moved, moves_of, without
from reports.workload.units import Units

NOBODYS = -1
MOST_TRIES = 4
DIGITS_M2 = 1e-9
"""What a parcel may be cut by where two parcels beside each other do not agree on their side."""
TINY_M2 = 1e-6
"""A square millimetre: what rounding to the digits of a coordinate may cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Zones as they are drawn.

    Attributes
    ----------
    shapes
        Polygons (EPSG:4326); multipolygons where the town is in pieces.
    of_parcel
        In which zone each parcel lies.
    parts, holes
        Of each zone.
    are_coverage
        Whether they leave no gaps and overlap nowhere.
    cut
        How many parcels reach out of their zone by more than a square millimetre, where no other
        parcel lies.
    most_cut_m2
        By how much at the most, any parcel.
    """

    shapes: Shapes
    of_parcel: Ints
    parts: Sequence[int]
    holes: Sequence[int]
    are_coverage: bool
    cut: int
    most_cut_m2: float


def draw_zones(units: Units, ground: Ground, zone: Sequence[int]) -> Drawn:
    """Draw the zones of some shares.

    Parameters
    ----------
    zone
        The zone of each unit.
    """
    whole = _with_bare_ground(units, ground, zone)
    zones = int(max(zone)) + 1
    shapes = np.array([
        shapely.normalize(shapely.coverage_union_all(units.ground[whole == each]))
        for each in range(zones)
    ], dtype=object)  # fmt: skip
    of_parcel = np.asarray(zone, dtype=np.int64)[units.of_parcel]
    beyond = _beyond(ground, shapes, of_parcel)
    if (beyond > 0).any():
        shapes, beyond = _tidied(ground, shapes, of_parcel, beyond)
    return Drawn(
        shapes=shapes, of_parcel=of_parcel,
        parts=[int(each) for each in shapely.get_num_geometries(shapes)],
        holes=[_holes(each) for each in shapes],
        are_coverage=_is_coverage(shapes),
        cut=int((beyond > TINY_M2).sum()), most_cut_m2=float(beyond.max(initial=0.0)),
    )  # fmt: skip


def _tidied(
    ground: Ground, shapes: Shapes, of_parcel: Ints, beyond: Floats
) -> tuple[Shapes, Floats]:
    """Mend what rounding cuts off parcels, as far as that cuts no others."""
    out = ground.parcels[beyond > 0]
    near = np.unique(shapely.STRtree(ground.parcels).query(out, predicate="intersects")[1])
    moves = moves_of(shapes, out, around=ground.parcels[near], plane=ground.plane)
    best, least = shapes, beyond
    for _ in range(MOST_TRIES):
        if not moves:
            break
        better = moved(shapes, moves)
        mended = _beyond(ground, better, of_parcel)
        if _is_coverage(better) and mended.max() < least.max():
            best, least = better, mended
        worse = mended > np.maximum(beyond, DIGITS_M2)
        if not worse.any():
            break
        moves = without(moves, ground.parcels[worse], plane=ground.plane)
    return best, least


def _is_coverage(shapes: Shapes) -> bool:
    return bool(shapely.is_valid(shapes).all()) and bool(shapely.coverage_is_valid(shapes))


def _with_bare_ground(units: Units, ground: Ground, zone: Sequence[int]) -> Ints:
    """Give ground without parcels to the zone with most of the border around it.

    To the next one where it would lie all around another by that.
    """
    whole = np.full(len(units.ground), NOBODYS, dtype=np.int64)
    whole[: units.count] = zone
    lengths = shared(edges_of(units.ground, plane=ground.plane))
    bare = list(range(units.count, len(units.ground)))
    while bare:
        ways = {each: _zones_beside(each, whole, lengths) for each in bare}
        each = max(bare, key=lambda at: max(ways[at].values(), default=-1.0))
        ranked = sorted(ways[each], key=lambda at: -ways[each][at]) or [0]
        whole[each] = next(
            (at for at in ranked if not _encloses(units, whole, each, at)), ranked[0]
        )
        bare.remove(each)
    return whole


def _zones_beside(
    bare: int, whole: Ints, lengths: Mapping[tuple[int, int], float]
) -> dict[int, float]:
    found: dict[int, float] = {}
    for pair, metres in lengths.items():
        if bare in pair:
            at = int(whole[pair[0] if pair[1] == bare else pair[1]])
            if at != NOBODYS:
                found[at] = found.get(at, 0.0) + metres
    return found


def _encloses(units: Units, whole: Ints, bare: int, zone: int) -> bool:
    """Say whether a zone has more holes with some bare ground than without."""
    there = units.ground[whole == zone]
    before = shapely.coverage_union_all(there)
    return _holes(shapely.coverage_union_all(np.append(there, units.ground[bare]))) > _holes(before)


def _beyond(ground: Ground, shapes: Shapes, of_parcel: Ints) -> Floats:
    """Return the square metres by which each parcel reaches out of its zone.

    What another parcel, of that other zone, lies on as well is not counted.
    """
    out = np.zeros(len(of_parcel))
    suspects = np.flatnonzero(~_covered(ground.parcels, shapes, of_parcel))
    left = shapely.difference(ground.parcels[suspects], shapes[of_parcel[suspects]])
    tree = shapely.STRtree(ground.parcels)
    for at, rest in zip(suspects.tolist(), left, strict=True):
        near = tree.query(rest, predicate="intersects")
        others = near[of_parcel[near] != of_parcel[at]]
        alone = shapely.difference(rest, shapely.union_all(ground.parcels[others]))
        out[at] = alone.area * ground.plane.square_m
    return out


def _covered(parcels: Shapes, shapes: Shapes, of_parcel: Ints) -> np.ndarray:
    shapely.prepare(shapes)
    return np.asarray(shapely.covers(shapes[of_parcel], parcels))


def _holes(shape: shapely.Geometry) -> int:
    return sum(len(part.interiors) for part in shapely.get_parts(shape))
