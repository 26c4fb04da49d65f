"""Choose among the stops of a problem those that are worth measuring the drives to."""

from dataclasses import replace
from datetime import date

import numpy as np

from geo.streets.estimate import DETOUR, METRES_PER_SECOND, straight_metres
from reports.routes.openings import why_never
from reports.routes.plan import LeftReason
from reports.routes.problem import Problem, Stop

MOST_CANDIDATES = 400
CANDIDATES_PER_SHIFT = 60
"""A shift holds some thirty stops: the solver gets more to choose from."""
MOST_MUSTS = 1_000
"""Of more that must be visited than that, and than is considered, the last due are named as left:
no days hold them all, and driving times between thousands take minutes and gigabytes."""

type Left = list[tuple[Stop, LeftReason]]
"""What was left out, and why."""


def consider(problem: Problem, left: Left, *, most: int | None = None) -> Problem:
    """Leave out what could never be visited, and the least pressing of too many.

    Parameters
    ----------
    left
        Where what is left out is noted, with why.
    most
        How many stops are considered; by the number of shifts when absent.
    """
    most = most or max(MOST_CANDIDATES, CANDIDATES_PER_SHIFT * len(problem.shifts))
    kept = []
    for stop in problem.stops:
        why = why_never(stop, problem)
        if why is None:
            kept.append(stop)
        else:
            left.append((stop, why))
    if len(kept) > most:
        kept = _most_pressing(replace(problem, stops=tuple(kept)), left, most=most)
    return replace(problem, stops=tuple(kept))


def _most_pressing(problem: Problem, left: Left, *, most: int) -> list[Stop]:
    """Keep what must be visited, first due, and of the rest what is worth most after the way."""
    places, ends = problem.places(), len(problem.ends())
    ways = straight_metres(places[:ends, None], places[ends:]) * DETOUR / METRES_PER_SECOND
    must = np.array([stop.must for stop in problem.stops])
    rank = ways.min(axis=0) - np.array([stop.worth_seconds for stop in problem.stops])
    last = [(stop.due_by or date.max).toordinal() if stop.must else 0 for stop in problem.stops]
    order = np.lexsort(np.array([rank, last, ~must]))
    # As many as must be, and where these are few, the best of the rest beside them.
    count = max(most, min(int(must.sum()), MOST_MUSTS))
    kept = set(order[:count].tolist())
    rest = [stop for number, stop in enumerate(problem.stops) if number not in kept]
    left += [(stop, LeftReason.LESS_PRESSING) for stop in rest]
    return [stop for number, stop in enumerate(problem.stops) if number in kept]
