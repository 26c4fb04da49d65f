"""Set the clock along one officer's day, and place the lunch where the day ends soonest."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from reports.routes.problem import Lunch, Shift

_NEVER = 30 * 24 * 60 * 60


class Hop(NamedTuple):
    """A drive to a stop and the visit there: seconds, and when the visit may begin."""

    drive: int
    earliest: int
    latest: int
    service: int


class Timed(NamedTuple):
    """The times of a day, seconds after midnight; `lunch_after` visits the lunch begins."""

    arrive: tuple[int, ...]
    start: tuple[int, ...]
    finish: int
    lunch_after: int | None = None
    lunch_start: int = 0


def set_clock(shift: Shift, hops: Sequence[Hop], *, home: int) -> Timed | None:
    """Return the times of a day that begins at the start of the shift; none if it is impossible.

    Whoever is still out after the last moment lunch may begin has had it.

    Parameters
    ----------
    shift
        The officer's hours.
    hops
        The drives and visits in order.
    home
        Seconds of the drive from the last stop to the end of the shift.
    """
    gone = _go(shift.start, hops)
    if gone is None:  # with a lunch in between it would only be later
        return None
    arrive, start, left = gone
    close = shift.end + shift.max_overtime
    lunch, finish = shift.lunch, left[-1] + home
    if lunch is None or shift.start > lunch.latest or finish <= lunch.latest:
        return Timed(tuple(arrive), tuple(start), finish) if finish <= close else None
    best: Timed | None = None
    for after in _pauses(left, lunch):
        begin = max(left[after], lunch.earliest)
        tail = _go(begin + lunch.seconds, hops[after:])
        if tail is None or tail[2][-1] + home > close:
            continue
        if best is None or tail[2][-1] + home < best.finish:
            times = (*arrive[:after], *tail[0]), (*start[:after], *tail[1])
            best = Timed(*times, tail[2][-1] + home, after, begin)
    return best


def set_clock_anyway(shift: Shift, hops: Sequence[Hop], *, home: int) -> Timed:
    """Return the times of a day as they would be, however late its visits and its end become.

    Lunch is had where the day then ends soonest, or not at all where no visit ends in time for it.
    """
    late = [hop._replace(latest=max(hop.latest, _NEVER)) for hop in hops]
    timed = set_clock(replace(shift, end=_NEVER), late, home=home)
    if timed is None:  # no visit ends in time for a lunch
        timed = set_clock(replace(shift, end=_NEVER, lunch=None), late, home=home)
    assert timed is not None  # noqa: S101 - nothing limits it
    return timed


def _go(clock: int, hops: Sequence[Hop]) -> tuple[list[int], list[int], list[int]] | None:
    """Return arrivals, starts and, with that from the first place, departures; none if too late."""
    arrive, start, left = [], [], [clock]
    for drive, earliest, latest, service in hops:
        there = clock + drive
        begin = max(there, earliest)
        if begin > latest:
            return None
        arrive.append(there)
        start.append(begin)
        clock = begin + service
        left.append(clock)
    return arrive, start, left


def _pauses(left: Sequence[int], lunch: Lunch) -> list[int]:
    """Return after how many visits a lunch may begin, where it is not plainly better later."""
    last = sum(time <= lunch.latest for time in left) - 1
    return [after for after in range(last + 1) if after == last or left[after + 1] > lunch.earliest]
