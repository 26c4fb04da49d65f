"""Let the clerk word the town's letters: edit a template, look at it on a case, put it in force.

The list of them names its e-mails too, which `webmap.office.mail_wording` lets word.
"""

from dataclasses import replace
from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response as Redirect
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from cases.desk.book import open_book
from cases.letters.facts import facts_told
from cases.letters.kinds import LetterKind
from cases.letters.samples import sample
from cases.letters.templates import LetterError, Paper, Site, check, require_frame
from cases.letters.wordings import WORDED, shelf_of
from cases.permissions import Right
from cases.worded import keeping
from cases.worded.keeping import LONGEST, Shelf
from cases.worded.kinds import MESSAGES
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.forms import GIVEN, Form, JustDoIt, complain
from webmap.interpreting import say
from webmap.languages import LANGUAGES
from webmap.office.case_letters import called, filters_of, part_of, set_letter
from webmap.office.frame import blueprint
from webmap.office.mail_wording import mail_shelf
from webmap.office.paper import set_notice, site_of

MOST_OF_A_NUMBER = 60


class Wording(Form):
    """The text of a letter's template."""

    text = TextAreaField(
        lazy_gettext("The wording"), [GIVEN, Length(max=LONGEST)],
        render_kw={"rows": 12, "spellcheck": "true", "class": "wording"},
    )  # fmt: skip
    on_case = StringField(
        lazy_gettext("Case to look at it on"), [Length(max=MOST_OF_A_NUMBER)],
        description=lazy_gettext("Its number. Left empty: the latest case that has such a letter."),
    )  # fmt: skip


@blueprint.get("/wording")
@needs(Right.WORD_LETTERS)
def wordings_shown() -> str:
    """Show the letters and e-mails there are, and which of them the town words itself."""
    with reading() as desk:
        shelf, mails = shelf_of(site_of(desk.town)), mail_shelf()
        letters = [(kind, called(kind), _own(shelf, kind)) for kind in WORDED]
        sent = [(kind, say(each.title), _own(mails, kind)) for kind, each in MESSAGES.items()]
        return desk.page("office/wordings.html", letters=letters, mails=sent)


def _own(shelf: Shelf, kind: str) -> dict[str, bool]:
    """Tell in which languages a town has a wording of its own."""
    return {code: keeping.is_own(shelf, kind, language=code) for code in LANGUAGES}


@blueprint.route("/wording/<code>/<worded>", methods=["GET", "POST"])
@needs(Right.WORD_LETTERS)
def word_letter(code: str, worded: str) -> str | Response | Redirect:
    """Edit the wording of a letter; look at it, or put it in force once it can be written."""
    if code not in LANGUAGES or worded not in WORDED:
        abort(404)
    with reading() as desk:
        site = site_of(desk.town)
        before = keeping.wording(shelf_of(site), worded, language=code)
        form = Wording(data={"text": before})
        if form.validate_on_submit():
            text = (form.text.data or "").replace("\r\n", "\n")
            number = (form.on_case.data or "").strip()
            try:
                paper = _tried(desk, site, worded, text, language=code, number=number)
            except LetterError as error:
                form.form_errors.append(say(error))
            else:
                if paper is None and (number or "look" in request.form):
                    return _no_case(desk, form, site, code, worded)
                if paper is not None and "look" in request.form:
                    return _shown(paper)
                return _kept(desk, site, worded, text, language=code)
        return _page(desk, form, site, code, worded)


@blueprint.post("/wording/<code>/<worded>/back")
@needs(Right.WORD_LETTERS)
def word_back(code: str, worded: str) -> Redirect:
    """Go back to the wording that comes with Lotline."""
    if code not in LANGUAGES or worded not in WORDED:
        abort(404)
    with reading() as desk:
        return _kept(desk, site_of(desk.town), worded, None, language=code)


def _tried(
    desk: Desk, site: Site, kind: str, text: str, *, language: str, number: str
) -> Paper | None:
    """Set a letter by a text that is not in force, on a case there is; None where there is none.

    Parameters
    ----------
    number
        The case's; the latest with such a letter where nothing is said.

    Raises
    ------
    LetterError
        It cannot be written so.
    """
    found = sample(desk.connection, kind, number=number)
    book = open_book(desk.connection, found.number) if found is not None else None
    letter = LetterKind(kind) if kind in set(LetterKind) else None
    row = None
    if found is not None and book is not None:
        row = part_of(book, letter, found.part_id) if letter else book.part("notice", found.part_id)
    require_frame(kind, text, language=language)
    trial = replace(site, trial={f"{kind}.html": text})
    if book is None or row is None:
        check(trial, kind, language=language, filters=filters_of(desk))
        return None
    if letter is None:
        return set_notice(desk.connection, book, row, site=trial, language=language)
    return set_letter(
        desk, book, letter, row, language=language, through=desk.today, site=trial
    )  # fmt: skip


def _kept(desk: Desk, site: Site, kind: str, text: str | None, *, language: str) -> Redirect:
    keeping.keep_wording(
        shelf_of(site), kind, text, language=language, by=desk.member.name, now=desk.moment.now
    )
    flash(_("Letters are worded so from now on. What was issued stays as it is."))
    return redirect(url_for("office.word_letter", code=language, worded=kind))


def _shown(paper: Paper) -> Response:
    answer = Response(paper.pdf, mimetype="application/pdf")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _no_case(desk: Desk, form: Form, site: Site, code: str, worded: str) -> str:
    number = (form.on_case.data or "").strip()
    if number:
        words = _(
            "Case %(number)s has no such letter. Give the number of one that has, or none.",
            number=number,
        )
        complain(form, "on_case", words)
    else:
        form.form_errors.append(
            _("No case has such a letter yet, so there is nothing to show it on.")
        )
    return _page(desk, form, site, code, worded)


def _page(desk: Desk, form: Form, site: Site, code: str, worded: str) -> str:
    said: dict[str, Any] = {
        "is_own": keeping.is_own(shelf_of(site), worded, language=code),
        "earlier": keeping.earlier(shelf_of(site), worded, language=code),
        "facts": facts_told(worded, language=code),
    }
    return desk.page(
        "office/wording.html", form=form, title=called(worded), code=code, worded=worded,
        go=JustDoIt(formdata=None), **said,
    )  # fmt: skip
