"""Show the clerk what was sent to those who follow: to whom, when, and what it told."""

from flask import request

from cases.following import mailing
from cases.following.reports import LOGGED
from cases.permissions import Right
from webmap.arguments import whole
from webmap.auth.desk import reading
from webmap.auth.gate import needs
from webmap.office.frame import blueprint

LISTED = 100


@blueprint.get("/follow-log")
@needs(Right.GIVE_RECORDS)
def follow_log() -> str:
    """Show a page of what was sent, the latest first."""
    page = whole(request.args, "page") or 1
    with reading() as desk:
        found = desk.rows(mailing.log().limit(LISTED + 1).offset((page - 1) * LISTED))
        counted = desk.first(mailing.followers())
        return desk.page(
            "office/follow_log.html", rows=found[:LISTED], counted=counted, page=page,
            more=len(found) > LISTED, a_report=LOGGED,
        )  # fmt: skip
