"""Bench the import of 200,000 parcels against bare COPY, ogr2ogr and GeoPandas on the same file."""

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
import sqlalchemy as sa

from cases.published import PUBLISHED
from geo.cluster import Cluster
from geo.database import Database, from_cluster, raw
from geo.loading.parcels import load_parcels
from geo.loading.runs import Request
from geo.schema import upgrade

ACROSS, DOWN = 500, 400
LOT_FEET = 100.0
STATE_PLANE = "EPSG:2236"
EVERY_INVALID = 1_000
MOST_OF_COPY, LEAST_OF_OGR2OGR, LEAST_OF_GEOPANDAS = 3.0, 1.0, 2.5
TABLES = ("parcel", "parcel_period")
CLONE = "bench"

type Load = Callable[[Database], None]


def run(repeats: int = 5) -> dict[str, Any]:
    """Measure, interleaved; raises when a peer did not load every parcel."""
    home = Path(tempfile.mkdtemp(prefix="lotline-bench-"))
    home.chmod(0o755)
    cluster = Cluster(home, os.environ)
    try:
        cluster.up()
        with from_cluster(cluster) as database:
            upgrade(database, published=PUBLISHED)
        return {"name": "import", "rows": _rows(_measure(cluster, _write_parcels(home), repeats))}
    finally:
        cluster.down()
        shutil.rmtree(home, ignore_errors=True)


def _measure(cluster: Cluster, file: Path, repeats: int) -> dict[str, list[float]]:
    with _new_database(cluster) as database:
        _ours(database, file)
        copies = {table: _copied_out(database, table) for table in TABLES}
    ways: dict[str, Load] = {
        "ours": lambda database: _ours(database, file),
        "copy": lambda database: _bare_copy(database, copies),
        "ogr2ogr": lambda database: _ogr2ogr(database, file),
        "to_postgis": lambda database: _to_postgis(database, file),
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, load in ways.items():
            with _new_database(cluster) as database:
                start = time.perf_counter()
                load(database)
                took[name].append(time.perf_counter() - start)
                _require_all(database)
    return took


@contextmanager
def _new_database(cluster: Cluster) -> Iterator[Database]:
    cluster.drop_database(CLONE)
    cluster.create_database(CLONE, template="lotline")
    with from_cluster(cluster, name=CLONE) as database:
        yield database


def _rows(took: dict[str, list[float]]) -> list[dict[str, Any]]:
    seconds = {name: statistics.median(times) for name, times in took.items()}
    ours = seconds["ours"]
    against_copy = ours / seconds["copy"]
    rows = [
        {
            "what": "import / bare COPY of both tables with their indexes",
            "ours_s": ours,
            "peer": "binary COPY",
            "peer_s": seconds["copy"],
            "ratio": against_copy,
            "target": f"<= {MOST_OF_COPY}",
            "met": against_copy <= MOST_OF_COPY,
        }
    ]
    for peer, least in (("ogr2ogr", LEAST_OF_OGR2OGR), ("to_postgis", LEAST_OF_GEOPANDAS)):
        faster = seconds[peer] / ours
        rows.append(
            {
                "what": f"{peer} of one column, nothing checked / import",
                "ours_s": ours,
                "peer": peer,
                "peer_s": seconds[peer],
                "ratio": faster,
                "target": f">= {least}",
                "met": faster >= least,
            }
        )
    return rows


def _ours(database: Database, file: Path) -> None:
    request = Request(path=file, today=date(2026, 3, 2), actor="bench")
    with database.owner.begin() as connection:
        outcome = load_parcels(connection, request)
    assert (outcome.loaded, outcome.repaired) == (ACROSS * DOWN, ACROSS * DOWN // EVERY_INVALID)


def _copied_out(database: Database, table: str) -> bytes:
    statement = f"COPY lotline.{table} TO STDOUT (FORMAT binary)"
    with (
        database.owner.connect() as connection,
        raw(connection).cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        return b"".join(map(bytes, copy))


def _bare_copy(database: Database, copies: dict[str, bytes]) -> None:
    """Load the very bytes of our rows into tables without a rule, then make the same indexes."""
    with database.owner.begin() as connection:
        for table, content in copies.items():
            connection.exec_driver_sql(f"CREATE TABLE public.{table} (LIKE lotline.{table})")
            statement = f"COPY public.{table} FROM STDIN (FORMAT binary)"
            with raw(connection).cursor() as cursor, cursor.copy(statement) as copy:
                copy.write(content)
            for definition in connection.execute(_INDEXES, {"table": f"lotline.{table}"}).scalars():
                connection.exec_driver_sql(definition.replace("lotline.", "public."))
            connection.exec_driver_sql(f"ANALYZE public.{table}")


_INDEXES = sa.text(
    "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = CAST(:table AS regclass)"
)


def _ogr2ogr(database: Database, file: Path) -> None:
    subprocess.run(
        ["ogr2ogr", "-f", "PostgreSQL", _dsn(database), file, "-nln", "public.parcel_period",
         "-t_srs", "EPSG:4326", "-nlt", "PROMOTE_TO_MULTI", "--config", "PG_USE_COPY", "YES"],
        check=True,
        capture_output=True,
    )  # fmt: skip


def _to_postgis(database: Database, file: Path) -> None:
    frame = gpd.read_file(file, use_arrow=True).to_crs(4326)
    frame.to_postgis("parcel_period", database.owner, schema="public")


def _dsn(database: Database) -> str:
    url = sa.make_url(database.owner_url)
    parts = {"dbname": url.database, "user": url.username, **url.query}
    return "PG:" + " ".join(f"{name}={value}" for name, value in parts.items() if value)


def _require_all(database: Database) -> None:
    with database.owner.connect() as connection:
        there = sa.text("SELECT to_regclass('public.parcel_period') IS NOT NULL")
        schema = "public" if connection.scalar(there) else "lotline"
        rows = connection.scalar(sa.text(f"SELECT count(*) FROM {schema}.parcel_period"))  # noqa: S608 - ours
    if rows != ACROSS * DOWN:
        msg = f"{rows} of {ACROSS * DOWN} parcels were loaded: nothing was measured"
        raise RuntimeError(msg)


def _write_parcels(folder: Path) -> Path:
    """Draw lots that share crooked borders, in feet; one in a thousand crosses itself."""
    chance = np.random.default_rng(0)
    columns, lines = np.arange(ACROSS + 1), np.arange(DOWN + 1)
    corner = np.stack(np.meshgrid(columns, lines), -1) * LOT_FEET
    corner = corner + chance.uniform(-15, 15, corner.shape) + (850_000, 900_000)

    def bent(start: np.ndarray, end: np.ndarray) -> np.ndarray:
        shares = np.array([1 / 3, 2 / 3])[:, None]
        points = start[..., None, :] * (1 - shares) + end[..., None, :] * shares
        return points + chance.uniform(-4, 4, points.shape)

    along, up = bent(corner[:, :-1], corner[:, 1:]), bent(corner[:-1], corner[1:])
    ring = np.concatenate(
        [
            corner[:-1, :-1, None], along[:-1],
            corner[:-1, 1:, None], up[:, 1:],
            corner[1:, 1:, None], along[1:, :, ::-1],
            corner[1:, :-1, None], up[:, :-1, ::-1],
            corner[:-1, :-1, None],
        ],
        axis=2,
    ).reshape(ACROSS * DOWN, 13, 2)  # fmt: skip
    ring[::EVERY_INVALID, [3, 9]] = ring[::EVERY_INVALID, [9, 3]]
    order = chance.permutation(len(ring))
    frame = gpd.GeoDataFrame(
        {
            "parcel_no": [f"{n // 1000:03d}-{n % 1000:03d}" for n in order],
            "situs_address": [f"{n % 4000} Alder St" for n in order],
            "land_use": ["single_family"] * len(ring),
        },
        geometry=shapely.multipolygons(shapely.polygons(ring[order]), indices=np.arange(len(ring))),
        crs=STATE_PLANE,
    )
    path = folder / "parcels.gpkg"
    frame.to_file(path, layer="parcels")
    return path
