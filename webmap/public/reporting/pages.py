"""Ask for a report on one page, show what is known of its place, and keep it once."""

from datetime import timedelta
from http import HTTPStatus

from flask import Response, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from cases.accounts import throttle
from cases.accounts.errors import TooManyTriesError
from cases.accounts.throttle import Limit
from cases.errors import CaseError
from cases.residents.photos import MOST_PHOTO_BYTES, MOST_PHOTOS, photos_of_report
from cases.residents.reporting import Receipt, Sent, receipt_of, take_in
from cases.residents.suspicion import sign_of
from webmap.auth.gate import clock_now
from webmap.auth.limits import engine, take
from webmap.forms import LAPSED
from webmap.interpreting import say
from webmap.public.frame import blueprint
from webmap.public.reporting.around import Around, around
from webmap.public.reporting.desk import (
    codes,
    counter,
    key_of,
    law_now,
    told_to_wait,
    unkept,
)
from webmap.public.reporting.form import FollowReportForm, ReportForm, report_of
from webmap.public.reporting.opened import is_known, is_too_quick, kept_or_signed, sign
from webmap.public.reporting.photos import keep_all
from webmap.visits import visit

REPORTS_BY_PLACE = Limit(tries=10, per=timedelta(hours=1))
LOOKS_BY_PLACE = Limit(tries=120, per=timedelta(hours=1))
LONGEST = 200


@blueprint.route("/report", methods=["GET", "POST"])
def report() -> Response:
    """Ask for a report, and take it in once however often it is sent."""
    law = law_now()
    if law is None:
        with visit() as look:
            return unkept(look.page("report/closed.html"))
    form = ReportForm()
    form.prepare(law)
    if not form.is_submitted():
        form.opened.data = sign(form.key.data or "")
        return unkept(_asked(form, None))
    return _sent(form)


@blueprint.get("/report/around")
def report_around() -> str:
    """Show, for a form that is still being filled in, what is known of its place."""
    said = {name: request.args.get(name, "")[:LONGEST] for name in ("where", "point", "kind")}
    asked = report_of(said["where"], said["point"], said["kind"])
    take(key_of("around"), LOOKS_BY_PLACE)
    with visit() as look, counter() as at:
        return look.page("report/_around.html", around=around(look, at, asked), same_as=None)


@blueprint.record_once
def _guard_itself(state: BlueprintSetupState) -> None:
    """Leave the guard against forgery to the form, which then loses nothing that was typed."""
    state.app.extensions["csrf"].exempt(report)


def _sent(form: ReportForm) -> Response:
    """Keep its photographs, whatever else it lacks, then take it in or say what it lacks."""
    if not form.csrf_token.validate(form):
        form.csrf_token.errors = ()
        _ask_again(form)
        if any(each.filename for each in request.files.getlist("photos")):
            form.complain(
                "photos", [gettext("A browser forgets the files: choose them once more.")]
            )
        return unkept(_asked(form, None), HTTPStatus.BAD_REQUEST)
    name = form.report_id
    if name is not None:
        with engine().connect() as connection:
            if (before := receipt_of(connection, name, codes=codes())) is not None:
                return unkept(_received(before, form))
    wrong = [*keep_all(name, request.files.getlist("photos"))] if name else []
    is_good = form.validate()
    form.complain("photos", wrong)
    with visit() as look, counter() as at:
        seen = around(look, at, form.place())
    if not is_good or wrong or _lacks_answer(form, seen) or _came_too_quick(form):
        return unkept(_asked(form, seen))
    return _taken_in(form, seen)


def _taken_in(form: ReportForm, seen: Around) -> Response:
    about = (each.id for each in seen.cases if each.number == form.same_as.data)
    sent = Sent(
        id=form.form_key, report=form.report(),
        about_case_id=next(about, None),
        sign=sign_of(form.said.data or "", trap=form.website.data or ""),
    )  # fmt: skip
    try:
        with engine().begin() as connection:
            throttle.take(connection, key_of("sent"), REPORTS_BY_PLACE, now=clock_now())
        with counter() as at:
            receipt = take_in(
                at.connection, sent, reporter=form.identity(), codes=codes(),
                law_pack_id=at.law_id, moment=at.moment,
            )  # fmt: skip
    except TooManyTriesError as error:
        form.form_errors.append(say(error))
        return told_to_wait(_asked(form, seen), error)
    except CaseError as error:
        form.form_errors.append(say(error))
        return unkept(_asked(form, seen))
    if receipt.again:  # sent twice in one moment: the second took no place of another's
        with engine().begin() as connection:
            throttle.give_one_back(connection, key_of("sent"), REPORTS_BY_PLACE)
    return unkept(_received(receipt, form))


def _lacks_answer(form: ReportForm, seen: Around) -> bool:
    """Ask once whether it is what is known there, where that is of the same kind."""
    if form.same_as.data not in {"", *(each.number for each in seen.cases)}:
        form.same_as.data = None
    is_told = seen.alike <= {*(form.shown.data or ())}
    if not seen.alike or form.same_as.data or (form.same_as.data is not None and is_told):
        return False
    form.complain(
        "same_as",
        [gettext("The town knows of something like it there: say whether yours is the same.")],
    )
    return True


def _came_too_quick(form: ReportForm) -> bool:
    said = form.key.data or "", form.opened.data or ""
    if not is_known(*said):
        _ask_again(form)
        return True
    if not is_too_quick(*said):
        return False
    form.form_errors.append(
        gettext("That was very quick. Look over what you wrote, and send it again.")
    )
    return True


def _ask_again(form: ReportForm) -> None:
    """Ask for the form once more, as it stands, with a moment of opening that will be known."""
    form.opened.data = kept_or_signed(form.key.data or "", form.opened.data or "")
    form.form_errors.append(LAPSED)


def _asked(form: ReportForm, seen: Around | None) -> str:
    with visit() as look:
        kept = []
        if form.is_submitted() and (name := form.report_id) is not None:
            with engine().connect() as connection:
                kept = list(connection.execute(photos_of_report(name)))
        return look.page(
            "report/form.html", form=form, around=seen, kept=kept, most_photos=MOST_PHOTOS,
            most_bytes=MOST_PHOTO_BYTES,
            same_as=form.same_as.data, example=look.example(),
        )  # fmt: skip


def _received(receipt: Receipt, form: ReportForm) -> str:
    follow = FollowReportForm(formdata=None, code=receipt.code)
    with visit() as look:
        return look.page(
            "report/received.html", receipt=receipt, follow=follow,
            is_changed=receipt.differs_from(form.report()),
        )  # fmt: skip
