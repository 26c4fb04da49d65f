"""Count queues of open cases by the tallies the database keeps, which cost as little in a city."""

from datetime import date, timedelta
from enum import StrEnum

import sqlalchemy as sa

from cases.desk.passed import Age, opened_within
from cases.desk.queues import DORMANT, Condition, Queue
from cases.models import CaseTally
from cases.officers import has_no_officer
from cases.stages import DUE_SOON


class Tally(StrEnum):
    """What cases count for; those from `OPENED` on whether or not they have ended."""

    OPEN = "open"
    HELD = "held"
    REPORTED = "reported"
    QUIET = "quiet"
    OPENED = "opened"
    CLOSED = "closed"
    VERIFIED = "verified"
    VOLUNTARY = "voluntary"
    INSPECTED = "inspected"
    NOTICED = "noticed"
    COMPLIED = "complied"


def cases_of(*where: Condition) -> sa.ScalarSelect[int]:
    """Sum how many cases there are of what is said of their tallies."""
    total = sa.func.coalesce(sa.func.sum(CaseTally.cases), 0)
    return sa.select(sa.cast(total, sa.BigInteger)).where(*where).scalar_subquery()


def within(tally: Tally, first: date | None, last: date | None) -> Condition:
    """Say of which days a tally is; None is unbounded, and then takes those without a day too."""
    bounds = [] if first is None else [CaseTally.on_day >= first]
    bounds += [] if last is None else [CaseTally.on_day <= last]
    return sa.and_(CaseTally.figure == tally, *bounds)


def aged(age: Age, *, on: date) -> Condition:
    """Return which tallies count the open cases of what `cases.desk.passed.is_aged` says."""
    if age is Age.UNKNOWN:
        return sa.and_(within(Tally.OPEN, None, None), CaseTally.on_day.is_(None))
    return within(Tally.OPEN, *opened_within(age, on=on))


def queued(queue: Queue, *, on: date) -> Condition | None:
    """Return which tallies count what `cases.desk.queues.condition` says; None where none do."""
    days = {
        Queue.OPEN: within(Tally.HELD, None, None),
        Queue.TO_VERIFY: within(Tally.REPORTED, None, None),
        Queue.DUE_SOON: within(Tally.HELD, on, on + DUE_SOON),
        Queue.OVERDUE: within(Tally.HELD, None, on - timedelta(days=1)),
        Queue.DORMANT: within(Tally.QUIET, None, on - DORMANT - timedelta(days=1)),
        Queue.UNASSIGNED: sa.and_(within(Tally.HELD, None, None), has_no_officer(CaseTally)),
    }
    return days.get(queue)
