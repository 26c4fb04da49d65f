"""Count what a manager looks at first: how much, how old, how soon, by whom, and what is owed.

Every count is of what a list's own conditions say (`cases.desk.lists.conditions`), so that it
opens exactly the cases it counted; what is tallied is read from the tallies, which equal them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from cases.desk.lists import Filter
from cases.desk.passed import Age, Days, End, LienNow
from cases.desk.queues import Queue
from cases.ledger.accounts import Account
from cases.models import LedgerBalance, Lien
from cases.workflow.lien import BINDING
from geo.layers import LayerChange
from reports.counts import Count, count_all
from reports.loads import Load, officer_loads, zone_loads
from reports.paces import Pace, paces

WINDOW = timedelta(days=90)
"""Over how many days what happens is measured, and against as many before."""

MEANS: Mapping[str, str] = {
    "backlog": (
        "Every case that has not ended, verified or not; the public's map has only those in which "
        "something was verified."
    ),
    "opened": "Cases opened in the last 90 days, by the day on record.",
    "closed": "Cases closed in the last 90 days, however they ended: also those in which no "
    "violation was found.",
    "inspected": "Days from the opening of a case to the first inspection made in it, for cases "
    "first inspected in the last 90 days.",
    "noticed": "Days from the opening of a case to the first notice issued in it, for cases given "
    "their first notice in the last 90 days.",
    "complied": "Days from the opening of a case to the day the last of its violations was found "
    "corrected, for cases that complied in the last 90 days.",
    "voluntary": "Of the cases closed in the last 90 days in which a violation was found, those "
    "corrected without a citation.",
    "overdue": "The time to correct has passed, and nothing stronger than a warning was done.",
    "unverified": "Reported, and nobody has inspected yet.",
    "dormant": "Open, and nothing has happened for thirty days.",
    "unassigned": "Open, and no officer who works here has it, by name or by a zone.",
    "recorded": "Cases with a lien on record, and the principal of those liens. "
    "Those in foreclosure are counted apart.",
    "foreclosing": "Cases with a lien that is being foreclosed, and its principal.",
    "owing": "Cases on which something is owed by the ledger, and how much in all.",
}
"""What each figure means, in a sentence."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A count of these days, and of as many before."""

    now: Count
    before: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The figures of a day.

    Attributes
    ----------
    counts
        By the names of `MEANS`.
    ages
        The backlog by how old it is, the youngest first.
    trends
        ``opened`` and ``closed``; ``verified`` and ``voluntary``, of those that were closed.
    paces
        ``inspected``, ``noticed`` and ``complied``: of these days and of those before.
    officers, zones
        Whoever has most first.
    """

    counts: Mapping[str, Count]
    ages: Mapping[Age, Count]
    trends: Mapping[str, Trend]
    paces: Mapping[str, tuple[Pace, Pace]]
    officers: Sequence[Load]
    zones: Sequence[Load]

    def every(self) -> Iterator[Count]:
        """Yield each count there is."""
        yield from self.counts.values()
        yield from self.ages.values()
        for trend in self.trends.values():
            yield from (trend.now, trend.before)
        for pair in self.paces.values():
            yield from (pace.cases for pace in pair)
        for load in (*self.officers, *self.zones):
            yield from (load.open, load.overdue)


def front(connection: sa.Connection, *, on: date) -> Front:
    """Take the figures of a day, by a fixed number of queries.

    Parameters
    ----------
    on
        The town's day.
    """
    spans = {"now": (on - WINDOW + timedelta(days=1), on)}
    spans["before"] = (spans["now"][0] - WINDOW, on - WINDOW)
    counted = count_all(connection, _filters(spans), on=on)
    cents = _cents(connection)
    return Front(
        counts={
            name: Count(each.asked, each.cases, cents.get(name))
            for name in _COUNTS
            for each in [counted[name]]
        },
        ages={age: counted[f"age {age}"] for age in Age},
        trends={
            name: Trend(counted[f"{name} now"], counted[f"{name} before"])
            for name in ("opened", "closed", "verified", "voluntary")
        },
        paces=paces(connection, **spans),
        officers=officer_loads(connection, on=on),
        zones=zone_loads(connection, on=on),
    )


class Kept:
    """The figures last taken, kept until the day, a deed, a posting, the map or the staff changes.

    A deed that commits while they are counted changes the generation, so that they are counted
    again the next time: what is shown is never older than the question.
    """

    def __init__(self) -> None:
        self._front: tuple[tuple[date, int], Front] | None = None

    def front(self, connection: sa.Connection, *, on: date) -> Front:
        """Return the figures of a day, as `front` takes them."""
        generation = connection.scalar(sa.select(sa.func.sum(LayerChange.bumps))) or 0
        stands = (on, int(generation))
        if self._front is None or self._front[0] != stands:
            self._front = (stands, front(connection, on=on))
        return self._front[1]


_COUNTS: Mapping[str, Filter] = {
    "backlog": Filter(),
    "overdue": Filter(queue=Queue.OVERDUE),
    "unverified": Filter(queue=Queue.TO_VERIFY),
    "dormant": Filter(queue=Queue.DORMANT),
    "unassigned": Filter(queue=Queue.UNASSIGNED),
    "recorded": Filter(queue=Queue.EVERY, lien=LienNow.RECORDED),
    "foreclosing": Filter(queue=Queue.EVERY, lien=LienNow.FORECLOSING),
    "owing": Filter(queue=Queue.EVERY, owing=True),
}


def _filters(spans: Mapping[str, Days]) -> dict[str, Filter]:
    asked = dict(_COUNTS) | {f"age {age}": Filter(age=age) for age in Age}
    for when, days in spans.items():
        asked |= {
            f"opened {when}": Filter(queue=Queue.EVERY, opened=days),
            f"closed {when}": Filter(queue=Queue.EVERY, closed=days),
        }
        for end in End:
            asked[f"{end} {when}"] = Filter(queue=Queue.EVERY, closed=days, end=end)
    return asked


def _cents(connection: sa.Connection) -> dict[str, int]:
    """Sum what the liens of cases were recorded for, by status, and what cases owe."""
    liens = sa.select(Lien.status, sa.func.sum(Lien.amount_cents)).where(
        Lien.case_id.is_not(None), Lien.status.in_(BINDING)
    )
    owed = sa.select(sa.literal("owing"), sa.func.sum(LedgerBalance.cents)).where(
        LedgerBalance.account == Account.RECEIVABLE
    )
    found = connection.execute(sa.union_all(liens.group_by(Lien.status), owed))
    return {name: int(cents or 0) for name, cents in found}
