"""Bridge the creek or cross the railway where a part of the town cannot be reached."""

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from data.town import infill, network
from data.town.arterials import Street
from data.town.network import Network

STUB_M = 3.0


def connect(made: Network) -> Network:
    """
    Add a street from each part that stands alone to the nearest of the rest.

    Parameters
    ----------
    made
        The network; not changed.

    Returns
    -------
    Network
        All streets in one piece.
    """
    made = _noded_again(made, [])
    parts = _parts(made)
    for _ in range(len(parts) - 1):
        smallest = min(parts, key=lambda part: part.length)
        rest = shapely.union_all([part for part in parts if part is not smallest])
        gap = shapely.shortest_line(smallest, rest)
        link = infill.overshot(LineString(gap.coords))
        made = _noded_again(made, [Street(link, "secondary")])
        parts = _parts(made)
    return made


def _noded_again(made: Network, links: list[Street]) -> Network:
    """Cut streets anew: where nodes were drawn together, lines may cross that did not before."""
    old = [Street(edge.line, edge.kind) for edge in made.edges.values()]
    again = network.node([*old, *links])
    network.prune_dangles(again, kinds=network.CARRIES, below_m=STUB_M)
    return again


def _parts(made: Network) -> list[BaseGeometry]:
    """Return the linework of each set of streets that hang together."""
    group = {node: node for node in made.nodes}

    def root(node: int) -> int:
        while group[node] != node:
            node = group[node]
        return node

    carrying = [edge for edge in made.edges.values() if edge.kind in network.CARRIES]
    for edge in carrying:
        group[root(edge.start)] = root(edge.end)
    lines: dict[int, list[LineString]] = {}
    for edge in carrying:
        lines.setdefault(root(edge.start), []).append(edge.line)
    return [shapely.union_all(found) for found in lines.values()]
