"""Part a problem by officers where one search of it all would be too large.

The solver holds the driving times once for each day and kind of officer, since what waits is
charged by the day. Of hundreds of stops and several zones that is a gigabyte, and slow: there the
officers share the stops with no price on waiting, and each then searches what is theirs.
"""

import numpy as np

from reports.routes.ground import Ground, Orders

MOST_CELLS = 6_000_000
"""Driving times held by one search, of all its profiles together: 100 megabytes, twice."""

type Part = tuple[list[int], list[int]]
"""Stops and shifts that are searched by themselves."""


def is_heavy(ground: Ground, stops: list[int], shifts: list[int]) -> bool:
    """Tell whether the price on waiting makes a part too large to be searched at once."""
    if not ground.problem.policy.wait_seconds or len({*_officers(ground, shifts)}) == 1:
        return False
    profiles = np.unique(ground.charges[np.ix_(stops, shifts)], axis=1).shape[1]
    return bool(profiles * len(stops) ** 2 > MOST_CELLS)


def by_officer(
    ground: Ground, stops: list[int], shifts: list[int], *, orders: Orders
) -> list[Part]:
    """Part stops and shifts into what each officer has; what nobody has is offered to one of them.

    Parameters
    ----------
    ground
        What the days stand on.
    stops, shifts
        The part, by position in the problem.
    orders
        The days as they are.
    """
    theirs: dict[str, list[int]] = {}
    for officer, shift in zip(_officers(ground, shifts), shifts, strict=True):
        theirs.setdefault(officer, []).append(shift)
    has = {
        officer: list(dict.fromkeys(stop for shift in own for stop in orders[shift]))
        for officer, own in theirs.items()
    }
    offered: dict[str, list[int]] = {officer: [] for officer in theirs}
    taken = {stop for own in has.values() for stop in own}
    for stop in stops:
        if stop not in taken:
            able = [each for each in theirs if any(ground.may(stop, n) for n in theirs[each])]
            if able:
                best = min(able, key=lambda each: _way(ground, stop, theirs[each], has[each]))
                offered[best].append(stop)
    return [
        (sorted([*has[officer], *offered[officer]]), own)
        for officer, own in theirs.items()
        if has[officer] or offered[officer]
    ]


def _officers(ground: Ground, shifts: list[int]) -> list[str]:
    return [ground.problem.shifts[shift].officer for shift in shifts]


def _way(ground: Ground, stop: int, shifts: list[int], has: list[int]) -> tuple[float, int]:
    """Return what a stop is charged an officer, and how far it is from what they have."""
    places = [ground.first_row + each for each in has] or [ground.ends[shifts[0]][0]]
    near = int(ground.seconds[places, ground.first_row + stop].min())
    return float(ground.charges[stop, shifts].min()), near
