"""Tell whoever has its code where a report stands, and nobody anything else."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Response
from flask_babel import lazy_gettext as _

from cases.accounts import throttle
from cases.accounts.errors import TooManyTriesError
from cases.accounts.throttle import Limit
from cases.residents.tracking import standing_of
from webmap.auth.limits import engine, take
from webmap.interpreting import say
from webmap.public.frame import blueprint
from webmap.public.reporting.desk import key_of, law_now, told_to_wait, unkept
from webmap.public.reporting.form import CodeForm, FollowReportForm
from webmap.visits import Visit, visit

CODES_BY_PLACE = Limit(tries=20, per=timedelta(minutes=15))
UNKNOWN = _("We know no report with this code. Check each letter and digit.")


@blueprint.route("/report/track", methods=["GET", "POST"])
def track() -> Response:
    """Ask for a code, and say where its report stands; what is no code is merely unknown."""
    form = CodeForm()
    if not form.validate_on_submit():
        return unkept(_asked(form))
    code = form.code.data or ""
    try:
        with visit() as look:
            report = standing_at(look, code)
            if report is not None:
                follow = FollowReportForm(formdata=None, code=code)
                return unkept(
                    look.page("report/standing.html", report=report, law=law_now(), follow=follow)
                )
    except TooManyTriesError as error:
        form.form_errors.append(say(error))
        return told_to_wait(_asked(form), error)
    form.code.errors = [UNKNOWN]
    return unkept(_asked(form))


def standing_at(look: Visit, code: str) -> sa.Row[Any] | None:
    """Return where the report of a code stands; None where none has it.

    Raises
    ------
    TooManyTriesError
        Too many codes were tried from one place; who knows a code is held back by no limit.
    """
    take(key_of("codes"), CODES_BY_PLACE)
    report = look.first(standing_of(code))
    if report is not None:
        with engine().begin() as connection:
            throttle.give_one_back(connection, key_of("codes"), CODES_BY_PLACE)
    return report


def _asked(form: CodeForm) -> str:
    with visit() as look:
        return look.page("report/track.html", form=form)
