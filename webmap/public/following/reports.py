"""Let whoever has a report's code ask to be mailed when something becomes of it."""

from http import HTTPStatus

from flask import current_app, redirect, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from cases.accounts.errors import TooManyTriesError
from cases.following.asking import Wanted
from cases.following.reaching import Reach
from cases.following.reports import LOGGED, OfReport, report_of
from cases.mail.message import Channel
from webmap.auth.limits import engine
from webmap.interpreting import say
from webmap.public.following.pages import send_link
from webmap.public.frame import blueprint
from webmap.public.reporting.desk import told_to_wait, unkept
from webmap.public.reporting.form import FollowReportForm
from webmap.public.reporting.tracking import UNKNOWN, standing_at
from webmap.visits import Visit, visit
from webmap.words import day


@blueprint.route("/report/follow", methods=["GET", "POST"])
def follow_report() -> AnyResponse:
    """Mail the link that confirms it to the address given; without a code ask for that first."""
    form = FollowReportForm()
    if not form.is_submitted():
        return redirect(url_for("public.track"), HTTPStatus.SEE_OTHER)
    with visit() as look:
        try:
            return _sent(look, form)
        except TooManyTriesError as error:
            form.form_errors.append(say(error))
            return told_to_wait(_asked(look, form), error)


@blueprint.record_once
def _guard_itself(state: BlueprintSetupState) -> None:
    """Leave the guard against forgery to the form, which then loses nothing that was typed."""
    state.app.extensions["csrf"].exempt(follow_report)


def _sent(look: Visit, form: FollowReportForm) -> AnyResponse:
    if form.has_lapsed():
        return unkept(_asked(look, form), HTTPStatus.BAD_REQUEST)
    if not form.code.data or not current_app.config["MAIL"]:
        return redirect(url_for("public.track"), HTTPStatus.SEE_OTHER)
    is_good, email = form.validate(), form.address()
    wanted = _wanted(look, form.code.data or "")
    if wanted is None:
        form.form_errors.append(UNKNOWN)
    if not is_good or wanted is None or email is None:
        return unkept(_asked(look, form))
    if not form.website.data:  # no person sees that field
        send_link(look, form, wanted, Reach(Channel.MAIL, email))
    return unkept(look.page("follow/asked.html", to=email, name=wanted.name))


def _wanted(look: Visit, code: str) -> Wanted | None:
    """Return what follows the report of a code; its name tells nothing of where it is."""
    report = standing_at(look, code)
    if report is None:
        return None
    with engine().connect() as connection:
        complaint_id = connection.scalar(report_of(code))
    kind, sent = say(report.category), day(report.received_on)
    return Wanted(
        scope=OfReport(complaint_id=complaint_id), page=url_for("public.track"), logged=LOGGED,
        name=_("%(kind)s: report sent on %(day)s", kind=kind, day=sent),
    )  # fmt: skip


def _asked(look: Visit, form: FollowReportForm) -> str:
    return look.page("report/follow.html", follow=form)
