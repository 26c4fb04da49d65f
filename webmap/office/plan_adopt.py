"""Put a draft in force, whole or of some officers: what that replaces is told before."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from werkzeug.wrappers import Response
from wtforms import HiddenField

from cases.errors import CaseError
from cases.permissions import Right
from reports.routes.adopting import adopt_draft
from webmap.auth.desk import reading, writing
from webmap.auth.gate import needs
from webmap.forms import KeyedForm
from webmap.interpreting import say
from webmap.office.deeds.fields import ChecksField
from webmap.office.frame import blueprint
from webmap.office.plan_draft import the_draft
from webmap.office.plan_standing import Adoptable, adoptable
from webmap.office.plan_words import WORDS

type Whose = tuple[int, date]


class AdoptForm(KeyedForm):
    """Which officers' days are adopted, and which plans whoever adopts them saw in force."""

    routes = ChecksField(lazy_gettext("Days to adopt"))
    seen = HiddenField()
    known = HiddenField()

    def instead_of(self) -> dict[str, int]:
        """Return the plans that the page showed in force, by the key of the day."""
        pairs = (each.partition("=") for each in (self.known.data or "").split(" ") if each)
        return {key: int(said) for key, _sep, said in pairs if said.isascii() and said.isdigit()}


@blueprint.route("/plans/<int:draft_id>/adopt", methods=["GET", "POST"])
@needs(Right.PLAN_WORK)
def adopt_plan(draft_id: int) -> str | Response:
    """Tell what adopting a draft replaces, and do it for the days that are ticked."""
    form = AdoptForm()
    with reading() as desk:
        row = the_draft(desk, draft_id)
        if row.plan is None:
            return redirect(url_for("office.plan", draft_id=draft_id))
        days = adoptable(desk, row)
    form.routes.choices = [(each.route.key, each.route.key) for each in days]
    if form.validate_on_submit():
        adopted = _adopt(draft_id, form)
        if adopted is not None:
            return adopted
        with reading() as desk:
            days = adoptable(desk, the_draft(desk, draft_id))
    elif not form.is_submitted():
        form.routes.data = _ticked(days)
    with reading() as desk:
        row = the_draft(desk, draft_id)
        form.seen.data = str(row.version)
        form.known.data = " ".join(f"{each.route.key}={each.there.id}" for each in days
                                   if each.there is not None)  # fmt: skip
        return desk.page(
            "office/plan_adopt.html", draft=row, days=days, form=form, zone=desk.zone, **WORDS
        )


def _ticked(days: Sequence[Adoptable]) -> list[str]:
    """Return the days ticked at first: all, or those of the officer the page was asked for."""
    officer = request.args.get("officer", type=int)
    return [
        each.route.key
        for each in days
        if not each.is_it and officer in {None, each.route.officer_id}
    ]


def _adopt(draft_id: int, form: AdoptForm) -> Response | None:
    """Adopt the ticked days, all of them or none; None where that is refused."""
    known = form.instead_of()
    chosen = set(form.routes.data or ())
    if not chosen:
        form.routes.errors = [_("Tick the days that are to be adopted.")]
        return None
    try:
        with writing() as desk:
            row = the_draft(desk, draft_id)
            made = adopt_draft(
                desk.connection, row.id, seen=int(form.seen.data or 0),
                only={_whose(each) for each in chosen},
                zone=ZoneInfo(str(desk.zone)),
                instead_of={_whose(key): plan for key, plan in known.items()},
                key=form.form_key, **desk.who,
            )  # fmt: skip
    except CaseError as error:
        form.form_errors.append(say(error))
        return None
    flash(
        ngettext("%(num)s day is in force.", "%(num)s days are in force.", len(made))
        + " " + _("Each officer finds it in the field app.")
    )  # fmt: skip
    return redirect(url_for("office.plan", draft_id=draft_id), 303)


def _whose(key: str) -> Whose:
    officer, _sep, on = key.partition(".")
    return int(officer), date.fromisoformat(on)
