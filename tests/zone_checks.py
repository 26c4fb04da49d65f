"""Check zones by means of their own: shared borders, parts, holes, and parcels that are cut."""

from collections.abc import Sequence

import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray

type Shapes = NDArray[np.object_]

METRES = 111_000.0
"""Of a degree, roughly: what is measured here is next to nothing, or far from it."""


def hang_together(pieces: Shapes, *, least_m: float = 1.0) -> bool:
    """Say whether pieces are one by the borders they share: no corner alone joins them."""
    graph = nx.Graph()
    graph.add_nodes_from(range(len(pieces)))
    tree = shapely.STRtree(pieces)
    for one, other in tree.query(pieces, predicate="intersects").T.tolist():
        if one < other:
            border = shapely.intersection(pieces[one], pieces[other])
            if shapely.length(border) * METRES > least_m:
                graph.add_edge(one, other)
    return nx.is_connected(graph)


def cut_m2(parcels: Shapes, zones: Shapes) -> float:
    """Return how much of a parcel lies beyond the zone that has most of it, at the most.

    What another parcel lies on as well can be in one zone alone, and is not counted.
    """
    worst = 0.0
    tree, lots = shapely.STRtree(zones), shapely.STRtree(parcels)
    for at, parcel in enumerate(parcels):
        near = tree.query(parcel, predicate="intersects")
        held = shapely.area(shapely.intersection(zones[near], parcel))
        home = zones[near[int(np.argmax(held))]]
        if not shapely.covers(home, parcel):
            beyond = shapely.difference(parcel, home)
            others = [each for each in lots.query(beyond, predicate="intersects") if each != at]
            alone = shapely.difference(beyond, shapely.union_all(parcels[others]))
            worst = max(worst, alone.area * METRES**2)
    return worst


def overlap_m2(zones: Shapes) -> float:
    """Return how much two zones share at the most."""
    one, other = shapely.STRtree(zones).query(zones, predicate="intersects")
    one, other = one[one < other], other[one < other]
    shared = shapely.area(shapely.intersection(zones[one], zones[other]))
    return float(shared.max(initial=0.0)) * METRES**2


def gap_m2(zones: Shapes) -> float:
    """Return the ground that zones lie around and none has."""
    whole = shapely.union_all(zones)
    filled = shapely.union_all(
        [shapely.Polygon(part.exterior) for part in shapely.get_parts(whole)]
    )
    return float(filled.area - whole.area) * METRES**2


def in_one_part(zones: Sequence[shapely.Geometry]) -> bool:
    """Say whether every zone is a polygon without a hole."""
    return all(isinstance(each, shapely.Polygon) and not each.interiors for each in zones)
