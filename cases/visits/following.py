"""Read the plan that an officer follows on a day, as the field needs it."""

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo
from typing import Any

import sqlalchemy as sa

from cases.models import VisitPlan
from cases.visits.comparing import Adopted, Kept, adopted
from geo.streets.turns import turn_of


def followed(connection: sa.Connection, officer_id: int, *, on: date) -> Adopted | None:
    """Return the plan in force for an officer and a day, with its way; None for none."""
    query = sa.select(VisitPlan.id).where(
        VisitPlan.officer_id == officer_id,
        VisitPlan.on_day == on,
        VisitPlan.superseded_at.is_(None),
    )
    plan_id = connection.scalar(query)
    return None if plan_id is None else adopted(connection, plan_id)


def withdrawn(connection: sa.Connection, officer_id: int, *, on: date) -> sa.Row[Any] | None:
    """Return who withdrew an officer's plan of a day last, when and why; None where nobody did.

    It is asked where no plan is in force: one that was adopted since takes a withdrawn one's place.
    """
    told: tuple[Any, ...] = (
        VisitPlan.superseded_by, VisitPlan.superseded_at, VisitPlan.withdrawn_because
    )  # fmt: skip
    query = (
        sa.select(*told)
        .where(VisitPlan.officer_id == officer_id, VisitPlan.on_day == on)
        .order_by(VisitPlan.superseded_at.desc())
    )
    last = connection.execute(query.limit(1)).first()
    return last if last and last.withdrawn_because else None


def keys_of(stop: Kept) -> list[str]:
    """Return what is done at a stop as the field names it: ``case-7``, ``complaint-12``."""
    keys = [
        f"complaint-{each.complaint_id}" if each.case_id is None else f"case-{each.case_id}"
        for each in stop.items
    ]
    return list(dict.fromkeys(keys))


def plan_keys(plan: Adopted | None) -> list[str]:
    """Return all that a plan visits, in its order."""
    stops: Sequence[Kept] = plan.stops if plan else ()
    return [key for stop in stops for key in keys_of(stop)]


def plan_told(plan: Adopted, *, zone: tzinfo) -> dict[str, Any]:
    """Put a plan as a phone is given it; JSON, its moments in the town's time zone."""
    row = plan.plan
    return {
        "id": row.id,
        "made_at": row.made_at.astimezone(zone).isoformat(),
        "made_by": row.made_by,
        "supersedes": row.supersedes,
        "begins": row.begins_at.astimezone(zone).isoformat(),
        "ends": row.ends_at.astimezone(zone).isoformat(),
        "from": row.starts,
        "to": row.ends,
        "estimated": row.estimated,
        "seconds": row.drive_seconds,
        "metres": row.metres,
        "stops": [_stop(each, zone=zone) for each in plan.stops],
        "left": [_left(each) for each in plan.left],
        "legs": row.legs and [leg_told(each) for each in row.legs],
        "drives": row.drives,
    }


def leg_told(leg: Mapping[str, Any]) -> dict[str, Any]:
    """Put a drive as a phone is given it: each turn by its name in `geo.streets.turns.TURNS`."""
    return {
        "seconds": leg["seconds"],
        "metres": leg["metres"],
        "line": [[round(lon, 6), round(lat, 6)] for lon, lat in leg["line"]],
        "steps": [
            {
                "turn": turn_of({
                    "type": each["kind"], "modifier": each["turn"], "exit": each["exit"],
                    "bearing_after": each["bearing"],
                }),
                "street": each["street"], "metres": round(each["metres"]),
            }
            for each in leg["steps"]
        ],
    }  # fmt: skip


def _stop(stop: Kept, *, zone: tzinfo) -> Mapping[str, Any]:
    return {
        "id": stop.id,
        "keys": keys_of(stop),
        "kinds": list(dict.fromkeys(each.kind for each in stop.items)),
        "numbers": list(dict.fromkeys(each.number for each in stop.items)),
        "spot": stop.spot,
        "label": stop.label,
        "lon": stop.lon,
        "lat": stop.lat,
        "arrives": stop.arrives_at.astimezone(zone).isoformat(),
        "leaves": stop.leaves_at.astimezone(zone).isoformat(),
        "arrived": stop.arrived_at and stop.arrived_at.astimezone(zone).isoformat(),
        "left": stop.left_at and stop.left_at.astimezone(zone).isoformat(),
        "skipped": stop.skipped_because,
    }


def _left(row: Any) -> Mapping[str, Any]:
    return {"number": row.number, "because": row.left_because, "risks": row.risks}
