"""Change a draft by hand: what a change does to everybody's day is shown before it is kept."""

from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response
from wtforms import HiddenField, IntegerField
from wtforms.validators import NumberRange, Optional

from cases.errors import CaseError
from cases.permissions import Right
from cases.visits.drafts import change_draft
from geo.errors import LotlineError
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import JustDoIt, KeyedForm
from webmap.interpreting import say
from webmap.office.deeds.fields import select
from webmap.office.frame import blueprint
from webmap.office.plan_changed import DEEDS, Change, changed, changed_words
from webmap.office.plan_draft import the_draft
from webmap.office.plan_history import remember, undone, was_done
from webmap.office.plan_shown import ShownPlan, ShownRoute, as_time, shown
from webmap.office.plan_told import Told, told
from webmap.office.plan_words import WORDS, stops
from webmap.words import clock, weekday

MOST_PLACES = 200


class ChangeForm(KeyedForm):
    """To whom a stop is given, and in which place of the day."""

    stop = HiddenField()
    do = HiddenField()
    seen = HiddenField()
    of = HiddenField()
    to = select(lazy_gettext("Give it to"), validate_choice=False)
    at = IntegerField(
        lazy_gettext("Place in that day"), [Optional(), NumberRange(1, MOST_PLACES)],
        render_kw={"inputmode": "numeric", "class": "money"},
        description=lazy_gettext("1 for the first stop. Empty: where it costs least."),
    )  # fmt: skip

    def change(self) -> Change:
        """Return what is asked for."""
        return Change(
            stop_id=self.stop.data or "", do=self.do.data or "", of=self.of.data or "",
            to=self.to.data or "", place=self.at.data,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A stop of which a change is asked: where it is now, or why it is left."""

    label: str
    items: Any
    there: tuple[ShownRoute, Any] | None
    left: Any


@blueprint.route("/plans/<int:draft_id>/change", methods=["GET", "POST"])
@needs(Right.PLAN_WORK)
def plan_change(draft_id: int) -> str | Response:
    """Ask for a change of a stop, show what it does, and keep it."""
    form = ChangeForm(request.form if request.method == "POST" else request.args)
    with reading() as desk:
        row = the_draft(desk, draft_id)
        if row.plan is None:
            return redirect(_back(draft_id, None))
        made = shown(row.plan)
        asked = _asked(made, form.stop.data or "", of=form.of.data or "")
    form.to.choices = _choices(made)
    form.to.flags.required = True  # a list always has one chosen: not to be told as optional
    if form.do.data and form.do.data not in DEEDS:
        abort(404)
    if request.method == "POST" and form.validate():
        kept = _kept(draft_id, form)
        if kept is not None:
            return kept
    return _shown(draft_id, form, asked, row=row, made=made)


@blueprint.post("/plans/<int:draft_id>/undo")
@needs(Right.PLAN_WORK)
def undo_plan(draft_id: int) -> Response:
    """Take the last change back."""
    seen = request.form.get("seen", type=int)
    try:
        with writing() as desk:
            row = the_draft(desk, draft_id)
            if row.plan is None:
                return redirect(_back(draft_id, None), 303)
            problem, plan = undone(row.problem, row.plan)
            if JustDoIt().validate() and plan != row.plan:
                change_draft(
                    desk.connection, draft_id, problem=problem, plan=plan, seen=seen or 0,
                    **desk.who,
                )  # fmt: skip
                flash(_("The last change is taken back."))
    except CaseError as error:
        flash(say(error), "error")
    return redirect(_back(draft_id, request.form.get("day")), 303)


def _asked(made: ShownPlan, stop_id: str, *, of: str) -> Asked:
    """Return the stop of which a change is asked; there is no page of one that is in no plan."""
    route = made.route(of)
    mine = next((each for each in route.stops if each.id == stop_id), None) if route else None
    there = (route, mine) if route and mine else made.stop(stop_id)
    if there:
        return Asked(label=there[1].label, items=there[1].items, there=there, left=None)
    left = next((each for each in made.left if each["id"] == stop_id), None) or abort(404)
    return Asked(label=left["label"], items=left["items"], there=None, left=left)


def _choices(made: ShownPlan) -> dict[str, list[tuple[str, str]]]:
    """Return the officers' days to choose from, under their day."""
    return {
        weekday(day): [
            (
                each.key,
                _(
                    "%(letter)s %(officer)s: %(stops)s, back at %(time)s", letter=each.mark.letter,
                    officer=each.officer, stops=stops(len(each.stops)),
                    time=clock(as_time(each.finish)),
                ),
            )
            for each in made.of_day(day)
        ]
        for day in made.days
        if made.of_day(day)
    }  # fmt: skip


def _kept(draft_id: int, form: ChangeForm) -> Response | None:
    """Keep the change; None where it is refused, which the form then says."""
    try:
        with writing() as desk:
            row = the_draft(desk, draft_id)
            on = _day_of(form)
            if was_done(row.plan, key=str(form.form_key)):
                flash(_("It is on record."))
                return redirect(_back(draft_id, on), 303)
            words = _keep(desk, row, form)
    except LotlineError as error:
        form.form_errors.append(say(error))
        return None
    flash(words)
    return redirect(_back(draft_id, on), 303)


def _keep(desk: Desk, row: Any, form: ChangeForm) -> str:
    change, made = form.change(), shown(row.plan)
    after = changed(row, change, plan=made, streets=current_app.config["STREETS"])
    words = changed_words(made, change)
    problem, plan = remember(
        (row.problem, row.plan), (after.problem, after.plan), key=str(form.form_key), words=words
    )  # fmt: skip
    change_draft(
        desk.connection, row.id, problem=problem, plan=plan, seen=_seen(form), **desk.who
    )  # fmt: skip
    return words


def _shown(draft_id: int, form: ChangeForm, asked: Asked, *, row: Any, made: ShownPlan) -> str:
    """Show the change that is asked for with what it does, or what can be asked."""
    effect: Told | None = None
    wrong = ""
    if form.do.data:
        try:
            after = changed(row, form.change(), plan=made)
            effect = told(
                made, shown(after.plan), of=form.stop.data or "", cost=after.cost
            )  # fmt: skip
        except LotlineError as error:
            wrong = say(error)
    form.seen.data = str(row.version)
    part = "part" in request.args
    with reading() as desk:
        return desk.page(
            "office/_plan_effect.html" if part else "office/plan_change.html", draft=row,
            form=form, asked=asked, effect=effect, wrong=wrong, plan=made, as_time=as_time,
            part=part, back=_back(draft_id, request.values.get("day")),
            words=changed_words(made, form.change()) if form.do.data else "", **WORDS,
        )  # fmt: skip


def _seen(form: ChangeForm) -> int:
    said = form.seen.data or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 8 else 0  # noqa: PLR2004


def _day_of(form: ChangeForm) -> str | None:
    """Return the day the change is seen on."""
    return (form.to.data or form.of.data or "").partition(".")[2] or request.values.get("day")


def _back(draft_id: int, on: str | None) -> str:
    return url_for("office.plan", draft_id=draft_id, day=on or None)
