"""The worker beside the web: there, started again, through a restart of the database, and gone."""

import contextlib
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from mail_server import Mailbox, free_port, mail_server
from mail_town import SENDER, wait_until

from geo.cluster import Cluster
from geo.database import from_cluster
from geo.schema import downgrade

LOTLINE = Path(sys.executable).with_name("lotline")


@dataclass
class Served:
    """A home with a cluster of its own, served or not."""

    home: Path
    mail_port: int
    web_port: int

    @property
    def environ(self) -> dict[str, str]:
        """The environment of the commands."""
        return {
            **os.environ,
            "LOTLINE_HOME": str(self.home),
            "LOTLINE_SMTP_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "LOTLINE_MAIL_FROM": SENDER,
        }

    def lotline(self, *words: str) -> str:
        """Run a command to its end."""
        done = subprocess.run(
            [LOTLINE, *words],
            env=self.environ, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextlib.contextmanager
    def serving(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """Serve the map meanwhile."""
        server = subprocess.Popen(
            [LOTLINE, "serve", "--port", str(self.web_port), *words],
            env=self.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            # What stops a server just while its own workers start is lost on it.
            wait_until(self._answers)
            yield server
        finally:
            server.terminate()
            server.wait(60)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError):
            address = f"http://127.0.0.1:{self.web_port}/healthz"
            return bool(urllib.request.urlopen(address, timeout=5).status == 200)
        return False

    def kill_database(self) -> None:
        """End the server as a crash would."""
        pid = int((self.home / "pg" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def town(upgraded_home: Path) -> Served:
    return Served(upgraded_home, free_port(), free_port())


def _workers(server: subprocess.Popen[bytes]) -> list[int]:
    """Return the processes of workers that a server started and that live."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            words = stat.with_name("cmdline").read_bytes().split(b"\0")
            if int(parent) == server.pid and state != "Z" and b"--beside" in words:
                found.append(int(stat.parent.name))
    return found


def _lives(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_the_worker_beside_the_web_outlives_its_own_death_and_the_databases(town: Served) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, port=town.mail_port), town.serving() as server:
        town.lotline("mail", "test", "first@example.org")
        wait_until(lambda: mailbox.recipients == ["first@example.org"])
        (first,) = _workers(server)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: _workers(server) not in ([], [first]))
        town.lotline("mail", "test", "second@example.org")
        wait_until(lambda: "second@example.org" in mailbox.recipients)
        town.kill_database()
        town.lotline("mail", "test", "third@example.org")
        wait_until(lambda: "third@example.org" in mailbox.recipients, within=30)
        (worker,) = _workers(server)
    assert not _lives(worker)
    assert len(mailbox.recipients) == 3
    assert not Cluster(town.home, os.environ).answers()


def test_the_database_killed_between_acceptance_and_our_word_of_it_does_not_send_twice(
    town: Served,
) -> None:
    mailbox = Mailbox()
    mailbox.held.set()
    with mail_server(mailbox, port=town.mail_port), town.serving():
        town.lotline("mail", "test", "once@example.org")
        assert mailbox.has_text.wait(30)
        town.kill_database()
        mailbox.held.clear()
        wait_until(lambda: "1 sent" in town.lotline("mail", "list"), within=30)
    assert mailbox.recipients == ["once@example.org"]


def test_the_worker_ends_when_the_web_is_killed(town: Served) -> None:
    with town.serving() as server:
        wait_until(lambda: _workers(server))
        (worker,) = _workers(server)
        server.kill()
        wait_until(lambda: not _lives(worker))


def test_a_town_with_its_own_service_manager_serves_without_a_worker(town: Served) -> None:
    mailbox = Mailbox()
    with mail_server(mailbox, port=town.mail_port), town.serving("--no-worker") as server:
        town.lotline("mail", "test", "a@example.org")
        town.lotline("worker", "--once")
        assert (_workers(server), mailbox.recipients) == ([], ["a@example.org"])


def test_a_worker_on_a_database_without_tables_says_what_to_run(town: Served) -> None:

    cluster = Cluster(town.home, os.environ)
    cluster.up()
    with from_cluster(cluster) as database:
        downgrade(database, revision="base")
    done = subprocess.run(
        [LOTLINE, "worker"],
        env=town.environ, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, "lotline db upgrade" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr
