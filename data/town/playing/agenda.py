"""Play many cases together, day after day, as a department lives them."""

import heapq
from collections.abc import Iterable
from datetime import date
from itertools import count

import sqlalchemy as sa

from data.town.playing.scene import Act


def play(connection: sa.Connection, lives: Iterable[tuple[date, Act]], *, until: date) -> int:
    """Let each case act on its days, all of a day before any of the next; commit after each act.

    Parameters
    ----------
    connection
        The one the acts use, in no transaction.
    lives
        The day each begins, and its act.
    until
        The last day played.

    Returns
    -------
    int
        How many acts were played.
    """
    order = count()
    agenda = [(day, next(order), act) for day, act in lives]
    heapq.heapify(agenda)
    played = 0
    while agenda and agenda[0][0] <= until:
        _, _, act = heapq.heappop(agenda)
        with connection.begin():
            following = next(act, None)
        played += 1
        if following is not None:
            heapq.heappush(agenda, (following, next(order), act))
    return played
