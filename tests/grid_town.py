"""Lay out a tiny grid of streets whose every answer can be told by looking at it.

Four avenues run east (1st in the south to 4th in the north) and four streets run north (A in the
west to D in the east), 200 m apart; corners are (0..3, 0..3). 2nd Ave is one-way east, B St one-way
north though digitised southwards, and Island Rd meets no other street.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray
from shapely import LineString

from geo.streets.centerlines import write_osm
from geo.streets.dataset import StreetsDataset, build_from_osm

BLOCK_M = 200
WEST, SOUTH = -71.1, 42.37
DEGREES_EAST, DEGREES_NORTH = BLOCK_M / 82_260, BLOCK_M / 111_080


def at(*corners: tuple[float, float]) -> NDArray[np.float64]:
    """Longitude and latitude of places given in blocks east and north."""
    return np.array([(WEST + x * DEGREES_EAST, SOUTH + y * DEGREES_NORTH) for x, y in corners])


def grid_lines() -> gpd.GeoDataFrame:
    rows = [(f"{name} Ave", 0, [(x, y) for x in range(4)]) for y, name in enumerate(ORDINALS)]
    rows += [(f"{name} St", 0, [(x, y) for y in range(4)]) for x, name in enumerate("ABCD")]
    rows.append(("Island Rd", 0, [(1.2, 1.5), (1.8, 1.5)]))
    frame = gpd.GeoDataFrame(
        [(name, 3, oneway, None) for name, oneway, _ in rows],
        columns=["name", "rank", "oneway", "maxspeed_kmh"],
        geometry=[LineString(at(*corners)) for *_, corners in rows],
        crs="EPSG:4326",
    )
    frame.loc[frame["name"] == "2nd Ave", "oneway"] = 1
    frame.loc[frame["name"] == "B St", "oneway"] = -1
    b_street = frame["name"] == "B St"
    frame.loc[b_street, "geometry"] = frame.loc[b_street, "geometry"].reverse()
    return frame


def build_grid(folder: Path) -> StreetsDataset:
    write_osm(grid_lines(), folder / "grid.osm")
    return build_from_osm(folder / "grid.osm", folder / "streets")


ORDINALS = ("1st", "2nd", "3rd", "4th")
