"""Say how long a drive takes at the hour at which it begins."""

from collections.abc import Sequence

from reports.routes.problem import Problem, Rush

AS_BY_STREET = 100


def slowed(seconds: int, *, at: int, rush: Sequence[Rush]) -> int:
    """Return the seconds of a drive that begins at a second of the day, rounded up.

    Parameters
    ----------
    seconds
        By the streets alone.
    """
    percent = _percent(at, rush)
    return seconds if percent == AS_BY_STREET else -(-seconds * percent // AS_BY_STREET)


def till_slower(at: int, rush: Sequence[Rush]) -> int | None:
    """Return how many seconds later drives begin to take longer; None where never."""
    percent = _percent(at, rush)
    edges = [each.start for each in rush if each.start > at]
    edges += [each.end for each in rush if each.end > at]
    slower = [edge - at for edge in edges if _percent(edge, rush) > percent]
    return min(slower, default=None)


def usual_percent(problem: Problem) -> float:
    """Return what drives take in the middle of all the hours worked, in percent: for the search."""
    hours = longer = 0
    for shift in problem.shifts:
        hours += shift.end - shift.start
        for each in problem.policy.rush:
            within = min(shift.end, each.end) - max(shift.start, each.start)
            longer += max(0, within) * (each.percent - AS_BY_STREET)
    return AS_BY_STREET + longer / max(1, hours)


def _percent(at: int, rush: Sequence[Rush]) -> int:
    return next((each.percent for each in rush if each.start <= at < each.end), AS_BY_STREET)
