"""Tell how soon cases come to something, by the tallies of how many took how many days."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, floor

import sqlalchemy as sa

from cases.desk.lists import Filter
from cases.desk.passed import Days
from cases.desk.queues import Queue
from cases.desk.tallied import Tally, within
from cases.models import CaseTally
from reports.counts import Count

type Spread = Mapping[int | None, int]
"""How many cases took how many days; None where the day of the opening is not on record."""

REACHED = ("inspected", "noticed", "complied")


@dataclass(frozen=True, slots=True)
class Pace:
    """How long something took: the cases counted, and days to it, the half's and nine in ten's.

    Parameters
    ----------
    median, ninetieth
        In days; None where no case says.
    """

    cases: Count
    median: float | None
    ninetieth: float | None


def paces(connection: sa.Connection, *, before: Days, now: Days) -> dict[str, tuple[Pace, Pace]]:
    """Take each of `REACHED` of these days and of those before, by one query.

    Parameters
    ----------
    before, now
        Spans that follow each other.
    """
    lately = CaseTally.on_day >= now[0]
    many = sa.cast(sa.func.sum(CaseTally.cases), sa.BigInteger)
    some = sa.or_(*(within(Tally(each), before[0], now[1]) for each in REACHED))
    columns = (CaseTally.figure, lately, CaseTally.took)
    spread: dict[tuple[str, bool], dict[int | None, int]] = defaultdict(dict)
    for figure, late, took, cases in connection.execute(
        sa.select(*columns, many).where(some).group_by(*columns)
    ):
        spread[figure, late][took] = cases
    return {
        name: (
            _pace(_reached(name, now), spread[name, True]),
            _pace(_reached(name, before), spread[name, False]),
        )
        for name in REACHED
    }


def _reached(name: str, days: Days) -> Filter:
    """Return the list of what came to something in these days."""
    return Filter(
        queue=Queue.EVERY,
        inspected=days if name == "inspected" else None,
        noticed=days if name == "noticed" else None,
        complied=days if name == "complied" else None,
    )


def _pace(asked: Filter, spread: Spread) -> Pace:
    known = sorted((took, cases) for took, cases in spread.items() if took is not None and cases)
    return Pace(Count(asked, sum(spread.values())), _within(known, 0.5), _within(known, 0.9))


def _within(known: Sequence[tuple[int, int]], share: float) -> float | None:
    """Return the days within which a share took, between two cases in proportion.

    As PostgreSQL's ``percentile_cont`` does, of values that come with how often they occur.
    """
    if not known:
        return None
    upto = list(accumulate(cases for _, cases in known))
    place = share * (upto[-1] - 1)
    low, high = (known[bisect_right(upto, at)][0] for at in (floor(place), ceil(place)))
    return low + (place - floor(place)) * (high - low)
