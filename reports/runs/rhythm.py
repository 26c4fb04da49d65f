"""Say on which days a kept question is asked by itself."""

from datetime import date, timedelta
from enum import StrEnum

WEEK = timedelta(days=7)
LONGEST_MONTH = timedelta(days=31)


class Rhythm(StrEnum):
    """How often a question is asked by itself."""

    NONE = "none"
    WEEKLY = "weekly"  # on Mondays
    MONTHLY = "monthly"  # on the 1st


def begun(rhythm: Rhythm, *, on: date) -> date | None:
    """Return the Monday, or the 1st, that began the week or month of a day; None without rhythm."""
    match rhythm:
        case Rhythm.WEEKLY:
            return on - timedelta(days=on.weekday())
        case Rhythm.MONTHLY:
            return on.replace(day=1)
        case Rhythm.NONE:
            return None


def is_due(rhythm: Rhythm, *, on: date, since: date, last: date | None) -> bool:
    """Tell whether a question is to be asked on a day.

    What was missed, as by a server that was off, is asked once and late, and is of the day it is
    asked on.

    Parameters
    ----------
    since
        The day from which its rhythm counts: it is first asked after.
    last
        The day on which it was last asked by itself.
    """
    period = begun(rhythm, on=on)
    return period is not None and period > max(since, last or since)


def next_day(rhythm: Rhythm, *, on: date, since: date, last: date | None) -> date | None:
    """Return the day on which a question is asked next, this one at the earliest."""
    period = begun(rhythm, on=on)
    if period is None or is_due(rhythm, on=on, since=since, last=last):
        return on if period else None
    return begun(rhythm, on=period + (WEEK if rhythm is Rhythm.WEEKLY else LONGEST_MONTH))
