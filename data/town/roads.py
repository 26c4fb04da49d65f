"""Turn the street network into ways with traffic rules: one-way pair, roundabout, speeds, lanes."""

from dataclasses import dataclass, field

import numpy as np
import shapely
import shapely.ops
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.geometry import LineString, Point

from data.town import network
from data.town.network import Edge, Network
from data.town.plat import Plat

SPEED_MPH = {"primary": 35, "secondary": 30, "residential": 25, "court": 20}
LANES = {"primary": 4, "secondary": 2, "residential": 2, "court": 2}
ROUNDABOUT_M = 16.0
PAIR_M = (50.0, 150.0)
"""How far from the main street, metres, its one-way neighbours run."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way: its node numbers in order and its OpenStreetMap tags."""

    nodes: list[int]
    tags: dict[str, str]


@dataclass(slots=True)
class Roads:
    """Nodes (local metres, numbered by place in the list) and the ways over them."""

    places: list[tuple[float, float]] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)

    def add(self, x: float, y: float) -> int:
        """Add a node and return its number."""
        self.places.append((x, y))
        return len(self.places) - 1


def pave(plat: Plat) -> Roads:
    """
    Make ways of every street edge.

    Parameters
    ----------
    plat
        The town on paper.

    Returns
    -------
    Roads
        Ways that meet share a node.
    """
    made = plat.plan.network
    roads = Roads()
    circle = _roundabout_node(plat)
    used = sorted({n for e in _carrying(made).values() for n in (e.start, e.end)} - {circle})
    number = {node: roads.add(*made.nodes[node]) for node in used}
    one_way = _one_way(plat)
    rim: list[tuple[float, int]] = []
    for key, edge in _carrying(made).items():
        line = edge.line
        ends = [number.get(edge.start), number.get(edge.end)]
        if circle is not None and circle in (edge.start, edge.end):
            line, ends = _to_rim(roads, edge, circle, ends, rim)
        inner = [roads.add(x, y) for x, y in line.coords[1:-1]]
        nodes = [n for n in (ends[0], *inner, ends[1]) if n is not None]
        backwards = one_way.get(key)
        roads.ways.append(
            Way(nodes[::-1] if backwards else nodes, _tags(plat, key, edge, one_way=key in one_way))
        )
    if circle is not None:
        roads.ways.append(_ring(roads, rim, centre=made.nodes[circle]))
    return roads


def _carrying(made: Network) -> dict[int, Edge]:
    return {key: edge for key, edge in made.edges.items() if edge.kind in network.CARRIES}


def _tags(plat: Plat, key: int, edge: Edge, *, one_way: bool) -> dict[str, str]:
    tags = {
        "highway": "residential" if edge.kind == "court" else edge.kind,
        "name": plat.edge_names[key],
        "maxspeed": f"{SPEED_MPH[edge.kind]} mph",
        "lanes": str(LANES[edge.kind]),
    }
    return tags | {"oneway": "yes"} if one_way else tags


def _one_way(plat: Plat) -> dict[int, bool]:
    """Return the edges of the streets on either side of the main street; True to reverse one."""
    made = plat.plan.network
    at = _carrying_degree(made)
    along = np.array([np.cos(plat.plan.bearing), np.sin(plat.plan.bearing)])
    heart = Point(plat.terrain.centre)
    main = plat.plan.main
    sides: dict[int, dict[int, bool]] = {-1: {}, 1: {}}
    for key, edge in _carrying(made).items():
        middle = edge.line.interpolate(0.5, normalized=True)
        near = PAIR_M[0] < shapely.distance(middle, main) < PAIR_M[1]
        way = np.subtract(edge.line.coords[-1], edge.line.coords[0])
        with_main = float(way @ along) / max(float(np.hypot(*way)), 1e-9)
        central = shapely.distance(middle, heart) < 0.2 * plat.terrain.side
        ends = min(at[edge.start], at[edge.end])
        if near and central and edge.kind == "residential" and abs(with_main) > 0.97 and ends > 2:  # noqa: PLR2004
            offset = np.array([middle.x, middle.y]) - plat.terrain.centre
            side = 1 if along[0] * offset[1] - along[1] * offset[0] > 0 else -1
            sides[side][key] = with_main * side > 0
    return _returnable(made, _one_street(plat, sides[-1]) | _one_street(plat, sides[1]))


def _returnable(made: Network, one_way: dict[int, bool]) -> dict[int, bool]:
    """Leave two-way every edge from whose far end no drive leads back."""
    edges = _carrying(made)
    while True:
        arcs = [
            arc
            for key, edge in edges.items()
            for arc, against in (((edge.start, edge.end), True), ((edge.end, edge.start), False))
            if one_way.get(key, not against) != against
        ]
        size = max(made.nodes) + 1
        graph = coo_array((np.ones(len(arcs)), tuple(np.transpose(arcs))), shape=(size, size))
        part = connected_components(graph, connection="strong")[1]
        kept = {
            key: backwards
            for key, backwards in one_way.items()
            if part[edges[key].start] == part[edges[key].end]
        }
        if len(kept) == len(one_way):
            return kept
        one_way = kept


def _one_street(plat: Plat, edges: dict[int, bool]) -> dict[int, bool]:
    """Keep the edges of the name that has most of them."""
    names = [plat.edge_names[key] for key in edges]
    if not names:
        return {}
    most = max(dict.fromkeys(names), key=names.count)
    return {key: backwards for key, backwards in edges.items() if plat.edge_names[key] == most}


def _carrying_degree(made: Network) -> dict[int, int]:
    degree = dict.fromkeys(made.nodes, 0)
    for edge in _carrying(made).values():
        degree[edge.start] += 1
        degree[edge.end] += 1
    return degree


def _roundabout_node(plat: Plat) -> int | None:
    """Choose the crossing of two larger streets farthest out, where edges are long enough."""
    made = plat.plan.network
    heart = Point(plat.terrain.centre)
    found: dict[int, list[Edge]] = {}
    for edge in _carrying(made).values():
        for node in (edge.start, edge.end):
            found.setdefault(node, []).append(edge)
    fit = [
        node
        for node, edges in sorted(found.items())
        if len(edges) == 4  # noqa: PLR2004 - a crossing
        and all(e.kind == "secondary" for e in edges)
        and all(e.line.length > 3 * ROUNDABOUT_M and e.start != e.end for e in edges)
    ]
    return min(fit, key=lambda n: shapely.distance(Point(made.nodes[n]), heart), default=None)


def _to_rim(
    roads: Roads,
    edge: Edge,
    circle: int,
    ends: list[int | None],
    rim: list[tuple[float, int]],
) -> tuple[LineString, list[int | None]]:
    """Shorten an edge to the roundabout's rim and note where it joins."""
    at_start = edge.start == circle
    span = (ROUNDABOUT_M, edge.line.length) if at_start else (0, edge.line.length - ROUNDABOUT_M)
    line = LineString(shapely.ops.substring(edge.line, *span).coords)
    x, y = line.coords[0 if at_start else -1]
    centre = np.array(edge.line.coords[0 if at_start else -1])
    number = roads.add(x, y)
    rim.append((float(np.arctan2(y - centre[1], x - centre[0])), number))
    return line, [number, ends[1]] if at_start else [ends[0], number]


def _ring(roads: Roads, rim: list[tuple[float, int]], *, centre: tuple[float, float]) -> Way:
    """Close the roundabout anticlockwise through its arms, with a point between each two."""
    rim.sort()
    nodes: list[int] = []
    for (angle, number), (after, _) in zip(rim, [*rim[1:], rim[0]], strict=True):
        nodes.append(number)
        gap = (after - angle) % (2 * np.pi)
        for share in (1 / 3, 2 / 3):
            turn = angle + gap * share
            nodes.append(roads.add(*_on_circle(centre, turn)))
    tags = {"highway": "secondary", "junction": "roundabout", "oneway": "yes", "maxspeed": "15 mph"}
    return Way([*nodes, nodes[0]], tags | {"lanes": "1", "name": "Founders Circle"})


def _on_circle(centre: tuple[float, float], turn: float) -> tuple[float, float]:
    x, y = centre
    return x + ROUNDABOUT_M * float(np.cos(turn)), y + ROUNDABOUT_M * float(np.sin(turn))
