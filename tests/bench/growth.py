"""Bench how the office's pages grow with the town: against one a hundred times as large.

Each page is asked of both towns in turn, as somebody signed in, through the whole application in
this process. The peer is the same page in the small town; what counts is how much slower the
slowest answers get.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask.testing import FlaskClient

from cases.accounts import people, sessions
from cases.adopted import adopt
from cases.folding import fold_tallies
from cases.lawpack.reading import DEFAULT
from cases.published import PUBLISHED
from cases.workflow.roles import Role
from geo.cluster import Cluster
from geo.database import Database, from_cluster, raw
from geo.schema import upgrade
from reports.frontpage import Kept
from webmap.application import create_app
from webmap.auth.gate import TOKEN
from webmap.settings import Settings

SIZES = {True: (1_000, 100_000), False: (5_000, 500_000)}
"""How many cases the two towns have, in the small bench and in the whole one."""
MOST = 2.0
ASKED = 60
"""How often each page is asked of each town; the 95th percentile of so many is compared."""
COUNTED = 3
"""How often a page's queries are counted: what is read once a minute falls into one at most."""

TOWN = Path(__file__).with_name("growth_town.sql")
PAGES = {
    "first page, officer": (Role.OFFICER, "/office/"),
    "first page, clerk": (Role.CLERK, "/office/"),
    "first page, manager": (Role.MANAGER, "/office/"),
    "first page, manager, after a deed": (Role.MANAGER, "/office/"),
    "open cases": (Role.MANAGER, "/office/cases"),
    "overdue in a zone": (Role.MANAGER, "/office/cases?queue=overdue&zone=3"),
    "an officer's": (Role.OFFICER, "/office/cases?officer=Officer+1"),
    "longest untouched": (Role.MANAGER, "/office/cases?sort=moved"),
    "by urgency, page 5": (Role.MANAGER, "/office/cases?sort=priority&page=3"),
    "awaiting service": (Role.CLERK, "/office/cases?queue=awaiting_service"),
    "going stale": (Role.MANAGER, "/office/cases?queue=dormant"),
    "of a section": (Role.MANAGER, "/office/cases?section=58-203"),
    "in an area": (
        Role.MANAGER,
        "/office/cases?area=-80.999,26.999;-80.95,26.999;-80.95,27.05;-80.999,27.05",
    ),
    "a case": (Role.MANAGER, "/office/case/CE-2025-000500"),
    "find an owner": (Role.CLERK, "/office/find?q=whitfeld"),
    "find an address": (Role.CLERK, "/office/find?q=12+tamrind"),
}
"""What is asked of both towns, and by whom."""

AFTER_A_DEED = "after a deed"
"""Where the figures kept since the last deed do not hold any more."""


def run(*, small: bool = False) -> dict[str, Any]:
    """Measure each page in both towns; raises where one asks another number of queries."""
    few, many = SIZES[small]
    with ExitStack() as stack:
        town, city = (stack.enter_context(office(cases)).seats for cases in (few, many))
        rows = [_row(what, town[role], city[role], path) for what, (role, path) in PAGES.items()]
    peer = {"peer": f"{few // 1000}k cases"}
    return {"name": "growth", "rows": [row | peer for row in rows]}


def _row(what: str, small: FlaskClient, large: FlaskClient, path: str) -> dict[str, Any]:
    few, many = (min(_queries(client, path) for _ in range(COUNTED)) for client in (small, large))
    if few != many:
        msg = f"{path} asks {few} queries of the small town and {many} of the large one."
        raise AssertionError(msg)
    took: dict[str, list[float]] = {"small": [], "large": []}
    for _ in range(ASKED):
        for town, client in (("small", small), ("large", large)):
            if what.endswith(AFTER_A_DEED):
                client.application.extensions["lotline_front"] = Kept()
            took[town].append(seconds(client, path))
    slow = {town: slowest(times) * 1000 for town, times in took.items()}
    ratio = slow["large"] / slow["small"]
    return {
        "what": f"{what}, p95 ms ({few} queries)",
        "ours_ms": slow["large"],
        "peer_ms": slow["small"],
        "ratio": ratio,
        "target": f"<= {MOST:g}x",
        "met": ratio <= MOST,
    }


def slowest(times: Sequence[float]) -> float:
    """Return the 95th percentile of some times."""
    return statistics.quantiles(times, n=20)[-1]


def seconds(client: FlaskClient, path: str) -> float:
    """Return how long a page took."""
    start = time.perf_counter()
    answer = client.get(path)
    took = time.perf_counter() - start
    if answer.status_code != 200:
        msg = f"{path} answered {answer.status_code}."
        raise AssertionError(msg)
    return took


def _queries(client: FlaskClient, path: str) -> int:
    asked: list[object] = []
    engine = client.application.extensions["lotline"].app

    def note(*event: object) -> None:
        asked.append(event[2])

    sa.event.listen(engine, "before_cursor_execute", note)
    client.get(path)
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A town's office: somebody of each role signed in, and what it is kept in."""

    seats: Mapping[Role, FlaskClient]
    database: Database
    home: Path


@contextmanager
def office(cases: int) -> Iterator[Office]:
    """Fill a private cluster with so many cases, and seat somebody of each role before it."""
    with tempfile.TemporaryDirectory(prefix="lotline-bench-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        cluster = Cluster(home, os.environ)
        cluster.up()
        try:
            with from_cluster(cluster) as database:
                fill(database, cases)
            app = create_app(Settings(home=home, environ={}))
            with app.extensions["lotline"] as database:
                seats = {role: _seat(app.test_client(), database, role) for role in _ROLES}
                yield Office(seats=seats, database=database, home=home)
        finally:
            cluster.down()


_ROLES = (Role.OFFICER, Role.CLERK, Role.MANAGER)


def fill(database: Database, cases: int) -> None:
    """Fill an empty database with a town of so many cases."""
    upgrade(database, published=PUBLISHED)
    with database.app.begin() as connection:
        adopt(connection, DEFAULT, on=date(2025, 1, 1))
    script = TOWN.read_text(encoding="utf-8").replace(":cases", str(cases))
    with database.owner.begin() as connection:
        raw(connection).execute(script.encode())
        fold_tallies(connection)
    with database.owner.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("VACUUM ANALYZE")


def _seat(client: FlaskClient, database: Database, role: Role) -> FlaskClient:
    now = datetime.now(UTC)
    with database.app.begin() as connection:
        name = "Officer 1" if role is Role.OFFICER else f"The {role}"
        staff_id = people.add(connection, login=role, name=name, role=role, by="bench", now=now)
        token = sessions.start(connection, staff_id, device="bench", now=now)
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    return client
