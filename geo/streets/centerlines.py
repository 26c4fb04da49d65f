"""Write a town's centreline layer as OpenStreetMap data, so that one engine serves both."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import osmium
import pandas as pd
from osmium.osm import mutable

from geo.streets.errors import StreetFileError

CLASSES = {1: "primary", 2: "secondary", 3: "residential", 4: "service"}
USUAL_KMH = {1: 56, 2: 48, 3: 40, 4: 24}
"""Speed where none is posted (35, 30, 25 and 15 mph): the engine would take a main street for a
country road at 65 km/h."""
MICRO = 1_000_000
"""Coordinates are joined when they agree to a millionth of a degree (11 cm)."""


def write_osm(lines: gpd.GeoDataFrame, target: Path) -> None:
    """Write street lines as nodes and ways.

    Lines meet wherever they share a vertex, at an end or along the way: the digitised from- and
    to-nodes of such layers are wrong too often to be used. A bridge must therefore not have a
    vertex where it crosses the street beneath.

    Parameters
    ----------
    lines
        Any CRS; LineString or MultiLineString. Columns `name` (text, may be missing), `rank` (1
        main street to 4 alley), `oneway` (1 as digitised, -1 against, 0 or missing both ways) and
        `maxspeed_kmh` (may be missing).
    target
        The file to write, `.osm` or `.osm.pbf`; it must not exist. The same lines give the same
        content.

    Raises
    ------
    StreetFileError
        When no line has any length.
    """
    if lines.crs is None:
        msg = "The centrelines have no coordinate system. Give one with --crs EPSG:n."
        raise StreetFileError(msg)
    parts = lines.to_crs("EPSG:4326").explode(ignore_index=True)
    ways = [_vertices(line) for line in parts.geometry]
    numbers = _number_nodes(ways)
    if not numbers:
        msg = "The centreline file holds no line of any length. Check that it is the street layer."
        raise StreetFileError(msg)
    with osmium.SimpleWriter(target) as writer:
        for (lon, lat), number in numbers.items():
            writer.add_node(mutable.Node(id=number, location=(lon / MICRO, lat / MICRO)))
        for index, (way, street) in enumerate(zip(ways, parts.itertuples(), strict=True)):
            if len(way) > 1:
                refs = [numbers[vertex] for vertex in way]
                writer.add_way(mutable.Way(id=index + 1, nodes=refs, tags=_tags(street)))


def _vertices(line: Any) -> list[tuple[int, int]]:
    """Return a line's vertices in millionths of a degree, repeats in a row left out."""
    if line is None or line.is_empty:
        return []
    grid = np.rint(np.asarray(line.coords)[:, :2] * MICRO).astype(np.int64)
    moves = np.ones(len(grid), dtype=bool)
    moves[1:] = (grid[1:] != grid[:-1]).any(axis=1)
    return [(int(lon), int(lat)) for lon, lat in grid[moves]]


def _number_nodes(ways: list[list[tuple[int, int]]]) -> dict[tuple[int, int], int]:
    vertices = (vertex for way in ways if len(way) > 1 for vertex in way)
    return {vertex: number for number, vertex in enumerate(dict.fromkeys(vertices), start=1)}


def _tags(street: Any) -> dict[str, str]:
    rank = int(street.rank)
    speed = USUAL_KMH[rank] if pd.isna(street.maxspeed_kmh) else int(street.maxspeed_kmh)
    oneway = 0 if pd.isna(street.oneway) else int(street.oneway)
    tags = {
        "highway": CLASSES[rank],
        "maxspeed": str(speed),
        "oneway": {1: "yes", -1: "-1"}.get(oneway, "no"),
    }
    if not pd.isna(street.name):
        tags["name"] = str(street.name)
    return tags
