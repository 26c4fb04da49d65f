"""Read the turn-aware graph that the street engine made, for SciPy to search.

Its nodes are stretches of street in one direction, its edges the turns between them, weighted by
the stretch left and the turn. It is the very graph the engine contracts, so both search the same.
"""

import dataclasses
import tarfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

WEIGHT_BITS = 22
NO_WEIGHT = 2**WEIGHT_BITS - 1
EDGE = np.dtype(
    [
        ("source", "<u4"),
        ("target", "<u4"),
        ("turn", "<u4"),
        ("weight", "<i4"),
        ("metres", "<f4"),
        ("duration_and_ways", "<u4"),
    ]
)
FORWARD, BACKWARD = 1 << 30, 1 << 31
TINY = FLAG = 1 << 31


@dataclasses.dataclass(frozen=True)
class Spots:
    """Middles of street segments: where they are, and how far along which graph nodes.

    `nodes` and `offsets` have shape (n, 2), for both directions; node -1 where a direction is
    closed. Weights are tenths, as in the graph.
    """

    places: NDArray[np.float64]
    nodes: NDArray[np.int64]
    offsets: NDArray[np.float64]


class TurnGraph:
    """The turn-aware graph of a built dataset; `base` is its path without a suffix."""

    def __init__(self, base: Path) -> None:
        edges = np.frombuffer(_part(base, "ebg", "edge_based_edge_list"), EDGE)
        ways = edges["duration_and_ways"] & (FORWARD | BACKWARD)
        if not (ways == FORWARD).all():
            msg = "the engine's graph has edges of two directions, which this reader does not know"
            raise ValueError(msg)
        nodes = np.frombuffer(_part(base, "ebg_nodes", "ebg_node_data/nodes"), "<u4").reshape(-1, 3)
        self._count = len(nodes)
        order = np.lexsort((edges["weight"], edges["target"], edges["source"]))
        pairs = np.stack([edges["source"], edges["target"]])[:, order].astype(np.int64)
        first = np.r_[True, (pairs[:, 1:] != pairs[:, :-1]).any(axis=0)]
        self._from, self._to = pairs[:, first]
        self._weight = edges["weight"][order][first].astype(np.float64)
        self._read_geometry(base, nodes)

    def spots(self, count: int, *, seed: int) -> Spots:
        """Choose the middles of random segments longer than 20 m in the main network."""
        random = np.random.default_rng(seed)
        chosen = random.choice(np.flatnonzero(self._usable), size=count, replace=False)
        nodes = np.stack([self._forward[chosen], self._backward[chosen]], axis=1)
        offsets = np.stack([self._forward_half[chosen], self._backward_half[chosen]], axis=1)
        return Spots(self._middle[chosen], nodes, offsets)

    def weights(self, spots: Spots) -> NDArray[np.float64]:
        """Search from every spot to every spot with SciPy; tenths, shape (n, n)."""
        graph, count = self._with_starts(spots)
        found = dijkstra(graph, indices=np.arange(self._count, self._count + count))
        ways = [
            np.where(
                spots.nodes[:, way] >= 0,
                found[:, spots.nodes[:, way]] + spots.offsets[:, way],
                np.inf,
            )
            for way in (0, 1)
        ]
        return np.minimum(*ways)

    def _with_starts(self, spots: Spots) -> tuple[sparse.csr_array, int]:
        """Add one node a spot, from which the rest of its stretches is driven."""
        edges_of = sparse.csr_array(
            (np.arange(1, len(self._from) + 1), (self._from, self._to)),
            shape=(self._count, self._count),
        )
        rows, targets, weights = [self._from], [self._to], [self._weight]
        for way in (0, 1):
            open_ = np.flatnonzero(spots.nodes[:, way] >= 0)
            out = edges_of[spots.nodes[open_, way]].tocoo()
            spot = open_[out.row]
            rows.append(self._count + spot)
            targets.append(out.col)
            weights.append(self._weight[out.data - 1] - spots.offsets[spot, way])
        size, count = self._count + len(spots.places), len(spots.places)
        entries = (np.concatenate(rows), np.concatenate(targets))
        order = np.lexsort((np.concatenate(weights), *entries[::-1]))
        pairs = np.stack(entries)[:, order]
        first = np.r_[True, (pairs[:, 1:] != pairs[:, :-1]).any(axis=0)]
        values = np.concatenate(weights)[order][first]
        return sparse.csr_array((values, tuple(pairs[:, first])), shape=(size, size)), count

    def _read_geometry(self, base: Path, nodes: NDArray[np.uint32]) -> None:
        index = np.frombuffer(_part(base, "geometry", "segment_data/index"), "<u4").astype(int)
        points = np.frombuffer(_part(base, "geometry", "segment_data/nodes"), "<u4")
        places = np.frombuffer(_part(base, "nbg_nodes", "nbn_data/coordinates"), "<i4")
        degrees = places.reshape(-1, 2)[points] / 1e6
        forward = _weights(base, "forward", len(points))
        backward = _weights(base, "reverse", len(points))
        geometry = np.repeat(np.arange(len(index) - 1), np.diff(index))
        here = np.flatnonzero(geometry[1:] == geometry[:-1])
        shape = geometry[here]
        node_of = np.full((2, len(index) - 1), -1)
        tiny = np.zeros(len(index) - 1, dtype=bool)
        is_forward = (nodes[:, 0] & FLAG) > 0
        for way, those in ((0, is_forward), (1, ~is_forward)):
            node_of[way, nodes[those, 0] & ~np.uint32(FLAG)] = np.flatnonzero(those)
        tiny[nodes[:, 0] & ~np.uint32(FLAG)] = (nodes[:, 1] & TINY) > 0
        ahead, back = forward[here + 1], backward[here]
        self._forward = np.where(ahead == NO_WEIGHT, -1, node_of[0, shape])
        self._backward = np.where(back == NO_WEIGHT, -1, node_of[1, shape])
        before = np.cumsum(np.where(forward == NO_WEIGHT, 0, forward))
        after = np.cumsum(np.where(backward == NO_WEIGHT, 0, backward))
        self._forward_half = before[here] - before[index[shape]] + ahead / 2
        self._backward_half = after[index[shape + 1] - 1] - after[here] + back / 2
        self._middle = (degrees[here] + degrees[here + 1]) / 2
        metres = np.hypot(*(np.diff(degrees, axis=0)[here] * (86_000, 111_000)).T)
        self._usable = ~tiny[shape] & (metres > 20) & ((self._forward >= 0) | (self._backward >= 0))


def _part(base: Path, suffix: str, name: str) -> bytes:
    with tarfile.open(f"{base}.{suffix}") as archive:
        part = next(member for member in archive if member.name.endswith(f"/{name}"))
        content = archive.extractfile(part)
        return content.read() if content else b""


def _weights(base: Path, way: str, count: int) -> NDArray[np.int64]:
    """Unpack weights stored in 22 bits each."""
    packed = np.frombuffer(_part(base, "geometry", f"segment_data/{way}_weights/packed"), np.uint8)
    bits = np.unpackbits(packed, bitorder="little")[: count * WEIGHT_BITS]
    return bits.reshape(count, WEIGHT_BITS) @ (1 << np.arange(WEIGHT_BITS))
