"""Mend what rounding does to borders that meet parcels amid a side.

Where a border comes to the middle of a parcel's side it gets a corner there, which is rounded to
the digits that a coordinate has: a nanometre off the side. If it lies within the parcel, the zone
cuts off a sliver, square micrometres large. Such a corner is taken out where the border goes on
along the side, and else put just outside.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import shapely

from reports.workload.plane import Floats, Plane, Shapes

ON_SIDE_M = 1e-6
"""So near to a side a corner lies on it."""
OUTWARD_M = 2e-8
"""By so much a corner is put outside: some times the last digit."""

type Corner = tuple[float, float]


type Moves = dict[Corner, Corner | None]
"""Where corners go; None of those that are taken out."""


def moves_of(shapes: Shapes, parcels: Shapes, *, around: Shapes, plane: Plane) -> Moves:
    """Return where the corners of zones go that lie on the sides of some parcels.

    Parameters
    ----------
    shapes, parcels
        In degrees (EPSG:4326); of the parcels those that reach out of their zones.
    around
        All parcels beside these: at a corner of one of them, where it turns, nothing is moved.
    """
    sides = _sides(parcels)
    corners = np.unique(shapely.get_coordinates(shapes), axis=0)
    lots = {tuple(each) for each in shapely.get_coordinates(around).tolist()}
    ways = _ways(shapes)
    moves: Moves = {}
    for side, corner in _on_sides(sides, corners, plane):
        place: Corner = tuple(corner.tolist())
        if (side == corner).all(axis=1).any():
            continue
        if _only_passes(side, ways[place], plane):
            moves[place] = None
        elif place not in lots:
            moves[place] = _outward(place, side, plane)
    return moves


def moved(shapes: Shapes, moves: Moves) -> Shapes:
    """Return zones whose corners have gone where they were to go."""
    return np.array([_rebuilt(each, moves) for each in shapes], dtype=object)


def without(moves: Moves, parcels: Shapes, *, plane: Plane) -> Moves:
    """Return the moves that are not at some parcels."""
    places = shapely.points(plane.from_degrees(np.array([*moves])))
    near = shapely.STRtree(plane.flat(parcels)).query(
        places, predicate="dwithin", distance=ON_SIDE_M
    )[0]
    gone = set(near.tolist())
    return {place: to for at, (place, to) in enumerate(moves.items()) if at not in gone}


def _on_sides(sides: Floats, corners: Floats, plane: Plane) -> Iterator[tuple[Floats, Floats]]:
    """Return each side with each corner that lies on it."""
    tree = shapely.STRtree(np.asarray(shapely.points(plane.from_degrees(corners)), dtype=object))
    lines = shapely.linestrings(plane.from_degrees(sides.reshape(-1, 2)).reshape(-1, 2, 2))
    found = tree.query(lines, predicate="dwithin", distance=ON_SIDE_M)
    for side, corner in found.T.tolist():
        yield sides[side], corners[corner]


def _sides(parcels: Shapes) -> Floats:
    """Return the sides of parcels, shape (n, 2, 2), with the parcel on the left of each."""
    parts = shapely.orient_polygons(shapely.get_parts(parcels))
    corners, ring = shapely.get_coordinates(shapely.get_rings(parts), return_index=True)
    same = np.flatnonzero(ring[1:] == ring[:-1])
    return np.stack([corners[same], corners[same + 1]], axis=1)


def _ways(shapes: Shapes) -> Mapping[Corner, list[tuple[Corner, Corner]]]:
    """Return from which corner to which the borders go at each corner."""
    found: dict[Corner, list[tuple[Corner, Corner]]] = {}
    for ring in shapely.get_rings(shapely.get_parts(shapes)):
        places = [tuple(each) for each in shapely.get_coordinates(ring)[:-1].tolist()]
        for at, place in enumerate(places):
            found.setdefault(place, []).append((places[at - 1], places[(at + 1) % len(places)]))
    return found


def _only_passes(side: Floats, ways: Sequence[tuple[Corner, Corner]], plane: Plane) -> bool:
    """Say whether all borders at a corner only go on along a side."""
    line = shapely.LineString(plane.from_degrees(side))
    return all(_is_on(line, each, plane) for way in ways for each in way)


def _outward(place: Corner, side: Floats, plane: Plane) -> Corner:
    east, north = np.diff(plane.from_degrees(side), axis=0)[0]
    outward = np.array([north, -east]) / np.hypot(east, north) * OUTWARD_M
    lon, lat = plane.to_degrees(plane.from_degrees(np.array([place])) + outward)[0].tolist()
    return lon, lat


def _is_on(line: shapely.LineString, place: Corner, plane: Plane) -> bool:
    point = shapely.Point(plane.from_degrees(np.array([place]))[0])
    return bool(shapely.dwithin(line, point, ON_SIDE_M))


def _rebuilt(shape: shapely.Geometry, moves: Mapping[Corner, Corner | None]) -> shapely.Geometry:
    parts = [
        shapely.Polygon(
            _ring(part.exterior, moves), [_ring(each, moves) for each in part.interiors]
        )
        for part in shapely.get_parts(shape)
    ]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _ring(ring: shapely.LinearRing, moves: Mapping[Corner, Corner | None]) -> list[Corner]:
    places = [tuple(each) for each in shapely.get_coordinates(ring)[:-1].tolist()]
    kept = [moves.get(place, place) for place in places]
    return [place for place in kept if place is not None]
