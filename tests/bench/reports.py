"""Bench how a county asks for reports: how soon each is acknowledged, made, and shown.

Each report is asked of two towns in turn, one a hundred times as large, through the whole
application, and made in a process of its own as the worker makes it. The peer is the small town.
"""

import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient

from cases.workflow.roles import Role
from reports.registry import REPORTS
from reports.runs import running
from tests.bench.growth import SIZES, Office, office, seconds, slowest
from webmap.worker import reporting

ASKED = 20
"""How often each report is asked for, and its answer opened; the 95th percentile counts."""
ACKNOWLEDGED, SHOWN = 1.0, 2.0
"""Seconds within which an answer is acknowledged as a job, and one that is made is shown."""
LOOKED = 0.2
"""Seconds between two looks at how far a report is."""


def run(*, small: bool = False) -> dict[str, Any]:
    """Measure each report in both towns; raises where one cannot be made."""
    few, many = SIZES[small]
    with ExitStack() as stack:
        towns = {cases: stack.enter_context(office(cases)) for cases in (few, many)}
        rows = [row for name in REPORTS for row in _rows(name, towns[few], towns[many])]
    peer = {"peer": f"{few // 1000}k cases"}
    return {"name": "reports", "rows": [row | peer for row in rows]}


def _rows(name: str, town: Office, city: Office) -> list[dict[str, Any]]:
    acks: dict[str, list[float]] = {"small": [], "large": []}
    for _ in range(ASKED):
        for size, of in (("small", town), ("large", city)):
            acks[size].append(_acknowledged(of, name))
    made = {size: _make(of, name) for size, of in (("small", town), ("large", city))}
    shown: dict[str, list[float]] = {"small": [], "large": []}
    for _ in range(ASKED):
        for size, of in (("small", town), ("large", city)):
            shown[size].append(seconds(_manager(of), made[size][1]))
    took, _path, told = made["large"]
    return [
        _row(f"{name}: acknowledged, p95 ms", acks, most=ACKNOWLEDGED),
        {
            "what": f"{name}: made, s (told how far {told} times)",
            "ours_s": took,
            "peer_s": made["small"][0],
            "ratio": took / made["small"][0],
            "target": f"told how far, if over {SHOWN:g} s",
            "met": took <= SHOWN or told > 0,
        },
        _row(f"{name}: its answer shown, p95 ms", shown, most=SHOWN),
    ]


def _row(what: str, took: dict[str, list[float]], *, most: float) -> dict[str, Any]:
    ours, theirs = (slowest(took[size]) for size in ("large", "small"))
    return {
        "what": what,
        "ours_ms": ours * 1000,
        "peer_ms": theirs * 1000,
        "ratio": ours / theirs,
        "target": f"<= {most:g} s",
        "met": ours <= most,
    }


def _manager(of: Office) -> FlaskClient:
    return of.seats[Role.MANAGER]


def _acknowledged(of: Office, name: str) -> float:
    """Ask for a report anew, and return how long it took until its page says that it is made."""
    start = time.perf_counter()
    asked = _manager(of).get(f"/office/reports/{name}")
    waits = _manager(of).get(asked.location)
    took = time.perf_counter() - start
    if waits.status_code != 200 or "data-waits" not in waits.text:
        msg = f"The report {name} was not acknowledged: {asked.status}, then {waits.status}."
        raise AssertionError(msg)
    with of.database.app.begin() as connection:
        running.stop(connection, _number(asked.location), now=datetime.now(UTC))
    return took


def _make(of: Office, name: str) -> tuple[float, str, int]:
    """Have a report made; gives the seconds, its page, and how often it told how far it is."""
    path = str(_manager(of).get(f"/office/reports/{name}").location)
    told: set[float] = set()
    done = threading.Event()
    looking = threading.Thread(target=_look, args=(of, _number(path), told, done))
    looking.start()
    start = time.perf_counter()
    try:
        reporting.make_report(of.database.app, of.home, _number(path))
    finally:
        done.set()
        looking.join()
    took = time.perf_counter() - start
    with of.database.app.connect() as connection:
        row = running.run(connection, _number(path))
    if row is None or row.answer is None:
        msg = f"The report {name} was not made: {row and row.failed_because}"
        raise AssertionError(msg)
    return took, path, len(told)


def _look(of: Office, run_id: int, told: set[float], done: threading.Event) -> None:
    while not done.wait(LOOKED):
        with of.database.app.connect() as connection:
            row = running.run(connection, run_id)
        if row is not None and 0 < row.share < 1:
            told.add(row.share)


def _number(path: str) -> int:
    return int(path.rpartition("/")[2])
