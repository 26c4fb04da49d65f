"""Let the clerk word the town's e-mails: edit a text, look at it, put it in force."""

from typing import Any

from flask import abort, current_app, flash, redirect, request, url_for
from flask_babel import force_locale, lazy_gettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect
from wtforms import TextAreaField
from wtforms.validators import Length

from cases.permissions import Right
from cases.worded import keeping
from cases.worded.errors import WordingError
from cases.worded.facts import lines_of
from cases.worded.keeping import LONGEST, Shelf
from cases.worded.kinds import MESSAGES, MessageKind
from cases.worded.messages import Written, shelf_of, tried
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.forms import GIVEN, Form, JustDoIt, complain
from webmap.interpreting import say
from webmap.languages import LANGUAGES, LOCALES
from webmap.office.frame import blueprint
from webmap.worded_mail import speak


class MailWording(Form):
    """The text of an e-mail."""

    text = TextAreaField(
        lazy_gettext("The wording"), [GIVEN, Length(max=LONGEST)],
        description=lazy_gettext(
            "The first line is the subject. The second stays empty. Below stands the e-mail."
        ),
        render_kw={"rows": 18, "spellcheck": "true", "class": "wording"},
    )  # fmt: skip


def mail_shelf() -> Shelf:
    """Return where the wordings of this town's e-mails stand."""
    return shelf_of(current_app.config["MESSAGES"])


@blueprint.route("/mail-wording/<code>/<mailed>", methods=["GET", "POST"])
@needs(Right.WORD_LETTERS)
def word_mail(code: str, mailed: str) -> str | Redirect:
    """Edit the wording of an e-mail; look at it, or put it in force once it can be written."""
    kind = _kind(code, mailed)
    with reading() as desk:
        text = keeping.wording(mail_shelf(), kind, language=code)
        form = MailWording(data={"text": text})
        shown = None
        if not form.is_submitted() or form.validate():
            text = (form.text.data or "").replace("\r\n", "\n")
            try:
                shown = _tried(kind, text, code)
            except WordingError as error:
                complain(form, "text", error)
            else:
                if form.is_submitted() and "look" not in request.form:
                    return _kept(desk, kind, text, language=code)
        return _page(desk, form, kind, code, shown)


@blueprint.post("/mail-wording/<code>/<mailed>/back")
@needs(Right.WORD_LETTERS)
def word_mail_back(code: str, mailed: str) -> Redirect:
    """Go back to the wording that comes with Lotline."""
    kind = _kind(code, mailed)
    with reading() as desk:
        return _kept(desk, kind, None, language=code)


def _kind(code: str, mailed: str) -> MessageKind:
    if code not in LANGUAGES or mailed not in set(MessageKind):
        abort(404)
    return MessageKind(mailed)


def _tried(kind: MessageKind, text: str, code: str) -> Written:
    """Write an e-mail of its examples, in its own language."""
    with force_locale(LOCALES[code]):
        return tried(kind, text, language=code, speak=speak)


def _kept(desk: Desk, kind: MessageKind, text: str | None, *, language: str) -> Redirect:
    keeping.keep_wording(
        mail_shelf(), kind, text, language=language, by=desk.member.name, now=desk.moment.now
    )
    flash(_("E-mails are worded so from now on. What was mailed stays as it is."))
    return redirect(url_for("office.word_mail", code=language, mailed=kind))


def _page(desk: Desk, form: Form, kind: MessageKind, code: str, shown: Written | None) -> str:
    with force_locale(LOCALES[code]):
        facts = list(lines_of(MESSAGES[kind].facts, speak=speak))
    shelf = mail_shelf()
    said: dict[str, Any] = {
        "is_own": keeping.is_own(shelf, kind, language=code),
        "earlier": keeping.earlier(shelf, kind, language=code),
    }
    return desk.page(
        "office/mail_wording.html", form=form, title=say(MESSAGES[kind].title),
        sent=say(MESSAGES[kind].sent), code=code, mailed=kind, facts=facts, shown=shown,
        is_looked="look" in request.form, go=JustDoIt(formdata=None), **said,
    )  # fmt: skip
