"""Tell whoever has its code where a report stands, and nobody anything else."""

from datetime import timedelta

from flask import Response
from flask_babel import gettext

from cases.accounts import throttle
from cases.accounts.errors import TooManyTriesError
from cases.accounts.throttle import Limit
from cases.residents.tracking import standing_of
from webmap.auth.limits import engine, take
from webmap.interpreting import say
from webmap.public.frame import blueprint
from webmap.public.reporting.desk import key_of, law_now, told_to_wait, unkept
from webmap.public.reporting.form import CodeForm
from webmap.visits import visit

CODES_BY_PLACE = Limit(tries=20, per=timedelta(minutes=15))


@blueprint.route("/report/track", methods=["GET", "POST"])
def track() -> Response:
    """Ask for a code, and say where its report stands; what is no code is merely unknown."""
    form = CodeForm()
    if not form.validate_on_submit():
        return unkept(_asked(form))
    try:
        take(key_of("codes"), CODES_BY_PLACE)
    except TooManyTriesError as error:
        form.form_errors.append(say(error))
        return told_to_wait(_asked(form), error)
    with visit() as look:
        report = look.first(standing_of(form.code.data or ""))
        if report is not None:
            page = look.page("report/standing.html", report=report, law=law_now())
    if report is None:
        form.code.errors = [
            gettext("We know no report with this code. Check each letter and digit.")
        ]
        return unkept(_asked(form))
    with engine().begin() as connection:  # who knows the code is held back by no limit
        throttle.give_one_back(connection, key_of("codes"), CODES_BY_PLACE)
    return unkept(page)


def _asked(form: CodeForm) -> str:
    with visit() as look:
        return look.page("report/track.html", form=form)
