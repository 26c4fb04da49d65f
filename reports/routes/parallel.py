"""Search several parts of a problem side by side, each in a process of its own."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from typing import TYPE_CHECKING

from pyvrp import ProblemData, Solution

from reports.routes.search import PLANNING, Effort, Watch, search

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

LOOK_SECONDS = 0.05
WORTH_A_PROCESS = 2.0
"""Seconds of search below which starting a process costs more than it gives."""
ITERATIONS_A_SECOND = 2_000


@dataclass(frozen=True)
class Task:
    """One search; `start` is what it begins with, where something is known."""

    data: ProblemData
    effort: Effort
    seed: int
    start: Solution | None = None


type Routes = list[tuple[int, list[int]]]
"""Vehicle type and clients of each route."""

_stopped: Event
_told: "SimpleQueue[tuple[int, int]]"
"""The worker's own, set once when it starts."""


def search_all(tasks: Sequence[Task], *, watch: Watch, cores: int | None = None) -> list[Routes]:
    """Search every part, on as many cores as there are.

    Parameters
    ----------
    tasks
        The parts. What each finds depends on nothing but itself.
    watch
        Told the cost of all parts together as each gets better, once all have one; asked whether
        to stop.
    cores
        How many processes; as many as there are cores when not given.
    """
    cores = min(cores or os.cpu_count() or 1, len(tasks))
    report = _Together(watch.on_best, len(tasks))
    if cores > 1 and sum(_seconds(task.effort) for task in tasks) >= WORTH_A_PROCESS:
        return _in_processes(tasks, cores=cores, watch=watch, report=report)
    return [
        _routes(task, Watch(lambda cost, at=at: report.told(at, cost), watch.stopped))  # type: ignore[misc]
        for at, task in enumerate(tasks)
    ]


class _Together:
    """Add up what the parts cost."""

    def __init__(self, on_best: Callable[[int], None] | None, parts: int) -> None:
        self._on_best = on_best
        self._parts = parts
        self._costs: dict[int, int] = {}

    def told(self, part: int, cost: int) -> None:
        self._costs[part] = cost
        if self._on_best is not None and len(self._costs) == self._parts:
            self._on_best(sum(self._costs.values()))


def _seconds(effort: Effort) -> float:
    known = effort.seconds
    return known if known is not None else effort.iterations / ITERATIONS_A_SECOND


def _in_processes(
    tasks: Sequence[Task], *, cores: int, watch: Watch, report: _Together
) -> list[Routes]:
    context = get_context("spawn")
    stopped, told = context.Event(), context.SimpleQueue()
    with ProcessPoolExecutor(
        cores, context, initializer=_begin, initargs=(stopped, told)
    ) as processes:
        try:
            with _uninterrupted():
                futures = [processes.submit(_in_worker, task, at) for at, task in enumerate(tasks)]
            waiting: set[Future[Routes]] = set(futures)
            while waiting:
                waiting = wait(waiting, timeout=LOOK_SECONDS).not_done
                while not told.empty():
                    report.told(*told.get())
                if watch.stopped is not None and watch.stopped():
                    stopped.set()
            return [future.result() for future in futures]
        finally:  # whoever waits for nothing more does not wait for what they search either
            stopped.set()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes that no Ctrl-C reaches: whoever asked ends their search, with its best.

    A signal held back here is held back in them from their first instruction on.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(stopped: Event, told: "SimpleQueue[tuple[int, int]]") -> None:
    global _stopped, _told
    _stopped, _told = stopped, told


def _in_worker(task: Task, at: int) -> Routes:
    return _routes(task, Watch(lambda cost: _told.put((at, cost)), _stopped.is_set))


def _routes(task: Task, watch: Watch) -> Routes:
    best = search(
        task.data,
        effort=task.effort,
        tuning=PLANNING,
        seed=task.seed,
        start=task.start,
        watch=watch,
    )
    return [
        (route.vehicle_type(), [activity.idx for activity in route if activity.is_client()])
        for route in best.routes()
    ]
