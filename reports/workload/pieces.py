"""Cut a town into pieces with parcels: blocks along streets, and along parcels where none are.

A block that is too heavy is parted along its parcels.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from reports.workload.arrangement import Cells, arrange, joined, together
from reports.workload.borders import LEAST_BORDER_M, edges_of, shared
from reports.workload.ground import Ground
from reports.workload.plane import Floats, Ints, Plane, Shapes
from reports.workload.ridges import ridges

TOUCH_M = 0.3
"""Parcels nearer to each other than that have no street between them."""
PART = 0.5
"""A block that is too heavy is parted into pieces of at most so much of what is too heavy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """A town in pieces.

    Attributes
    ----------
    cells
        The pieces, some of them without any parcel.
    groups
        Which parcels overlap, as `arrangement.together` says.
    overlap_m2
        From how many square metres on.
    by_streets
        Whether streets part them; else the ground between parcels.
    parted
        How many blocks were too heavy, and so were parted along parcels.
    """

    cells: Cells
    groups: Ints
    overlap_m2: float
    by_streets: bool
    parted: int = 0


def pieces_of(ground: Ground) -> Pieces:
    """Cut a town into blocks."""
    plane, parcels = ground.plane, ground.parcels
    groups, overlap_m2 = together(parcels, plane=plane)
    by_streets = bool(len(ground.streets))
    lines = ground.streets if by_streets else ridges(_blocks(parcels, plane), plane=plane)
    cells = arrange(lines, ground.outline, parcels, groups=groups, plane=plane)
    pieces = Pieces(cells=cells, groups=groups, overlap_m2=overlap_m2, by_streets=by_streets)
    return _cut(pieces, ground, list(_between(cells, ground)))


def parted(pieces: Pieces, ground: Ground, weight: Floats, *, heaviest: float) -> Pieces:
    """Part the pieces heavier than some weight along their parcels, as far as these go.

    Parameters
    ----------
    weight
        Of each parcel.
    """
    cells = pieces.cells
    total = np.bincount(cells.of_parcel, weights=weight, minlength=len(cells.ground))
    lines = []
    for cell in np.flatnonzero(total > heaviest).tolist():
        inside = np.flatnonzero(cells.of_parcel == cell)
        within = _ridges_in(ground, inside, pieces.groups, weight, heaviest * PART)
        if len(within):
            lines.append(shapely.intersection(within, cells.ground[cell]))
    fine = _cut(pieces, ground, lines)
    return replace(fine, parted=pieces.parted + len(lines))


def _cut(pieces: Pieces, ground: Ground, lines: Sequence[Shapes]) -> Pieces:
    """Cut pieces along further lines."""
    if not lines:
        return pieces
    cells = pieces.cells
    cut = arrange(
        np.concatenate([shapely.boundary(cells.ground), *lines]),
        ground.outline,
        ground.parcels,
        groups=pieces.groups,
        plane=ground.plane,
    )
    return replace(pieces, cells=replace(cut, across=cells.across))


def _between(cells: Cells, ground: Ground) -> Iterator[Shapes]:
    """Return the lines that share out ground without parcels among the pieces around it.

    So a river, a park or a strip around the town goes to many, and none reaches along all of it.
    """
    holds = np.bincount(cells.of_parcel, minlength=len(cells.ground)) > 0
    beside: dict[int, list[int]] = defaultdict(list)
    for pair in shared(edges_of(cells.ground, plane=ground.plane), least_m=LEAST_BORDER_M):
        for here, there in (pair, pair[::-1]):
            if holds[there] and not holds[here]:
                beside[here].append(there)
    for bare, around in sorted(beside.items()):
        if len(around) > 1:
            lots = np.flatnonzero(np.isin(cells.of_parcel, around))
            groups = _unions(ground.parcels[lots], cells.of_parcel[lots])
            yield shapely.intersection(ridges(groups, plane=ground.plane), cells.ground[bare])


def _blocks(parcels: Shapes, plane: Plane) -> Shapes:
    """Return the ground of parcels that touch each other, block by block."""
    flat = plane.flat(parcels)
    one, other = shapely.STRtree(flat).query(flat, predicate="dwithin", distance=TOUCH_M)
    return _unions(parcels, joined(one, other, len(parcels)))


def _unions(parcels: Shapes, groups: Ints) -> Shapes:
    order = np.argsort(groups, kind="stable")
    cuts = np.flatnonzero(np.diff(groups[order])) + 1
    return np.array([shapely.union_all(parcels[part]) for part in np.split(order, cuts)])


def _ridges_in(
    ground: Ground, inside: Ints, groups: Ints, weight: Floats, heaviest: float
) -> Shapes:
    """Return the lines that part some parcels into groups of neighbours of at most some weight."""
    whole = np.unique(groups[inside], return_inverse=True)[1]
    flat = ground.plane.flat(ground.parcels[inside])
    middle = shapely.get_coordinates(shapely.centroid(flat))
    area = shapely.area(flat)
    size = np.bincount(whole, weights=area)
    places = np.column_stack([np.bincount(whole, weights=area * part) / size for part in middle.T])
    heavy = np.bincount(whole, weights=weight[inside])
    label = np.zeros(len(places), dtype=np.int64)
    for number, part in enumerate(_halves(np.arange(len(places)), places, heavy, heaviest)):
        label[part] = number
    return ridges(_unions(ground.parcels[inside], label[whole]), plane=ground.plane)


def _halves(part: Ints, places: Floats, weight: Floats, heaviest: float) -> Iterator[Ints]:
    """Halve some places by weight, across their longest side, until no part is too heavy."""
    if len(part) == 1 or weight[part].sum() <= heaviest:
        yield part
        return
    centred = places[part] - places[part].mean(axis=0)
    axis = np.linalg.svd(centred, full_matrices=False)[2][0]
    order = part[np.argsort(centred @ axis, kind="stable")]
    sums = np.cumsum(weight[order])
    half = int(np.argmin(np.abs(sums[:-1] - sums[-1] / 2))) + 1
    yield from _halves(order[:half], places, weight, heaviest)
    yield from _halves(order[half:], places, weight, heaviest)
