"""Bench the driving-time matrix of a real city against SciPy on the very same turn-aware graph."""

import os
import statistics
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
import osrm

from geo.streets.dataset import build_from_osm
from geo.streets.engine import Streets
from geo.streets.travel import Places
from geo.streets.workers import StreetWorkers
from tests.bench.turn_graph import Spots, TurnGraph

SIZE = 1_000
TARGET_RATIO, TARGET_PAUSE_S = 0.2, 0.05
ON_THE_STREET_M = 0.5
REALDATA = Path(__file__).parents[3] / "shared" / "realdata"


def run(repeats: int = 5) -> dict[str, Any]:
    """Measure, interleaved; raises when SciPy did not answer the same question."""
    source = Path(os.environ.get("LOTLINE_REALDATA", REALDATA)) / "baltimore" / "baltimore.osm.pbf"
    with tempfile.TemporaryDirectory() as folder:
        dataset = build_from_osm(source, Path(folder))
        streets, graph = Streets(dataset), TurnGraph(dataset.base)
        spots = _spots_on_streets(graph, streets)
        _same_question(streets, graph, spots)
        with StreetWorkers(dataset) as workers:
            workers.matrix(spots.places)
            return _measure(repeats, workers=workers, streets=streets, graph=graph, spots=spots)


def _measure(
    repeats: int, *, workers: StreetWorkers, streets: Streets, graph: TurnGraph, spots: Spots
) -> dict[str, Any]:
    ways = {
        "workers": lambda: workers.matrix(spots.places),
        "alone": lambda: streets.matrix(spots.places),
        "scipy": lambda: graph.weights(spots),
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    paused: dict[str, list[float]] = {"workers": [], "alone": []}
    for _ in range(repeats):
        for name, ask in ways.items():
            start = time.perf_counter()
            ask()
            took[name].append(time.perf_counter() - start)
        for name, gaps in paused.items():
            with Heartbeat() as heartbeat:  # on its own: the beats would slow what is timed
                ways[name]()
            gaps.append(heartbeat.longest)
    seconds = {name: statistics.median(times) for name, times in took.items()}
    pauses = {name: max(gaps) for name, gaps in paused.items()}
    cores = os.cpu_count()
    question = f"{SIZE} x {SIZE} driving times to NumPy"
    return {
        "name": "matrix",
        "rows": [
            _row(f"{question}, {cores} worker processes", seconds["workers"], seconds["scipy"]),
            _row(f"{question}, one process", seconds["alone"], seconds["scipy"]),
            {
                "what": "longest pause of the asking process",
                "ours_s": pauses["workers"],
                "peer": "the same call inside the process",
                "peer_s": pauses["alone"],
                "ratio": pauses["workers"] / pauses["alone"],
                "target": f"<= {TARGET_PAUSE_S} s",
                "met": pauses["workers"] <= TARGET_PAUSE_S,
            },
        ],
        "repeats": repeats,
        "all_s": took,
        "all_pauses_s": paused,
    }


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
