"""File the packet of a hearing with one click, and give those that were filed."""

from flask import Response, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from cases.letters.keeping import file_packet, packets_of
from cases.permissions import Right
from webmap.auth.desk import reading, writing
from webmap.auth.gate import needs
from webmap.languages import LANGUAGES
from webmap.office.book import book_of
from webmap.office.files import pdf_answer
from webmap.office.frame import blueprint
from webmap.office.packet import set_packet


@blueprint.post("/case/<path:number>/hearing/<int:hearing_id>/packet")
@needs(Right.READ_CASE)
def packet(number: str, hearing_id: int) -> Redirect:
    """Set the packet of a hearing as the records have it now, file it, and go to it."""
    language = request.form.get("language", "")
    with writing() as desk:
        book = book_of(desk, number)
        row = book.part("hearing", hearing_id) or abort(404)
        if language not in LANGUAGES:
            abort(400)
        paper = set_packet(desk, book, row, language=language)
        filed = file_packet(
            desk.connection, current_app.extensions["lotline_documents"], paper.pdf,
            hearing_id=row.id, language=language, pages=paper.pages,
            name=_name(number, row.id, language), **desk.who,
        )  # fmt: skip
    way = url_for("office.packet_pdf", number=number, hearing_id=row.id, packet_id=filed)
    return redirect(way, code=303)


@blueprint.get("/case/<path:number>/hearing/<int:hearing_id>/packet/<int:packet_id>.pdf")
@needs(Right.READ_CASE)
def packet_pdf(number: str, hearing_id: int, packet_id: int) -> Response:
    """Give a packet as it was filed."""
    with reading() as desk:
        book_of(desk, number).part("hearing", hearing_id) or abort(404)
        filed = next(
            (each for each in desk.rows(packets_of([hearing_id])) if each.id == packet_id), None
        ) or abort(404)  # fmt: skip
    pdf = current_app.extensions["lotline_documents"].get(filed.sha256)
    return pdf_answer(pdf, sha256=filed.sha256, name=_name(number, hearing_id, filed.language))


def _name(number: str, hearing_id: int, language: str) -> str:
    return f"{number}-packet-{hearing_id}-{language}.pdf"
