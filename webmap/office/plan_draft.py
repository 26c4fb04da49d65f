"""Show a draft of route plans: how far its search is, or the routes, what is left, what it uses."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from cases.permissions import Right
from cases.visits.drafts import OPEN, ask_stop, draft
from webmap.arguments import day_asked
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import JustDoIt
from webmap.office.frame import blueprint
from webmap.office.plan_away import away_on, away_words
from webmap.office.plan_history import last_change
from webmap.office.plan_left import LEFT_WORDS, days_late, gravest_first, left_behind
from webmap.office.plan_map import hours_of, map_of
from webmap.office.plan_shown import ShownPlan, ShownRoute, as_time, shown
from webmap.office.plan_standing import standing
from webmap.office.plan_words import WORDS

LISTED = 60
"""How many of the stops left are listed before the rest is folded away."""


@blueprint.get("/plans/<int:draft_id>")
@needs(Right.PLAN_WORK)
def plan(draft_id: int) -> str:
    """Show a day of a draft, or how far the search for it is."""
    with reading() as desk:
        row = the_draft(desk, draft_id)
        if row.plan is None:
            return desk.page(
                "office/plan_waits.html", draft=row, form=JustDoIt(), zone=desk.zone,
                is_open=row.state in OPEN, **WORDS,
            )  # fmt: skip
        made = shown(row.plan)
        on = day_asked(request.args, "day") or made.days[0]
        routes = made.of_day(on)
        if on not in made.days:
            abort(404)
        late = days_late(row.problem, made.days[0])
        away = away_on(desk, made.days, zone_ids=row.asked.get("zone_ids"))
        return desk.page(
            "office/plan.html", draft=row, plan=made, on=on, routes=routes, form=JustDoIt(),
            away=away, away_words=away_words, gone={each.officer_id for each in away[on]},
            left=gravest_first(made.left, late), late=late, listed=LISTED,
            hours=hours_of(routes), as_time=as_time, zone=desk.zone, most=_longest(made),
            may_change=row.adopted_at is None, undone=last_change(row.plan),
            standing=standing(desk, row), behind=left_behind(made.left, late),
            began=_began(desk, on, routes), **LEFT_WORDS, **WORDS,
        )  # fmt: skip


@blueprint.get("/plans/<int:draft_id>/map.json")
@needs(Right.PLAN_WORK)
def plan_map(draft_id: int) -> ResponseReturnValue:
    """Give a day of a draft as its map draws it."""
    with reading() as desk:
        row = the_draft(desk, draft_id)
        if row.plan is None:
            return map_of([])
        made = shown(row.plan)
        return map_of(made.of_day(day_asked(request.args, "day") or made.days[0]))


@blueprint.post("/plans/<int:draft_id>/stop")
@needs(Right.PLAN_WORK)
def stop_plan(draft_id: int) -> Response:
    """Have the search end with the best plan so far."""
    with writing() as desk:
        the_draft(desk, draft_id)
        ask_stop(desk.connection, draft_id, **desk.who)
    return redirect(url_for("office.plan", draft_id=draft_id), 303)


def the_draft(desk: Desk, draft_id: int) -> Any:
    """Return a draft, or say that there is none."""
    return draft(desk.connection, draft_id) or abort(404)


def _began(desk: Desk, on: date, routes: Sequence[ShownRoute]) -> int | None:
    """Return when the work of today began, where that is over; seconds after midnight."""
    first = min((each.begins for each in routes if each.stops), default=None)
    now = desk.moment.now.astimezone(desk.zone)
    if first is None or on != desk.today:
        return None
    return first if first < now.hour * 3600 + now.minute * 60 else None


def _longest(made: ShownPlan) -> int:
    """Return how long the longest day is, in seconds: all bars are drawn against it."""
    days = [max(each.shift, each.finish - each.begins) for each in made.routes]
    return max(days, default=1) or 1
