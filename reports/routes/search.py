"""Search for good routes with PyVRP: how long, how, and who looks on."""

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace

from pyvrp import (
    IteratedLocalSearchParams,
    ProblemData,
    Solution,
    SolveParams,
    solve,
)
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.IteratedLocalSearch import IteratedLocalSearchCallbacks
from pyvrp.search import NeighbourhoodParams
from pyvrp.stop import MaxIterations


@dataclass(frozen=True)
class Effort:
    """How long to search: some iterations, which is reproducible, or, where given, seconds."""

    iterations: int = 5_000
    seconds: float | None = None

    def part(self, share: float) -> "Effort":
        """Return a share of this effort, at least one iteration."""
        if self.seconds is not None:
            return replace(self, seconds=self.seconds * share)
        return replace(self, iterations=max(1, round(self.iterations * share)))


@dataclass(frozen=True)
class Watch:
    """Who looks on.

    Attributes
    ----------
    on_best
        Told the cost of each better solution, in the seconds the search makes small.
    stopped
        Asked between iterations; once it says true the search ends, and its best is kept.
    """

    on_best: Callable[[int], None] | None = None
    stopped: Callable[[], bool] | None = None


@dataclass(frozen=True)
class Tuning:
    """The search's own settings, measured by `script/bench routes plan`.

    Attributes
    ----------
    history_length
        Of the late acceptance: a longer one settles later, and lower where time is long.
    neighbours
        How many near clients each move looks at.
    """

    history_length: int
    neighbours: int = 50


PLANNING = Tuning(history_length=50)
"""For days with prizes: the solver's default history of 300 is slow to settle there."""
NOBODY = Watch()


def search(
    data: ProblemData,
    *,
    effort: Effort,
    tuning: Tuning,
    seed: int = 0,
    start: Solution | None = None,
    watch: Watch = NOBODY,
) -> Solution:
    """Return the best solution found.

    Parameters
    ----------
    data
        The problem, encoded.
    effort
        When to stop; seconds are counted from this call.
    tuning
        The search's settings.
    seed
        The same seed, iterations, tuning and data give the same solution.
    start
        A solution to begin with; one is built where none is given.
    watch
        Told of what is found, and asked whether to go on.
    """
    params = SolveParams(
        ils=IteratedLocalSearchParams(
            history_length=tuning.history_length, callbacks=_Callbacks(watch)
        ),
        neighbourhood=NeighbourhoodParams(num_neighbours=tuning.neighbours),
    )
    stop = _Stop(effort, watch)
    with warnings.catch_warnings():
        # Told when no feasible solution was found for long; what is handed back is checked.
        warnings.simplefilter("ignore", PenaltyBoundWarning)
        return solve(
            data, stop, seed=seed, collect_stats=False, params=params, initial_solution=start
        ).best


class _Stop:
    """Stop after the effort, or when whoever looks on says so."""

    def __init__(self, effort: Effort, watch: Watch) -> None:
        self._deadline = None if effort.seconds is None else time.perf_counter() + effort.seconds
        self._rounds = MaxIterations(effort.iterations)
        self._stopped = watch.stopped

    def __call__(self, best_cost: int) -> bool:
        if self._stopped is not None and self._stopped():
            return True
        if self._deadline is not None:
            return time.perf_counter() >= self._deadline
        return self._rounds(best_cost)


class _Callbacks(IteratedLocalSearchCallbacks):
    """Tell of each better feasible solution."""

    def __init__(self, watch: Watch) -> None:
        self._on_best = watch.on_best

    def on_best(self, best: Solution) -> None:
        if self._on_best is not None and best.is_feasible():
            self._on_best(
                best.distance_cost()
                + best.duration_cost()
                + best.fixed_vehicle_cost()
                + best.uncollected_prizes()
            )
