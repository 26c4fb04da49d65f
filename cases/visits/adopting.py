"""Adopt a planned day as the one an officer drives, once and instead of none or of a known one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.assigning import officer_named
from cases.models import VisitItem, VisitPlan, VisitStop
from cases.permissions import Right, may
from cases.visits.planned import Item, Planned, VisitsError
from cases.wording import day_in_words, hour_in_words
from cases.working.recording import NotYoursToPlanError
from cases.working.telling import base_told


class PlanThereError(VisitsError):
    """Another plan is in force for the officer and the day than the one to be replaced.

    Attributes
    ----------
    plan_id
        Which.
    """

    def __init__(self, message: str, *, plan_id: int) -> None:
        super().__init__(message)
        self.plan_id = plan_id


def adopt_plan(
    connection: sa.Connection,
    planned: Planned,
    *,
    key: UUID,
    instead_of: int | None = None,
    actor: Actor,
    moment: Moment,
) -> int:
    """Put a planned day in force; gives its identity.

    Parameters
    ----------
    key
        The plan's own: adopted again, it is the same one.
    instead_of
        The plan that whoever adopts this one knows to be in force; None for none.

    Raises
    ------
    NotYoursToPlanError
        The actor is neither a manager nor the officer.
    NoSuchOfficerError
        The account is no officer's who works here.
    PlanThereError
        Another is in force, which the actor did not know of; it says whose it is and since when.
    """
    officer = officer_named(connection, planned.officer_id)
    permit(actor, officer=officer)
    hold_day(connection, officer_id=planned.officer_id, on=planned.on)
    again = connection.scalar(sa.select(VisitPlan.id).where(VisitPlan.key == key))
    if again is not None:
        return int(again)
    there = connection.execute(plans_in_force([(planned.officer_id, planned.on)])).first()
    if (there.id if there else None) != instead_of:
        raise _another(there, officer=officer, planned=planned, moment=moment)
    if there is not None:
        supersede(connection, there.id, actor=actor, moment=moment)
    return _store(
        connection, planned, key=key, supersedes=instead_of, actor=actor, moment=moment
    )  # fmt: skip


def plans_in_force(days: Collection[tuple[int, date]]) -> sa.Select[Any]:
    """Select the plans in force of some officers' days, without the way, which is much to read."""
    large = {"legs", "drives"}
    told = [each for each in VisitPlan.__table__.columns if each.name not in large]
    return sa.select(*told).where(
        sa.tuple_(VisitPlan.officer_id, VisitPlan.on_day).in_(days),
        VisitPlan.superseded_at.is_(None),
    )


def permit(actor: Actor, *, officer: str) -> None:
    """Let a manager plan an officer's day, and the officer; refuse anybody else.

    Raises
    ------
    NotYoursToPlanError
        The actor is neither.
    """
    if not may(actor.role, Right.PLAN_WORK) and actor.name != officer:
        msg = f"{actor.name} may not plan the day of {officer}: a manager does, or {officer}."
        raise NotYoursToPlanError(msg)


def hold_day(connection: sa.Connection, *, officer_id: int, on: date) -> None:
    """Have nobody else put a plan of an officer's day in force, or take it out, until we end."""
    lock = sa.func.hashtextextended(f"visits:{officer_id}:{on}", 0)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))


def supersede(
    connection: sa.Connection,
    plan_id: int,
    *,
    because: str | None = None,
    actor: Actor,
    moment: Moment,
) -> None:
    """Take a plan out of force; `because` where it is withdrawn, and none takes its place."""
    gone = {
        "superseded_at": moment.now, "superseded_by": actor.name, "withdrawn_because": because,
    }  # fmt: skip
    connection.execute(sa.update(VisitPlan).where(VisitPlan.id == plan_id).values(gone))


def _another(there: Any, *, officer: str, planned: Planned, moment: Moment) -> VisitsError:
    day = day_in_words(planned.on)
    if there is None:
        return VisitsError(
            f"The plan of {officer} for {day} that this one was to replace is in force no more: "
            "look at the day again."
        )
    made = there.made_at.astimezone(moment.now.tzinfo)
    when = f"{day_in_words(made.date())} at {hour_in_words(made.time())}"
    return PlanThereError(
        f"{officer} has a plan for {day} already, which {there.made_by} adopted on {when}: look "
        "at that one first, then replace it or keep it.",
        plan_id=there.id,
    )


def _store(
    connection: sa.Connection,
    planned: Planned,
    *,
    key: UUID,
    supersedes: int | None,
    actor: Actor,
    moment: Moment,
) -> int:
    values = {
        "officer_id": planned.officer_id, "on_day": planned.on, "begins_at": planned.begins_at,
        "ends_at": planned.ends_at, "starts": base_told(planned.starts),
        "ends": base_told(planned.ends), "drive_seconds": planned.drive_seconds,
        "metres": planned.metres, "estimated": planned.estimated, "seed": planned.seed,
        "parameters": dict(planned.parameters), "key": key, "made_at": moment.now,
        "made_by": actor.name, "supersedes": supersedes, "legs": _listed(planned.legs),
        "drives": _listed(planned.drives),
    }  # fmt: skip
    made = sa.insert(VisitPlan).values(values).returning(VisitPlan.id)
    plan_id = int(connection.execute(made).scalar_one())
    stops = _store_stops(connection, planned, plan_id=plan_id)
    items = [
        {"plan_id": plan_id, "stop_id": stops[place], "left_because": None, "risks": None,
         **_told(item)}
        for place, stop in enumerate(planned.stops, start=1)
        for item in stop.items
    ] + [
        {"plan_id": plan_id, "stop_id": None, "left_because": each.because,
         "risks": each.risks or None, **_told(each.item)}
        for each in planned.left
    ]  # fmt: skip
    if items:
        connection.execute(sa.insert(VisitItem), items)
    return plan_id


def _listed(each: Sequence[Any] | None) -> list[Any] | None:
    return None if each is None else list(each)


def _store_stops(
    connection: sa.Connection, planned: Planned, *, plan_id: int
) -> Mapping[int, int]:  # fmt: skip
    """Keep the stops in their places; gives their identities by their places."""
    rows = [
        {
            "plan_id": plan_id, "place": place, "spot": stop.spot, "label": stop.label,
            "lon": stop.lon, "lat": stop.lat, "arrives_at": stop.arrives_at,
            "leaves_at": stop.leaves_at,
        }
        for place, stop in enumerate(planned.stops, start=1)
    ]  # fmt: skip
    if not rows:
        return {}
    kept = sa.insert(VisitStop).returning(VisitStop.place, VisitStop.id)
    return {row.place: row.id for row in connection.execute(kept, rows)}


def _told(item: Item) -> dict[str, Any]:
    return {
        "kind": str(item.kind), "subject_id": item.subject_id, "case_id": item.case_id,
        "complaint_id": item.complaint_id,
    }  # fmt: skip
