"""Bench a day's letters, each with its map and kept, by a process for each core against one.

They are set as the worker sets them. What both cores did is read from the system, so that the
database counts as well, and so does the starting of the processes: run it on a machine that does
nothing else.
"""

import os
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor
from cases.models import Case, Document, Notice, NoticeLetter
from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import from_cluster, raw
from tests.bench.growth import fill
from webmap.worker.mailing import Which, set_all

LETTERS, ALONE, WARM = 500, 100, 30
CASES = 1_000
CORES = 2
BUSY, GROWN = 0.9, 1.1
TOWN = Path(__file__).with_name("letters_town.sql")
CLERK = Actor("J. Okafor", Role.CLERK)


def run() -> dict[str, Any]:
    """Measure both ways, on letters that differ; raises when one is not kept."""
    with tempfile.TemporaryDirectory(prefix="lotline-bench-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        cluster = Cluster(home, os.environ)
        cluster.up()
        try:
            wanted = _wanted(cluster)
            warm, alone, rest = _cut(wanted)
            early = _measured(home, warm, processes=1)
            one = _measured(home, alone, processes=1)
            all_ = _measured(home, rest, processes=CORES)
            size = _kept(cluster, len(wanted))
        finally:
            cluster.down()
    return {"name": "letters", "rows": _rows(early, one, all_), "bytes": size}


def _cut(wanted: Sequence[Which]) -> tuple[Sequence[Which], Sequence[Which], Sequence[Which]]:
    return wanted[:WARM], wanted[WARM : WARM + ALONE], wanted[WARM + ALONE :]


def _wanted(cluster: Cluster) -> list[Which]:
    with from_cluster(cluster) as database:
        fill(database, CASES)
        with database.owner.begin() as connection:
            raw(connection).execute(TOWN.read_bytes())
        with database.app.connect() as connection:
            columns = sa.select(Case.number, Notice.id).join(Case, Case.id == Notice.case_id)
            many = LETTERS + ALONE + WARM
            found = connection.execute(columns.order_by(Notice.id).limit(many)).all()
    return [(row.number, row.id, ("en", "es")[at % 2]) for at, row in enumerate(found)]


def _measured(home: Path, wanted: Sequence[Which], *, processes: int) -> dict[str, float]:
    """Set letters by so many processes, and tell what that took."""
    idle, start = _idle(), time.perf_counter()
    done = sum(set_all(home, wanted, by=CLERK, processes=processes))
    seconds = time.perf_counter() - start
    return {
        "per_s": done / seconds,
        "busy": 1 - (_idle() - idle) / seconds / CORES,
        "mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,  # the most so far
    }


def _kept(cluster: Cluster, count: int) -> float:
    """Return how long the kept letters are on the average."""
    with from_cluster(cluster) as database, database.app.connect() as connection:
        size = sa.select(sa.func.count(), sa.func.avg(Document.byte_size))
        found = connection.execute(
            size.join(NoticeLetter, NoticeLetter.sha256 == Document.sha256)
        ).one()
    if found[0] != count:
        msg = f"{found[0]} letters are kept of {count}."
        raise RuntimeError(msg)
    return float(found[1])


def _idle() -> float:
    """Return for how many seconds the machine's cores had nothing to do, all together."""
    fields = Path("/proc/stat").read_text("ascii").splitlines()[0].split()
    return (int(fields[4]) + int(fields[5])) / os.sysconf("SC_CLK_TCK")


def _rows(
    early: dict[str, float], one: dict[str, float], all_: dict[str, float]
) -> list[dict[str, Any]]:
    faster = all_["per_s"] / one["per_s"]
    grown = all_["mb"] / early["mb"]
    return [
        {
            "what": f"{LETTERS} notices with map, PDF/UA, kept, letters a second",
            "ours_per_s": all_["per_s"], "peer": "one process", "peer_per_s": one["per_s"],
            "ratio": faster, "target": ">= 1.5x", "met": faster >= 1.5,
        },
        {
            "what": "share of both cores that was busy",
            "ours_share": all_["busy"], "peer": "all of both", "peer_share": 1.0,
            "ratio": all_["busy"], "target": f">= {BUSY:.0%}", "met": all_["busy"] >= BUSY,
        },
        {
            "what": "most memory of a process at the end, MB",
            "ours_mb": all_["mb"], "peer": f"after its first {WARM}",
            "peer_mb": early["mb"], "ratio": grown, "target": f"<= {GROWN:g}x",
            "met": grown <= GROWN,
        },
    ]  # fmt: skip
