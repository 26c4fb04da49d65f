"""Keep a report's question for oneself or the office, and have its answer mailed by itself."""

from collections.abc import Mapping
from typing import Any

from flask import abort, current_app, flash, redirect, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from cases.permissions import Right
from reports.answers.options import read
from reports.registry import REPORTS
from reports.runs import saving
from reports.runs.saving import KeepError, NotYoursError
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import JustDoIt, complain
from webmap.interpreting import say
from webmap.languages import NAMES
from webmap.office.frame import blueprint
from webmap.office.kept_form import KeepForm, new_form
from webmap.office.kept_words import RHYTHMS, fixed_days
from webmap.office.reports import the_run
from webmap.report_values import told_of


@blueprint.route("/reports/runs/<int:run_id>/keep", methods=["GET", "POST"])
@needs(Right.READ_REPORTS)
def keep_report(run_id: int) -> str | Response:
    """Keep the question that a report answers."""
    form = new_form()
    with reading() as desk:
        run = the_run(desk, run_id)
    if form.validate_on_submit():
        try:
            with writing() as desk:
                _keep(desk, run, form)
        except KeepError as error:
            complain(form, error.of, error)
        else:
            flash(gettext("The question is kept under this name."))
            return redirect(url_for("office.reports") + "#kept")
    with reading() as desk:
        return _page(
            desk, form, run, back=url_for("office.report_run", run_id=run_id),
            title=lazy_gettext("Keep this question"),
        )  # fmt: skip


@blueprint.route("/reports/kept/<int:kept_id>", methods=["GET", "POST"])
@needs(Right.READ_REPORTS)
def kept_report(kept_id: int) -> str | Response:
    """Change what somebody keeps: its name, whom it is for, and whom it is mailed to."""
    with reading() as desk:
        kept = _kept(desk, kept_id)
    form = KeepForm(data=_now(kept))
    if form.validate_on_submit():
        try:
            with writing() as desk:
                _change(desk, kept_id, form)
        except KeepError as error:
            complain(form, error.of, error)
        except NotYoursError as error:
            form.form_errors.append(say(error))
        else:
            flash(gettext("It is kept so from now on."))
            return redirect(url_for("office.reports") + "#kept")
    with reading() as desk:
        return _page(
            desk, form, kept, back=url_for("office.reports") + "#kept", title=kept.name, kept=kept
        )


@blueprint.post("/reports/kept/<int:kept_id>/forget")
@needs(Right.READ_REPORTS)
def forget_report(kept_id: int) -> Response:
    """Keep a question no longer."""
    with reading() as desk:
        _kept(desk, kept_id)
    try:
        with writing() as desk:
            who = desk.member.id
            saving.forget(desk.connection, who, saved_id=kept_id, now=desk.moment.now)
    except NotYoursError as error:
        flash(say(error), "error")
    else:
        flash(gettext("The question is forgotten, and nothing is mailed of it."))
    return redirect(url_for("office.reports") + "#kept", 303)


@blueprint.post("/reports/kept/<int:kept_id>/unshare")
@needs(Right.READ_REPORTS)
def unshare_report(kept_id: int) -> Response:
    """Show a question to the office no longer: one's own, or as a manager anybody's."""
    with reading() as desk:
        _kept(desk, kept_id)
    try:
        with writing() as desk:
            member = desk.member
            saving.unshare(desk.connection, member.id, saved_id=kept_id, role=member.role)
    except NotYoursError as error:
        flash(say(error), "error")
    return redirect(url_for("office.reports") + "#kept", 303)


def _kept(desk: Desk, kept_id: int) -> Any:
    """Return a question that is the asker's own or shared, or say that there is none."""
    return saving.find(desk.connection, desk.member.id, saved_id=kept_id) or abort(404)


def _keep(desk: Desk, run: Any, form: KeepForm) -> None:
    report = REPORTS[run.report]
    question = read(report.name, report.options, now=desk.moment.now, said=run.asked)
    kept_id = saving.save(
        desk.connection, question, staff_id=desk.member.id, name=form.name.data or "",
        form_key=form.form_key, moment=desk.moment,
    )  # fmt: skip
    _set(desk, kept_id, form)


def _change(desk: Desk, kept_id: int, form: KeepForm) -> None:
    saving.rename(desk.connection, desk.member.id, saved_id=kept_id, name=form.name.data or "")
    _set(desk, kept_id, form)


def _set(desk: Desk, kept_id: int, form: KeepForm) -> None:
    who = desk.member.id
    if form.shared.data:
        saving.share(desk.connection, who, saved_id=kept_id)
    else:
        saving.unshare(desk.connection, who, saved_id=kept_id, role=desk.member.role)
    saving.schedule(
        desk.connection, who, saved_id=kept_id, sending=form.sending(), on=desk.today
    )  # fmt: skip


def _now(kept: Any) -> Mapping[str, Any]:
    """Return how a question is kept, as its form says it."""
    return {
        "name": kept.name, "shared": kept.shared, "rhythm": kept.rhythm,
        "recipients": "\n".join(kept.recipients), "language": kept.language,
    }  # fmt: skip


def _page(
    desk: Desk, form: KeepForm, asked: Any, *, back: str, title: Any, kept: Any = None
) -> str:
    """Show the form of a question, or of somebody else's what there is to know of it."""
    report = REPORTS.get(asked.report)
    return desk.page(
        "office/report_keep.html", form=form, button=JustDoIt(formdata=None), back=back,
        title=title, kept=kept, report=report, told=told_of(asked), fixed=fixed_days(asked),
        mails=current_app.config["MAIL"], rhythms=RHYTHMS, languages=NAMES,
        is_own=kept is None or kept.staff_id == desk.member.id,
    )  # fmt: skip
