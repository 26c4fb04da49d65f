"""Draw a handful of lots, addresses, zones and streets, and load them as a town would its own."""

from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
import sqlalchemy as sa

from geo.loading.mapping import Mapping
from geo.loading.parcels import load_parcels
from geo.loading.rows import Outcome
from geo.loading.runs import Request

WEST, SOUTH = -80.40, 27.30
SIDE = 0.0003
"""A lot's side in degrees: some 30 m."""
TODAY = date(2026, 3, 2)


def lot(at: float, row: float = 0, *, side: float = SIDE) -> shapely.Polygon:
    """Draw a square lot, so many places east and rows north of the first."""
    west, south = WEST + at * 1.2 * SIDE, SOUTH + row * 1.2 * SIDE
    return shapely.box(west, south, west + side, south + side)


def lots(count: int = 4, **columns: Any) -> gpd.GeoDataFrame:
    """Lay lots in a row, numbered P1, P2 and so on; columns add or replace."""
    told = {
        "parcel_no": [f"P{n}" for n in range(1, count + 1)],
        "situs_address": [f"{100 + 2 * n} Alder St" for n in range(count)],
        "land_use": ["single_family"] * count,
        **columns,
    }
    return gpd.GeoDataFrame(told, geometry=[lot(n) for n in range(count)], crs="EPSG:4326")


def hostile() -> shapely.Polygon:
    """Draw a ring that crosses itself a million times: repair of it never ends in time."""
    places = np.random.default_rng(0).uniform((WEST, SOUTH), (WEST + SIDE, SOUTH + SIDE), (6000, 2))
    return shapely.Polygon(places)


def written(frame: gpd.GeoDataFrame, folder: Path, name: str = "parcels.gpkg") -> Path:
    """Write a frame in the format its name asks for."""
    path = folder / name
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    elif path.suffix == ".gdb":
        frame.to_file(path, driver="OpenFileGDB", layer="parcels")
    elif path.suffix == ".shp":
        frame.rename(columns={"situs_address": "situs"}).to_file(path)  # ten letters at most
    else:
        frame.to_file(path)
    return path


def asked(path: Path, **options: Any) -> Request:
    """Ask for a file to be taken in today."""
    return Request(**{"path": path, "today": TODAY, "actor": "a test", **options})


def load_lots(
    connection: sa.Connection,
    frame: gpd.GeoDataFrame,
    folder: Path,
    *,
    mapping: dict[str, Any] | None = None,
    **options: Any,
) -> Outcome:
    """Write lots to a file and load it."""
    read = Mapping.model_validate({"kind": "parcels", **mapping}) if mapping else None
    return load_parcels(connection, asked(written(frame, folder), mapping=read, **options))


def count(connection: sa.Connection, table: str) -> int:
    """Count a table's rows."""
    return int(connection.scalar(sa.text(f"SELECT count(*) FROM lotline.{table}")) or 0)  # noqa: S608 - our own names


def codes(outcome: Outcome) -> dict[int, str]:
    """Tell for each rejected row its code."""
    return {reject.row: reject.code for reject in outcome.rejects}
