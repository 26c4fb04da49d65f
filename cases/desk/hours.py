"""Offer the hours that an officer has left, and give one of them to a case, to one alone."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from cases import inspections
from cases.actors import Actor, Moment
from cases.business_days import DAY, TownCalendar
from cases.days import DayError
from cases.desk.agenda import Gap, agenda, visits
from cases.inspections import LASTS
from cases.models import Inspection
from cases.workflow.inspection import PLANNED

AHEAD = timedelta(days=14)
"""So far ahead hours are offered, from tomorrow on."""


def free_hours(
    connection: sa.Connection, *, officer: str, calendar: TownCalendar, now: datetime
) -> list[datetime]:
    """Return the whole hours of the coming days at which an officer is expected nowhere.

    Parameters
    ----------
    officer
        Who has the case, by name.
    now
        In the town's time zone.
    """
    first = now.date() + DAY
    days = [first + DAY * nth for nth in range(AHEAD.days)]
    rows = connection.execute(
        visits(first=first, last=days[-1], now=now, officer=officer)
    ).all()  # fmt: skip
    laid = agenda(rows, officers=[officer], days=days, calendar=calendar, now=now)
    return [
        datetime.combine(each.on, hour, now.tzinfo)
        for each in laid
        for theirs in each.officers
        for gap in theirs.free
        for hour in _hours(gap)
    ]


def take_hour(
    connection: sa.Connection,
    *,
    case_id: int,
    at: datetime,
    officer: str,
    calendar: TownCalendar,
    actor: Actor,
    moment: Moment,
) -> int:
    """Book or move a case's visit to a free hour; gives the visit's identity.

    Whoever asks for an hour of the same officer in this moment waits here.

    Raises
    ------
    DayError
        The hour was taken meanwhile, or never was free.
    """
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(f"hours:{officer}", 0))
    connection.execute(sa.select(lock))
    if at not in free_hours(connection, officer=officer, calendar=calendar, now=moment.now):
        msg = "This hour was taken meanwhile: choose another one."
        raise DayError(msg, of="at")
    planned = sa.select(Inspection.id).where(
        Inspection.case_id == case_id, Inspection.status.in_(PLANNED)
    )
    there = connection.scalar(planned.order_by(Inspection.id).limit(1))
    if there is None:
        return inspections.arrange(connection, case_id=case_id, at=at, actor=actor, moment=moment)
    inspections.postpone(connection, inspection_id=there, at=at, actor=actor, moment=moment)
    return there


def _hours(gap: Gap) -> Iterator[time]:
    """Yield the whole hours at which a visit that fits the gap may begin."""
    last = gap.until.hour - int(LASTS / timedelta(hours=1))
    first = gap.since.hour + (gap.since > time(gap.since.hour))
    yield from (time(hour) for hour in range(first, last + 1))
