"""Set the clock along one officer's day, and place the lunch where the day ends soonest."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from reports.routes.problem import Lunch, Rush, Shift
from reports.routes.rush import slowed

_NEVER = 30 * 24 * 60 * 60


class Hop(NamedTuple):
    """A drive by the streets alone, and the visit after it: seconds, and when it may begin."""

    drive: int
    earliest: int
    latest: int
    service: int


class Timed(NamedTuple):
    """The times of a day, seconds after midnight; `lunch_after` visits the lunch begins.

    `drives` are the seconds of each drive at its hour, one more than visits.
    """

    arrive: tuple[int, ...]
    start: tuple[int, ...]
    drives: tuple[int, ...]
    finish: int
    lunch_after: int | None = None
    lunch_start: int = 0


class _Gone(NamedTuple):
    """Arrivals, starts, drives and, with that from the first place, departures."""

    arrive: list[int]
    start: list[int]
    drives: list[int]
    left: list[int]


def set_clock(
    shift: Shift, hops: Sequence[Hop], *, home: int, rush: Sequence[Rush] = ()
) -> Timed | None:
    """Return the times of a day that begins at the start of the shift; none if it is impossible.

    Whoever is still out after the last moment lunch may begin has had it.

    Parameters
    ----------
    shift
        The officer's hours.
    hops
        The drives and visits in order.
    home
        Seconds of the drive from the last stop to the end of the shift, by the streets alone.
    rush
        The hours at which drives take otherwise.
    """
    gone = _go(shift.start, hops, home=home, rush=rush)
    if gone is None:  # with a lunch in between it would only be later
        return None
    close = shift.end + shift.max_overtime
    lunch, finish = shift.lunch, gone.left[-1] + gone.drives[-1]
    if lunch is None or shift.start > lunch.latest or finish <= lunch.latest:
        return _timed(gone, finish) if finish <= close else None
    best: Timed | None = None
    for after in _pauses(gone.left, lunch):
        begin = max(gone.left[after], lunch.earliest)
        tail = _go(begin + lunch.seconds, hops[after:], home=home, rush=rush)
        if tail is None:
            continue
        finish = tail.left[-1] + tail.drives[-1]
        if finish <= close and (best is None or finish < best.finish):
            whole = _Gone(
                [*gone.arrive[:after], *tail.arrive],
                [*gone.start[:after], *tail.start],
                [*gone.drives[:after], *tail.drives],
                tail.left,
            )
            best = _timed(whole, finish)._replace(lunch_after=after, lunch_start=begin)
    return best


def set_clock_anyway(
    shift: Shift, hops: Sequence[Hop], *, home: int, rush: Sequence[Rush] = ()
) -> Timed:
    """Return the times of a day as they would be, however late its visits and its end become.

    Lunch is had where the day then ends soonest, or not at all where no visit ends in time for it.
    """
    late = [hop._replace(latest=max(hop.latest, _NEVER)) for hop in hops]
    timed = set_clock(replace(shift, end=_NEVER), late, home=home, rush=rush)
    if timed is None:  # no visit ends in time for a lunch
        timed = set_clock(replace(shift, end=_NEVER, lunch=None), late, home=home, rush=rush)
    assert timed is not None  # noqa: S101 - nothing limits it
    return timed


def _timed(gone: _Gone, finish: int) -> Timed:
    return Timed(tuple(gone.arrive), tuple(gone.start), tuple(gone.drives), finish)


def _go(
    clock: int, hops: Sequence[Hop], *, home: int, rush: Sequence[Rush]
) -> _Gone | None:  # fmt: skip
    """Go from place to place, and home; none where a visit would be too late."""
    gone = _Gone([], [], [], [clock])
    for drive, earliest, latest, service in hops:
        taken = slowed(drive, at=clock, rush=rush) if rush else drive
        there = clock + taken
        begin = max(there, earliest)
        if begin > latest:
            return None
        gone.drives.append(taken)
        gone.arrive.append(there)
        gone.start.append(begin)
        clock = begin + service
        gone.left.append(clock)
    gone.drives.append(slowed(home, at=clock, rush=rush))
    return gone


def _pauses(left: Sequence[int], lunch: Lunch) -> list[int]:
    """Return after how many visits a lunch may begin, where it is not plainly better later."""
    last = sum(time <= lunch.latest for time in left) - 1
    return [after for after in range(last + 1) if after == last or left[after + 1] > lunch.earliest]
