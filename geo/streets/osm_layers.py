"""Read the streets of an OpenStreetMap file as lines for the map."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import osmium
import pandas as pd
from shapely import LineString

from geo.streets.errors import StreetFileError

CRS = "EPSG:4326"
RANKS = {
    "motorway": 1,
    "trunk": 1,
    "primary": 1,
    "secondary": 2,
    "tertiary": 2,
    "unclassified": 3,
    "residential": 3,
    "living_street": 3,
    "service": 4,
}
"""1 for main streets to 4 for alleys; a link road counts as what it links."""
COLUMNS = ("source_key", "name", "rank", "oneway", "maxspeed_kmh", "geometry")
KMH_PER_MPH = 1.609344
ROUNDABOUTS = ("roundabout", "circular")


def read_streets(source: Path) -> gpd.GeoDataFrame:
    """Read the streets that cars may use.

    Parameters
    ----------
    source
        OpenStreetMap data: `.osm`, `.osm.bz2` or `.osm.pbf`.

    Returns
    -------
    GeoDataFrame
        EPSG:4326, one LineString a way: `source_key` ("way/123"), `name` (missing where none),
        `rank` 1 (main street) to 4
        (alley), `oneway` (1 as drawn, -1 against, 0 both), `maxspeed_kmh` (missing
        where none is posted).

    Raises
    ------
    StreetFileError
        When the file is damaged, of another format or has no such streets.
    """
    try:
        rows = list(_rows(source))
    except (RuntimeError, osmium.InvalidLocationError) as error:
        msg = (
            f"{source.name} cannot be read as OpenStreetMap data ({error}): it is damaged, cut "
            "short or of another format. Download it again."
        )
        raise StreetFileError(msg) from error
    if not rows:
        msg = (
            f"{source.name} holds no street that a car may drive on: expected ways with a "
            "'highway' tag. Choose an extract that covers the town."
        )
        raise StreetFileError(msg)
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["maxspeed_kmh"] = frame["maxspeed_kmh"].astype("Int16")
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS)


def _rows(source: Path) -> Iterator[tuple[Any, ...]]:
    ways: Iterable[Any] = (
        osmium.FileProcessor(source)
        .with_locations()
        .with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
        .with_filter(osmium.filter.KeyFilter("highway"))
    )
    for way in ways:
        tags = dict(way.tags)
        rank = RANKS.get(tags["highway"].removesuffix("_link"))
        points = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
        if rank is None or len(points) < 2:  # noqa: PLR2004 - a line has two ends
            continue
        name = tags.get("name")
        speed = _kmh(tags.get("maxspeed", ""))
        yield f"way/{way.id}", name, rank, _oneway(tags), speed, LineString(points)


def _oneway(tags: dict[str, str]) -> int:
    tag = tags.get("oneway", "")
    if tag in ("-1", "reverse"):
        return -1
    if tag in ("yes", "true", "1"):
        return 1
    implied = tags["highway"] == "motorway" or tags.get("junction") in ROUNDABOUTS
    return int(implied and tag not in ("no", "false", "0"))


def _kmh(tag: str) -> int | None:
    posted = re.match(r"(\d{1,3})\s*(mph)?\b", tag)
    if posted is None:
        return None
    speed = int(posted[1]) * (KMH_PER_MPH if posted[2] else 1)
    return round(speed) or None
