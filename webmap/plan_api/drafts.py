"""Have plans made for programs of the office, tell how far they are, and put them in force."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from flask import abort

from cases.accounts.members import in_role
from cases.models import RouteDraft
from cases.visiting.laws import Laws
from cases.visits import asked as asking
from cases.visits import drafts
from cases.visits.comparing import plans_between
from cases.visits.planned import VisitsError
from cases.workflow.roles import Role
from reports.routes import drafting
from reports.routes.adopting import adopt_draft
from webmap.auth.desk import Desk
from webmap.plan_api.models import (
    Adopted,
    Adopting,
    Asked,
    Asking,
    Compared,
    Comparison,
    Draft,
    Drafts,
    Made,
)
from webmap.plan_api.operations import operation, zone_of

NEWEST = 50
DRAFT_ID = [("draft_id", "The plan asked for, by its id.")]


def _of(desk: Desk, draft_id: int) -> dict[str, Any]:
    row = desk.first(drafts.newest().where(RouteDraft.id == draft_id))
    return _told(row or abort(404))


def _told(row: sa.Row[Any]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Draft.model_fields}


@operation("/drafts", summary="List the plans asked for last", answer=Drafts)
def list_drafts(desk: Desk, _asked: dict[str, Any]) -> Drafts:
    """Answer the newest drafts."""
    return Drafts(drafts=[Draft(**_told(row)) for row in desk.rows(drafts.newest().limit(NEWEST))])


@operation(
    "/drafts",
    summary="Ask for a plan",
    answer=Asked,
    method="post",
    body=Asking,
    status=202,
)
def ask_draft(desk: Desk, _asked: dict[str, Any], *, sent: Asking) -> Asked:
    """Have a plan made."""
    wanted = asking.Asked(
        first=sent.first, days=sent.days,
        zone_ids=None if sent.zones is None else tuple(sent.zones), seconds=sent.seconds,
        iterations=sent.iterations, seed=sent.seed, fair_margin=sent.fair_margin,
        max_stops=sent.max_stops,
    )  # fmt: skip
    calendar = Laws.read(desk.connection, on=sent.first).calendar
    made = drafts.ask_draft(
        desk.connection, wanted, key=sent.key, calendar=calendar, **desk.who
    )  # fmt: skip
    return Asked(**_of(desk, made.id), others=[each.id for each in made.others])


@operation(
    "/drafts/<int:draft_id>",
    summary="Read how far a plan is, and its routes once it is made",
    answer=Made,
    parts=DRAFT_ID,
)
def read_draft(desk: Desk, _asked: dict[str, Any], *, draft_id: int) -> Made:
    """Answer a draft."""
    row = drafts.draft(desk.connection, draft_id)
    if row is None:
        abort(404)
    return Made(**_of(desk, draft_id), plan=row.plan)


@operation(
    "/drafts/<int:draft_id>/stop",
    summary="Have the search end with the best plan so far",
    answer=Draft,
    parts=DRAFT_ID,
    method="post",
)
def stop_draft(desk: Desk, _asked: dict[str, Any], *, draft_id: int) -> Draft:
    """Stop a draft."""
    _of(desk, draft_id)
    drafts.ask_stop(desk.connection, draft_id, **desk.who)
    return Draft(**_of(desk, draft_id))


@operation(
    "/drafts/<int:draft_id>/compare",
    summary="Hold a plan against the orders people make of its visits by hand",
    answer=Comparison,
    parts=DRAFT_ID,
)
def compare_draft(desk: Desk, _asked: dict[str, Any], *, draft_id: int) -> Comparison:
    """Compare a draft; one that has no plan with nothing."""
    row = drafts.draft(desk.connection, draft_id) or abort(404)
    ways = [] if row.plan is None else drafting.compared(row)
    return Comparison(
        ways=[Compared(**asdict(each), whole_seconds=each.whole_seconds) for each in ways]
    )


@operation(
    "/drafts/<int:draft_id>/adopt",
    summary="Put the days of a plan in force, all that are named or none",
    answer=Adopted,
    parts=DRAFT_ID,
    method="post",
    body=Adopting,
    of=_of,
)
def adopt_days(
    desk: Desk, _asked: dict[str, Any], *, sent: Adopting, draft_id: int
) -> Adopted:  # fmt: skip
    """Adopt a draft."""
    row = _of(desk, draft_id)
    ids = {each.name: each.id for each in desk.rows(in_role(Role.OFFICER))}
    known = [
        plan for plan in desk.rows(plans_between(row["first_day"], row["last_day"]))
        if plan.id in sent.instead_of
    ]  # fmt: skip
    days = None
    if sent.days is not None:
        days = {(_officer(ids, each.officer), each.day) for each in sent.days}
    plans = adopt_draft(
        desk.connection, draft_id, seen=sent.version, only=days, zone=zone_of(desk),
        instead_of={(plan.officer_id, plan.on_day): plan.id for plan in known}, key=sent.key,
        **desk.who,
    )  # fmt: skip
    return Adopted(plans=plans)


def _officer(ids: Mapping[str, int], name: str) -> int:
    if name not in ids:
        msg = f"No officer who works here is called {name}."
        raise VisitsError(msg)
    return ids[name]
