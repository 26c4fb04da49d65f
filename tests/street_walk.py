"""Walk along routes on a graph of the streets' own vertices, made without the street engine.

The graph is read from the source file by other means than the program uses. A drive is right when
every vertex it passes is followed by one that a directed street edge leads to, and its first and
last stretch lie on such an edge, in its direction.
"""

from itertools import pairwise
from pathlib import Path

import networkx as nx
import numpy as np
import osmium
import pyogrio
import pyproj
import shapely

type Vertex = tuple[int, int]

MICRO = 1_000_000
ON_THE_LINE = 5e-6
EARTH = pyproj.Geod(ellps="WGS84")


def cambridge(folder: Path) -> nx.DiGraph:
    """Centrelines: "1" is one-way as digitised, "-1" against, all else both ways."""
    frame = pyogrio.read_dataframe(folder / "cambridge" / "TRANS_Centerlines.geojson")
    graph = nx.DiGraph()
    for line, direction in zip(frame.geometry, frame["Direction"], strict=True):
        for part in shapely.get_parts(line):
            vertices = [vertex(x, y) for x, y, *_ in part.coords]
            _add(graph, vertices, forward=direction != "-1", backward=direction != "1")
    return graph


def baltimore(folder: Path) -> nx.DiGraph:
    """OpenStreetMap ways; motorways and roundabouts are one-way unless they say otherwise."""
    graph = nx.DiGraph()
    ways = osmium.FileProcessor(folder / "baltimore" / "baltimore.osm.pbf").with_locations()
    for way in ways:
        if not way.is_way() or "highway" not in way.tags:
            continue
        implied = way.tags["highway"] == "motorway" or way.tags.get("junction") == "roundabout"
        oneway = way.tags.get("oneway", "yes" if implied else "no")
        # Whole ten-millionths, halves away from zero, as the engine rounds them.
        vertices = [(_tenth(node.location.x), _tenth(node.location.y)) for node in way.nodes]
        backward = oneway in ("no", "-1")
        _add(graph, vertices, forward=oneway != "-1", backward=backward)
    return graph


def one_ways(folder: Path) -> list[shapely.LineString]:
    """Return Cambridge's one-way centrelines, each as it may be driven."""
    frame = pyogrio.read_dataframe(folder / "cambridge" / "TRANS_Centerlines.geojson")
    ways = zip(frame.geometry, frame["Direction"], strict=True)
    return [
        shapely.reverse(part) if direction == "-1" else part
        for line, direction in ways
        if direction in ("1", "-1")
        for part in shapely.get_parts(line)
    ]


def metres(line: shapely.LineString) -> float:
    """Return how long a line is on the ground, by the ellipsoid and not by the engine's sphere."""
    return float(EARTH.geometry_length(shapely.force_2d(line)))


def faults(graph: nx.DiGraph, line: shapely.LineString) -> list[str]:
    """Name every stretch of a drive that follows no street, or one against its direction."""
    way = [vertex(x, y) for x, y in line.coords]
    if len(way) == 2:
        return [] if _on_one_edge(graph, *way) else [f"{way} lies on no street"]
    wrong = [
        f"{here} to {there}" for here, there in pairwise(way[1:-1]) if there not in graph[here]
    ]
    first, last = way[1], way[-2]
    if way[0] != first and not any(_near(way[0], u, first) for u in graph.predecessors(first)):
        wrong.append(f"{way[0]} to {first} at the start")
    if way[-1] != last and not any(_near(way[-1], last, v) for v in graph.successors(last)):
        wrong.append(f"{last} to {way[-1]} at the end")
    return wrong


def vertex(lon: float, lat: float) -> Vertex:
    return round(lon * MICRO), round(lat * MICRO)


def _add(graph: nx.DiGraph, vertices: list[Vertex], *, forward: bool, backward: bool) -> None:
    if forward:
        nx.add_path(graph, vertices)
    if backward:
        nx.add_path(graph, vertices[::-1])


def _near(point: Vertex, here: Vertex, there: Vertex) -> bool:
    edge = shapely.LineString([here, there])
    return edge.distance(shapely.Point(point)) < ON_THE_LINE * MICRO


def _on_one_edge(graph: nx.DiGraph, start: Vertex, end: Vertex) -> bool:
    """Both ends on one edge, the start before the end (or the same spot)."""
    ends = np.array(graph.edges)
    edges = shapely.linestrings(ends)
    points = shapely.points([start, end])
    near = (shapely.distance(edges[:, None], points) < ON_THE_LINE * MICRO).all(axis=1)
    along = shapely.line_locate_point(edges[near][:, None], points)
    return bool((along[:, 0] <= along[:, 1] + 1).any())


def _tenth(coordinate: int) -> int:
    return int(np.sign(coordinate)) * ((abs(coordinate) + 5) // 10)
