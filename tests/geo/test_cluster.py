"""The private cluster: made once, started by many, stopped by one, alive again after kill -9."""

import os
import signal
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from geo.cluster import Cluster
from geo.cluster.account import Account, server_account
from geo.cluster.binaries import find_binaries
from geo.cluster.files import LONGEST_SOCKET_PATH, SOCKET_NAME, socket_folder
from geo.cluster.stale import clear_stale
from geo.errors import ClusterError


@pytest.fixture
def own_cluster(bare_home: Path) -> Cluster:
    return Cluster(bare_home, os.environ)


def _connect(cluster: Cluster) -> psycopg.Connection:
    return psycopg.connect(host=str(cluster.socket), user="lotline_owner", dbname="lotline")


def _postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def test_four_starts_at_once_make_one_cluster_and_one_of_them_started_it(
    own_cluster: Cluster,
) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: own_cluster.up(), range(4)))
    assert sorted(running.started for running in found) == [False, False, False, True]
    with _connect(own_cluster) as connection:
        assert connection.execute("SHOW data_checksums").fetchone() == ("on",)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_who_comes_while_the_database_is_still_made_waits_until_it_is_there(
    own_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, create = threading.Event(), Cluster.create_database

    def slowly(cluster: Cluster, name: str, *, template: str | None = None) -> None:
        begun.set()
        time.sleep(0.5)
        create(cluster, name, template=template)

    monkeypatch.setattr(Cluster, "create_database", slowly)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(own_cluster.up)
        assert begun.wait(60)
        assert own_cluster.up().started is False
        _connect(own_cluster).close()
        assert first.result().started


def test_a_start_killed_before_its_database_was_made_is_finished_by_the_next(
    own_cluster: Cluster,
) -> None:
    own_cluster.up()
    own_cluster.drop_database("lotline")
    assert own_cluster.up().started is False
    _connect(own_cluster).close()


def test_nobody_stops_a_cluster_that_another_client_uses(own_cluster: Cluster) -> None:
    own_cluster.up()
    with _connect(own_cluster):
        assert own_cluster.down_if_idle() is False
        assert own_cluster.answers()
    assert own_cluster.down_if_idle() is True
    assert not own_cluster.answers()


def test_a_cluster_is_not_stopped_under_one_who_has_it_open_but_asks_nothing(
    own_cluster: Cluster,
) -> None:
    with own_cluster.in_use():
        with own_cluster.in_use():
            assert own_cluster.down_if_idle() is False
        assert own_cluster.answers()  # the inner one had not started it
    assert not own_cluster.answers()


def test_a_server_coming_back_from_a_crashed_backend_is_waited_for(own_cluster: Cluster) -> None:
    own_cluster.up()
    for _ in range(5):
        _crash_a_backend(own_cluster)
        assert own_cluster.up().started is False
        with _connect(own_cluster) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def _crash_a_backend(cluster: Cluster) -> None:
    """Kill one connection's process, and return once the server has cut the others for it."""
    witness, victim = _connect(cluster), _connect(cluster)
    os.kill(victim.info.backend_pid, signal.SIGKILL)
    with pytest.raises(psycopg.OperationalError):
        witness.execute("SELECT pg_sleep(20)")
    witness.close()
    victim.close()


def test_a_killed_start_leaves_nothing_that_stops_the_next(own_cluster: Cluster) -> None:
    half_made = own_cluster.home / "pg.tmp"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("1\n")
    assert own_cluster.up().started
    assert not half_made.exists()


def test_after_kill_9_it_is_back_within_ten_seconds_with_every_acknowledged_row(
    own_cluster: Cluster,
) -> None:
    own_cluster.up()
    with _connect(own_cluster) as connection:
        connection.execute("CREATE TABLE public.kept (n integer)")
    acknowledged: list[int] = []
    writer = threading.Thread(target=_write_until_cut, args=(own_cluster, acknowledged))
    writer.start()
    time.sleep(0.7)
    os.kill(_postmaster(own_cluster), signal.SIGKILL)
    killed = time.monotonic()
    own_cluster.up()
    assert time.monotonic() - killed < 10
    writer.join()
    with _connect(own_cluster) as connection:
        kept = {row[0] for row in connection.execute("SELECT n FROM public.kept")}
    assert len(acknowledged) > 20
    assert set(acknowledged) <= kept


def _write_until_cut(cluster: Cluster, acknowledged: list[int]) -> None:
    try:
        with _connect(cluster) as connection:
            connection.autocommit = True
            for number in range(1_000_000):
                connection.execute("INSERT INTO public.kept VALUES (%s)", (number,))
                acknowledged.append(number)
    except psycopg.OperationalError:
        return


def test_where_processes_cannot_be_seen_no_server_is_taken_for_dead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.cluster.stale.PROCESSES", tmp_path / "proc")
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text("4711\n")
    clear_stale(tmp_path, tmp_path)
    assert pid_file.exists()


def test_the_pid_file_of_a_dead_server_is_removed(tmp_path: Path) -> None:
    pid_file = tmp_path / "postmaster.pid"
    pid_file.write_text("4711\n")
    clear_stale(tmp_path, tmp_path)
    assert not pid_file.exists()


def test_a_long_home_gets_a_socket_path_that_fits() -> None:
    home = Path("/somewhere") / ("deep" * 30)
    assert len(os.fsencode(socket_folder(home) / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
    assert socket_folder(home) != socket_folder(home / "other")
    assert socket_folder(Path("/var/lib/lotline")) == Path("/var/lib/lotline/run")


def test_a_socket_folder_that_another_user_made_first_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    home = Path("/srv") / ("a" * LONGEST_SOCKET_PATH)
    folder = socket_folder(home)
    folder.mkdir()
    assert socket_folder(home) == folder
    folder.rmdir()
    folder.symlink_to("/")
    with pytest.raises(ClusterError, match="another user made it"):
        socket_folder(home)
    folder.unlink()
    folder.mkdir()
    if os.geteuid() == 0:
        os.chown(folder, 54321, 54321)
        with pytest.raises(ClusterError, match="another user made it"):
            socket_folder(home)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes to another account")
def test_root_is_told_when_the_servers_account_cannot_enter_the_folder(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(ClusterError, match=r"set LOTLINE_HOME to a folder it can reach"):
        Cluster(closed / "home", os.environ).up()
    assert not (closed / "home").exists()


def test_root_never_runs_the_server_itself() -> None:
    account = server_account()
    assert account.uid != 0
    assert isinstance(account, Account)


def test_a_machine_without_postgis_is_told_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="has no PostgreSQL with PostGIS"):
        find_binaries({"PG_BINDIR": str(tmp_path)})
