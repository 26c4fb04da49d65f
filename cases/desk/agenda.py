"""Lay out the visits of officers day by day, with the hours that are left free."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from cases.assigning import JOINED_HOLDER, held_by
from cases.business_days import DAY, TownCalendar
from cases.desk.visits import in_town, stands
from cases.inspections import LASTS, USUAL_HOURS
from cases.models import Case, Inspection, Staff
from cases.workflow.inspection import PLANNED, InspectionStatus
from geo.layers import Zone

type Row = sa.Row[Any]

_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours of a day in which nobody expects an officer, long enough for a visit."""

    since: time
    until: time


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficersDay:
    """A day of an officer.

    Parameters
    ----------
    officer
        Their name; None for the cases that nobody has.
    visits
        As `visits` selects them, by their hour, each with how it stands.
    free
        In usual hours that are not over, of an officer who works here; none on a day the town does
        not work.
    works
        Whether an officer of this name works here.
    """

    officer: str | None
    visits: Sequence[tuple[Row, str]]
    free: Sequence[Gap]
    works: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaDay:
    """A day, and what each officer has on it.

    Parameters
    ----------
    closed
        Why the town does not work; None where it does.
    officers
        On a day that is closed or over, only those who are or were expected.
    """

    on: date
    closed: str | None
    officers: Sequence[OfficersDay]


def visits(*, first: date, last: date, now: datetime, officer: str = "") -> sa.Select[Any]:
    """Select the visits booked for some days, but for those called off, by their hour.

    One that was made is among them where it was made in these days.

    Columns: ``id``, ``status``, ``at`` (on a clock in the town), ``number``, ``category``,
    ``address`` and ``officer``.

    Parameters
    ----------
    now
        In the town's time zone.
    officer
        In whose cases; "" for everybody's.
    """
    since, until = (datetime.combine(on, time(), now.tzinfo) for on in (first, last + DAY))
    columns: tuple[Any, ...] = (
        Inspection.id, Inspection.status, in_town(Inspection.booked_for).label("at"), Case.number,
        Case.category,
        sa.func.coalesce(
            sa.func.office.address_of(Case.parcel_id, Case.parcel_period_id),
            Case.stated_address,
        ).label("address"),
        JOINED_HOLDER.label("officer"),
    )  # fmt: skip
    # Each has an index of its own; of all that were ever booked there is none.
    shown = sa.or_(
        Inspection.status.in_(PLANNED), Inspection.status == InspectionStatus.NO_ACCESS,
        Inspection.made_on.between(first, last),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Case, Case.id == Inspection.case_id)
        .outerjoin(Staff, Staff.id == Case.officer_id)
        .outerjoin(Zone, Zone.id == Case.zone_id)
        .where(
            shown, Inspection.booked_for >= since, Inspection.booked_for < until,
            *([held_by(officer)] if officer else []),
        )
        .order_by(Inspection.booked_for, Inspection.id)
    )  # fmt: skip


def agenda(
    rows: Sequence[Row], *, officers: Iterable[str], days: Iterable[date], calendar: TownCalendar,
    now: datetime,
) -> list[AgendaDay]:  # fmt: skip
    """Lay visits out by day and officer.

    Parameters
    ----------
    rows
        As `visits` selects them.
    officers
        Whose free hours are told though nothing is booked for them.
    now
        In the town's time zone: what is over is free for nobody.
    """
    known = list(officers)
    return [_day(rows, on=on, known=known, calendar=calendar, now=now) for on in days]


def _day(
    rows: Sequence[Row], *, on: date, known: list[str], calendar: TownCalendar, now: datetime
) -> AgendaDay:
    closed = calendar.closed_for(on)
    is_over = on < now.date()
    theirs: dict[str | None, list[Row]] = {name: [] for name in known if not (closed or is_over)}
    for row in rows:
        if row.at.date() == on:
            theirs.setdefault(row.officer, []).append(row)
    free_from = None if closed or is_over else _first_hour(on, now=now)
    officers = [
        OfficersDay(
            officer=officer,
            visits=[(row, stands(row.status, on=on, today=now.date())) for row in found],
            free=list(_gaps(found, since=free_from)) if free_from and officer in known else [],
            works=officer in known,
        )
        for officer, found in theirs.items()
    ]
    return AgendaDay(on=on, closed=closed, officers=officers)


def _first_hour(on: date, *, now: datetime) -> datetime | None:
    """Return from when on a day is left on a clock in the town, to a quarter of an hour."""
    opens = datetime.combine(on, time(USUAL_HOURS.start))
    clock = now.replace(tzinfo=None, second=0, microsecond=0)
    since = max(opens, clock + _QUARTER - timedelta(minutes=clock.minute % 15))
    return since if since.date() == on else None


def _gaps(found: Sequence[Row], *, since: datetime) -> Iterator[Gap]:
    """Give what planned visits leave of the usual hours."""
    closes = datetime.combine(since.date(), time(USUAL_HOURS.stop))
    for row in found:
        if row.status not in set(PLANNED):
            continue
        if min(row.at, closes) - since >= LASTS:
            yield Gap(since.time(), min(row.at, closes).time())
        since = max(since, row.at + LASTS)
    if closes - since >= LASTS:
        yield Gap(since.time(), closes.time())
