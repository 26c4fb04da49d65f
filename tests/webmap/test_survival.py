"""The database killed by -9, while serving and during an import: back, and nothing lost."""

import contextlib
import itertools
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
import sqlalchemy as sa

from geo.cluster import Cluster
from geo.database import from_cluster

LOTLINE = Path(sys.executable).with_name("lotline")
BACK_WITHIN_SECONDS = 10
START_WITHIN_SECONDS = 60
"""On a busy machine; what is measured begins after it."""
log = logging.getLogger(__name__)


@pytest.fixture
def home(upgraded_home: Path) -> Path:
    return upgraded_home


def _lotline(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LOTLINE, *words],
        env={**os.environ, "LOTLINE_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def _start(home: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [LOTLINE, *words],
        env={**os.environ, "LOTLINE_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _kill_database(home: Path) -> int:
    pid = int((home / "pg" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    return pid


def _wait_until_back(home: Path, port: int, *, killed: int) -> float:
    """Return the seconds until another server runs and a page can read from it.

    A backend of the killed server may still answer for a moment: only a new pid proves a new one.
    """
    started = time.monotonic()
    pid_file = home / "pg" / "postmaster.pid"
    while time.monotonic() - started < BACK_WITHIN_SECONDS:
        with contextlib.suppress(OSError):
            if not pid_file.read_text().startswith(f"{killed}\n"):
                _wait_for(port, "/readyz", within=BACK_WITHIN_SECONDS)
                return time.monotonic() - started
        time.sleep(0.05)
    pytest.fail(f"no new server within {BACK_WITHIN_SECONDS} s")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _status(port: int, path: str) -> int | None:
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status
    except OSError:
        return None


def _wait_for(port: int, path: str, *, within: float) -> float:
    started = time.monotonic()
    while time.monotonic() - started < within:
        if _status(port, path) == 200:
            return time.monotonic() - started
        time.sleep(0.1)
    pytest.fail(f"{path} did not answer 200 within {within} s")


def _write_parcels(path: Path, *, side: int) -> None:
    places = [(-80.4 + x * 4e-4, 27.3 + y * 4e-4) for x in range(side) for y in range(side)]
    frame = gpd.GeoDataFrame(
        {"parcel_no": [f"1-{number}" for number in range(side * side)]},
        geometry=[shapely.box(x, y, x + 3.8e-4, y + 3.8e-4) for x, y in places],
        crs=4326,
    )
    frame.to_file(path, driver="GPKG")


def _count(home: Path, table: str) -> int:
    cluster = Cluster(home, os.environ)
    cluster.up()
    with from_cluster(cluster) as database, database.owner.connect() as connection:
        count: int = connection.execute(
            sa.select(sa.func.count()).select_from(sa.table(table, schema="lotline"))
        ).scalar_one()
        return count


def test_a_database_killed_while_serving_is_back_within_ten_seconds_with_every_parcel(
    home: Path,
) -> None:
    _write_parcels(home / "parcels.gpkg", side=10)
    assert _lotline(home, "import", "parcels", str(home / "parcels.gpkg")).returncode == 0
    port = _free_port()
    server = _start(home, "serve", "--port", str(port))
    try:
        _wait_for(port, "/readyz", within=START_WITHIN_SECONDS)
        for _ in range(3):
            killed = _kill_database(home)
            assert _status(port, "/readyz") in {200, 503}
            assert _wait_until_back(home, port, killed=killed) <= BACK_WITHIN_SECONDS
            assert _status(port, "/parcel/1-42") == 200
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)
    assert _count(home, "parcel") == 100


def test_a_database_killed_during_an_import_keeps_what_was_there_and_takes_the_file_again(
    home: Path,
) -> None:
    _write_parcels(home / "first.gpkg", side=10)
    assert _lotline(home, "import", "parcels", str(home / "first.gpkg")).returncode == 0
    _write_parcels(home / "larger.gpkg", side=150)
    Cluster(home, os.environ).up()
    importing = _start(home, "import", "parcels", str(home / "larger.gpkg"))
    _wait_until_writing(home)
    _kill_database(home)
    assert importing.wait(timeout=60) == 1
    assert _count(home, "parcel") == 100
    assert _count(home, "import_run") == 1
    again = _lotline(home, "import", "parcels", str(home / "larger.gpkg"))
    assert again.returncode == 0, again.stderr
    assert _count(home, "parcel") == 150 * 150


@pytest.mark.full
@pytest.mark.timeout(1200)
def test_twenty_kills_under_writing_lose_no_acknowledged_row(home: Path) -> None:
    port = _free_port()
    server = _start(home, "serve", "--port", str(port))
    acknowledged: list[int] = []
    done = threading.Event()
    writers = [
        threading.Thread(target=_write_until_done, args=(home, number, acknowledged, done))
        for number in range(4)
    ]
    longest = 0.0
    try:
        _wait_for(port, "/readyz", within=START_WITHIN_SECONDS)
        for writer in writers:
            writer.start()
        for _ in range(20):
            time.sleep(1.0)
            killed = _kill_database(home)
            longest = max(longest, _wait_until_back(home, port, killed=killed))
    finally:
        done.set()
        for writer in writers:
            writer.join()
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)
    assert longest <= BACK_WITHIN_SECONDS
    assert len(acknowledged) > 1_000
    assert _lost(home, acknowledged) == set()
    log.info("%d rows acknowledged over 20 kills; back in %.1f s", len(acknowledged), longest)


def _write_until_done(
    home: Path, writer: int, acknowledged: list[int], done: threading.Event
) -> None:
    """Write sections of ordinance, one a transaction, noting each once its commit has returned."""
    insert = sa.text("INSERT INTO lotline.ordinance (citation) VALUES (:n)")
    with from_cluster(Cluster(home, os.environ)) as database:
        for number in itertools.count(writer * 1_000_000):
            if done.is_set():
                return
            try:
                with database.app.begin() as connection:
                    connection.execute(insert, {"n": str(number)})
            except sa.exc.DBAPIError:
                time.sleep(0.1)
                continue
            acknowledged.append(number)


def _lost(home: Path, acknowledged: list[int]) -> set[int]:
    cluster = Cluster(home, os.environ)
    cluster.up()
    with from_cluster(cluster) as database, database.owner.connect() as connection:
        kept = connection.scalars(sa.text("SELECT citation::integer FROM lotline.ordinance"))
        return set(acknowledged) - set(kept)


@pytest.mark.full
@pytest.mark.timeout(1200)
def test_an_import_killed_at_any_moment_leaves_all_or_nothing(home: Path) -> None:
    _write_parcels(home / "town.gpkg", side=120)
    everything = 120 * 120
    Cluster(home, os.environ).up()
    found = []
    for tenth in range(1, 11):
        importing = _start(home, "import", "parcels", str(home / "town.gpkg"))
        time.sleep(0.5 * tenth)
        _kill_database(home)
        importing.wait(timeout=60)
        found.append(_count(home, "parcel"))
        assert found[-1] in {0, everything}
    assert _lotline(home, "import", "parcels", str(home / "town.gpkg")).returncode == 0
    assert _count(home, "parcel") == everything


def _wait_until_writing(home: Path) -> None:
    """Wait until the import's transaction has written a row, which a lock on import_run shows."""
    query = sa.text(
        "SELECT count(*) FROM pg_locks WHERE mode = 'RowExclusiveLock' "
        "AND relation = 'lotline.parcel'::regclass"
    )
    cluster = Cluster(home, os.environ)
    with from_cluster(cluster) as database, database.owner.connect() as connection:
        for _ in range(3_000):
            if connection.execute(query).scalar_one():
                return
            connection.rollback()
            time.sleep(0.02)
    pytest.fail("the import never wrote")
