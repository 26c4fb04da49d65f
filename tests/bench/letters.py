"""Bench a day's letters, each with its map, by a process for each core against one process.

What both cores did is read from the system, so that the database counts as well: run it on a
machine that does nothing else.
"""

import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from cases.desk.book import open_book
from cases.models import Case, Notice
from geo import places
from geo.cluster import Cluster
from geo.database import from_cluster, raw
from tests.bench.growth import fill
from webmap.application import create_app
from webmap.office.paper import set_notice, site_of
from webmap.settings import Settings

LETTERS, WARM = 500, 30
CASES = 1_000
CORES = 2
PIECE = 5
BUSY, GROWN = 0.9, 1.1
TOWN = Path(__file__).with_name("letters_town.sql")

type Which = tuple[str, int, str]
"""A case's number, a notice of it and the language it is set in."""

APPS: list[Flask] = []
"""The application of this process, once it has one."""


def run() -> dict[str, Any]:
    """Measure both ways; raises when a letter is no PDF or differs between the two."""
    with tempfile.TemporaryDirectory(prefix="lotline-bench-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        cluster = Cluster(home, os.environ)
        cluster.up()
        try:
            wanted = _wanted(cluster)
            alone = _measured(home, wanted[: LETTERS // 5], processes=1)
            together = _measured(home, wanted, processes=CORES)
        finally:
            cluster.down()
    if not set(alone["lengths"].items()) <= set(together["lengths"].items()):
        msg = "A letter set alone is another than the same letter set among many."
        raise RuntimeError(msg)
    return {"name": "letters", "rows": _rows(alone, together), "bytes": _mean(together)}


def _wanted(cluster: Cluster) -> list[Which]:
    with from_cluster(cluster) as database:
        fill(database, CASES)
        with database.owner.begin() as connection:
            raw(connection).execute(TOWN.read_bytes())
        with database.app.connect() as connection:
            columns = sa.select(Case.number, Notice.id).join(Case, Case.id == Notice.case_id)
            found = connection.execute(columns.order_by(Notice.id).limit(LETTERS)).all()
    return [(row.number, row.id, ("en", "es")[at % 2]) for at, row in enumerate(found)]


def _measured(home: Path, wanted: Sequence[Which], *, processes: int) -> dict[str, Any]:
    """Set letters by so many processes, all of them warm, and tell what that took."""
    pieces = [wanted[at : at + PIECE] for at in range(0, len(wanted), PIECE)]
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, fresh, _begin, (str(home),)) as pool:
        warm = [wanted[:WARM]] * processes
        early = max(rss for _, rss in pool.map(_some, warm))
        idle, start = _idle(), time.perf_counter()
        done = list(pool.map(_some, pieces))
        seconds = time.perf_counter() - start
        rest = _idle() - idle
    return {
        "lengths": {which: size for sizes, _ in done for which, size in sizes.items()},
        "per_s": len(wanted) / seconds,
        "busy": 1 - rest / seconds / CORES,
        "early": early,
        "late": max(rss for _, rss in done),
    }


def _begin(home: str) -> None:
    APPS.append(create_app(Settings(home=Path(home), environ={})))


def _some(wanted: Sequence[Which]) -> tuple[dict[Which, int], float]:
    """Set some letters; gives how long each is, and the most memory (MB) this process held."""
    (app,) = APPS
    sizes = {}
    with app.test_request_context("/"), app.extensions["lotline"].app.connect() as connection:
        site = site_of(connection.execute(places.town()).first())
        for number, notice_id, language in wanted:
            book = open_book(connection, number)
            assert book is not None
            row = book.part("notice", notice_id)
            pdf = set_notice(connection, book, row, site=site, language=language).pdf
            assert pdf.startswith(b"%PDF-1.7")
            sizes[number, notice_id, language] = len(pdf)
    return sizes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _idle() -> float:
    """Return for how many seconds the machine's cores had nothing to do, all together."""
    fields = Path("/proc/stat").read_text("ascii").splitlines()[0].split()
    return (int(fields[4]) + int(fields[5])) / os.sysconf("SC_CLK_TCK")


def _mean(measured: dict[str, Any]) -> float:
    return float(sum(measured["lengths"].values()) / len(measured["lengths"]))


def _rows(alone: dict[str, Any], together: dict[str, Any]) -> list[dict[str, Any]]:
    faster = together["per_s"] / alone["per_s"]
    grown = together["late"] / together["early"]
    return [
        {
            "what": f"{LETTERS} notices with map, PDF/UA, letters a second",
            "ours_per_s": together["per_s"], "peer": "one process", "peer_per_s": alone["per_s"],
            "ratio": faster, "target": ">= 1.5x", "met": faster >= 1.5,
        },
        {
            "what": "share of both cores that was busy",
            "ours_share": together["busy"], "peer": "all of both", "peer_share": 1.0,
            "ratio": together["busy"], "target": f">= {BUSY:.0%}", "met": together["busy"] >= BUSY,
        },
        {
            "what": "most memory of a process at the end, MB",
            "ours_mb": together["late"], "peer": f"after its first {WARM}",
            "peer_mb": together["early"], "ratio": grown, "target": f"<= {GROWN:g}x",
            "met": grown <= GROWN,
        },
    ]  # fmt: skip
