"""Ask for lists of cases as staff filter them: a page at a time, and how many there are at most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.assigning import JOINED_HOLDER, held_by
from cases.desk import passed
from cases.desk.passed import Age, Days, End, LienNow
from cases.desk.queues import Condition, Queue, condition, last_moved
from cases.desk.tallied import Tally, aged, cases_of, queued, within
from cases.errors import CaseError
from cases.given import was_given, was_given_away
from cases.handings import was_handed
from cases.models import Case, CaseActivity, CaseTally, Ordinance, ReportCases, Staff, Violation
from cases.officers import is_officer
from geo.layers import Parcel, ParcelPeriod, Zone

type Ring = tuple[tuple[float, float], ...]
"""Corners of an area, longitude and latitude in degrees (EPSG:4326), not closed."""

COUNTED = 1000
"""How far cases are counted: beyond, a page says "more than", and costs no more."""
LEAST_CORNERS, CORNERS = 3, 200


class UnusableAreaError(CaseError, ValueError):
    """An area drawn on the map encloses nothing that could be looked in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list is narrowed to; what is empty narrows nothing.

    Parameters
    ----------
    officer
        The name of whoever has the case: assigned, or of its zone.
    section
        Of the code: a case with a violation of it.
    area
        Inside this ring.
    age
        How long ago it was opened.
    opened, closed, inspected, noticed, complied
        On which days it was opened, closed, first inspected, first given notice, and corrected.
    end
        How it ended.
    lien
        How a lien of it stands.
    owing
        Something is owed on it.
    drawing
        The drawing of a zone by which it changed hands.
    had_by
        The name of whoever had it before that drawing, or before it was given by name.
    booked
        An appointment is booked in it.
    given, given_by
        On which days, and by whose name, it was given to whoever has it, or away from `had_by`.
    unplaced
        It has no place on the map.
    counted
        It is among those that a figure of a report counted when it was made: the report's id, and
        the figure's name.
    """

    queue: Queue = Queue.OPEN
    stage: str = ""
    category: str = ""
    section: str = ""
    zone: int | None = None
    officer: str = ""
    area: Ring = ()
    age: Age | None = None
    opened: Days | None = None
    closed: Days | None = None
    inspected: Days | None = None
    noticed: Days | None = None
    complied: Days | None = None
    end: End | None = None
    lien: LienNow | None = None
    owing: bool = False
    drawing: int | None = None
    had_by: str = ""
    booked: bool = False
    given: Days | None = None
    given_by: str = ""
    unplaced: bool = False
    counted: tuple[int, str] | None = None


SORTS: dict[str, tuple[Any, ...]] = {
    "due": (Case.next_due.asc().nulls_last(), Case.id),
    "opened": (Case.opened_on.desc().nulls_last(), Case.id),
    "moved": (CaseActivity.last_on.asc().nulls_last(), Case.id),
    "priority": (Case.priority, Case.next_due.asc().nulls_last(), Case.id),
    "number": (Case.number, Case.id),
}
"""The orders a list may have."""


def cases(
    asked: Filter, *, on: date, sort: str = "due", most: int, skip: int = 0
) -> sa.Select[Any]:
    """Select a page of a list.

    Columns: ``id``, ``number``, ``category``, ``priority``, ``opened_on``, ``next_due``,
    ``phase``, ``stage``, ``open_violations``, ``situs_address``, ``stated_address`` (as it was
    reported), ``parcel_no``, ``zone``, ``officer``, ``officer_works`` (whether that is an officer
    who works here), ``last_on``, ``lon``, ``lat`` (EPSG:4326).

    Raises
    ------
    UnusableAreaError
        The area is no ring.
    """
    page = (
        _ordered(asked, sort)
        .where(*conditions(asked, on=on))
        .limit(most)
        .offset(skip)
        .cte("page")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    stage = sa.func.published.stage(Case.phase, Case.next_due, on)
    columns: tuple[Any, ...] = (
        Case.id, Case.number, Case.category, Case.priority, Case.opened_on, Case.next_due,
        Case.phase, stage.label("stage"), Case.open_violations, ParcelPeriod.situs_address,
        Case.stated_address, Parcel.parcel_no, Zone.name.label("zone"),
        JOINED_HOLDER.label("officer"),
        is_officer(JOINED_HOLDER).label("officer_works"), CaseActivity.last_on,
        sa.func.ST_X(Case.point).label("lon"), sa.func.ST_Y(Case.point).label("lat"),
    )  # fmt: skip
    return (
        _joined(sa.select(*columns))
        .outerjoin(Parcel, Parcel.id == Case.parcel_id)
        .outerjoin(ParcelPeriod, ParcelPeriod.id == Case.parcel_period_id)
        .where(Case.id.in_(sa.select(page.c.id)))
        .order_by(*SORTS[sort])
    )


def _ordered(asked: Filter, sort: str) -> sa.Select[Any]:
    """Select every case in the order of a list.

    The town's cases are read by the index of when they moved, which has a line for each. Of an
    officer's PostgreSQL takes there to be far more than there are: it would walk that index past
    everybody's, and so each of theirs is looked up instead.
    """
    query = sa.select(Case.id.label("id"))
    if sort == "moved" and asked.officer:
        return query.order_by(last_moved().asc().nulls_last(), Case.id)
    if sort == "moved":
        query = query.join(CaseActivity, CaseActivity.case_id == Case.id)
    return query.order_by(*SORTS[sort])


def count(asked: Filter, *, on: date) -> sa.Select[Any]:
    """Count a list, one more than `COUNTED` at most: the column ``cases``.

    Where the tallies kept tell it, by them, however many cases there are. What a report counted is
    counted to the end.
    """
    counted = tallied(asked, on=on)
    if counted is not None and asked.counted:
        return sa.select(counted.label("cases"))
    if counted is not None:
        return sa.select(sa.func.least(counted, COUNTED + 1).label("cases"))
    some = sa.select(sa.literal(1)).where(*conditions(asked, on=on)).limit(COUNTED + 1)
    return sa.select(sa.func.count().label("cases")).select_from(some.subquery())


def tallied(asked: Filter, *, on: date) -> sa.ScalarSelect[int] | None:
    """Sum what is tallied of a list, of all its cases; None where no tally tells it.

    That is a queue, whole or of an officer or a zone; the open cases of an age; those opened, or
    closed in some way, in some days; and those that a report counted.
    """
    if asked.age and asked == Filter(age=asked.age):
        return cases_of(aged(asked.age, on=on))
    if asked.opened and asked == Filter(queue=Queue.EVERY, opened=asked.opened):
        return cases_of(within(Tally.OPENED, *asked.opened))
    if asked.counted and asked == Filter(queue=Queue.EVERY, counted=asked.counted):
        ids = _counted(*asked.counted).subquery()
        return sa.select(sa.func.count()).select_from(ids).scalar_subquery()
    if asked.closed and asked == Filter(queue=Queue.EVERY, closed=asked.closed, end=asked.end):
        return cases_of(within(Tally(asked.end or Tally.CLOSED), *asked.closed))
    where = queued(asked.queue, on=on)
    if where is None or asked != Filter(queue=asked.queue, officer=asked.officer, zone=asked.zone):
        return None
    narrowed = [where]
    if asked.officer:
        narrowed.append(held_by(asked.officer, of=CaseTally))
    if asked.zone is not None:
        narrowed.append(CaseTally.zone_id == asked.zone)
    return cases_of(*narrowed)


def categories() -> sa.Select[Any]:
    """Select the kinds of cases there are: ``category``.

    By looking up one kind after another in their index, for there are few among many cases.
    """
    first = sa.select(sa.func.min(Case.category).label("category")).cte("kinds", recursive=True)
    after = (
        sa.select(sa.func.min(Case.category))
        .where(Case.category > first.c.category)
        .correlate(first)
        .scalar_subquery()
    )
    kinds = first.union_all(sa.select(after).where(first.c.category.is_not(None)))
    return sa.select(kinds.c.category).where(kinds.c.category.is_not(None))


def sections() -> sa.Select[Any]:
    """Select the sections of the code that cases were ever about: ``section``, ``title``."""
    columns: tuple[Any, ...] = (Ordinance.section, sa.func.min(Ordinance.title).label("title"))
    found = sa.select(*columns).where(Ordinance.section.is_not(None))
    return found.group_by(Ordinance.section).order_by(Ordinance.section)


def numbered(case_ids: Sequence[int]) -> sa.Select[Any]:
    """Select some cases, by number.

    Columns: ``id``, ``number``, ``category``, ``situs_address``, ``stated_address`` (as it was
    reported), ``officer`` who has it,
    ``officer_works`` (whether that is an officer who works here), and ``zone_officer``, the
    officer who would have it were it assigned to nobody.
    """
    columns: tuple[Any, ...] = (
        Case.id, Case.number, Case.category, ParcelPeriod.situs_address, Case.stated_address,
        JOINED_HOLDER.label("officer"), is_officer(JOINED_HOLDER).label("officer_works"),
        sa.case((is_officer(Zone.officer_name), Zone.officer_name)).label("zone_officer"),
    )  # fmt: skip
    return (
        _joined(sa.select(*columns))
        .outerjoin(ParcelPeriod, ParcelPeriod.id == Case.parcel_period_id)
        .where(Case.id.in_(case_ids))
        .order_by(Case.number)
    )


def _joined(query: sa.Select[Any]) -> sa.Select[Any]:
    return (
        query.select_from(Case)
        .outerjoin(Zone, Zone.id == Case.zone_id)
        .outerjoin(Staff, Staff.id == Case.officer_id)
        .join(CaseActivity, CaseActivity.case_id == Case.id)
    )


def conditions(asked: Filter, *, on: date) -> list[Condition]:
    """Return what every case of a list is, and no other: a count and its list share them.

    Raises
    ------
    UnusableAreaError
        The area is no ring.
    """
    found = [condition(asked.queue, on=on), *_of_time(asked, on=on), *_of_hands(asked)]
    if asked.stage:
        found.append(sa.func.published.stage(Case.phase, Case.next_due, on) == asked.stage)
    if asked.category:
        found.append(Case.category == asked.category)
    if asked.section:
        found.append(_of_section(asked.section))
    if asked.area:
        area = _polygon(asked.area)
        found.append(Case.point_3857.op("&&")(sa.func.ST_Transform(area, 3857)))
        found.append(sa.func.ST_Covers(area, Case.point))
    if asked.lien:
        found.append(passed.has_lien(asked.lien, on=on))
    if asked.owing:
        found.append(passed.owes())
    if asked.unplaced:
        found.append(Case.point.is_(None))
    if asked.booked:
        found.append(passed.has_appointment())
    if asked.counted:
        found.append(Case.id.in_(_counted(*asked.counted)))
    return found


def _counted(report: int, figure: str) -> sa.Select[int]:
    """Select the cases that a figure of a report counted."""
    return sa.select(sa.func.unnest(ReportCases.ids)).where(
        ReportCases.run_id == report, ReportCases.name == figure
    )


def _of_hands(asked: Filter) -> Iterator[Condition]:
    if asked.zone is not None:
        yield Case.zone_id == asked.zone
    if asked.officer:
        yield held_by(asked.officer)
    if asked.drawing is not None:
        yield was_handed(asked.drawing, had_by=asked.had_by)
    if asked.given or asked.given_by:
        how: Any = {"by": asked.given_by, "days": asked.given}
        away = asked.had_by and asked.drawing is None
        yield was_given_away(asked.had_by, **how) if away else was_given(**how)


def _of_time(asked: Filter, *, on: date) -> Iterator[Condition]:
    if asked.age:
        yield passed.is_aged(asked.age, on=on)
    if asked.opened:
        yield Case.opened_on.between(*asked.opened)
    if asked.closed:
        yield Case.closed_on.between(*asked.closed)
    if asked.inspected:
        yield passed.first_inspected(asked.inspected)
    if asked.noticed:
        yield passed.first_noticed(asked.noticed)
    if asked.complied:
        yield passed.corrected(asked.complied)
    if asked.end:
        yield passed.ended(asked.end)


def _of_section(section: str) -> Condition:
    within = sa.select(Violation.case_id).join(Ordinance, Ordinance.id == Violation.ordinance_id)
    return Case.id.in_(
        within.where(sa.or_(Violation.section == section, Ordinance.section == section))
    )


def _polygon(ring: Ring) -> Any:
    """Return an area as PostGIS takes it; its corners are bound, never written into the query."""
    if not LEAST_CORNERS <= len(ring) <= CORNERS:
        msg = (
            f"An area has {LEAST_CORNERS} to {CORNERS} corners, this one {len(ring)}: draw it anew."
        )
        raise UnusableAreaError(msg)
    corners = [sa.func.ST_MakePoint(lon, lat) for lon, lat in (*ring, ring[0])]
    line = sa.func.ST_MakeLine(sa.dialects.postgresql.array(corners))
    return sa.func.ST_SetSRID(sa.func.ST_MakePolygon(line), 4326)
