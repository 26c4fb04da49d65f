"""Hand out a plan in force on paper and for other programs: to managers, and to its officer."""

import hashlib
import json
from dataclasses import asdict

from flask import Response, abort, request

from cases.permissions import Right, may
from cases.visits.comparing import adopted
from reports.routes.navigation import stretches
from reports.routes.on_paper import DayOnPaper, in_file_name, of_adopted
from reports.routes.sheet import to_geojson, to_gpx
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.calendars import MIMETYPE
from webmap.field.frame import OFFICER
from webmap.languages import LANGUAGES, language
from webmap.office.day_calendar import to_ical
from webmap.office.day_sheet import set_day
from webmap.office.files import pdf_answer
from webmap.office.frame import blueprint
from webmap.office.paper import site_of

GPX, GEOJSON = "application/gpx+xml", "application/geo+json"
PLANS = (Right.PLAN_WORK, OFFICER)


@blueprint.get("/plans/<int:plan_id>/sheet.pdf")
@needs(*PLANS)
def plan_sheet(plan_id: int) -> Response:
    """Give the sheet to take along, in the language asked for or that of the page."""
    spoken = request.args.get("language") or language()
    if spoken not in LANGUAGES:
        abort(400)
    with reading() as desk:
        told = _day(desk, plan_id)
        paper = set_day(
            desk.connection, told, site=site_of(desk.town), language=spoken, zone=desk.zone
        )
    digest = hashlib.sha256(paper.pdf).hexdigest()
    return pdf_answer(paper.pdf, sha256=digest, name=f"{_name(told)}-{spoken}.pdf")


@blueprint.get("/plans/<int:plan_id>/sheet.gpx")
@needs(*PLANS)
def plan_gpx(plan_id: int) -> Response:
    """Give the route to a navigator."""
    with reading() as desk:
        told = _day(desk, plan_id)
    return _file(to_gpx(told.plan), media=GPX, name=f"{_name(told)}.gpx")


@blueprint.get("/plans/<int:plan_id>/sheet.geojson")
@needs(*PLANS)
def plan_geojson(plan_id: int) -> Response:
    """Give the route to a map, with links that open it in a phone's navigation.

    They are its property ``navigation``, each a stretch of the day: ``first``, ``last``,
    ``google``, ``apple``.
    """
    with reading() as desk:
        told = _day(desk, plan_id)
    said = to_geojson(told.plan)
    said["properties"]["navigation"] = [asdict(each) for each in stretches(told.route)]
    return _file(json.dumps(said), media=GEOJSON, name=f"{_name(told)}.geojson")


@blueprint.get("/plans/<int:plan_id>/sheet.ics")
@needs(*PLANS)
def plan_calendar(plan_id: int) -> Response:
    """Give the day to a calendar."""
    with reading() as desk:
        plan = adopted(desk.connection, plan_id)
        told = _day(desk, plan_id)
        made = desk.moment.now if plan is None else plan.plan.made_at
        said = to_ical(told, zone=desk.zone, stamp=made)
    return _file(said, media=MIMETYPE, name=f"{_name(told)}.ics")


def _day(desk: Desk, plan_id: int) -> DayOnPaper:
    """Return a plan in force that is for whoever asks; to anybody else there is none."""
    told = adopted(desk.connection, plan_id) or abort(404)
    is_theirs = told.plan.officer_id == desk.member.id or may(desk.member.role, Right.PLAN_WORK)
    if told.plan.superseded_at is not None or not is_theirs:
        abort(404)
    return of_adopted(told, zone=desk.zone)


def _file(said: str | bytes, *, media: str, name: str) -> Response:
    answer = Response(said, mimetype=media)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _name(told: DayOnPaper) -> str:
    shift = told.route.shift
    return f"route-{shift.day}-{in_file_name(shift.officer)}".strip("-")
