"""Withdraw plans in force, of a day or from a day on: what goes is shown first, why is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from werkzeug.wrappers import Response

from cases.errors import CaseError
from cases.permissions import Right
from cases.visits.comparing import how_far, plans_from
from cases.visits.withdrawing import LONGEST_REASON, withdraw_plans
from webmap.arguments import day_asked
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import ReasonedForm
from webmap.interpreting import say
from webmap.office.deeds.fields import ChecksField, words_field
from webmap.office.frame import blueprint
from webmap.office.plan_words import WORDS


class WithdrawForm(ReasonedForm):
    """Which plans are withdrawn, and why."""

    plans = ChecksField(lazy_gettext("Plans to withdraw"), coerce=int, validate_choice=False)
    reason = words_field(
        lazy_gettext("Why they are withdrawn"), most=LONGEST_REASON,
        description=lazy_gettext("The officers read it in the field app. It is kept."),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A plan in force that may be withdrawn, and how far its officer is with it."""

    plan: Any
    told: Any


@blueprint.route("/plans/withdraw", methods=["GET", "POST"])
@needs(Right.PLAN_WORK)
def withdraw_day() -> str | Response:
    """Show the plans in force from a day on, and withdraw those that are ticked."""
    form = WithdrawForm()
    with reading() as desk:
        on = _first(desk)
        plans = _in_force(desk, on)
    if form.validate_on_submit():
        gone = _withdraw(form, on)
        if gone is not None:
            return gone
    elif not form.is_submitted():
        whole = "after" in request.args
        form.plans.data = [each.plan.id for each in plans if whole or each.plan.on_day == on]
    with reading() as desk:
        return desk.page(
            "office/plan_withdraw.html", form=form, on=on, plans=_in_force(desk, on),
            zone=desk.zone, **WORDS,
        )  # fmt: skip


def _first(desk: Desk) -> date:
    """Return the day asked for; a plan of a day that is over is what was driven, and stays."""
    return max(day_asked(request.args, "day") or desk.today, desk.today)


def _in_force(desk: Desk, on: date) -> Sequence[InForce]:
    plans = desk.rows(plans_from(on))
    told = {each.plan_id: each for each in desk.rows(how_far([each.id for each in plans]))}
    return [InForce(plan=each, told=told.get(each.id)) for each in plans]


def _withdraw(form: WithdrawForm, on: date) -> Response | None:
    """Withdraw the ticked plans, all of them or none; None where that is refused."""
    chosen = set(form.plans.data or ())
    if not chosen:
        form.plans.errors = [_("Tick the plans that are to be withdrawn.")]
        return None
    try:
        with writing() as desk:
            withdraw_plans(desk.connection, chosen, because=form.reason.data or "", **desk.who)
    except CaseError as error:
        form.form_errors.append(say(error))
        return None
    flash(
        ngettext("%(num)s plan is withdrawn.", "%(num)s plans are withdrawn.", len(chosen))
        + " " + _("The field app shows it no more.")
    )  # fmt: skip
    return redirect(url_for("office.plan_day", planned_on=on.isoformat()), 303)
