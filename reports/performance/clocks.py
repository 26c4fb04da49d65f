"""Say which clocks of the law and the process ran out without the deed they ask for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa

from cases.desk.queues import WAITING, Queue, condition
from cases.exempted import REPORTED_EXEMPT
from cases.models import Case, Complaint
from cases.workflow.complaint import ComplaintStatus
from reports.answers.answer import Cases, Column, Kind, Row, Table
from reports.courses.reading import Courses, chosen, reported

RAN_OUT = (
    Queue.OVERDUE, Queue.UNANSWERED, Queue.AGREEMENT_PAST, Queue.ORDER_PAST, Queue.TO_CERTIFY,
    Queue.TO_RELEASE,
)  # fmt: skip
"""Queues of cases in which a day of the law or of an order is over and the next deed is the town's.
"""

RESPONSE = "response"
COLUMNS = (
    Column(key="clock", words="Clock"),
    Column(key="due", words="Ran out", kind=Kind.COUNT,
           means="Cases in which the day had passed by the day asked of; where only those that "
           "wait now are known, nothing."),
    Column(key="missed", words="Without the deed in time", kind=Kind.COUNT,
           means="Cases in which it was not done by the day, or not yet."),
    Column(key="share", words="Share of them", kind=Kind.SHARE, means="Of those that ran out."),
    Column(key="waiting", words="Still waiting", kind=Kind.COUNT,
           means="Of them those in which it was not done at all."),
    Column(key="days", words="Days late, the middle case", kind=Kind.DAYS,
           means="Half of those missed were later; of those still waiting until the day asked of."),
    Column(key="means", words="What it asks"),
)  # fmt: skip
_RESPOND = (
    "Look at what was reported within the days that the town's law gives its kind of complaint."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A clock that ran out.

    Parameters
    ----------
    due
        Cases in which its day had passed; None where only those that wait are known.
    missed, waiting
        Of them those in which the deed was late or is not done, and those in which it is not done.
    days
        How late, of the middle one.
    """

    key: str
    words: str
    means: str
    due: Cases | None
    missed: Cases
    waiting: Cases
    days: float | None

    @property
    def share(self) -> float | None:
        """Of the cases whose day had passed, how many missed it; None of none."""
        return len(self.missed) / len(self.due) if self.due else None


def clocks(connection: sa.Connection, courses: Courses) -> Sequence[Clock]:
    """Return the clocks of a question's cases: the days to respond, and what waits past its day.

    What waits past its day is known of today alone, so of a day that is over there is only the
    first.
    """
    waiting = _past_their_day(connection, courses) if courses.is_now else ()
    return (_response(courses), *waiting)


def unseen_complaints(connection: sa.Connection, courses: Courses) -> int:
    """Count the complaints past their day to respond of which nobody has decided anything yet.

    They are of no case, so that they are of no zone's and no category's question. Which they are
    is known of today alone, so that of a day that is over none are told.
    """
    if not courses.is_now:
        return 0
    waits = sa.select(sa.func.count()).where(
        Complaint.status == ComplaintStatus.RECEIVED, Complaint.case_id.is_(None),
        Complaint.respond_by < courses.scope.on,
    )  # fmt: skip
    if courses.scope.outside:
        waits = waits.where(sa.not_(REPORTED_EXEMPT))
    return connection.scalar(waits) or 0


def to_be_seen(courses: Courses) -> pd.Series:
    """Say in which cases somebody had to look by a day that has passed.

    One that ended by its day without an inspection, as a void one does, asked for none.
    """
    cases = courses.cases
    ran_out = reported(cases) & (cases["respond_by"] < courses.on)
    gone = cases["ended"].notna() & (cases["ended"] <= cases["respond_by"])
    return ran_out & (~gone | cases["inspected"].notna())


def clocks_table(found: Sequence[Clock]) -> Table:
    """Make the table of clocks."""
    return Table(
        key="clocks", title="Clocks that ran out", columns=COLUMNS,
        means="The days to respond are held against every complaint of a case whose day has "
        "passed. The others are what waits past its day now.",
        rows=tuple(_row(each) for each in found),
    )  # fmt: skip


def _response(courses: Courses) -> Clock:
    """Hold the first inspection of each case against the earliest day its complaints set."""
    cases = courses.cases
    due = to_be_seen(courses)
    done = cases["inspected"] <= cases["respond_by"]
    missed = due & ~done
    last = cases["inspected"].fillna(cases["ended"]).fillna(float(courses.on))
    return Clock(
        key=RESPONSE, words="Days to respond to a complaint", means=_RESPOND,
        due=chosen(courses, due), missed=chosen(courses, missed),
        waiting=chosen(courses, missed & cases["inspected"].isna() & cases["is_open"]),
        days=_middle((last - cases["respond_by"])[missed]),
    )  # fmt: skip


def _middle(days: pd.Series) -> float | None:
    return float(np.median(days)) if len(days) else None


def _past_their_day(connection: sa.Connection, courses: Courses) -> Iterator[Clock]:
    mine = courses.cases["id"]
    for queue in RAN_OUT:
        ids = connection.scalars(sa.select(Case.id).where(condition(queue, on=courses.scope.on)))
        cases = chosen(courses, mine.isin(ids.all()))
        told = WAITING[queue]
        yield Clock(
            key=str(queue), words=told.words, means=told.means, due=None, missed=cases,
            waiting=cases, days=None,
        )  # fmt: skip


def _row(clock: Clock) -> Row:
    lists: Mapping[str, Cases] = {"missed": clock.missed, "waiting": clock.waiting}
    if clock.due is not None:
        lists = {"due": clock.due, **lists}
    cells = {
        "clock": clock.words, "due": None, "share": clock.share, "days": clock.days,
        "means": clock.means, **{name: len(cases) for name, cases in lists.items()},
    }  # fmt: skip
    return Row(key=clock.key, cells=cells, cases=lists)
