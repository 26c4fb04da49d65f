"""Play many cases together, day after day, as a department lives them."""

import heapq
from collections.abc import Callable, Iterable
from datetime import date
from itertools import count

from data.town.playing.scene import Act

type Told = Callable[[date], None]


def play(lives: Iterable[tuple[date, Act]], *, until: date, told: Told) -> int:
    """Let each case act on its days, all of a day before any of the next.

    Parameters
    ----------
    lives
        The day each begins, and its act.
    until
        The last day played.
    told
        Is told each day that comes.

    Returns
    -------
    int
        How many acts were played.
    """
    order = count()
    agenda = [(day, next(order), act) for day, act in lives]
    heapq.heapify(agenda)
    today = date.min
    played = 0
    while agenda and agenda[0][0] <= until:
        day, _, act = heapq.heappop(agenda)
        if day > today:
            today = day
            told(day)
        played += 1
        if (following := next(act, None)) is not None:
            heapq.heappush(agenda, (following, next(order), act))
    return played
