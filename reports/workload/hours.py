"""Count the hours of work of cases, zones and officers, and name the cases that each figure is of.

An hour is counted for whoever has the case now and for the zone it lies in now, as the lists of
cases are; for a complaint that came to no case, for the zone of the complaint.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cases.assigning import JOINED_HOLDER
from cases.models import Case, Complaint, Staff
from geo.layers import Zone
from reports.caseload import town_facts
from reports.errors import ReportError
from reports.workload.minutes import VISIT, Minutes

HOUR = 3600
_DONE = sa.text(Path(__file__).with_name("done.sql").read_text("utf-8"))
_BIG: Any = sa.BigInteger
NOBODY = ""
"""Whoever has a case that nobody has."""


@dataclass(frozen=True, slots=True)
class Window:
    """Some days, both counted, in the town's calendar.

    Raises
    ------
    ReportError
        They end before they begin.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse days that end before they begin."""
        if self.last < self.first:
            msg = (
                f"The days end on {self.last}, before they begin on {self.first}: turn them round."
            )
            raise ReportError(msg)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def each(self) -> Iterator[date]:
        """Return them one after another."""
        return (self.first + timedelta(days=at) for at in range(self.days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours of work.

    Attributes
    ----------
    cases, reports
        How many cases they were done in, and in how many complaints that came to no case.
    visits
        How many visits were made.
    at_door, driving, at_desk
        Hours.
    """

    cases: int
    reports: int
    visits: int
    at_door: float
    driving: float
    at_desk: float

    @property
    def all(self) -> float:
        """All of them."""
        return self.at_door + self.driving + self.at_desk


@dataclass(frozen=True, slots=True)
class Done:
    """How often something was done (its name in `done.sql`), and the hours it took."""

    what: str
    times: int
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """The hours of a zone or an officer.

    Attributes
    ----------
    zone_id
        None of an officer, and of what lies in no zone.
    name
        Of the zone, or of the officer; `NOBODY` for none.
    """

    zone_id: int | None
    name: str
    hours: Hours


def hours_in_all(connection: sa.Connection, window: Window, minutes: Minutes) -> Hours:
    """Count the hours of the whole town, by one query beside that of the town's name."""
    each = _each(_done(connection, window), minutes)
    found = connection.execute(sa.select(*_sums(each)).select_from(each)).one()
    return _hours(found, minutes)


def hours_by_zone(connection: sa.Connection, window: Window, minutes: Minutes) -> list[Worked]:
    """Count the hours of each zone that has any, most first; what lies in none as one more."""
    each = _each(_done(connection, window), minutes)
    query = _joined(sa.select(Zone.id, Zone.name, *_sums(each)), each)
    return _ranked(
        Worked(zone_id=row.id, name=row.name or NOBODY, hours=_hours(row, minutes))
        for row in connection.execute(query.group_by(Zone.id, Zone.name))
    )


def hours_by_officer(connection: sa.Connection, window: Window, minutes: Minutes) -> list[Worked]:
    """Count the hours of each officer who has any, most first; what nobody has as one more."""
    each = _each(_done(connection, window), minutes)
    query = _joined(sa.select(JOINED_HOLDER.label("name"), *_sums(each)), each)
    return _ranked(
        Worked(zone_id=None, name=row.name or NOBODY, hours=_hours(row, minutes))
        for row in connection.execute(query.group_by(JOINED_HOLDER))
    )


def hours_by_task(connection: sa.Connection, window: Window, minutes: Minutes) -> list[Done]:
    """Count how often each thing was done, and what that took; the drives beside, as ``drive``."""
    done = _done(connection, window)
    query = sa.select(done.c.what, sa.cast(sa.func.sum(done.c.times), _BIG)).group_by(done.c.what)
    rows = sorted((str(what), int(times)) for what, times in connection.execute(query))
    visits = sum(times for what, times in rows if what.startswith(VISIT))
    told = [Done(what, times, times * minutes.of(what).seconds / HOUR) for what, times in rows]
    return [*told, Done("drive", visits, visits * minutes.drive.seconds / HOUR)]


def hours_by_case(
    connection: sa.Connection, window: Window, minutes: Minutes
) -> Sequence[sa.Row[Any]]:
    """Count the hours of each case in which anything was done.

    Returns
    -------
    sequence of row
        ``case_id``, ``visits``, ``at_door`` and ``at_desk`` (seconds), ``parcel_id``, ``zone_id``,
        ``lon`` and ``lat`` (EPSG:4326; None where it has no place).
    """
    each = _each(_done(connection, window), minutes)
    columns: tuple[Any, ...] = (
        each.c.case_id,
        Case.parcel_id,
        Case.zone_id,
        sa.func.ST_X(Case.point).label("lon"),
        sa.func.ST_Y(Case.point).label("lat"),
        *(each.c[name] for name in _SUMMED),
    )
    query = sa.select(*columns).join_from(each, Case, Case.id == each.c.case_id)
    return connection.execute(query.order_by(Case.id)).all()


def hours_of_reports(
    connection: sa.Connection, window: Window, minutes: Minutes
) -> Sequence[sa.Row[Any]]:
    """Count the hours of each complaint that came to no case; columns as of `hours_by_case`."""
    each = _each(_done(connection, window), minutes)
    columns: tuple[Any, ...] = (
        sa.null().label("case_id"),
        Complaint.parcel_id,
        Complaint.zone_id,
        sa.func.ST_X(Complaint.point).label("lon"),
        sa.func.ST_Y(Complaint.point).label("lat"),
        *(each.c[name] for name in _SUMMED),
    )
    query = sa.select(*columns).join_from(each, Complaint, Complaint.id == each.c.complaint_id)
    return connection.execute(query.order_by(Complaint.id)).all()


def worked_cases(
    connection: sa.Connection,
    window: Window,
    *,
    zone_id: int | None = None,
    officer: str | None = None,
) -> sa.Select[Any]:
    """Select the identities of exactly the cases that a figure counts: ``id``.

    Parameters
    ----------
    zone_id
        Of a zone; -1 for what lies in none, None for all.
    officer
        Of whoever has them, by name; `NOBODY` for what nobody has, None for all.
    """
    done = _done(connection, window)
    worked = sa.select(done.c.case_id).where(done.c.case_id.is_not(None)).distinct()
    query = (
        sa.select(Case.id)
        .outerjoin(Zone, Zone.id == Case.zone_id)
        .outerjoin(Staff, Staff.id == Case.officer_id)
        .where(Case.id.in_(worked), *_of(zone_id, officer, zone=Case.zone_id, holder=JOINED_HOLDER))
    )
    return query.order_by(Case.id)


def worked_reports(
    connection: sa.Connection,
    window: Window,
    *,
    zone_id: int | None = None,
    officer: str | None = None,
) -> sa.Select[Any]:
    """Select the identities of exactly the complaints without a case that a figure counts: ``id``.

    The parameters are those of `worked_cases`.
    """
    done = _done(connection, window)
    worked = sa.select(done.c.complaint_id).where(done.c.complaint_id.is_not(None)).distinct()
    whose = _of(zone_id, officer, zone=Complaint.zone_id, holder=Zone.officer_name)
    return (
        sa.select(Complaint.id)
        .outerjoin(Zone, Zone.id == Complaint.zone_id)
        .where(Complaint.id.in_(worked), *whose)
        .order_by(Complaint.id)
    )


NO_ZONE = -1


def _of(
    zone_id: int | None, officer: str | None, *, zone: Any, holder: Any
) -> list[sa.ColumnElement[bool]]:
    found = []
    if zone_id is not None:
        found.append(zone.is_(None) if zone_id == NO_ZONE else zone == zone_id)
    if officer is not None:
        found.append(holder.is_(None) if officer == NOBODY else holder == officer)
    return found


def _done(connection: sa.Connection, window: Window) -> Any:
    """Return what was done in some days: ``case_id``, ``complaint_id``, ``what``, ``times``."""
    asked = {"first": window.first, "last": window.last, "zone": town_facts(connection).timezone}
    columns: dict[str, Any] = {
        "case_id": _BIG, "complaint_id": _BIG, "what": sa.Text, "times": _BIG
    }  # fmt: skip
    return _DONE.bindparams(**asked).columns(**columns).cte("done")


def _each(done: Any, minutes: Minutes) -> Any:
    """Return what was done in each case and complaint as a table, times in seconds.

    Columns: ``case_id``, ``complaint_id``, ``visits``, ``at_door``, ``at_desk``.
    """
    took = sa.case(
        *((done.c.what == what, sa.literal(seconds)) for what, seconds in minutes.seconds.items())
    )
    is_visit = done.c.what.startswith(VISIT)
    spent = done.c.times * took

    def summed(of: Any, where: Any) -> Any:
        return sa.func.coalesce(sa.func.sum(of).filter(where), 0)

    columns: tuple[Any, ...] = (
        done.c.case_id,
        done.c.complaint_id,
        sa.cast(summed(done.c.times, is_visit), _BIG).label("visits"),
        sa.cast(summed(spent, is_visit), sa.Float(53)).label("at_door"),
        sa.cast(summed(spent, ~is_visit), sa.Float(53)).label("at_desk"),
    )
    return sa.select(*columns).group_by(done.c.case_id, done.c.complaint_id).subquery("each")


def _joined(query: sa.Select[Any], each: Any) -> sa.Select[Any]:
    """Join each case or complaint, the zone it lies in and whoever has it."""
    return (
        query.select_from(each)
        .outerjoin(Case, Case.id == each.c.case_id)
        .outerjoin(Complaint, Complaint.id == each.c.complaint_id)
        .outerjoin(Zone, Zone.id == sa.func.coalesce(Case.zone_id, Complaint.zone_id))
        .outerjoin(Staff, Staff.id == Case.officer_id)
    )


def _sums(each: Any) -> list[Any]:
    """Return the columns that `Hours` is made of, summed over cases and complaints."""
    kinds: tuple[Any, ...] = (_BIG, sa.Float(53), sa.Float(53))
    return [
        sa.func.count(each.c.case_id).label("cases"),
        sa.func.count(each.c.complaint_id).label("reports"),
        *(
            sa.cast(sa.func.coalesce(sa.func.sum(each.c[name]), 0), kind).label(name)
            for name, kind in zip(_SUMMED, kinds, strict=True)
        ),
    ]


_SUMMED = ("visits", "at_door", "at_desk")


def _hours(row: Any, minutes: Minutes) -> Hours:
    return Hours(
        cases=row.cases, reports=row.reports, visits=row.visits, at_door=row.at_door / HOUR,
        driving=row.visits * minutes.drive.seconds / HOUR, at_desk=row.at_desk / HOUR,
    )  # fmt: skip


def _ranked(worked: Any) -> list[Worked]:
    return sorted(worked, key=lambda each: (-each.hours.all, each.name, each.zone_id or 0))
