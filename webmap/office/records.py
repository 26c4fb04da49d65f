"""Take requests for public records in, decide them piece by piece, and hand the file out."""

from typing import Any

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as Answer

from cases.documents.store import Store
from cases.errors import CaseError
from cases.permissions import Right
from cases.records import deciding, elsewhere, exporting, pieces
from cases.records import requests as asking
from cases.records.elsewhere import Standing
from cases.records.pieces import Outcome, Piece
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import Form, JustDoIt
from webmap.interpreting import say
from webmap.office.deeds.fields import day_of
from webmap.office.frame import blueprint
from webmap.office.paging import page_of
from webmap.office.records_forms import (
    OUTCOMES,
    SUBJECTS,
    CaseForm,
    EndForm,
    RequestForm,
    decide_form,
    passages_of,
)
from webmap.office.simple import deed_page


@blueprint.get("/records")
@needs(Right.GIVE_RECORDS)
def records() -> str:
    """Show the requests that wait, and what was handed out lately."""
    with reading() as desk:
        return desk.page("office/records.html", page=page_of(desk, asking.requests, asking.count))


@blueprint.route("/records/new", methods=["GET", "POST"])
@needs(Right.GIVE_RECORDS)
def new_records_request() -> str | Answer:
    """Take a request in."""
    form = RequestForm()

    def keep(desk: Desk) -> str:
        wanted = asking.Wanted(
            asked=form.asked.data or "", requester=form.requester.data, reach=form.reach.data,
            received_on=day_of(form.received_on),
        )  # fmt: skip
        made = asking.take_in(desk.connection, wanted, form_key=form.form_key, **desk.who)
        return url_for("office.records_request", request_id=made)

    return deed_page(
        form, keep, title=_("A new request for records"), back=url_for("office.records"),
        back_words=_("Public records"), button=_("Take it in"),
    )  # fmt: skip


@blueprint.get("/records/<int:request_id>")
@needs(Right.GIVE_RECORDS)
def records_request(request_id: int) -> str:
    """Show a request: its cases, each piece with what is decided of it, what was handed out."""
    with reading() as desk:
        return _shown(desk, request_id)


@blueprint.post("/records/<int:request_id>/case")
@needs(Right.GIVE_RECORDS)
def choose_records_case(request_id: int) -> str | Answer:
    """Add a case to what the request is about."""
    form = CaseForm()

    def keep(desk: Desk) -> None:
        number = form.number.data or ""
        asking.choose(desk.connection, request_id=request_id, number=number, actor=desk.actor)

    return _done(request_id, form, keep)


@blueprint.post("/records/<int:request_id>/case/<int:case_id>/off")
@needs(Right.GIVE_RECORDS)
def leave_records_case_out(request_id: int, case_id: int) -> str | Answer:
    """Take a case off that was chosen by mistake."""

    def keep(desk: Desk) -> None:
        asking.leave_out(
            desk.connection, request_id=request_id, case_id=case_id, actor=desk.actor
        )  # fmt: skip

    return _done(request_id, JustDoIt(), keep)


@blueprint.post("/records/<int:request_id>/release")
@needs(Right.GIVE_RECORDS)
def release_pieces(request_id: int) -> str | Answer:
    """Release whole what is ticked."""

    def keep(desk: Desk) -> None:
        ticked = request.form.getlist("piece")
        read = {key: request.form.get(f"read-{key}") for key in ticked}
        deciding.release(desk.connection, request_id=request_id, read=read, **desk.who)

    return _done(request_id, JustDoIt(), keep)


@blueprint.route("/records/<int:request_id>/decide/<piece_key>", methods=["GET", "POST"])
@needs(Right.GIVE_RECORDS)
def decide_piece(request_id: int, piece_key: str) -> str | Answer:
    """Decide one piece, which is shown as it is."""
    with reading() as desk:
        found = _found(desk, request_id)
        its = pieces.pieces_of(desk.connection, request_id, on=desk.today)
        piece = next((each for each in its if each.key == piece_key), None) or abort(404)
        law = pieces.records_law(desk.connection, on=desk.today)
    standing = elsewhere.standing_in(piece, elsewhere.left_out_of(its))
    form = decide_form(piece)

    def keep(desk: Desk) -> str:
        deciding.decide(
            desk.connection, request_id=request_id, key=piece_key,
            outcome=Outcome(form.outcome.data), exemption=form.exemption.data,
            passages=passages_of(form), text_sha256=request.form.get("read"),
            seen=request.form.get("seen"), **desk.who,
        )  # fmt: skip
        return url_for("office.records_request", request_id=request_id) + "#pieces"

    return deed_page(
        form, keep, title=SUBJECTS[piece.subject], button=_("Decide it"),
        back=url_for("office.records_request", request_id=request_id), back_words=found.number,
        template="office/records_decide.html", piece=piece, law=law,
        standing=standing, seen=elsewhere.mark(standing), subjects=SUBJECTS,
    )  # fmt: skip


@blueprint.route("/records/<int:request_id>/end", methods=["GET", "POST"])
@needs(Right.GIVE_RECORDS)
def end_records_request(request_id: int) -> str | Answer:
    """End a request with nothing handed out."""
    with reading() as desk:
        found = _found(desk, request_id)
    form = EndForm()

    def keep(desk: Desk) -> None:
        asking.end(
            desk.connection, request_id=request_id, reason=form.reason.data or "", **desk.who
        )

    return deed_page(
        form, keep, title=_("Nothing is handed out"), back_words=found.number,
        back=url_for("office.records_request", request_id=request_id),
    )  # fmt: skip


@blueprint.post("/records/<int:request_id>/export")
@needs(Right.GIVE_RECORDS)
def export_records(request_id: int) -> str | Answer:
    """Make the file of what was decided."""

    def keep(desk: Desk) -> None:
        town = desk.town.name if desk.town else ""
        exporting.export(
            desk.connection, _store(), request_id=request_id,
            write_index=lambda index: render_template(
                "office/records_index.html", index=index, subjects=SUBJECTS, outcomes=OUTCOMES,
                town_name=town,
            ),
            **desk.who,
        )  # fmt: skip

    return _done(request_id, JustDoIt(), keep)


@blueprint.get("/records/<int:request_id>/export/<int:export_id>.zip")
@needs(Right.GIVE_RECORDS)
def records_file(request_id: int, export_id: int) -> Response:
    """Hand a file out as it was made, piece by piece."""
    with reading() as desk:
        found = _found(desk, request_id)
        made = next(
            (each for each in desk.rows(asking.exports_of(request_id)) if each.id == export_id),
            None,
        ) or abort(404)  # fmt: skip
    answer = Response(_store().pieces(made.sha256), mimetype="application/zip")
    answer.content_length = made.byte_size
    name = f"{found.number}-{made.id}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _done(request_id: int, form: Form, keep: Any) -> str | Answer:
    """Do what a button of the request's page asks, and show the page again."""
    with reading() as desk:
        _found(desk, request_id)
    if form.validate_on_submit():
        try:
            with writing() as desk:
                keep(desk)
        except CaseError as error:
            form.form_errors.append(say(error))
        else:
            flash(gettext("It is on record."))
            return redirect(url_for("office.records_request", request_id=request_id))
    with reading() as desk:
        return _shown(desk, request_id, refused=form)


def _shown(desk: Desk, request_id: int, refused: Form | None = None) -> str:
    found = _found(desk, request_id)
    its = pieces.pieces_of(desk.connection, request_id, on=desk.today)
    left = len(exporting.undecided(its))
    standing = elsewhere.unsettled(desk.connection, request_id, its)
    told = {each.piece.key for each in standing}
    ticks = {
        piece.key for piece in its
        if not (piece.decision or piece.outdated or piece.key in told)
    }  # fmt: skip
    by_case: dict[int, list[Piece]] = {}
    for piece in its:
        by_case.setdefault(piece.case_id, []).append(piece)
    return desk.page(
        "office/records_request.html", found=found, cases=desk.rows(pieces.cases_of(request_id)),
        by_case=by_case, left=left, ticks=ticks, standing=_by_words(standing),
        exports=desk.rows(asking.exports_of(request_id)),
        case_form=refused if isinstance(refused, CaseForm) else CaseForm(formdata=None),
        refused=refused, button=JustDoIt(formdata=None), subjects=SUBJECTS, outcomes=OUTCOMES,
        left_words=ngettext(
            "%(num)s piece is not decided.", "%(num)s pieces are not decided.", left
        ),
    )  # fmt: skip


def _by_words(standing: list[Standing]) -> list[list[Standing]]:
    """Return what stands somewhere by its words, each with every piece that holds it."""
    by_words: dict[str, list[Standing]] = {}
    for each in standing:
        by_words.setdefault(elsewhere.alike(each.words), []).append(each)
    return list(by_words.values())


def _found(desk: Desk, request_id: int) -> Any:
    return desk.first(asking.request(request_id)) or abort(404)


def _store() -> Store:
    store: Store = current_app.extensions["lotline_documents"]
    return store
