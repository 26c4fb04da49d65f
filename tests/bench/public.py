"""Bench the public map under two hundred people at once against one person alone."""

import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.bench.crowd import Told, walk
from tests.bench.tile_servers import lotline
from tests.bench.tiles import area_of, bench_town

ZOOMS = (14, 15, 16, 17)
PEOPLE = 200
SECONDS = 120.0
ALONE_SECONDS = 40.0
MOST_TIMES = 10.0


def run() -> dict[str, Any]:
    """Measure one alone, the crowd, and one alone again."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home, _database = stack.enter_context(bench_town())
        port = stack.enter_context(lotline(home, scratch=scratch, cache_mb=256))
        areas = [area_of(zoom) for zoom in ZOOMS]
        before = walk(port, areas, people=1, seconds=ALONE_SECONDS, seed=1)
        crowd = walk(port, areas, people=PEOPLE, seconds=SECONDS, seed=2)
        after = walk(port, areas, people=1, seconds=ALONE_SECONDS, seed=3)
    errors = [*before.errors, *crowd.errors, *after.errors]
    return {"name": "public", "rows": _rows(before, crowd, after), "errors": errors[:20]}


def _rows(before: Told, crowd: Told, after: Told) -> list[dict[str, Any]]:
    alone = statistics.median([_p95(before), _p95(after)])
    ratio = _p95(crowd) / alone
    asked = len(crowd.tiles) + crowd.pages
    return [
        {
            "what": f"tile p95 of {PEOPLE} people, s ({len(crowd.tiles) / SECONDS:.0f} tiles/s)",
            "ours_s": _p95(crowd),
            "peer": "one alone",
            "peer_s": alone,
            "ratio": ratio,
            "target": f"<= {MOST_TIMES:g}x",
            "met": ratio <= MOST_TIMES,
        },
        {
            "what": "errors",
            "ours_figure": len(crowd.errors),
            "peer": "answers",
            "peer_figure": asked,
            "ratio": len(crowd.errors) / asked,
            "target": "0",
            "met": not crowd.errors,
        },
    ]


def _p95(told: Told) -> float:
    return statistics.quantiles(told.tiles, n=20)[-1]
