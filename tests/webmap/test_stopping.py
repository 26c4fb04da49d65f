"""A server told to stop stops, even as its web processes start; killed, it leaves none behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from mail_server import free_port
from mail_town import wait_until

from geo.cluster import Cluster

LOTLINE = Path(sys.executable).with_name("lotline")
BEGUN = """
import multiprocessing, os, signal, time
from webmap.serving import create_app, hold_stops

def begin():
    time.sleep(0.5)
    create_app()
    time.sleep(60)

def note(*_):
    pass

signal.signal(signal.SIGTERM, note)
hold_stops()
web = multiprocessing.get_context("fork").Process(target=begin)
web.start()
os.kill(web.pid, signal.SIGTERM)
web.join(30)
print(web.exitcode)
web.kill()
"""
"""A server that notes its signals, as granian does, and stops its fork before that has begun."""


@pytest.fixture(scope="module")
def home(lend_home: Callable[[], AbstractContextManager[Path]]) -> Iterator[Path]:
    with lend_home() as folder:
        Cluster(folder, os.environ).up()
        yield folder


def _environ(home: Path) -> dict[str, str]:
    return {**os.environ, "LOTLINE_HOME": str(home)}


@contextlib.contextmanager
def _serving(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    words = [LOTLINE, "serve", "--no-worker", "--workers", "2", "--port", str(port)]
    with subprocess.Popen(
        words, env=_environ(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        children: list[int] = []
        try:
            wait_until(lambda: len(_web_processes(server)) == 2)
            children = _web_processes(server)
            yield server
        finally:
            for pid in {*children, *_web_processes(server), server.pid}:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def _web_processes(server: subprocess.Popen[bytes]) -> list[int]:
    """Return the live processes a server forked, which bear its own command line."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    with contextlib.suppress(OSError):
        return [
            int(pid) for pid in children.read_text().split() if _words(pid) == _words(server.pid)
        ]
    return []


def _words(pid: object) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _is_free(port: int) -> bool:
    with contextlib.suppress(OSError), closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        return True
    return False


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError):
        answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
        return bool(answer.status == 200)
    return False


def test_what_stops_a_web_process_before_it_can_listen_waits_for_it(tmp_path: Path) -> None:
    words = [sys.executable, "-P", "-c", BEGUN]
    environ = _environ(tmp_path) | {"DATABASE_URL": "postgresql://nowhere.invalid/none"}
    told = subprocess.run(words, env=environ, capture_output=True, text=True, check=True)
    assert told.stdout == f"{-signal.SIGTERM}\n"


def test_a_server_killed_outright_leaves_no_web_process_and_a_free_port(home: Path) -> None:
    port = free_port()
    with _serving(home, port) as server:
        wait_until(lambda: _answers(port))
        left = _web_processes(server)
        assert len(left) == 2
        server.kill()
        wait_until(lambda: not any(_words(pid) for pid in left))
        wait_until(lambda: _is_free(port))
