"""Say at once where in a day one more visit has room, instead of setting the clock for each place.

By the forward and backward times of Savelsbergh (1992, "The vehicle routing problem with time
windows: minimizing route duration"), kept twice: for a lunch that was had, and for one to come.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reports.routes.ground import Ground
from reports.routes.problem import Lunch
from reports.routes.rush import AS_BY_STREET
from reports.routes.timing import Hop, Timed

_FAR = 10**9
"""Seconds that no clock of a plan comes to."""

type Times = NDArray[np.int64]


class Room:
    """The room of one officer's day, which holds for as long as the day stays as it is.

    Parameters
    ----------
    ground
        What the days stand on.
    shift
        Whose day it is.
    order
        Its stops in order; the day can be driven so.
    """

    def __init__(self, ground: Ground, shift: int, order: Sequence[int]) -> None:
        self._ground, self._shift = ground, shift
        who = ground.problem.shifts[shift]
        self._full = who.max_stops is not None and len(order) >= who.max_stops
        self._way = np.array(ground.way(shift, order))
        self._least = min(
            (each.percent for each in ground.problem.policy.rush), default=AS_BY_STREET
        )
        hops, home = ground.hops(shift, order)
        hops = [hop._replace(drive=self._at_least(hop.drive)) for hop in hops]
        needed = who.lunch is not None and who.start <= who.lunch.latest
        self._lunch = who.lunch if needed else None
        day = _Day(hops, self._at_least(home), who.end + who.max_overtime, self._lunch)
        self._before, self._fed = day.departures(who.start)
        self._till, self._till_hungry = day.arrivals()

    def holds(self, stop: int) -> NDArray[np.bool_]:
        """Tell of each place of the day, one more than visits, whether a visit would have room.

        Where no hour has a rush that is exact; else what is told to have room may yet have none.
        """
        opening = self._ground.opening(stop, self._ground.problem.shifts[self._shift].day)
        if opening is None or self._full:
            return np.zeros(len(self._before), dtype=bool)
        row = self._ground.first_row + stop
        there = self._bounds(self._ground.seconds[self._way[:-1], row])
        onward = self._bounds(self._ground.seconds[row, self._way[1:]])
        service, (earliest, latest) = self._ground.problem.stops[stop].service_seconds, opening

        def left(departures: Times) -> Times:
            begin = np.maximum(departures + there, earliest)
            return np.where(begin <= latest, begin + service, _FAR)

        hungry, fed = left(self._before), left(self._fed)
        if self._lunch is not None:  # or had right after this visit
            fed = np.minimum(fed, _after_lunch(hungry, self._lunch))
        return (fed + onward <= self._till) | (hungry + onward <= self._till_hungry)

    def _at_least(self, seconds: int) -> int:
        return min(seconds, seconds * self._least // AS_BY_STREET)

    def _bounds(self, seconds: Times) -> Times:
        return np.minimum(seconds, seconds * self._least // AS_BY_STREET)


class Rooms:
    """The times and the room of each day, reckoned once for as long as the day stays as it is."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._known: dict[int, tuple[list[int], Timed | None, Room | None]] = {}

    def of(self, shift: int, order: Sequence[int]) -> tuple[Timed | None, Room | None]:
        """Return how a day is driven now and its room; none where it cannot be driven."""
        known = self._known.get(shift)
        if known is None or known[0] != order:
            timed = self._ground.time(shift, order)
            room = None if timed is None else Room(self._ground, shift, order)
            known = self._known[shift] = list(order), timed, room
        return known[1], known[2]


class _Day:
    """The times of a day to and fro; a place is where one is after so many visits."""

    def __init__(self, hops: Sequence[Hop], home: int, close: int, lunch: Lunch | None) -> None:
        self._hops, self._home, self._close, self._lunch = hops, home, close, lunch

    def departures(self, start: int) -> tuple[Times, Times]:
        """Return when one leaves each place at the earliest: with no lunch so far, and after it."""
        before = [start]
        for hop in self._hops:
            before.append(_leave(before[-1], hop))
        hungry = np.array(before)
        if self._lunch is None:  # nobody waits for one
            return hungry, hungry
        here = _after_lunch(hungry, self._lunch)
        fed = [int(here[0])]
        for hop, after in zip(self._hops, here[1:].tolist(), strict=True):
            fed.append(min(_leave(fed[-1], hop), after))
        return hungry, np.array(fed)

    def arrivals(self) -> tuple[Times, Times]:
        """Return till when one may come to what follows each place: after lunch, and before it."""
        lunch = self._lunch
        fed = [self._close]
        # Whoever is home by the last moment of a lunch needs none.
        hungry = [self._close if lunch is None else min(self._close, lunch.latest)]
        onward = self._home
        for hop in reversed(self._hops):
            ready, ready_hungry = fed[-1] - onward, hungry[-1] - onward
            if lunch is not None and lunch.earliest + lunch.seconds <= ready:
                ready_hungry = max(ready_hungry, min(lunch.latest, ready - lunch.seconds))
            fed.append(_latest(ready, hop))
            hungry.append(_latest(ready_hungry, hop))
            onward = hop.drive
        return np.array(fed[::-1]), np.array(hungry[::-1])


def _leave(clock: int, hop: Hop) -> int:
    begin = max(clock + hop.drive, hop.earliest)
    return begin + hop.service if begin <= hop.latest else _FAR


def _latest(ready: int, hop: Hop) -> int:
    """Return the latest coming to a visit that is done by a moment, or never."""
    begin = min(ready - hop.service, hop.latest)
    return begin if begin >= hop.earliest else -_FAR


def _after_lunch(clocks: Times, lunch: Lunch) -> Times:
    """Return when a lunch is over that is had now; far away where it is too late for one."""
    return np.where(
        clocks <= lunch.latest, np.maximum(clocks, lunch.earliest) + lunch.seconds, _FAR
    )
