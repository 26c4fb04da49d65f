"""Show zones that are proposed: how far they are, or who has how much today and then."""

from typing import Any

from flask import abort, current_app, flash, json, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cases.errors import CaseError
from cases.permissions import Right
from cases.zone_drafts import OPEN, Asked, ask_stop, discard, draft
from reports.workload.burden import BASE_SHARE
from reports.workload.values import Proposal
from reports.workload.written import proposal_from_json
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import JustDoIt
from webmap.interpreting import say
from webmap.office.frame import blueprint
from webmap.office.zone_shown import extent_of, map_of, shown_zones, total_of
from webmap.office.zone_words import WORDS


@blueprint.get("/zones/balance/<int:zone_draft_id>")
@needs(Right.DRAW_ZONES)
def zone_draft(zone_draft_id: int) -> str:
    """Show the zones of a draft, or how far it is."""
    with reading() as desk:
        row = the_draft(desk, zone_draft_id)
        shared: dict[str, Any] = {
            "draft": row, "asked": Asked.read(row.asked), "form": JustDoIt(), "zone": desk.zone,
            "is_open": row.state in OPEN, **WORDS,
        }  # fmt: skip
        if row.proposal is None:
            return desk.page("office/zone_draft_waits.html", **shared)
        made = proposal_from_json(row.proposal)
        zones = shown_zones(made)
        return desk.page(
            "office/zone_draft.html", made=made, zones=zones, total=total_of(made),
            extent=extent_of(zones), base=BASE_SHARE, **shared,
        )  # fmt: skip


@blueprint.get("/zones/balance/<int:zone_draft_id>/<any(today,proposed):when>.json")
@needs(Right.DRAW_ZONES)
def zone_draft_map(zone_draft_id: int, when: str) -> Response:
    """Give the zones of today, or those of a draft, as its map draws them."""
    with reading() as desk:
        made = the_proposal(desk, zone_draft_id)
        drawn = map_of(shown_zones(made), today=when == "today")
    answer = current_app.response_class(json.dumps(drawn), mimetype="application/geo+json")
    answer.headers["Cache-Control"] = "private, max-age=86400"  # neither ever changes
    return answer


@blueprint.post("/zones/balance/<int:zone_draft_id>/stop")
@needs(Right.DRAW_ZONES)
def stop_zones(zone_draft_id: int) -> Response:
    """Have the search end with the best zones so far."""
    with writing() as desk:
        the_draft(desk, zone_draft_id)
        ask_stop(desk.connection, zone_draft_id, **desk.who)
    return redirect(url_for("office.zone_draft", zone_draft_id=zone_draft_id), 303)


@blueprint.post("/zones/balance/<int:zone_draft_id>/discard")
@needs(Right.DRAW_ZONES)
def discard_zones(zone_draft_id: int) -> Response:
    """Delete a draft that nobody wants."""
    try:
        with writing() as desk:
            the_draft(desk, zone_draft_id)
            discard(desk.connection, zone_draft_id, actor=desk.actor)
    except CaseError as error:
        flash(say(error), "error")
        return redirect(url_for("office.zone_draft", zone_draft_id=zone_draft_id), 303)
    flash(_("The draft is discarded."))
    return redirect(url_for("office.balance_zones"), 303)


def the_draft(desk: Desk, draft_id: int) -> Any:
    """Return a draft, or say that there is none."""
    return draft(desk.connection, draft_id) or abort(404)


def the_proposal(desk: Desk, draft_id: int) -> Proposal:
    """Return the zones of a draft, or say that there are none."""
    row = the_draft(desk, draft_id)
    return proposal_from_json(row.proposal or abort(404))
