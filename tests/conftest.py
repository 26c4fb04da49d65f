"""Give every test a real PostGIS: one private cluster a run, a database cloned for each worker."""

import contextlib
import fcntl
import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import features
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from homes import (
    copy_within,
    end_as_if_interrupted,
    home_within,
    leave,
    make_home,
    upgrade_home,
)
from hypothesis import settings
from kept_engines import lent
from longest import begin_with_the_longest
from real_cases import take_in_once

from cases.accounts import passwords
from cases.published import PUBLISHED
from geo.cluster import Cluster
from geo.database import Database, from_cluster
from geo.schema import upgrade

# How long an example takes says how busy the machine is, and fails no test.
settings.register_profile("lotline", deadline=None)
settings.load_profile("lotline")

HOME_KEY = "LOTLINE_TEST_HOME"
TEMPLATE = "lotline"
REALDATA = Path(__file__).parents[2] / "shared" / "realdata"

# A crash may lose a test's database and nothing else; synchronous_commit stays on, as in life.
# Databases come and go by the hundred: each pays for every buffer, file and library there is.
FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
    "shared_preload_libraries": "postgis-3",
}


def _cluster() -> Cluster:
    return Cluster(Path(os.environ[HOME_KEY]), os.environ, settings=FAST)


def pytest_addoption(parser: pytest.Parser) -> None:
    features.add_option(parser)


def pytest_configure(config: pytest.Config) -> None:
    features.configure(config)
    if hasattr(config, "workerinput") or HOME_KEY in os.environ:
        return
    home = make_home(os.environ)
    os.environ[HOME_KEY] = str(home)
    config.stash[OWN_HOME] = home
    end_as_if_interrupted()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    begin_with_the_longest(items)


def pytest_collection_finish() -> None:
    """Leave what every test needs, a million objects, out of each round for garbage."""
    gc.collect()
    gc.freeze()


OWN_HOME: pytest.StashKey[Path] = pytest.StashKey()


def pytest_unconfigure(config: pytest.Config) -> None:
    home = config.stash.get(OWN_HOME, None)
    if home is None:
        return
    leave(home, os.environ)
    del os.environ[HOME_KEY]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that skipped a test though the real data is there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not _realdata_folder().is_dir():
        return
    skipped = [
        report
        for report in reporter.stats.get("skipped", [])
        if not str(report.longrepr).endswith(f"{ONLY_ROOT}')")
    ]
    if skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(f"{len(skipped)} skipped though the real data is there", red=True)


ONLY_ROOT = "only root changes to another account"


def _realdata_folder() -> Path:
    return Path(os.environ.get("LOTLINE_REALDATA", REALDATA))


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The run's cluster, its template database migrated by whichever worker comes first."""
    cluster = _cluster()
    cluster.up()
    migrated = cluster.home / "migrated"
    with _one_worker_at_a_time():
        if not migrated.exists():
            with from_cluster(cluster, name=TEMPLATE) as database:
                upgrade(database, published=PUBLISHED)
            migrated.touch()
    return cluster


@pytest.fixture(scope="session")
def lend_home() -> Callable[[], AbstractContextManager[Path]]:
    """Lend an upgraded home with a cluster of its own, to start and to kill."""
    run = Path(os.environ[HOME_KEY])
    with _one_worker_at_a_time():
        upgrade_home(run / "upgraded")
    return partial(copy_within, run, of=run / "upgraded")


@pytest.fixture
def upgraded_home(lend_home: Callable[[], AbstractContextManager[Path]]) -> Iterator[Path]:
    """A home of the test's own, upgraded; its server is not started."""
    with lend_home() as home:
        yield home


@pytest.fixture
def bare_home() -> Iterator[Path]:
    """A home of the test's own in which nothing is made yet."""
    with home_within(Path(os.environ[HOME_KEY])) as home:
        yield home


@pytest.fixture(scope="session")
def clone(cluster: Cluster) -> Callable[[str], None]:
    """Make a database of a name anew, migrated and empty."""
    return partial(_clone, cluster)


@pytest.fixture(scope="session")
def worker_database(cluster: Cluster, worker_id: str) -> Iterator[Database]:
    name = f"test_{worker_id}"
    _clone(cluster, name)
    with from_cluster(cluster, name=name) as database:
        yield database


@pytest.fixture
def database(worker_database: Database) -> Database:
    """The worker's migrated database; a test that commits uses `fresh_database` instead."""
    return worker_database


@pytest.fixture
def connection(worker_database: Database) -> Iterator[sa.Connection]:
    """The owner's connection in a transaction that is rolled back after the test."""
    with worker_database.owner.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest.fixture(scope="session")
def laid_out_once(cluster: Cluster) -> Callable[[str, Callable[[Database], object]], str]:
    """Lay a town out in a database that others are then copied of, once a run."""

    def made(name: str, lay_out: Callable[[Database], object]) -> str:
        kept = cluster.home / f"{name}.laid"
        if not kept.exists():
            with _one_worker_at_a_time():
                if not kept.exists():
                    cluster.drop_database(name)
                    cluster.create_database(name, template=TEMPLATE)
                    with from_cluster(cluster, name=name) as database:
                        lay_out(database)
                    kept.touch()
        return name

    return made


@pytest.fixture
def copied() -> str:
    """The database that a fresh one is a copy of: an empty one, unless a folder says another."""
    return TEMPLATE


@pytest.fixture
def fresh_database(cluster: Cluster, worker_id: str, copied: str) -> Iterator[Database]:
    """A database of the test's own, for what it commits."""
    name = f"fresh_{worker_id}"
    _clone(cluster, name, template=copied)
    with lent(from_cluster(cluster, name=name)) as database:
        yield database
    cluster.drop_database(name)


def _clone(cluster: Cluster, name: str, *, template: str = TEMPLATE) -> None:
    with _one_worker_at_a_time():  # a template may have no other client while it is copied
        cluster.drop_database(name)
        cluster.create_database(name, template=template)


@contextlib.contextmanager
def _one_worker_at_a_time() -> Iterator[None]:
    with (Path(os.environ[HOME_KEY]) / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


TRUE_HASHER, TRUE_NOBODYS = passwords._HASHER, passwords._NOBODYS


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Hash a password at the least cost; tests of the cost itself take `true_cost`."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", cheap)
        patch.setattr(passwords, "_NOBODYS", cheap.hash("nobody's"))
        yield


@pytest.fixture
def true_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a password cost what it does in life."""
    monkeypatch.setattr(passwords, "_HASHER", TRUE_HASHER)
    monkeypatch.setattr(passwords, "_NOBODYS", TRUE_NOBODYS)


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The folder of real public data; a test that needs it skips by name where it is absent."""
    folder = _realdata_folder()
    if not folder.is_dir():
        pytest.skip("real data is absent: set LOTLINE_REALDATA to its folder")
    return folder


@pytest.fixture(scope="module")
def cambridge(
    cluster: Cluster, clone: Callable[[str], None], realdata: Path
) -> Iterator[sa.Connection]:
    """The owner's connection to Cambridge with its violations, rolled back in the end."""
    name = take_in_once(cluster, clone, realdata=realdata)
    with from_cluster(cluster, name=name) as database, database.owner.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()
