"""Search for good routes with PyVRP: how long, how, and who looks on."""

import math
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from pyvrp import (
    CostEvaluator,
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

from reports.routes.recombine import Pool, recombine


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


def cost_of(solution: Solution) -> int:
    """Return what the search makes small of a solution that can be driven, in seconds."""
    return (
        solution.distance_cost()
        + solution.duration_cost()
        + solution.fixed_vehicle_cost()
        + solution.uncollected_prizes()
    )


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

    def better(self, best: Solution) -> None:
        """Tell of a better solution, if it can be driven."""
        if self.on_best is not None and best.is_feasible():
            self.on_best(cost_of(best))


@dataclass(frozen=True)
class Tuning:
    """The search's own settings, measured by `script/bench routes plan`.

    Attributes
    ----------
    history_length
        Of the late acceptance: a longer one settles later, and lower where time is long.
    rounds
        How often the routes found are put together anew and searched on from there.
    near
        Routes are kept of solutions of up to so many times the best one's cost.
    neighbours
        How many near clients each move looks at.
    """

    history_length: int
    rounds: int = 4
    near: float = 1.03
    neighbours: int = 50


PLANNING = Tuning(history_length=50, neighbours=80)
"""For days with prizes: the solver's default history of 300 is slow to settle there, and among its
50 nearest too few are of the officer's own zones and days."""
NOBODY = Watch()
CHOOSING = 0.15
"""Share of a round's seconds that the choice among the routes found may take, at the most."""


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

    The search goes in rounds of iterated local search (Burke and Bykov's late acceptance). After
    each, the routes of all good solutions so far are put together anew by `recombine`: what two
    solutions do best in two places is then done by one.

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
    clock = _Rounds(effort, tuning.rounds)
    pool = Pool(tuning.near)
    best = _round(data, clock.effort(), tuning, seed=seed, start=start, watch=watch, pool=pool)
    for done in range(1, tuning.rounds + 1):
        if watch.stopped is not None and watch.stopped():
            break
        with clock.choosing() as seconds:
            chosen = recombine(data, pool.routes(), seconds=seconds)
        if chosen is not None and _cost(chosen) < _cost(best):
            best = chosen
            watch.better(best)
        if done < tuning.rounds:
            best = _round(
                data, clock.effort(), tuning, seed=seed + done, start=best, watch=watch, pool=pool
            )
    return best


def _cost(solution: Solution) -> float:
    """Return what the search makes small; infinite for what cannot be driven."""
    return cost_of(solution) if solution.is_feasible() else math.inf


class _Rounds:
    """Share an effort out among rounds, each with the choice among the routes at its end."""

    def __init__(self, effort: Effort, rounds: int) -> None:
        self._part = effort.part(1 / rounds)
        self._ends = None if self._part.seconds is None else time.perf_counter()
        self._choice = 0.0

    def effort(self) -> Effort:
        """Return the next round's; seconds that the last choice took are left for the next."""
        if self._ends is None or self._part.seconds is None:
            return self._part
        self._ends += self._part.seconds
        left = self._ends - time.perf_counter() - self._choice
        return replace(self._part, seconds=max(left, 0.0))

    @contextmanager
    def choosing(self) -> Iterator[float | None]:
        """Say how many seconds the choice may take, and see how many it does; none: any."""
        begun = time.perf_counter()
        if self._part.seconds is None:
            yield None
        else:
            yield max(CHOOSING * self._part.seconds, self._choice)
        self._choice = time.perf_counter() - begun


def _round(
    data: ProblemData,
    effort: Effort,
    tuning: Tuning,
    *,
    seed: int,
    start: Solution | None,
    watch: Watch,
    pool: Pool,
) -> Solution:
    params = SolveParams(
        ils=IteratedLocalSearchParams(
            history_length=tuning.history_length, callbacks=_Callbacks(watch, pool)
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
    """Tell of each better feasible solution, and keep the routes of the good ones."""

    def __init__(self, watch: Watch, pool: Pool) -> None:
        self._watch = watch
        self._pool = pool

    def on_best(self, best: Solution) -> None:
        self._watch.better(best)

    def on_iteration(
        self,
        current: Solution,
        candidate: Solution,
        best: Solution,
        cost_evaluator: CostEvaluator,
    ) -> None:
        if candidate is current:
            self._pool.take_if_good(candidate, best=best, cost=cost_evaluator.cost)
