"""Show the plans in force of a day, on a map and in lists, and what became of every stop."""

from collections.abc import Sequence
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from cases.business_days import DAY
from cases.permissions import Right
from cases.visits.comparing import withdrawn_of_day
from webmap.arguments import as_day
from webmap.auth.desk import reading
from webmap.auth.gate import needs
from webmap.office.day_shown import A_LOT, Held, held_on
from webmap.office.frame import blueprint
from webmap.office.plan_map import hours_of, map_of
from webmap.office.plan_shown import as_time
from webmap.office.plan_words import WORDS


@blueprint.get("/plans/day/<planned_on>")
@needs(Right.PLAN_WORK)
def plan_day(planned_on: str) -> str:
    """Show a day: each stop as it was planned, and beneath it what happened."""
    on = as_day(planned_on) or abort(404)
    with reading() as desk:
        held = held_on(desk, on)
        routes = [each.route for each in held]
        return desk.page(
            "office/plan_day.html", on=on, held=held, zone=desk.zone, a_day=DAY, late_from=A_LOT,
            routes=routes, hours=hours_of(routes), as_time=as_time, totals=_totals(held),
            withdrawn=desk.rows(withdrawn_of_day(on)), **WORDS,
        )  # fmt: skip


@blueprint.get("/plans/day/<planned_on>/map.json")
@needs(Right.PLAN_WORK)
def plan_day_map(planned_on: str) -> ResponseReturnValue:
    """Give a day in force as its map draws it."""
    on = as_day(planned_on) or abort(404)
    with reading() as desk:
        return map_of([each.route for each in held_on(desk, on, with_way=True)])


def _totals(held: Sequence[Held]) -> dict[str, Any]:
    return {
        "stops": sum(len(each.day.stops) + len(each.before) for each in held),
        "made": sum(each.made for each in held),
        "skipped": sum(each.skipped for each in held),
        "unsaid": sum(each.unsaid for each in held),
        "late": sum(len(each.late) for each in held),
    }
