"""Show when the officers are expected where, and choose the case a visit is booked for."""

from datetime import date, timedelta
from typing import Any

from flask import abort, request

from cases.accounts.members import in_role
from cases.business_days import DAY
from cases.desk.agenda import agenda, visits
from cases.desk.finding import parcels_on
from cases.desk.rebooking import cases_to_book
from cases.workflow.casefile import CaseAction
from cases.workflow.inspection import InspectionAction
from cases.workflow.roles import Role
from geo import places
from webmap.arguments import day_asked
from webmap.auth.desk import reading
from webmap.auth.gate import needs
from webmap.office import closings
from webmap.office.finding import FOUND, LONGEST, SHORTEST
from webmap.office.frame import blueprint

WEEK = timedelta(days=7)


@blueprint.get("/appointments")
@needs(InspectionAction.BOOK, CaseAction.ASSIGN)
def appointments() -> str:
    """Show a week's visits day by day, of each officer or of one, and the hours left free."""
    with reading() as desk:
        there = [each.name for each in desk.rows(in_role(Role.OFFICER))]
        officer = request.args.get("officer", "")
        if officer and officer not in there:
            abort(404)
        calendar = closings.calendar(desk)
        monday = _monday(day_asked(request.args, "week") or calendar.next_worked(desk.today))
        rows = desk.rows(
            visits(first=monday, last=monday + WEEK - DAY, now=desk.moment.now, officer=officer)
        )
        days = agenda(
            rows, officers=[officer] if officer else there, calendar=calendar,
            days=[monday + DAY * nth for nth in range(WEEK.days)], now=desk.moment.now,
        )  # fmt: skip
        return desk.page(
            "office/appointments.html", days=days, monday=monday, sunday=monday + WEEK - DAY,
            this_week=_monday(desk.today), week=WEEK, officers=there, officer=officer,
        )  # fmt: skip


def _monday(day: date) -> date:
    return day - DAY * day.weekday()


@blueprint.get("/appointments/book")
@needs(InspectionAction.BOOK)
def book_appointment() -> str:
    """Show the open cases like the words, each with the form that books or moves its visit."""
    words = " ".join(request.args.get("q", "").split())[:LONGEST]
    found: Any = None
    with reading() as desk:
        if len(words) >= SHORTEST:
            like = desk.rows(places.search(words, most=FOUND, staff=True))
            there = {each.parcel_no for each in like if each.parcel_no}
            there |= {each.parcel_no for each in desk.rows(parcels_on(words, most=FOUND))}
            found = desk.rows(cases_to_book(words, parcel_nos=there, most=FOUND))
        return desk.page(
            "office/book_appointment.html", words=words, found=found, zone=desk.zone
        )  # fmt: skip
