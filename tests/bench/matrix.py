"""Bench the driving-time matrix of real cities against SciPy on the very same turn-aware graphs."""

import os
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
import osrm

from geo.streets.engine import Streets
from geo.streets.travel import Places
from geo.streets.workers import StreetWorkers
from tests.bench.cities import City, cities
from tests.bench.turn_graph import Spots, TurnGraph

SIZE = 1_000
TARGET_RATIO, TARGET_PAUSE_S = 0.2, 0.05
ON_THE_STREET_M = 0.5


def run(repeats: int = 5, *, small: bool = False) -> dict[str, Any]:
    """Measure each city, interleaved; raises when SciPy did not answer the same question."""
    rows, told = [], {}
    with tempfile.TemporaryDirectory() as folder:
        for city in cities(Path(folder), small=small):
            graph = TurnGraph(city.dataset.base)
            spots = _spots_on_streets(graph, city.streets)
            _same_question(city.streets, graph, spots)
            with StreetWorkers(city.dataset) as workers:
                workers.matrix(spots.places)
                ways = Ways(workers, city.streets, graph, spots)
                took, paused = _measure(repeats, ways)
            rows += _rows(city, took, paused)
            told[city.name] = {"seconds": took, "pauses": paused}
    return {"name": "matrix", "rows": rows, "repeats": repeats, "all": told}


@dataclass(frozen=True)
class Ways:
    """Who is asked, and for what."""

    workers: StreetWorkers
    streets: Streets
    graph: TurnGraph
    spots: Spots


type Figures = dict[str, list[float]]


def _measure(repeats: int, ways: Ways) -> tuple[Figures, Figures]:
    """Return the seconds each way took, and the longest pauses of whoever asked it."""
    asked = {
        "workers": lambda: ways.workers.matrix(ways.spots.places),
        "alone": lambda: ways.streets.matrix(ways.spots.places),
        "scipy": lambda: ways.graph.weights(ways.spots),
    }
    took: Figures = {name: [] for name in asked}
    paused: Figures = {"workers": [], "alone": []}
    for _ in range(repeats):
        for name, ask in asked.items():
            start = time.perf_counter()
            ask()
            took[name].append(time.perf_counter() - start)
        for name, gaps in paused.items():
            with Heartbeat() as heartbeat:  # on its own: the beats would slow what is timed
                asked[name]()
            gaps.append(heartbeat.longest)
    return took, paused


def _rows(city: City, took: Figures, paused: Figures) -> list[dict[str, Any]]:
    seconds = {name: statistics.median(times) for name, times in took.items()}
    pauses = {name: max(gaps) for name, gaps in paused.items()}
    question = f"{city.title}: {SIZE} x {SIZE} driving times to NumPy"
    cores = os.cpu_count()
    return [
        _row(f"{question}, {cores} worker processes", seconds["workers"], seconds["scipy"]),
        _row(f"{question}, one process", seconds["alone"], seconds["scipy"]),
        {
            "what": f"{city.title}: longest pause of the asking process",
            "ours_s": pauses["workers"],
            "peer": "the same call inside the process",
            "peer_s": pauses["alone"],
            "ratio": pauses["workers"] / pauses["alone"],
            "target": f"<= {TARGET_PAUSE_S} s",
            "met": pauses["workers"] <= TARGET_PAUSE_S,
        },
    ]


def _row(what: str, ours: float, peer: float) -> dict[str, Any]:
    ratio = ours / peer
    return {
        "what": what,
        "ours_s": ours,
        "peer": "scipy dijkstra",
        "peer_s": peer,
        "ratio": ratio,
        "target": f"<= {TARGET_RATIO}",
        "met": ratio <= TARGET_RATIO,
    }


class Heartbeat:
    """Beat every millisecond and remember the longest time without a beat."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat)

    def _beat(self) -> None:
        last = time.perf_counter()
        while not self._stopped.wait(0.001):
            now = time.perf_counter()
            self.longest, last = max(self.longest, now - last), now

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()


def _spots_on_streets(graph: TurnGraph, streets: Streets) -> Spots:
    """Choose spots that the engine takes to the very street they lie on."""
    spots = graph.spots(SIZE * 5 // 4, seed=1)
    snapped = streets.matrix(spots.places).snap_metres
    exact = np.flatnonzero(snapped < ON_THE_STREET_M)[:SIZE]
    if len(exact) < SIZE:
        msg = f"only {len(exact)} spots lie on a street of their own; {SIZE} are needed"
        raise RuntimeError(msg)
    return Spots(spots.places[exact], spots.nodes[exact], spots.offsets[exact])


def _same_question(streets: Streets, graph: TurnGraph, spots: Spots) -> None:
    """Refuse to compare when the two do not find the same costs for 300 drives."""
    told = graph.weights(spots)
    chosen = np.random.default_rng(2).permutation(SIZE)[:301]
    ours = _weights_driven(streets, spots.places[chosen])
    theirs = np.array([told[pair] for pair in pairwise(chosen)]) / 10
    same = np.abs(ours - theirs) <= 1
    # Where ways lie upon each other, a spot may be taken to the other of two.
    if np.mean(same) < 0.95:
        msg = f"SciPy found another cost for {np.mean(~same):.0%} of the drives"
        raise RuntimeError(msg)


def _weights_driven(streets: Streets, places: Places) -> np.ndarray:
    question = osrm.RouteParameters(
        coordinates=[(float(lon), float(lat)) for lon, lat in places],
        overview="false",
        continue_straight=False,
    )
    return np.array([leg["weight"] for leg in streets._engine.Route(question)["routes"][0]["legs"]])
