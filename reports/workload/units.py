"""Make the smallest pieces that zones are made of, and say which lie beside which.

Every parcel lies in one unit, whole. What holds no parcel, a traffic island or the part of a river
that is nearest to a block, goes to the unit with which it shares most of its border. Units that
meet only in water, where no street crosses it, do not lie beside each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from reports.workload.arrangement import joined
from reports.workload.borders import LEAST_BORDER_M, Arc, Edges, arcs_around, edges_of, shared
from reports.workload.ground import Ground
from reports.workload.pieces import Pieces
from reports.workload.plane import Floats, Ints, Shapes

ON_STREET_M = 1.0
MOST_ENCLOSED = 300
"""Pieces that another one encloses go to it, unless they hold more parcels than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The units of a town, and ground that belongs to none of them, apart from all parcels.

    Attributes
    ----------
    ground
        Polygons (EPSG:4326), a coverage; first the units, then bare ground.
    count
        How many are units.
    of_parcel
        In which unit each parcel lies.
    beside
        Of each unit those beside it, with the metres of border they share, on dry ground or along
        a street.
    around
        What lies around each unit in order, ring by ring (`borders.Arc`); bare ground included.
    links
        Units that count as lying beside each other though the town is in pieces there.
    pieces
        What they are made of.
    """

    ground: Shapes
    count: int
    of_parcel: Ints
    beside: Sequence[Mapping[int, float]]
    around: Sequence[Sequence[Sequence[Arc]]]
    links: Sequence[tuple[int, int]]
    pieces: Pieces


def units_of(pieces: Pieces, ground: Ground) -> Units:
    """Make units of the pieces of a town."""
    cells = pieces.cells
    kept = _merged(cells.ground, cells.of_parcel, ground)
    holds = np.zeros(int(kept.max()) + 1, dtype=bool)
    holds[kept[cells.of_parcel]] = True
    rank = np.argsort(np.argsort(~holds, kind="stable"), kind="stable")
    unit = rank[kept]
    shapes = _unions(cells.ground, unit)
    count = int(holds.sum())
    edges = edges_of(shapes, plane=ground.plane)
    beside = _beside(edges, count, ground)
    return Units(
        ground=shapes, count=count, of_parcel=unit[cells.of_parcel], beside=beside,
        around=arcs_around(edges, len(shapes))[:count], pieces=pieces,
        links=_linked(shapes[:count], beside, ground),
    )  # fmt: skip


def components(beside: Sequence[Mapping[int, float]]) -> Ints:
    """Say in which part of a town each unit lies: those that hang together are of one."""
    pairs = [(one, other) for one, there in enumerate(beside) for other in there]
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return joined(ends[:, 0], ends[:, 1], len(beside))


def _merged(shapes: Shapes, of_parcel: Ints, ground: Ground) -> Ints:
    """Return into which piece each one goes: what holds no parcels into a neighbour."""
    parcels = np.bincount(of_parcel, minlength=len(shapes))
    into = _Merging(shapes, parcels, ground)
    into.bare()
    into.enclosed()
    return into.result()


class _Merging:
    """Pieces that go into others, one after another."""

    def __init__(self, shapes: Shapes, parcels: Ints, ground: Ground) -> None:
        self._shapes, self._parcels = shapes, parcels
        self._holds = [bool(each) for each in parcels]
        self._root = list(range(len(shapes)))
        self._beside: list[dict[int, float]] = [{} for _ in shapes]
        for (one, other), metres in shared(edges_of(shapes, plane=ground.plane)).items():
            self._beside[one][other] = self._beside[other][one] = metres

    def bare(self) -> None:
        """Merge each piece without parcels into the neighbour with most of its border.

        All at once: what has gone into a neighbour draws no other after it. Then those that have
        no neighbour with parcels, and so on.
        """
        left = np.flatnonzero(self._parcels == 0).tolist()
        while True:
            goes = {each: to for each in left if (to := self._longest(each)) is not None}
            if not goes:
                return
            for each, to in goes.items():
                self._merge(each, self._find(to))
            left = [each for each in left if each not in goes]

    def _longest(self, piece: int) -> int | None:
        there = self._beside[piece]
        near = sorted(each for each in there if self._holds[each])
        return max(near, key=there.__getitem__) if near else None

    def enclosed(self) -> None:
        """Merge what lies in the holes of a piece into it."""
        points = shapely.get_coordinates(shapely.point_on_surface(self._shapes))
        for piece, ring in zip(*_holes(self._shapes), strict=True):
            inside = np.flatnonzero(shapely.contains_xy(ring, points))
            if self._parcels[inside].sum() <= MOST_ENCLOSED:
                for each in inside.tolist():
                    here, there = self._find(each), self._find(piece)
                    if here != there:
                        self._merge(here, there)

    def result(self) -> Ints:
        """Return the number of what each piece went into, from 0."""
        roots = [self._find(each) for each in range(len(self._root))]
        return np.unique(roots, return_inverse=True)[1].astype(np.int64)

    def _find(self, piece: int) -> int:
        while self._root[piece] != piece:
            piece = self._root[piece]
        return piece

    def _merge(self, here: int, there: int) -> None:
        self._root[here] = there
        self._holds[there] = self._holds[there] or self._holds[here]
        for each, metres in self._beside[here].items():
            del self._beside[each][here]
            if each != there:
                both = self._beside[there].get(each, 0.0) + metres
                self._beside[there][each] = self._beside[each][there] = both
        self._beside[here] = {}


def _holes(shapes: Shapes) -> tuple[list[int], list[shapely.Polygon]]:
    many = np.array([sum(len(p.interiors) for p in shapely.get_parts(each)) for each in shapes])
    found = [
        (piece, shapely.Polygon(ring))
        for piece in np.flatnonzero(many).tolist()
        for part in shapely.get_parts(shapes[piece])
        for ring in part.interiors
    ]
    return [piece for piece, _ in found], [ring for _, ring in found]


def _unions(shapes: Shapes, group: Ints) -> Shapes:
    order = np.argsort(group, kind="stable")
    cuts = np.flatnonzero(np.diff(group[order])) + 1
    return np.array([
        shapes[part[0]] if len(part) == 1 else shapely.coverage_union_all(shapes[part])
        for part in np.split(order, cuts)
    ], dtype=object)  # fmt: skip


def _beside(edges: Edges, count: int, ground: Ground) -> list[dict[int, float]]:
    """Say which units lie beside which; one that only meets others at corners, at the widest."""
    found: list[dict[int, float]] = [{} for _ in range(count)]
    lengths = {
        pair: metres for pair, metres in shared(edges, but=_in_water(edges, ground)).items()
        if max(pair) < count
    }  # fmt: skip
    for (one, other), metres in lengths.items():
        if metres >= LEAST_BORDER_M:
            found[one][other] = found[other][one] = metres
    for (one, other), metres in sorted(lengths.items(), key=lambda pair: -pair[1]):
        if metres > 0 and (not found[one] or not found[other]):
            found[one][other] = found[other][one] = metres
    return found


def _in_water(edges: Edges, ground: Ground) -> Floats | None:
    """Return 1 of an edge that lies in water where no street crosses it, else 0."""
    if ground.water is None:
        return None
    shapely.prepare(ground.water)
    wet = np.asarray(shapely.contains_xy(ground.water, *edges.middle.T))
    if len(ground.streets) and wet.any():
        middle = shapely.points(ground.plane.from_degrees(edges.middle[wet]))
        streets = shapely.STRtree(ground.plane.flat(ground.streets))
        bridged = streets.query(middle, predicate="dwithin", distance=ON_STREET_M)[0]
        wet[np.flatnonzero(wet)[bridged]] = False
    return wet.astype(np.float64)


def _linked(
    shapes: Shapes, beside: Sequence[Mapping[int, float]], ground: Ground
) -> list[tuple[int, int]]:
    """Return the shortest ways from each part of a town that lies apart to the rest of it."""
    part = components(beside)
    flat = ground.plane.flat(shapes)
    main = int(np.argmax(np.bincount(part)))
    apart = [np.flatnonzero(part == each) for each in range(int(part.max()) + 1) if each != main]
    done = np.flatnonzero(part == main)
    tree = shapely.STRtree(flat[done])
    apart.sort(
        key=lambda units: float(tree.query_nearest(flat[units], return_distance=True)[1].min())
    )
    links = []
    for units in apart:
        tree = shapely.STRtree(flat[done])
        (here, there), metres = tree.query_nearest(flat[units], return_distance=True)
        at = int(np.argmin(metres))
        links.append((int(units[here[at]]), int(done[there[at]])))
        done = np.append(done, units)
    return links
