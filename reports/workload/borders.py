"""Find which pieces of a coverage lie beside which, along how many metres, and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from reports.workload.plane import Floats, Ints, Plane, Shapes

LEAST_BORDER_M = 10.0
"""Pieces that share less than the width of a street meet at a corner, and lie beside no more."""
OUTSIDE = -1
"""What lies beyond an edge that only one piece has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """The edges of all rings of some pieces, each as its piece has it.

    Attributes
    ----------
    piece, beyond
        The piece whose edge it is, and the one across it; `OUTSIDE` where there is none.
    ring
        The ring it is of; the edges of a ring follow each other in order.
    begins
        The corner it begins at; the same number for the same place.
    metres
        Its length.
    middle
        Its middle, shape (n, 2), in degrees.
    """

    piece: Ints
    beyond: Ints
    ring: Ints
    begins: Ints
    metres: Floats
    middle: Floats


@dataclass(frozen=True, slots=True)
class Arc:
    """A stretch of a piece's border with one other, and which pieces it only touches at its end."""

    beyond: int
    metres: float
    touched: tuple[int, ...]


def edges_of(shapes: Shapes, *, plane: Plane) -> Edges:
    """Return the edges of a coverage: pieces that share what they have of a border, to the digit.

    Parameters
    ----------
    shapes
        Polygons and multipolygons in degrees, none of which overlap.
    """
    rings, of = _rings(shapes)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    same = np.flatnonzero(ring[1:] == ring[:-1])
    places = np.unique(corners[:, 0] + 1j * corners[:, 1], return_inverse=True)[1]
    begins, ends = places[same], places[same + 1]
    many = int(places.max(initial=0)) + 1
    key = np.minimum(begins, ends) * many + np.maximum(begins, ends)
    step = (corners[same + 1] - corners[same]) * (plane.east_m, plane.north_m)
    piece = of[ring[same]]
    return Edges(
        piece=piece, beyond=_across(key, piece), ring=ring[same], begins=begins,
        metres=np.hypot(*step.T), middle=(corners[same] + corners[same + 1]) / 2,
    )  # fmt: skip


def _rings(shapes: Shapes) -> tuple[Shapes, Ints]:
    """Return every ring, and which shape each is of."""
    parts, of = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    return rings, np.asarray(of[part], dtype=np.int64)


def _across(key: Ints, piece: Ints) -> Ints:
    """Return which piece has the same edge, of each edge."""
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    twin = ranked[1:] == ranked[:-1]
    beyond = np.full(len(key), OUTSIDE, dtype=np.int64)
    here, there = order[:-1][twin], order[1:][twin]
    beyond[here], beyond[there] = piece[there], piece[here]
    return beyond


def shared(edges: Edges, *, least_m: float = 0.0, but: Floats | None = None) -> dict[
    tuple[int, int], float
]:  # fmt: skip
    """Return how many metres of border each two pieces share, the lesser piece first.

    Parameters
    ----------
    least_m
        Pieces that share no more are left out.
    but
        Of each edge the share that does not count, as where it lies in water.
    """
    counts = edges.beyond > edges.piece
    metres = edges.metres if but is None else edges.metres * (1 - but)
    pairs = np.column_stack([edges.piece, edges.beyond])[counts]
    if not len(pairs):
        return {}
    found, at = np.unique(pairs, axis=0, return_inverse=True)
    sums = np.bincount(at.reshape(-1), weights=metres[counts])
    kept = sums > least_m
    rows = zip(found[kept].tolist(), sums[kept].tolist(), strict=True)
    return {(one, other): length for (one, other), length in rows}


def arcs_around(edges: Edges, count: int) -> list[list[list[Arc]]]:
    """Return of each piece, ring by ring, what lies around it in order.

    Pieces that only touch it at a corner are told with the arc that ends there.
    """
    touching = _touching(edges)
    found: list[list[list[Arc]]] = [[] for _ in range(count)]
    starts = np.flatnonzero(np.diff(edges.ring, prepend=-1))
    stops = [*starts[1:].tolist(), len(edges.ring)]
    for start, stop in zip(starts.tolist(), stops, strict=True):
        own = int(edges.piece[start])
        found[own].append(_arcs(edges, start, stop, touching))
    return found


def _arcs(edges: Edges, start: int, stop: int, touching: Mapping[int, frozenset[int]]) -> list[Arc]:
    beyond = edges.beyond[start:stop]
    own = int(edges.piece[start])
    turns = np.flatnonzero(beyond != np.roll(beyond, 1))
    if not len(turns):
        return [Arc(int(beyond[0]), float(edges.metres[start:stop].sum()), ())]
    order = np.roll(np.arange(start, stop), -turns[0])
    arcs = []
    for part in np.split(order, turns[1:] - turns[0]):
        far = int(edges.beyond[part[0]])
        last = part[-1] + 1 if part[-1] + 1 < stop else start
        after = int(edges.beyond[last])
        there = touching.get(int(edges.begins[last]), frozenset()) - {own, far, after}
        arcs.append(Arc(far, float(edges.metres[part].sum()), tuple(sorted(there))))
    return arcs


def _touching(edges: Edges) -> dict[int, frozenset[int]]:
    """Return which pieces meet at a corner, of the corners where three or more do."""
    both = np.unique(np.column_stack([edges.begins, edges.piece]), axis=0)
    corners, first, count = np.unique(both[:, 0], return_index=True, return_counts=True)
    crowded = np.flatnonzero(count > 2)  # noqa: PLR2004 - two meet all along an edge
    return {
        int(corners[at]): frozenset(both[first[at] : first[at] + count[at], 1].tolist())
        for at in crowded
    }
