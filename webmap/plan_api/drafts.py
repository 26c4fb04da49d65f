"""Have plans made for programs of the office, and tell how far they are."""

from typing import Any

import sqlalchemy as sa
from flask import abort

from cases.models import RouteDraft
from cases.visiting.laws import Laws
from cases.visits import asked as asking
from cases.visits import drafts
from webmap.auth.desk import Desk
from webmap.plan_api.models import Asked, Asking, Draft, Drafts, Made
from webmap.plan_api.operations import operation

NEWEST = 50
DRAFT_ID = [("draft_id", "The plan asked for, by its id.")]


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
        seed=sent.seed, fair_margin=sent.fair_margin, max_stops=sent.max_stops,
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


def _of(desk: Desk, draft_id: int) -> dict[str, Any]:
    row = desk.first(drafts.newest().where(RouteDraft.id == draft_id))
    return _told(row or abort(404))


def _told(row: sa.Row[Any]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Draft.model_fields}
