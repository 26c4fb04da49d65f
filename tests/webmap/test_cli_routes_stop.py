"""A search is watched while it goes on, and Ctrl-C keeps the best of it; a second one ends all."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mail_town import wait_until

from webmap.cli import routes_watch
from webmap.cli.routes_watch import STOPPED, TOGETHER, searching
from webmap.cli.stopping import STOPPING

TESTS = Path(__file__).parents[1]
LONG = """
from dataclasses import replace
from random_days import HALL, HOUR, MONDAY
from geo.streets.estimate import CrowFlight
from reports.routes.planning import make_plan
from reports.routes.problem import Problem, Shift, Stop
from reports.routes.search import Effort
from webmap.cli import routes_watch

def stop(zone, n):
    return Stop(f"{zone}{n}", f"{zone}{n} St", HALL.lon + n / 300, HALL.lat, (f"{zone}{n}",), None,
                3, 900, 3600, zone=zone)

def shift(zone):
    return Shift(MONDAY, 8 * HOUR, 17 * HOUR, start_place=HALL, end_place=HALL, officer=zone,
                 zones=frozenset({zone}))

if __name__ == "__main__":
    routes_watch.LINE_SECONDS = 0.0
    problem = Problem((MONDAY,), (shift("E"), shift("W")),
                      tuple(stop(zone, n) for zone in "EW" for n in range(1, 9)))
    with routes_watch.searching(stops=16) as watch:
        made = make_plan(problem, CrowFlight(), effort=Effort(seconds=100), watch=watch, cores=2)
    print(len(made.plan.visits))
"""
"""A search of minutes in two processes beside the one that asks for it."""


@contextmanager
def _searching(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Search in a process group of its own, as a shell makes one, until it knows of a plan."""
    script = folder / "long.py"
    script.write_text(LONG, encoding="utf-8")
    paths = os.pathsep.join((str(TESTS.parent), str(TESTS)))
    process = subprocess.Popen(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": paths}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert line.startswith("Planning among 16 stops: the best so far costs"), line
        yield process
    finally:
        with_all = os.getpgid(process.pid) if process.poll() is None else None
        if with_all is not None:
            os.killpg(with_all, signal.SIGKILL)
        process.communicate()


def _goes_on(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_ctrl_c_at_a_terminal_ends_the_search_with_the_best_of_every_process(
    tmp_path: Path,
) -> None:
    with _searching(tmp_path) as process:
        os.killpg(process.pid, signal.SIGINT)  # a terminal tells all of the group
        out, told = process.communicate(timeout=120)
    assert (process.returncode, out) == (0, "16\n"), told
    assert STOPPING in told
    assert told.splitlines()[-1] == STOPPED


def test_a_second_ctrl_c_ends_all_at_once_and_leaves_no_process_behind(tmp_path: Path) -> None:
    with _searching(tmp_path) as process:
        assert process.stderr is not None
        os.kill(process.pid, signal.SIGINT)
        while STOPPING not in process.stderr.readline():
            pass
        os.kill(process.pid, signal.SIGINT)
        out, told = process.communicate(timeout=120)
        assert out == ""
        assert STOPPED not in told
        wait_until(lambda: not _goes_on(process.pid))


def test_a_log_is_told_of_the_best_now_and_then_and_a_search_that_ends_by_itself_is_no_early_end(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.getsignal(signal.SIGINT)
    with searching(stops=1) as watch:
        assert watch.on_best is not None
        watch.on_best(4_000)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(routes_watch, "LINE_SECONDS", 0.0)
    with searching(stops=1_600) as watch:
        assert watch.on_best is not None
        watch.on_best(4_000)
    assert capsys.readouterr() == (
        "",
        f"Planning among 1,600 stops: the best so far costs 1 h 7 min, {TOGETHER}\n",
    )
    assert signal.getsignal(signal.SIGINT) is before
