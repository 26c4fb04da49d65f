"""Find a case, a place or a person from anywhere in the office."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from cases.desk import finding
from cases.desk.lists import Filter
from cases.desk.queues import Queue
from cases.exempted import exempt_among
from cases.permissions import Right
from cases.story import complaint_numbered
from geo import places
from webmap.auth.desk import reading
from webmap.auth.gate import needs
from webmap.office.asking import Asked
from webmap.office.frame import blueprint
from webmap.public.searching import (
    SUGGESTED,
    Place,
    asked_kinds,
    asked_words,
    place_of,
    unknown_number,
)

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
        papers = desk.rows(finding.papers_numbered(words, most=FOUND))
        if papers and papers[0].number == words.upper() and papers[0].kind != "receipt":
            return redirect(_way(papers[0]))
        like = desk.rows(places.search(words, most=FOUND, staff=True))
        parcels = [each for each in like if each.parcel_no]
        at = finding.open_cases_at({each.parcel_no for each in parcels})
        opened = {each.parcel_no: each.open_cases for each in desk.rows(at)}
        found = {
            "cases": numbered,
            "papers": [(each, _way(each)) for each in papers],
            "streets": desk.rows(finding.parcels_on(words, most=FOUND)),
            "exempt": set(desk.connection.scalars(exempt_among(_numbers(parcels)))),
            "places": [(each, opened.get(each.parcel_no, 0)) for each in parcels],
            "owners": desk.rows(finding.owners_named(words, most=FOUND)),
            "sections": [
                (each, Asked(Filter(queue=Queue.EVERY, section=each.section)).link())
                for each in desk.rows(finding.sections_like(words, most=FOUND))
            ],
            "respondents": desk.rows(finding.respondents_named(words, most=FOUND)),
        }
        return desk.page("office/find.html", words=words, found=found)


@blueprint.get("/places/suggestions")
@needs(Right.READ_CASE)
def suggestions() -> str:
    """Show the options of a box in which staff type a place: all there are, exempt ones marked."""
    words, kinds = asked_words(), asked_kinds()
    with reading() as desk:
        found = desk.rows(places.search(words, most=SUGGESTED, kinds=kinds, staff=True))
        exempt = set(desk.connection.scalars(exempt_among(_numbers(found))))
        shown = [_shown(row, is_exempt=row.parcel_no in exempt) for row in found if words]
        return desk.page("_suggestions.html", places=shown, unknown=unknown_number(shown))


def _numbers(found: Iterable[Any]) -> set[str]:
    return {each.parcel_no for each in found if each.parcel_no}


def _shown(row: Any, *, is_exempt: bool) -> Place:
    return OfficePlace(**{**asdict(place_of(row)), "exempt": is_exempt})


class OfficePlace(Place):
    """A place as the office finds it: an exempt one has a page here alone."""

    @property
    def href(self) -> str:
        """The parcel's page in the office; for a street or a zone the map there."""
        if self.parcel_no:
            return url_for("office.parcel", parcel_no=self.parcel_no)
        return super().href


def _way(paper: Any) -> str:
    """Return where a paper is: its case, a receipt's own page, or a lien's parcel."""
    if paper.case_number is None:
        return url_for("office.parcel", parcel_no=paper.parcel_no)
    if paper.kind == "receipt":
        return url_for("office.receipt", number=paper.case_number, posting_id=paper.id)
    return url_for("office.case", number=paper.case_number)
