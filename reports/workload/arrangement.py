"""Part a town's ground along lines into cells, of which each holds its parcels whole.

What the lines enclose are faces. A parcel that lies across a line is kept whole: all of its ground
goes to one cell, and the other faces lose what they had of it. Every corner that a cell has is a
corner of a line or of a parcel, or lies where two of them cross; neighbours share them to the
digit, so that cells are a coverage: no gaps, no overlaps.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from reports.workload.borders import OUTSIDE, edges_of, shared
from reports.workload.outline import LEAST_HOLE_M2
from reports.workload.plane import Ints, Plane, Shapes

NOWHERE = -1
GRAIN = 1.0
FINEST_M2, COARSEST_M2 = 1e-6, 1e3
"""Between which it is sought how much two parcels must share to be kept in one cell."""
BARE = 100
"""A way over a cell without parcels is as long as over so many with some."""
MOST_TOGETHER = 24
"""Where more parcels than that overlap in a chain, what they share is the surveyor's noise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells of a town.

    Attributes
    ----------
    ground
        Polygons (EPSG:4326), a coverage of the town's outline and of all its parcels.
    of_parcel
        In which cell each parcel lies.
    across
        How many parcels lie across a line.
    """

    ground: Shapes
    of_parcel: Ints
    across: int


def together(parcels: Shapes, *, plane: Plane) -> tuple[Ints, float]:
    """Put parcels that overlap into groups, which are parted nowhere.

    Returns
    -------
    groups
        The group of each parcel.
    float
        The square metres from which two that overlap are put together. Less is the surveyor's noise
        where it would chain more than `MOST_TOGETHER`.
    """
    one, other = shapely.STRtree(parcels).query(parcels, predicate="intersects")
    one, other = one[one < other], other[one < other]
    overlap = ~shapely.touches(parcels[one], parcels[other])
    one, other = one[overlap], other[overlap]
    m2 = shapely.area(shapely.intersection(parcels[one], parcels[other])) * plane.square_m
    least = FINEST_M2
    while True:
        groups = joined(one[m2 > least], other[m2 > least], len(parcels))
        if least >= COARSEST_M2 or np.bincount(groups).max(initial=0) <= MOST_TOGETHER:
            return groups, least
        least *= 10


def faces_of(lines: Shapes, outline: shapely.Geometry) -> Shapes:
    """Return what some lines enclose within an outline, which bounds it as well; all in grains."""
    noded = shapely.union_all(np.append(lines, [shapely.boundary(outline)]), grid_size=GRAIN)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    shapely.prepare(outline)
    return np.asarray(faces[shapely.contains_properly(outline, shapely.point_on_surface(faces))])


def arrange(
    lines: Shapes, outline: shapely.Geometry, parcels: Shapes, *, groups: Ints, plane: Plane
) -> Cells:
    """Part the ground of an outline along lines, and of the parcels that reach beyond it.

    Parameters
    ----------
    lines, outline, parcels
        In degrees (EPSG:4326), the parcels valid.
    groups
        As `together` gives them.
    """
    near, fine = plane.in_grains(parcels), plane.grained
    faces = faces_of(plane.in_grains(lines), plane.in_grains(outline))
    home = _face_of(faces, near)
    whole = np.zeros(len(parcels), dtype=bool)
    inside = home != NOWHERE
    whole[inside] = shapely.covers(faces[home[inside]], near[inside])
    across = _across(home, whole, groups)
    if not across.any():
        return Cells(ground=plane.from_grains(faces), of_parcel=home, across=0)
    names, group = np.unique(groups[across], return_inverse=True)
    blobs = np.array([
        shapely.union_all(near[across][group == at], grid_size=GRAIN) for at in range(len(names))
    ])  # fmt: skip
    atoms, cell, held = _cells(faces, blobs, near[~across], plane=fine)
    of_parcel = np.full(len(parcels), NOWHERE, dtype=np.int64)
    of_parcel[across] = held[group]
    of_parcel[~across] = cell[_face_of(atoms, near[~across])]
    ground = plane.from_grains(_merged(atoms, cell))
    return Cells(ground=ground, of_parcel=of_parcel, across=int(across.sum()))


def _cells(
    faces: Shapes, blobs: Shapes, lots: Shapes, *, plane: Plane
) -> tuple[Shapes, Ints, Ints]:
    """Return the atoms of faces and blobs, the cell of each, and the cell that holds each blob.

    Parameters
    ----------
    lots
        The parcels that are no blobs.
    """
    atoms, owner = _atoms(faces, blobs, plane=plane)
    cell = _in_one_piece(atoms, _keys(faces, blobs, owner), plane=plane)
    blob = np.where(owner < len(faces) + len(blobs), owner - len(faces), NOWHERE)
    inhabited = {*cell[_face_of(atoms, lots)].tolist(), *cell[blob >= 0].tolist()}
    cell = _with_far_parts(atoms, cell, blob, inhabited, plane=plane)
    held = np.full(len(blobs), NOWHERE, dtype=np.int64)
    held[blob[blob >= 0]] = cell[blob >= 0]
    return atoms, cell, held


def joined(one: Ints, other: Ints, count: int) -> Ints:
    """Say of so many things which hang together, by pairs that do: the same number for each."""
    links = coo_array((np.ones(len(one), dtype=bool), (one, other)), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def _face_of(faces: Shapes, parcels: Shapes) -> Ints:
    """Return in which face a point on each parcel lies."""
    found = np.full(len(parcels), NOWHERE, dtype=np.int64)
    points = shapely.point_on_surface(parcels)
    at, face = shapely.STRtree(faces).query(points, predicate="intersects")
    found[at] = face
    return found


def _across(home: Ints, whole: np.ndarray, groups: Ints) -> np.ndarray:
    """Say which parcels lie across lines, or overlap with one that does, or with one elsewhere."""
    first = np.full(int(groups.max(initial=0)) + 1, NOWHERE, dtype=np.int64)
    first[groups] = home
    broken = np.unique(groups[~whole | (first[groups] != home)])
    return np.isin(groups, broken)


def _atoms(faces: Shapes, blobs: Shapes, *, plane: Plane) -> tuple[Shapes, Ints]:
    """Part faces along parcels; gives whose each atom is: a face's, or from `len(faces)` a blob's.

    A gap between these is its own, with a number of its own beyond both.
    """
    rings = shapely.union_all(shapely.boundary(np.concatenate([faces, blobs])), grid_size=GRAIN)
    atoms = shapely.get_parts(shapely.polygonize([rings]))
    points = shapely.point_on_surface(atoms)
    owner = np.full(len(atoms), NOWHERE, dtype=np.int64)
    for shapes, begin in ((faces, 0), (blobs, len(faces))):
        at, of = shapely.STRtree(shapes).query(points, predicate="within")
        owner[at] = of + begin
    gap = (owner == NOWHERE) & (shapely.area(atoms) * plane.square_m < LEAST_HOLE_M2)
    owner[gap] = len(faces) + len(blobs) + np.arange(gap.sum())
    return atoms[owner != NOWHERE], owner[owner != NOWHERE]


def _keys(faces: Shapes, blobs: Shapes, owner: Ints) -> Ints:
    """Return which atoms go together: those of a face, with the blobs that lie mostly in it."""
    key = np.arange(int(owner.max()) + 1, dtype=np.int64)
    home = _face_of(faces, blobs)
    inside = home != NOWHERE
    held = np.zeros(len(blobs))
    held[inside] = shapely.area(shapely.intersection(blobs[inside], faces[home[inside]]))
    mostly = held > shapely.area(blobs) / 2
    key[len(faces) + np.flatnonzero(mostly)] = home[mostly]
    return key[owner]


def _in_one_piece(atoms: Shapes, key: Ints, *, plane: Plane) -> Ints:
    """Say of which cell each atom is: atoms of one key that lie beside each other."""
    edges = edges_of(atoms, plane=plane)
    beside = (edges.beyond != OUTSIDE) & (key[edges.piece] == key[edges.beyond])
    return joined(edges.piece[beside], edges.beyond[beside], len(atoms))


def _with_far_parts(
    atoms: Shapes, cell: Ints, blob: Ints, inhabited: Collection[int], *, plane: Plane
) -> Ints:
    """Join the cells in which the parts of one parcel lie, with those on the way between them."""
    theirs = blob >= 0
    pairs = np.unique(np.column_stack([blob, cell])[theirs], axis=0)
    often = np.bincount(pairs[:, 0])[pairs[:, 0]] > 1
    if not often.any():
        return cell
    beside = _beside(atoms, cell, plane=plane)
    joined = list(range(int(cell.max()) + 1))
    for each in np.unique(pairs[often, 0]).tolist():
        first, *others = pairs[pairs[:, 0] == each, 1].tolist()
        for other in others:
            for between in _way(beside, first, other, inhabited):
                joined = [joined[first] if at == joined[between] else at for at in joined]
    return np.unique(np.array(joined)[cell], return_inverse=True)[1]


def _beside(atoms: Shapes, cell: Ints, *, plane: Plane) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in shared(edges_of(atoms, plane=plane)):
        here, there = int(cell[one]), int(cell[other])
        found[here].add(there)
        found[there].add(here)
    return found


def _way(
    beside: Mapping[int, set[int]], start: int, goal: int, inhabited: Collection[int]
) -> list[int]:
    """Return the cells on a shortest way from one to another, or the other alone where none is.

    Over cells with parcels rather than along a river or around the town.
    """
    came: dict[int, int] = {}
    waiting = [(0, start, start)]
    while waiting and goal not in came:
        cost, here, before = heappop(waiting)
        if here in came:
            continue
        came[here] = before
        for there in beside.get(here, set()) - came.keys():
            heappush(waiting, (cost + (1 if there in inhabited else BARE), there, here))
    way, at = [goal], goal
    while came.get(at, start) != start:
        at = came[at]
        way.append(at)
    return way


def _merged(atoms: Shapes, cell: Ints) -> Shapes:
    order = np.argsort(cell, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(cell[order])) + 1)
    return np.array(
        [atoms[part[0]] if len(part) == 1 else shapely.coverage_union_all(atoms[part])
         for part in parts], dtype=object,
    )  # fmt: skip
