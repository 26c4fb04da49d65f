"""Let a manager say how long each thing takes that is done in a case, for the hours of work."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import Optional

from cases.permissions import Right
from cases.work_minutes import (
    USUAL_MINUTES,
    Task,
    minutes_changes,
    minutes_said,
    set_minutes,
)
from reports.workload.task_words import DESK, DRIVE, WORDS
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.forms import Form
from webmap.interpreting import say
from webmap.office.bases import told_at_its_field
from webmap.office.frame import blueprint
from webmap.office.simple import deed_page

REMEMBERED = 20


class MinutesForm(Form):
    """The minutes of each task; empty is as is usual."""


for _task in Task:
    setattr(
        MinutesForm, _task,
        IntegerField(validators=[Optional()], render_kw={"inputmode": "numeric", "class": "money"}),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a task's minutes, in words."""

    name: str
    value: str
    before: str
    row: Any


@blueprint.route("/work-minutes", methods=["GET", "POST"])
@needs(Right.PLAN_WORK)
def work_minutes() -> str | Response:
    """Show how long each thing takes, or set it."""
    with reading() as desk:
        said = minutes_said(desk.connection)
        rows, zone = desk.rows(minutes_changes().limit(REMEMBERED)), desk.zone
    form = MinutesForm(data={task.value: minutes for task, minutes in said.items()})
    _describe(form)

    def keep(desk: Desk) -> None:
        typed = {task.value: form[task].data for task in Task}
        with told_at_its_field(form):
            set_minutes(desk.connection, typed, **desk.who)

    changed = [
        Change(task_words(Task(row.name)), _minutes(row.minutes), _minutes(row.before), row)
        for row in rows
        if row.name in set(Task)
    ]
    return deed_page(
        form, keep, title=_("How long work takes"), back=url_for("office.reports"),
        back_words=_("Reports"), template="office/work_minutes.html", changed=changed, zone=zone,
        parts=((_("Minutes of each"), "", tuple(Task)),),
    )  # fmt: skip


def task_words(task: Task) -> str:
    """Say what is done, beginning a line."""
    said = say(WORDS[DRIVE if task is Task.DRIVE else f"{DESK}{task}"])
    return said[:1].upper() + said[1:]


def _describe(form: MinutesForm) -> None:
    """Name each field, and say what is taken where it is left empty."""
    for task, usual in USUAL_MINUTES.items():
        field = form[task]
        field.label.text = task_words(task)
        if usual is None:
            field.description = _("Empty: learned from drives, or else as the streets say.")
        else:
            field.description = _("Empty: %(usual)s.", usual=_minutes(usual))


def _minutes(value: int | None) -> str:
    if value is None:
        return str(_("as the program takes it"))
    return str(ngettext("%(num)s minute", "%(num)s minutes", value))
