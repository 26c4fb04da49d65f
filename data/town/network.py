"""Hold the street network as nodes and edges, and clean what tracing leaves behind."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString, Point, Polygon

from data.town.arterials import Street

GRID_M = 0.01
RANK = {
    "bank": 6,
    "limit": 5,
    "rail": 4,
    "primary": 3,
    "secondary": 2,
    "residential": 1,
    "court": 1,
}
"""Kinds by what gives way: the lower yields."""
CARRIES = frozenset({"primary", "secondary", "residential", "court"})
"""Kinds that carry traffic; banks, the town's limit and the railway only bound blocks."""
BOUNDS = frozenset(RANK) - CARRIES


@dataclass(frozen=True, slots=True)
class Edge:
    """A stretch between two nodes: its line runs from `start` to `end`, local metres."""

    start: int
    end: int
    line: LineString
    kind: str


@dataclass(slots=True)
class Network:
    """Nodes (local metres) and edges, both by number."""

    nodes: dict[int, tuple[float, float]] = field(default_factory=dict)
    edges: dict[int, Edge] = field(default_factory=dict)

    def degrees(self) -> dict[int, list[int]]:
        """Return the edges at each node; a loop counts twice."""
        at: dict[int, list[int]] = defaultdict(list)
        for number, edge in self.edges.items():
            at[edge.start].append(number)
            at[edge.end].append(number)
        return at

    def faces(self) -> list[Polygon]:
        """Return the polygons the edges enclose, in a stable order."""
        lines = [edge.line for edge in self.edges.values()]
        return list(shapely.get_parts(shapely.polygonize(lines)))


def node(streets: list[Street]) -> Network:
    """
    Cut streets where they cross and join them into a network.

    Parameters
    ----------
    streets
        Lines of any kind in `RANK`, local metres.

    Returns
    -------
    Network
        Where lines share a stretch, a street goes before a bound, then the higher kind.
    """
    lines = [shapely.simplify(street.line, 0.3) for street in streets]
    noded = shapely.union_all(lines, grid_size=GRID_M)
    tree = STRtree(lines)
    network = Network()
    index: dict[tuple[float, float], int] = {}
    pieces = sorted(
        shapely.get_parts(noded), key=lambda line: tuple(line.coords[0] + line.coords[-1])
    )
    for piece in pieces:
        middle = piece.interpolate(0.5, normalized=True)
        near = tree.query(middle, predicate="dwithin", distance=0.1)
        kind = max((streets[i].kind for i in near), key=lambda k: (k in CARRIES, RANK[k]))
        ends = [_number(index, network, piece.coords[at]) for at in (0, -1)]
        network.edges[len(network.edges)] = Edge(ends[0], ends[1], piece, kind)
    _join_through(network)
    return network


def _number(
    index: dict[tuple[float, float], int], network: Network, place: tuple[float, ...]
) -> int:
    key = (round(place[0], 2), round(place[1], 2))
    number = index.setdefault(key, len(index))
    network.nodes[number] = key
    return number


def contract_short(network: Network, *, below_m: float) -> None:
    """
    Draw the two ends of every short edge together.

    Parameters
    ----------
    network
        Changed in place.
    below_m
        Edges shorter than this vanish; the higher-ranked end keeps its place.
    """
    group = {number: number for number in network.nodes}

    def root(number: int) -> int:
        while group[number] != number:
            number = group[number]
        return number

    rank: dict[int, int] = defaultdict(int)
    for edge in network.edges.values():
        for end in (edge.start, edge.end):
            rank[end] = max(rank[end], RANK[edge.kind])
    for edge in sorted(network.edges.values(), key=lambda edge: edge.line.length):
        if edge.line.length >= below_m:
            break
        a, b = root(edge.start), root(edge.end)
        keep, lose = (a, b) if rank[a] >= rank[b] else (b, a)
        group[lose] = keep
    for number, edge in list(network.edges.items()):
        a, b = root(edge.start), root(edge.end)
        if (a, b) != (edge.start, edge.end):
            _move_ends(network, number, a, b)
    network.nodes = {n: place for n, place in network.nodes.items() if group[n] == n}


def _move_ends(network: Network, number: int, start: int, end: int) -> None:
    edge = network.edges[number]
    if start == end and edge.line.length < 120:  # noqa: PLR2004 - metres; a real loop is longer
        del network.edges[number]
        return
    inner = [
        point
        for point in edge.line.coords[1:-1]
        if all(
            np.hypot(point[0] - network.nodes[n][0], point[1] - network.nodes[n][1]) > 14  # noqa: PLR2004 - metres
            for n in (start, end)
        )
    ]
    line = LineString([network.nodes[start], *inner, network.nodes[end]])
    network.edges[number] = Edge(start, end, line, edge.kind)


def prune_dangles(
    network: Network, *, kinds: frozenset[str], below_m: float = float("inf")
) -> None:
    """Remove, again and again, the edges of these kinds and lengths that end at nothing."""
    while True:
        at = network.degrees()
        loose = [
            number
            for number, edge in network.edges.items()
            if edge.kind in kinds
            and edge.line.length < below_m
            and min(len(at[edge.start]), len(at[edge.end])) == 1
        ]
        if not loose:
            break
        for number in loose:
            del network.edges[number]
    _join_through(network)


def _join_through(network: Network) -> None:
    """Merge two edges of one kind that meet alone at a node."""
    at = network.degrees()
    for number in sorted(at):
        pair = at[number]
        if len(pair) != 2 or pair[0] == pair[1]:  # noqa: PLR2004 - a pair
            continue
        first, second = network.edges[pair[0]], network.edges[pair[1]]
        if first.kind != second.kind:
            continue
        _merge(network, pair, number, at)


def _merge(network: Network, pair: list[int], number: int, at: dict[int, list[int]]) -> None:
    first, second = network.edges.pop(pair[0]), network.edges.pop(pair[1])
    if first.end != number:
        first = _reversed(first)
    if second.start != number:
        second = _reversed(second)
    line = LineString([*first.line.coords, *second.line.coords[1:]])
    network.edges[pair[0]] = Edge(first.start, second.end, line, first.kind)
    at[second.end] = [pair[0] if n == pair[1] else n for n in at[second.end]]
    del network.nodes[number]


def _reversed(edge: Edge) -> Edge:
    return replace(edge, start=edge.end, end=edge.start, line=shapely.reverse(edge.line))


def drop_cramped(network: Network, *, area_m2: float, width_m: float) -> None:
    """
    Remove residential edges until no face is too small or too thin to build on.

    Parameters
    ----------
    network
        Changed in place.
    area_m2, width_m
        Least area of a face, and least diameter of the largest circle within it.
    """
    while True:
        faces = network.faces()
        doomed = _edges_to_drop(network, faces, area_m2=area_m2, width_m=width_m)
        if not doomed:
            return
        for number in doomed:
            network.edges.pop(number, None)
        prune_dangles(network, kinds=frozenset({"residential"}))


def _edges_to_drop(
    network: Network, faces: list[Polygon], *, area_m2: float, width_m: float
) -> list[int]:
    numbers = list(network.edges)
    lines = [network.edges[number].line for number in numbers]
    tree = STRtree(lines)
    doomed: list[int] = []
    touched: set[int] = set()
    for face in sorted(faces, key=lambda face: face.area):
        cramped = face.area < area_m2 or width(face) < width_m
        if not cramped:
            continue
        beside = sorted(
            int(i) for i in tree.query(face.exterior, predicate="covered_by")
        ) or sorted(int(i) for i in tree.query(face.exterior, predicate="dwithin", distance=0.05))
        sides = [
            i
            for i in beside
            if network.edges[numbers[i]].kind == "residential"
            and shapely.distance(Point(lines[i].interpolate(0.5, normalized=True)), face.exterior)
            < 0.1  # noqa: PLR2004
        ]
        if not sides or touched.intersection(sides):
            continue
        touched.update(beside)
        doomed.append(numbers[max(sides, key=lambda i: lines[i].length)])
    return doomed


def width(face: Polygon) -> float:
    """Return the diameter of the largest circle within a polygon, metres."""
    return 2 * float(shapely.maximum_inscribed_circle(face, tolerance=1.0).length)
