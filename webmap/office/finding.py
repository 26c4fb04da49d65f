"""Find a case, a place or a person from anywhere in the office."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from cases.desk import finding
from cases.permissions import Right
from cases.story import complaint_numbered
from geo import places
from webmap.auth.desk import reading
from webmap.auth.gate import needs
from webmap.office.frame import blueprint

FOUND = 12
LONGEST = 100
SHORTEST = 2


@blueprint.get("/find")
@needs(Right.READ_CASE)
def find() -> str | Response:
    """Show what is like the words, kind by kind; a whole number goes straight to what bears it."""
    words = " ".join(request.args.get("q", "").split())[:LONGEST]
    if len(words) < SHORTEST:
        with reading() as desk:
            return desk.page("office/find.html", words=words, found=None)
    with reading() as desk:
        numbered = desk.rows(finding.cases_numbered(words, most=FOUND))
        if numbered and numbered[0].number == words.upper():
            return redirect(url_for("office.case", number=numbered[0].number))
        if complaint := desk.first(complaint_numbered(words.upper())):
            return redirect(url_for("office.complaint", number=complaint.number))
        found = {
            "cases": numbered,
            "places": desk.rows(places.search(words, most=FOUND)),
            "owners": desk.rows(finding.owners_named(words, most=FOUND)),
            "respondents": desk.rows(finding.respondents_named(words, most=FOUND)),
        }
        return desk.page("office/find.html", words=words, found=found)
