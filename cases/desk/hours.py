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
from cases.models import CaseEvent, Inspection
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
    """Book a case's visit at a free hour, or move one there; gives the visit's identity.

    Only a visit whose hour the same person chose is moved.

    Whoever asks for an hour of the same officer in this moment waits here.

    Raises
    ------
    DayError
        The hour was taken meanwhile, or never was free; or somebody else set the visit's.
    """
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(f"hours:{officer}", 0))
    connection.execute(sa.select(lock))
    if at not in free_hours(connection, officer=officer, calendar=calendar, now=moment.now):
        msg = "This hour was taken meanwhile: choose another one."
        raise DayError(msg, of="at")
    there = _planned(connection, case_id)
    if there is None:
        return inspections.arrange(connection, case_id=case_id, at=at, actor=actor, moment=moment)
    if _set_by(connection, there, case_id=case_id) != actor.name:
        msg = "An officer set the hour of the visit to come. To move it, write to the officer."
        raise DayError(msg, of="at")
    inspections.postpone(connection, inspection_id=there, at=at, actor=actor, moment=moment)
    return there


def hour_set_by_another(connection: sa.Connection, *, case_id: int, name: str) -> bool:
    """Tell whether a visit is to come whose hour somebody else chose than who is named."""
    there = _planned(connection, case_id)
    return there is not None and _set_by(connection, there, case_id=case_id) != name


def _planned(connection: sa.Connection, case_id: int) -> int | None:
    planned = sa.select(Inspection.id).where(
        Inspection.case_id == case_id, Inspection.status.in_(PLANNED)
    )
    return connection.scalar(planned.order_by(Inspection.id).limit(1))


def _set_by(connection: sa.Connection, inspection_id: int, *, case_id: int) -> str | None:
    """Return who booked a visit or moved it last."""
    query = sa.select(CaseEvent.actor).where(
        CaseEvent.case_id == case_id,
        CaseEvent.kind.in_(("inspection_booked", "inspection_moved")),
        CaseEvent.details["inspection"].as_integer() == inspection_id,
    )
    return connection.scalar(query.order_by(CaseEvent.seq.desc()).limit(1))


def _hours(gap: Gap) -> Iterator[time]:
    """Yield the whole hours at which a visit that fits the gap may begin."""
    last = gap.until.hour - int(LASTS / timedelta(hours=1))
    first = gap.since.hour + (gap.since > time(gap.since.hour))
    yield from (time(hour) for hour in range(first, last + 1))
