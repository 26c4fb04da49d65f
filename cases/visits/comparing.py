"""Read an adopted day, and hold what was promised against what happened."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from cases.models import Case, Complaint, Staff, VisitItem, VisitOutcome, VisitPlan, VisitStop

type Row = sa.Row[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A stop as it was planned, and what became of it.

    Attributes
    ----------
    items
        What was to be done: ``kind``, ``subject_id``, ``case_id``, ``complaint_id``, ``number``.
    arrived_at, left_at, skipped_because
        None where nobody has said.
    """

    id: int
    place: int
    spot: str
    label: str
    lon: float
    lat: float
    arrives_at: datetime
    leaves_at: datetime
    items: Sequence[Row]
    arrived_at: datetime | None
    left_at: datetime | None
    skipped_because: str | None

    @property
    def late_seconds(self) -> int | None:
        """How much later than planned the officer came, less than 0 for earlier; None unsaid."""
        return _seconds(self.arrives_at, self.arrived_at)

    @property
    def longer_seconds(self) -> int | None:
        """How much longer than planned it took at the door; None unsaid."""
        took = _seconds(self.arrived_at, self.left_at)
        planned = _seconds(self.arrives_at, self.leaves_at)
        return None if took is None or planned is None else took - planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """An officer's day that was adopted.

    Attributes
    ----------
    plan
        Its row, with ``officer``, and ``followed_by``, the plan that took its place; of some plans
        told together without the way, where that was not asked for.
    left
        What was left for another day, with why and what that risks.
    """

    plan: Row
    stops: Sequence[Kept]
    left: Sequence[Row]

    @property
    def made(self) -> int:
        """How many stops somebody came to."""
        return sum(each.arrived_at is not None for each in self.stops)

    @property
    def skipped(self) -> int:
        """How many were skipped."""
        return sum(each.skipped_because is not None for each in self.stops)


def plans_of_day(on: date, *, with_way: bool = False) -> sa.Select[Any]:
    """Select the plans in force on a day, by the officer's name.

    Parameters
    ----------
    with_way
        Whether the way along the streets is read as well, which is much.
    """
    way: tuple[Any, ...] = (VisitPlan.legs,) if with_way else ()
    return _plans(*way).where(VisitPlan.on_day == on, VisitPlan.superseded_at.is_(None))


def plans_between(first: date, last: date) -> sa.Select[Any]:
    """Select the plans in force on some days, both counted, by the officer's name."""
    days = VisitPlan.on_day.between(first, last)
    return _plans().where(days, VisitPlan.superseded_at.is_(None))


def plans_from(first: date) -> sa.Select[Any]:
    """Select the plans in force from a day on, by day and the officer's name."""
    in_force = _plans().where(VisitPlan.on_day >= first, VisitPlan.superseded_at.is_(None))
    return in_force.order_by(None).order_by(VisitPlan.on_day, Staff.name)


def withdrawn_of_day(on: date) -> sa.Select[Any]:
    """Select the plans of a day that were withdrawn, in the order in which that was done."""
    gone = VisitPlan.withdrawn_because.is_not(None)
    ordered = _plans().where(VisitPlan.on_day == on, gone).order_by(None)
    return ordered.order_by(VisitPlan.superseded_at, Staff.name)


def how_far(plan_ids: Collection[int]) -> sa.Select[Any]:
    """Select how many stops each of some plans has, how many were made and how many skipped."""
    counted: tuple[Any, ...] = (
        VisitStop.plan_id, sa.func.count().label("stops"),
        sa.func.count(VisitOutcome.arrived_at).label("made"),
        sa.func.count(VisitOutcome.skipped_because).label("skipped"),
    )  # fmt: skip
    return (
        sa.select(*counted)
        .outerjoin(VisitOutcome, VisitOutcome.stop_id == VisitStop.id)
        .where(VisitStop.plan_id.in_(plan_ids))
        .group_by(VisitStop.plan_id)
    )


def adopted(connection: sa.Connection, plan_id: int) -> Adopted | None:
    """Return a plan with its stops and what became of them, by three queries; None for none."""
    way: tuple[Any, ...] = (VisitPlan.legs, VisitPlan.drives)
    plan = connection.execute(_plans(*way).where(VisitPlan.id == plan_id)).first()
    if plan is None:
        return None
    return _told(connection, [plan])[0]


def adopted_days(connection: sa.Connection, plans: sa.Select[Any]) -> list[Adopted]:
    """Return plans with their stops and what became of them, by three queries however many.

    Parameters
    ----------
    plans
        Which, as `plans_of_day` selects them, and in their order.
    """
    return _told(connection, connection.execute(plans).all())


def said_before(connection: sa.Connection, plan_ids: Collection[int]) -> dict[int, list[Kept]]:
    """Return what became of stops of the plans that some took the place of, in order of time.

    What somebody said of a stop holds of the day, though the rest of it was planned anew since: a
    stop that was skipped is in no later plan. By two queries.

    Parameters
    ----------
    plan_ids
        The plans in force.
    """
    before = (
        sa.select(VisitPlan.id.label("of"), VisitPlan.supersedes.label("id"))
        .where(VisitPlan.id.in_(plan_ids), VisitPlan.supersedes.is_not(None))
        .cte("before", recursive=True)
    )
    before = before.union_all(
        sa.select(before.c.of, VisitPlan.supersedes)
        .join(VisitPlan, VisitPlan.id == before.c.id)
        .where(VisitPlan.supersedes.is_not(None))
    )
    of = {row.id: row.of for row in connection.execute(sa.select(before))}
    if not of:
        return {}
    rows = connection.execute(_stops(of).where(VisitOutcome.stop_id.is_not(None))).all()
    at_stop: dict[int, list[Row]] = defaultdict(list)
    for each in connection.execute(_items(of)):
        if each.stop_id is not None:
            at_stop[each.stop_id].append(each)
    said: dict[int, list[Kept]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.arrived_at or row.arrives_at, row.id)):
        said[of[row.plan_id]].append(_kept(row, at_stop))
    return said


def _told(connection: sa.Connection, plans: Sequence[Row]) -> list[Adopted]:
    """Return plans with what is in them, by two queries; by none where there are no plans."""
    if not plans:
        return []
    ids = [plan.id for plan in plans]
    at_stop: dict[int, list[Row]] = defaultdict(list)
    left: dict[int, list[Row]] = defaultdict(list)
    for each in connection.execute(_items(ids)):
        if each.stop_id is not None:
            at_stop[each.stop_id].append(each)
        else:
            left[each.plan_id].append(each)
    stops: dict[int, list[Kept]] = defaultdict(list)
    for row in connection.execute(_stops(ids)):
        stops[row.plan_id].append(_kept(row, at_stop))
    return [Adopted(plan=plan, stops=stops[plan.id], left=left[plan.id]) for plan in plans]


def _kept(row: Row, items: Mapping[int, Sequence[Row]]) -> Kept:
    return Kept(
        id=row.id, place=row.place, spot=row.spot, label=row.label, lon=row.lon, lat=row.lat,
        arrives_at=row.arrives_at, leaves_at=row.leaves_at, items=items.get(row.id, ()),
        arrived_at=row.arrived_at, left_at=row.left_at, skipped_because=row.skipped_because,
    )  # fmt: skip


def _plans(*way: Any) -> sa.Select[Any]:
    """Select plans; `way` is what is read of how they are driven."""
    told = [each for each in VisitPlan.__table__.columns if each.name not in {"legs", "drives"}]
    after = aliased(VisitPlan)
    followed_by = sa.select(after.id).where(after.supersedes == VisitPlan.id).scalar_subquery()
    return (
        sa.select(
            *told, *way, Staff.name.label("officer"), followed_by.label("followed_by"),
        )
        .join(Staff, Staff.id == VisitPlan.officer_id)
        .order_by(Staff.name, VisitPlan.id)
    )  # fmt: skip


def _stops(plan_ids: Collection[int]) -> sa.Select[Any]:
    told: tuple[Any, ...] = (
        VisitOutcome.arrived_at, VisitOutcome.left_at, VisitOutcome.skipped_because
    )  # fmt: skip
    return (
        sa.select(*VisitStop.__table__.columns, *told)
        .outerjoin(VisitOutcome, VisitOutcome.stop_id == VisitStop.id)
        .where(VisitStop.plan_id.in_(plan_ids))
        .order_by(VisitStop.plan_id, VisitStop.place)
    )


def _items(plan_ids: Collection[int]) -> sa.Select[Any]:
    number = sa.func.coalesce(Case.number, Complaint.number).label("number")
    return (
        sa.select(*VisitItem.__table__.columns, number)
        .outerjoin(Case, Case.id == VisitItem.case_id)
        .outerjoin(Complaint, Complaint.id == VisitItem.complaint_id)
        .where(VisitItem.plan_id.in_(plan_ids))
        .order_by(VisitItem.id)
    )


def _seconds(first: datetime | None, last: datetime | None) -> int | None:
    return None if first is None or last is None else round((last - first).total_seconds())
