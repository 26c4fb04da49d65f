"""Put a house number and a street on every lot."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from data.town import network
from data.town.blocks import HALF_WIDTH_M
from data.town.naming import Named
from data.town.network import Network

NEAR_M = 3.0
METRES_PER_NUMBER = 1.7
FIRST_NUMBER = 100
DOOR_M = 4.0


@dataclass(frozen=True, slots=True)
class Front:
    """Where a lot meets its street: house number, street name, and a point just inside (metres)."""

    number: int
    street: str
    place: Point


def number(made: Network, named: list[Named], lots: list[Polygon]) -> list[Front]:
    """
    Give the lots numbers along their streets.

    Parameters
    ----------
    made
        The street network, local metres.
    named
        Streets, each with its edges in order.
    lots
        Lot polygons, local metres.

    Returns
    -------
    list of Front
        One a lot, in order. Numbers grow away from the centre, odd on the left; none twice
        on a street. A lot off every street takes the nearest.
    """
    start, name = _starts(made, named)
    keys = list(start)
    edges = [made.edges[key] for key in keys]
    bands = [edge.line.buffer(HALF_WIDTH_M[edge.kind] + NEAR_M) for edge in edges]
    tree = STRtree([edge.line for edge in edges])
    taken: dict[str, set[int]] = defaultdict(set)
    fronts = []
    for lot in lots:
        near = sorted(int(i) for i in tree.query(lot.buffer(15), predicate="intersects"))
        faced = [shapely.intersection(lot.exterior, bands[i]) for i in near]
        best = max(range(len(near)), key=lambda k: faced[k].length, default=None)
        if best is None or faced[best].length < 1:
            at = int(tree.nearest(lot))
            place = _door(lot, lot.exterior, edges[at].line)
        else:
            at = near[best]
            place = _door(lot, faced[best], edges[at].line)
        wanted = _number(edges[at].line, start[keys[at]], place)
        street = name[keys[at]]
        fronts.append(Front(_free(taken[street], wanted), street, place))
    return fronts


def _starts(
    made: Network, named: list[Named]
) -> tuple[dict[int, tuple[float, bool]], dict[int, str]]:
    """Return, for each edge, metres walked to its near end, whether it runs backwards; its name."""
    start: dict[int, tuple[float, bool]] = {}
    name: dict[int, str] = {}
    for street in named:
        walked = 0.0
        at = _first_node(made, street.edges)
        for key in street.edges:
            edge = made.edges[key]
            backwards = edge.start != at
            start[key], name[key] = (walked, backwards), street.name
            walked += edge.line.length
            at = edge.start if backwards else edge.end
    return start, name


def _first_node(made: Network, edges: list[int]) -> int:
    first = made.edges[edges[0]]
    if len(edges) == 1:
        return first.start
    following = made.edges[edges[1]]
    return first.start if first.end in {following.start, following.end} else first.end


def _door(lot: Polygon, front: BaseGeometry, street: LineString) -> Point:
    lines = [p for p in shapely.get_parts(shapely.line_merge(front)) if p.length > 0]
    longest = max(lines, key=lambda p: p.length)
    curb = longest.interpolate(0.5, normalized=True)
    if longest.is_ring:
        curb = shapely.get_point(shapely.shortest_line(lot, street), 0)
    inner = shapely.point_on_surface(lot)
    way = np.array([inner.x - curb.x, inner.y - curb.y])
    far = float(np.hypot(*way))
    step = way / max(far, 1e-9) * min(DOOR_M, far / 2)
    door = Point(curb.x + step[0], curb.y + step[1])
    return door if lot.contains(door) else inner


def _number(line: LineString, start: tuple[float, bool], place: Point) -> int:
    walked, backwards = start
    along = line.project(place)
    here = np.array(line.interpolate(along).coords[0])
    ahead = np.array(line.interpolate(min(along + 2, line.length)).coords[0])
    behind = np.array(line.interpolate(max(along - 2, 0)).coords[0])
    tangent, across = ahead - behind, np.array([place.x, place.y]) - here
    left = tangent[0] * across[1] - tangent[1] * across[0] > 0
    if backwards:
        along, left = line.length - along, not left
    return FIRST_NUMBER + 2 * int((walked + along) / (2 * METRES_PER_NUMBER)) + int(left)


def _free(taken: set[int], wanted: int) -> int:
    while wanted in taken:
        wanted += 2
    taken.add(wanted)
    return wanted


def carried_names(made: Network, named: list[Named]) -> dict[int, str]:
    """Return the street name of each edge that carries traffic."""
    names = {key: street.name for street in named for key in street.edges}
    return {key: names[key] for key, edge in made.edges.items() if edge.kind in network.CARRIES}
