"""Put the routes of a plan in force: each officer's day by itself, all of them or none."""

import math
import uuid
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.visits import planned
from cases.visits.adopting import adopt_plan, plans_in_force
from cases.visits.drafts import DraftMovedError, draft, mark_adopted
from cases.visits.planned import Planned, VisitsError
from cases.working.terms import Base
from geo.streets.travel import Matrix
from reports.routes.names import Names
from reports.routes.openings import outside
from reports.routes.packed import Rows, unpack
from reports.routes.plan import REASONS, RISKS, LeftOut, Plan, Risk, Route
from reports.routes.problem import Place
from reports.routes.written import (
    legs_to_json,
    names_from_json,
    pause_to_json,
    plan_from_json,
    problem_from_json,
)

type Whose = tuple[int, date]
"""An officer's account, and a day."""
type Measured = tuple[Matrix, Rows]
"""The driving times a plan was made with, and what their rows are."""


def planned_days(
    plan: Plan,
    *,
    names: Names,
    zone: ZoneInfo,
    seed: int = 0,
    parameters: Mapping[str, Any] | None = None,
    measured: Measured | None = None,
    idle: bool = False,
) -> list[Planned]:
    """Return each route that visits somebody as a day to be adopted.

    Parameters
    ----------
    names
        Whom and what the plan stands for; a route of nobody known is passed over.
    zone
        The town's time zone.
    parameters
        What the planner was given.
    measured
        What the plan was measured with: a day then knows the seconds between all of its places.
    idle
        Whether a route that visits nobody is a day as well.
    """
    routes = [
        route
        for route in plan.routes
        if (route.visits or idle) and route.shift.officer in names.officers
    ]
    left = _left_of(plan, routes)
    return [
        _day(
            route, names=names, zone=zone, left=left[at], estimated=plan.estimated, seed=seed,
            parameters=parameters or {}, measured=measured,
        )
        for at, route in enumerate(routes)
    ]  # fmt: skip


def days_in_force(
    connection: sa.Connection, days: list[Planned]
) -> dict[Whose, sa.Row[Any]]:  # fmt: skip
    """Return the plans in force that some days would take the place of, by one query."""
    found = connection.execute(plans_in_force([(each.officer_id, each.on) for each in days]))
    return {(row.officer_id, row.on_day): row for row in found}


def adopt_draft(
    connection: sa.Connection,
    draft_id: int,
    *,
    seen: int,
    zone: ZoneInfo,
    instead_of: Mapping[Whose, int],
    only: Collection[Whose] | None = None,
    key: uuid.UUID,
    actor: Actor,
    moment: Moment,
) -> list[int]:
    """Put the routes of a draft in force; gives the plans' identities.

    Of a day that the draft has in force already it is the plan there is; one that was taken out of
    force since is put in force anew.

    Parameters
    ----------
    seen
        The version of the draft that was looked at.
    instead_of
        The plans in force that whoever adopts this one has seen and replaces.
    only
        Whose days are put in force; None for all that are not over.
    key
        Of the adopting: sent again, it is the same plans.

    Raises
    ------
    NotYoursToPlanError
        The actor leads nobody.
    PlanThereError
        A plan is in force that was not named.
    DraftMovedError
        The draft has no plan, or was changed meanwhile.
    VisitsError
        A day that is asked for is over.
    """
    row = draft(connection, draft_id)
    if row is None or row.plan is None:
        msg = "This draft has no plan that could be adopted: look at it again."
        raise DraftMovedError(msg)
    mark_adopted(connection, draft_id, seen=seen, actor=actor, moment=moment)
    if any(on < moment.on for _officer, on in only or ()):
        msg = "A day that is over cannot be adopted any more: look at the page again."
        raise VisitsError(msg)
    days = {
        (each.officer_id, each.on): each
        for each in _days_of(row, zone=zone)
        if each.on >= moment.on and (only is None or (each.officer_id, each.on) in only)
    }
    there = {
        whose: plan.id
        for whose, plan in days_in_force(connection, [*days.values()]).items()
        if plan.parameters.get("draft") == draft_id
    }
    return [
        there.get(whose) or adopt_plan(
            connection, each, key=uuid.uuid5(key, f"{each.officer_id} {each.on}"),
            instead_of=instead_of.get(whose), actor=actor, moment=moment,
        )
        for whose, each in days.items()
    ]  # fmt: skip


def _days_of(row: Any, *, zone: ZoneInfo) -> list[Planned]:
    """Return each route of a draft that visits somebody as a day to be adopted."""
    plan = plan_from_json(row.plan, problem=problem_from_json(row.problem))
    return planned_days(
        plan, names=names_from_json(row.problem), zone=zone, seed=row.asked["seed"],
        parameters={**row.asked, "draft": row.id, "version": row.version},
        measured=unpack(row.matrix),
    )  # fmt: skip


def at(day: date, seconds: int, *, zone: ZoneInfo) -> datetime:
    """Return the moment that is so many seconds after midnight, by the clock on the wall."""
    return datetime.combine(day, time(), zone) + timedelta(seconds=seconds)


def _left_of(plan: Plan, routes: list[Route]) -> list[list[LeftOut]]:
    """Give what was left to one day each: of an officer who might have gone, else the first."""
    left: list[list[LeftOut]] = [[] for _ in routes]
    for each in plan.left_out:
        whose = (at for at, route in enumerate(routes) if not outside(each.stop, route.shift))
        if routes:
            left[next(whose, 0)].append(each)
    return left


def _day(
    route: Route,
    *,
    names: Names,
    zone: ZoneInfo,
    left: list[LeftOut],
    estimated: bool,
    seed: int,
    parameters: Mapping[str, Any],
    measured: Measured | None,
) -> Planned:
    shift = route.shift
    stops = [
        planned.Stop(
            spot=names.spots.get(visit.stop.id) or visit.stop.id, label=visit.stop.label,
            lon=visit.stop.lon, lat=visit.stop.lat,
            arrives_at=at(shift.day, visit.arrive, zone=zone),
            leaves_at=at(shift.day, visit.leave, zone=zone),
            items=_items(names, visit.stop.id),
        )
        for visit in route.visits
    ]  # fmt: skip
    return Planned(
        officer_id=names.officers[shift.officer], on=shift.day,
        begins_at=at(shift.day, shift.start, zone=zone),
        ends_at=at(shift.day, route.finish, zone=zone),
        starts=_base(shift.start_place), ends=_base(shift.end_place), stops=stops,
        left=[
            planned.Left(
                item=item, because=REASONS[each.reason],
                risks="" if each.risk is Risk.WAITS else RISKS[each.risk],
            )
            for each in left
            for item in _items(names, each.stop.id)
        ],
        drive_seconds=route.total_seconds, metres=route.total_metres, estimated=estimated,
        seed=seed, parameters={**parameters, "lunch": pause_to_json(route.lunch)},
        legs=None if estimated else legs_to_json(route),
        drives=None if measured is None else _drives(route, *measured),
    )  # fmt: skip


def _drives(route: Route, matrix: Matrix, rows: Rows) -> list[list[int | None]]:
    """Return the seconds between all places of a route; those driven as they were driven."""
    keys: list[Place | str] = [route.shift.start_place]
    keys += [*(visit.stop.id for visit in route.visits), route.shift.end_place]
    way = [rows[key] for key in keys]
    seconds: list[list[int | None]] = [
        [round(each) if math.isfinite(each) else None for each in row]
        for row in matrix.seconds[np.ix_(way, way)].tolist()
    ]
    for at, drive in enumerate(route.drives):
        seconds[at][at + 1] = drive.seconds
    return seconds


def _items(names: Names, stop_id: str) -> list[planned.Item]:
    return [
        planned.Item(
            kind=each.kind, subject_id=each.subject_id, case_id=each.case_id,
            complaint_id=each.complaint_id,
        )
        for each in names.items.get(stop_id, ())
    ]  # fmt: skip


def _base(place: Place) -> Base:
    return Base(label=place.label, lon=place.lon, lat=place.lat)
