"""Choose the case that an appointment is booked for, by its number or by its address."""

from flask import request

from cases.desk.finding import parcels_on
from cases.desk.rebooking import cases_to_book
from cases.workflow.inspection import InspectionAction
from geo import places
from webmap.auth.desk import reading
from webmap.auth.gate import needs
from webmap.office.finding import FOUND, LONGEST, SHORTEST
from webmap.office.frame import blueprint


@blueprint.get("/appointments/book")
@needs(InspectionAction.BOOK)
def book_appointment() -> str:
    """Show the open cases like the words, each with the form that books or moves its visit."""
    words = " ".join(request.args.get("q", "").split())[:LONGEST]
    found = None
    with reading() as desk:
        if len(words) >= SHORTEST:
            like = desk.rows(places.search(words, most=FOUND))
            there = {each.parcel_no for each in like if each.parcel_no}
            there |= {each.parcel_no for each in desk.rows(parcels_on(words, most=FOUND))}
            found = desk.rows(cases_to_book(words, parcel_nos=there, most=FOUND))
        return desk.page(
            "office/book_appointment.html", words=words, found=found, zone=desk.zone
        )  # fmt: skip
