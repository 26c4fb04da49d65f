"""Ask for the code on a letter, and let its holder in or out."""

from datetime import timedelta
from http import HTTPStatus

from flask import Response, make_response, redirect, url_for
from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import Length

from cases.accounts import throttle
from cases.accounts.errors import TooManyTriesError
from cases.accounts.throttle import Limit
from cases.codes.entering import Holder, holder_by_code
from cases.codes.spelling import MisreadError, read
from webmap.auth import limits
from webmap.auth.gate import anybody
from webmap.forms import GIVEN, Form, complain
from webmap.interpreting import say
from webmap.public.reporting.desk import told_to_wait
from webmap.respondent.frame import blueprint, forget, remember
from webmap.visits import visit

BY_PLACE = Limit(tries=10, per=timedelta(minutes=15))
"""How often a code may be tried from one place; one that is right gives its try back."""


class CodeForm(Form):
    """The code of a letter."""

    code = StringField(
        _("Code"),
        [GIVEN, Length(max=100)],
        description=_(
            "Twenty letters and digits in five groups. It stands on the last page of the letter. "
            "Small or capital letters, with or without the hyphens: all is well."
        ),
        render_kw={
            "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
            "class": "code", "data-code": "",
        },
    )  # fmt: skip


@blueprint.route("/notice", methods=["GET", "POST"])
@anybody
def enter() -> str | Response:
    """Ask for the code."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            holder = _held(read(str(form.code.data)))
        except MisreadError as error:
            complain(form, "code", error)
        except TooManyTriesError as error:
            form.form_errors.append(say(error))
            return told_to_wait(_asked(form), error)
        else:
            if holder is not None:
                found = redirect(url_for("respondent.my_case"), HTTPStatus.SEE_OTHER)
                return remember(make_response(found), holder.code_id)
            complain(form, "code", str(_WRONG))
    return _asked(form)


@blueprint.post("/my-case/leave")
@anybody
def leave() -> Response:
    """Let go of the code, as on a computer that others use."""
    return forget(make_response(redirect(url_for("respondent.enter"), HTTPStatus.SEE_OTHER)))


_WRONG = _(
    "This code opens no case. It may have been replaced by a newer letter: look at the newest one, "
    "or ask the office."
)


def _asked(form: CodeForm) -> str:
    with visit() as look:
        return look.page("respondent/notice.html", form=form)


def _held(code: str) -> Holder | None:
    """Return who holds a code; a try is counted before it is looked at."""
    key = f"code:place:{limits.place()}"
    limits.take(key, BY_PLACE)
    with limits.engine().begin() as connection:
        holder = holder_by_code(connection, code)
        if holder is not None:
            throttle.give_one_back(connection, key, BY_PLACE)
    return holder
