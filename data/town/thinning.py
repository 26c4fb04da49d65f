"""Take out some cross streets, so that blocks differ in length as they do where towns grew."""

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import Polygon

from data.town import network
from data.town.network import Network

SHARE = 0.16
LONGEST_M = 130.0
LARGEST_M2 = 42_000.0
WIDER = 1.15


def thin(rng: np.random.Generator, made: Network) -> None:
    """
    Remove short residential edges between blocks that lie end to end.

    Parameters
    ----------
    rng
        Source of the choice; advanced by this call.
    made
        Changed in place. No block grows deeper by it, only longer, and each grows once.
    """
    faces = made.faces()
    tree = STRtree(faces)
    grown: set[int] = set()
    numbers = [n for n, e in made.edges.items() if e.kind == "residential"]
    for at in rng.permutation(len(numbers))[: round(SHARE * len(numbers))]:
        line = made.edges[numbers[at]].line
        middle = line.interpolate(0.5, normalized=True)
        beside = [int(i) for i in tree.query(middle, predicate="dwithin", distance=0.1)]
        if line.length > LONGEST_M or len(beside) != 2 or grown.intersection(beside):  # noqa: PLR2004
            continue
        if _lie_end_to_end(faces[beside[0]], faces[beside[1]]):
            grown.update(beside)
            del made.edges[numbers[at]]
    network.prune_dangles(made, kinds=frozenset({"residential"}))


def _lie_end_to_end(one: Polygon, other: Polygon) -> bool:
    joined = shapely.union(one, other)
    if not isinstance(joined, Polygon) or joined.area > LARGEST_M2:
        return False
    return network.width(joined) < WIDER * max(network.width(one), network.width(other))
