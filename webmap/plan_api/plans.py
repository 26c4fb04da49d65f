"""Answer which plans are in force on a day, and what became of their stops."""

from typing import Any

from flask_wtf.csrf import generate_csrf

from cases.visits.comparing import Adopted, Kept, adopted_days, plans_of_day
from webmap.api.asking import dated
from webmap.auth.desk import Desk
from webmap.plan_api.models import Guard, Item, Plan, Plans, Stop
from webmap.plan_api.operations import operation


@operation("/plans/guard", summary="What is sent along with all that changes something",
           answer=Guard)  # fmt: skip
def plan_guard(_desk: Desk, _asked: dict[str, Any]) -> Guard:
    """Answer the guard of what is sent."""
    return Guard(token=generate_csrf())


@operation(
    "/plans",
    summary="List the plans in force on a day, and what became of their stops",
    answer=Plans,
    params=(dated("day", "The day, in the town's calendar; today where none is named."),),
)
def list_plans(desk: Desk, asked: dict[str, Any]) -> Plans:
    """Answer the plans of a day."""
    day = asked["day"] or desk.today
    found = adopted_days(desk.connection, plans_of_day(day))
    return Plans(day=day, plans=[_plan(each) for each in found])


def _plan(day: Adopted) -> Plan:
    row = day.plan
    return Plan(
        id=row.id, officer=row.officer, day=row.on_day, begins_at=row.begins_at,
        ends_at=row.ends_at, drive_seconds=row.drive_seconds, metres=row.metres,
        estimated=row.estimated, made_by=row.made_by, made_at=row.made_at,
        stops=[_stop(each) for each in day.stops], left=[_item(each) for each in day.left],
    )  # fmt: skip


def _stop(kept: Kept) -> Stop:
    return Stop(
        place=kept.place, label=kept.label, lon=kept.lon, lat=kept.lat,
        arrives_at=kept.arrives_at, leaves_at=kept.leaves_at,
        items=[_item(each) for each in kept.items], arrived_at=kept.arrived_at,
        left_at=kept.left_at, skipped_because=kept.skipped_because,
    )  # fmt: skip


def _item(row: Any) -> Item:
    return Item(
        kind=row.kind, number=row.number, left_because=row.left_because, risks=row.risks
    )  # fmt: skip
