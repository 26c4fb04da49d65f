"""Let the clerk send a day's letters: have them set, print them in one go, hand them out."""

from datetime import date
from typing import Any

from flask import Response, current_app, flash, redirect, request, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from cases.letters import issuing, mailing
from cases.letters.mailing import Posted
from cases.permissions import Right
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import NOT_KEPT, needs
from webmap.languages import LANGUAGES, LOCALES
from webmap.office.answering import page_behind
from webmap.office.case_letters import called
from webmap.office.frame import blueprint
from webmap.office.paper import LANGUAGE
from webmap.office.tables import as_csv
from webmap.words import day

HEADING = (
    "first_page", "pages", "kind", "case", "recipient", "address", "language", "issued_on",
    "sha256",
)  # fmt: skip


@blueprint.get("/letters")
@needs(Right.NOTE_CONTACT)
def letters_of_day() -> str:
    """Show the letters of a day, which of them are yet to be set, and how they were sent."""
    with reading() as desk:
        on, language, letters = _asked(desk, request.args)
        return desk.page(
            "office/mailing.html", on=on, spoken=language, letters=letters, words=called,
            is_making="making" in request.args,
            unset=sum(_is_unset(each) for each in letters),
            waits=sum(each.sha256 is not None and not each.is_out for each in letters),
            others=_waiting_elsewhere(desk, on, language),
            unsent=[each.letter_id for each in letters if _is_to_be_sent(each)],
        )  # fmt: skip


@blueprint.post("/letters/set")
@needs(Right.NOTE_CONTACT)
def set_letters() -> Redirect:
    """Have the letters of a day set that are not yet."""
    with writing() as desk:
        on, language, letters = _asked(desk, request.form)
        if any(_is_unset(each) for each in letters):
            mailing.set_later(
                desk.connection, on, language=language, staff_id=desk.member.id
            )  # fmt: skip
            flash(_("The PDFs are being made. Look again in a moment."))
    return _back(on, language, making=1)


@blueprint.post("/letters/sent")
@needs(Right.NOTE_CONTACT)
def letters_sent() -> Redirect:
    """Tell that the letters the page showed went into the mail today.

    Of notices their service tells; what was issued since the page was shown is on nobody's table.
    """
    shown = request.form.getlist("letter", type=int)
    with writing() as desk:
        on, language, letters = _asked(desk, request.form)
        listed = [each.letter_id or 0 for each in letters if _is_to_be_sent(each)]
        sent = issuing.send_all(
            desk.connection, [each for each in listed if each in shown], sent_on=desk.today,
            **desk.who,
        )  # fmt: skip
    flash(ngettext("%(num)s letter was sent.", "%(num)s letters were sent.", sent))
    return _back(on, language)


@blueprint.get("/letters/day.pdf")
@needs(Right.NOTE_CONTACT)
def letters_pdf() -> Response | Redirect:
    """Give the letters of a day that are set as one PDF for the printer."""
    on, language, (pdf, bound) = _bound()
    if not bound:
        return _back(on, language)
    answer = Response(pdf, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"letters-{on}-{language}.pdf")
    answer.headers["Cache-Control"] = NOT_KEPT  # it says codes
    return answer


@blueprint.get("/letters/day.csv")
@needs(Right.NOTE_CONTACT)
def letters_csv() -> Response:
    """Give the list that goes to a mail house with that PDF: which pages go to whom.

    For it no page with a code is set, nor any code made.
    """
    store = current_app.extensions["lotline_documents"]
    with reading() as desk:
        on, language, letters = _asked(desk, request.args)
    bound = mailing.bind(store, letters, title=str(on), language=language)[1]
    lines = [
        (each.first_page, each.pages, called(each.letter.kind), each.letter.number,
         each.letter.recipient, each.letter.address, language, on, each.letter.sha256 or "")
        for each in mailing.with_page_behind(bound)
    ]  # fmt: skip
    return as_csv(HEADING, lines, name=f"letters-{on}-{language}.csv")


def _bound() -> tuple[date, str, tuple[bytes, list[mailing.Bound]]]:
    """Bind the letters, each with the page behind it that says how to answer and by which code."""
    store = current_app.extensions["lotline_documents"]
    with writing() as desk:
        on, language, letters = _asked(desk, request.args)
        with force_locale(LOCALES[language]):
            title = _("Letters of %(day)s", day=day(on))
        bound = mailing.bind(
            store, letters, title=title, language=language,
            behind=lambda each: page_behind(desk, each, language=language),
        )  # fmt: skip
    return on, language, bound


def _asked(desk: Desk, said: Any) -> tuple[date, str, list[Posted]]:
    """Return the day and the language asked for, today and English else, and their letters."""
    language = said.get("language", LANGUAGE)
    language = language if language in LANGUAGES else LANGUAGE
    on = said.get("on", desk.today, type=date.fromisoformat)
    return on, language, mailing.letters_on(desk.connection, on, language=language)


def _waiting_elsewhere(desk: Desk, on: date, language: str) -> dict[str, int]:
    """Count what is set and not mailed in each other language: the page shows one at a time."""
    counts = {
        code: sum(
            each.sha256 is not None and not each.is_out
            for each in mailing.letters_on(desk.connection, on, language=code)
        )
        for code in LANGUAGES
        if code != language
    }
    return {code: count for code, count in counts.items() if count}


def _is_unset(letter: Posted) -> bool:
    return letter.sha256 is None and not letter.is_out


def _is_to_be_sent(letter: Posted) -> bool:
    return letter.letter_id is not None and letter.sent_on is None


def _back(on: date, language: str, *, making: int | None = None) -> Redirect:
    return redirect(
        url_for("office.letters_of_day", on=on.isoformat(), language=language, making=making)
    )
