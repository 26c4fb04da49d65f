"""Bench tiles of a million parcels and two million cases against pgbench, tipg and raw points."""

import math
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cases.published import PUBLISHED
from cases.tiles import CASES, refresh_grid
from geo.cluster import Cluster
from geo.database import Database, from_cluster, raw
from geo.schema import upgrade
from geo.tiles import GROUND
from tests.bench.tile_servers import Area, ask_by_http, ask_by_sql, lotline, tipg

WEST, SOUTH, EAST, NORTH = -80.98, 27.02, -80.72, 27.28
"""Well inside the bench's town, so that every tile is full."""

TOWN = Path(__file__).with_name("tile_town.sql")
OURS = ("/tiles/ground/{z}/{x}/{y}.mvt", "/tiles/cases/{z}/{x}/{y}.mvt")
THEIRS = (
    "/collections/peer.parcel/tiles/WebMercatorQuad/{z}/{x}/{y}",
    "/collections/peer.case/tiles/WebMercatorQuad/{z}/{x}/{y}",
)
AGAINST_SQL = 0.85
AGAINST_TIPG = {14: 1.1, 16: 5.0, 17: 10.0}
WARM_ZOOM, AGAINST_COLD = 16, 12.0
LOW_ZOOM, AGAINST_RAW, MOST_BYTES = 8, 500.0, 50_000
LOW_ASKED = 50
MOST_SECONDS_STALE = 60.0
SECONDS = 3.0

RAW_POINTS = sa.text("""
    SELECT length(ST_AsMVT(feature, 'case', 4096, 'shape')) FROM (
        SELECT id, number, published.stage(phase, next_due, current_date) AS stage, parcel_id,
               category, ST_AsMVTGeom(point_3857, bounds, 4096, 0) AS shape
        FROM lotline.case_file, ST_TileEnvelope(:z, :x, :y) AS bounds
        WHERE point_3857 && bounds AND (open_violations > 0 OR phase = 'lien') AND published
    ) feature
""")
PYRAMID = sa.text("SELECT length(published.tile_cases(:z, :x, :y, current_date))")


def run(repeats: int = 5) -> dict[str, Any]:
    """Measure, each zoom's contestants in turn; raises when a peer does not run."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home, database = stack.enter_context(bench_town())
        cold = stack.enter_context(lotline(home, scratch=scratch, cache_mb=0))
        warm = stack.enter_context(lotline(home, scratch=scratch, cache_mb=256))
        peer = stack.enter_context(tipg(database, scratch=scratch))
        rows = []
        for zoom, target in AGAINST_TIPG.items():
            area = area_of(zoom)
            by_http = partial(ask_by_http, area=area, scratch=scratch, seconds=SECONDS)
            ways: dict[str, Callable[[], float]] = {
                "ours": partial(by_http, cold, OURS),
                "pgbench": partial(
                    ask_by_sql, database, (GROUND, CASES), area, scratch=scratch, seconds=SECONDS
                ),
                "tipg": partial(by_http, peer, THEIRS),
            }
            rates = _rates(ways, repeats=repeats)
            rows.append(_rate_row(f"z{zoom} uncached", rates, "pgbench", target=AGAINST_SQL))
            rows.append(_rate_row(f"z{zoom} uncached", rates, "tipg", target=target))
        rows.append(_warm(cold, warm, scratch=scratch, repeats=repeats))
        rows += _low(database, repeats=repeats)
    return {"name": "tiles", "rows": rows}


@contextmanager
def bench_town() -> Iterator[tuple[Path, Database]]:
    """Fill a private cluster of the bench's own, and throw it away after."""
    with tempfile.TemporaryDirectory(prefix="lotline-bench-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        cluster = Cluster(home, os.environ)
        cluster.up()
        try:
            with from_cluster(cluster) as database:
                upgrade(database, published=PUBLISHED)
                with database.owner.begin() as connection:
                    raw(connection).execute(TOWN.read_bytes())
                    refresh_grid(connection)
                with database.owner.connect() as connection:
                    connection.execution_options(isolation_level="AUTOCOMMIT")
                    connection.exec_driver_sql("VACUUM ANALYZE")
                yield home, database
        finally:
            cluster.down()


def _warm(cold: int, warm: int, *, scratch: Path, repeats: int) -> dict[str, Any]:
    area = area_of(WARM_ZOOM, most=6)
    ask = partial(ask_by_http, paths=OURS, area=area, scratch=scratch, seconds=SECONDS)
    rates = _rates({"ours": partial(ask, warm), "uncached": partial(ask, cold)}, repeats=repeats)
    return _rate_row(f"z{WARM_ZOOM} kept in memory", rates, "uncached", target=AGAINST_COLD)


def _low(database: Database, *, repeats: int) -> list[dict[str, Any]]:
    area = area_of(LOW_ZOOM)
    spot = {"z": area.z, "x": area.west, "y": area.north}
    took: dict[str, list[float]] = {"ours": [], "raw points": []}
    with database.owner.connect() as connection:
        connection.exec_driver_sql("SET max_parallel_workers_per_gather = 0")
        size = connection.scalar(PYRAMID, spot)
        for _ in range(repeats):
            # One answer takes less time than the processor needs to forget the raw points.
            answers = partial(_again, partial(connection.scalar, PYRAMID, spot), times=LOW_ASKED)
            took["ours"].append(_seconds(answers) / LOW_ASKED)
            took["raw points"].append(_seconds(partial(connection.scalar, RAW_POINTS, spot)))
    ours, theirs = (statistics.median(times) for times in took.values())
    refreshed = statistics.median(_refresh(database) for _ in range(repeats))
    return [
        {
            "what": f"z{LOW_ZOOM} of 2M cases",
            "ours_s": ours,
            "peer": "raw points",
            "peer_s": theirs,
            "ratio": theirs / ours,
            "target": f">= {AGAINST_RAW:g}x faster",
            "met": theirs / ours >= AGAINST_RAW,
        },
        _limit_row(f"z{LOW_ZOOM} bytes", size, limit=MOST_BYTES),
        _limit_row("counts anew after a change, s", refreshed, limit=MOST_SECONDS_STALE),
    ]


def _refresh(database: Database) -> float:
    """Change a case and time until the low zooms know."""
    with database.app.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE lotline.case_file SET priority = priority % 5 + 1 WHERE id = 77777".replace(
                "%", "%%"
            )
        )
    with database.app.begin() as connection:
        return _seconds(partial(refresh_grid, connection))


def _rates(ways: dict[str, Callable[[], float]], *, repeats: int) -> dict[str, float]:
    """Ask each in turn, again and again; the first round only warms up."""
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(repeats + 1):
        for name, ask in ways.items():
            rate = ask()
            if turn:
                rates[name].append(rate)
    return {name: statistics.median(told) for name, told in rates.items()}


def _rate_row(what: str, rates: dict[str, float], peer: str, *, target: float) -> dict[str, Any]:
    ratio = rates["ours"] / rates[peer]
    return {
        "what": f"{what}, tiles/s",
        "ours_rate": rates["ours"],
        "peer": peer,
        "peer_rate": rates[peer],
        "ratio": ratio,
        "target": f">= {target:g}x",
        "met": ratio >= target,
    }


def _limit_row(what: str, ours: float, *, limit: float) -> dict[str, Any]:
    return {
        "what": what,
        "ours_figure": ours,
        "peer": "limit",
        "peer_figure": limit,
        "ratio": ours / limit,
        "target": "<= 1",
        "met": ours <= limit,
    }


def _again(work: Callable[[], object], *, times: int) -> None:
    for _ in range(times):
        work()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def area_of(z: int, *, most: int = 10_000) -> Area:
    """List the tiles between the corners, at most so many a side."""
    west, north = _tile(WEST, NORTH, z)
    east, south = _tile(EAST, SOUTH, z)
    return Area(z, west, north, min(east, west + most - 1), min(south, north + most - 1))


def _tile(lon: float, lat: float, z: int) -> tuple[int, int]:
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * 2**z), int(y * 2**z)
