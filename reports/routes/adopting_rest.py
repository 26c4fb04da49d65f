"""Put the rest of days in force, each in the place of the plan it is the rest of."""

import uuid
from collections.abc import Collection
from dataclasses import replace
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.visiting.kinds import Kind
from cases.visits.adopting import adopt_plan
from cases.visits.comparing import Adopted, adopted
from cases.visits.planned import Item, Left, Planned
from reports.routes.adopting import Measured, planned_days
from reports.routes.plan import Plan
from reports.routes.under_way import HAD_LUNCH, UnderWay


def adopt_rest(
    connection: sa.Connection,
    day: UnderWay,
    plan: Plan,
    *,
    measured: Measured,
    zone: ZoneInfo,
    seed: int = 0,
    only: Collection[str] | None = None,
    key: uuid.UUID,
    actor: Actor,
    moment: Moment,
) -> list[int]:
    """Put a plan of the rest of a day in force; gives the plans' identities. Again, the same ones.

    Parameters
    ----------
    day, plan, measured
        What was asked, what was planned, and the driving times and their rows.
    zone
        The town's time zone.
    only
        Whose days are put in force; None for all of them.

    Raises
    ------
    NotYoursToPlanError
        The actor is neither a manager nor the officer.
    PlanThereError
        Another plan is in force by now than the one the rest was made of.
    """
    parameters = {"pinned": [*day.pinned]}
    days = planned_days(
        plan, names=day.names, zone=zone, seed=seed, parameters=parameters, measured=measured,
        idle=True,
    )  # fmt: skip
    by_id = {day.names.officers[officer]: officer for officer in day.plans}
    fed = {shift.officer for shift in day.problem.shifts if shift.lunch is None}
    return [
        adopt_plan(
            connection,
            _as_rest(
                each, adopted(connection, instead_of), had_lunch=by_id[each.officer_id] in fed
            ),
            key=uuid.uuid5(key, str(each.officer_id)), instead_of=instead_of,
            actor=actor, moment=moment,
        )
        for each in days
        if only is None or by_id[each.officer_id] in only
        for instead_of in (day.plans[by_id[each.officer_id]],)
    ]  # fmt: skip


def changed_by(day: UnderWay, plan: Plan) -> list[str]:
    """Return whose order is otherwise in a plan of the rest of a day than they have it."""
    return [
        route.shift.officer
        for route in plan.routes
        if [visit.stop.id for visit in route.visits] != [*day.held[route.shift.officer]]
    ]


def _as_rest(planned: Planned, before: Adopted | None, *, had_lunch: bool) -> Planned:
    """Return a day with what the plan before had left as well, and with that plan named."""
    if before is None:
        return planned
    named = {item for stop in planned.stops for item in stop.items}
    named |= {each.item for each in planned.left}
    left = [each for each in map(_left, before.left) if each.item not in named]
    parameters = {**planned.parameters, "rest_of": before.plan.id, HAD_LUNCH: had_lunch}
    return replace(planned, left=[*planned.left, *left], parameters=parameters)


def _left(row: sa.Row[tuple[object, ...]]) -> Left:
    item = Item(
        kind=Kind(row.kind), subject_id=row.subject_id, case_id=row.case_id,
        complaint_id=row.complaint_id,
    )  # fmt: skip
    return Left(item=item, because=row.left_because, risks=row.risks or "")
