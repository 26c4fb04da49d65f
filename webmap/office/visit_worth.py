"""Let a manager tune what a visit is worth on the road, and how long it and its drive last."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import Optional

from cases.permissions import Right
from cases.visiting import driving
from cases.visiting.driving import Pace, paces
from cases.visiting.kinds import USUAL, Kind
from cases.visiting.learning import ENOUGH, Time, Times, times
from cases.visiting.setting import set_visits, setting_changes, settings_in_force
from cases.visiting.settings import (
    AGAIN,
    DAY_OVERDUE,
    DAY_WAITING,
    DAYS_COUNTED,
    DRIVES,
    FURTHER,
    GOAL,
    LAST_DAY,
    MINUTE,
    PHOTOS,
    PRIORITIES,
    SETTINGS,
    Settings,
    Unit,
    seconds_of,
    worth_of_priority,
)
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.forms import Form
from webmap.office.bases import told_at_its_field
from webmap.office.frame import blueprint
from webmap.office.simple import deed_page
from webmap.words import plain

REMEMBERED = 20

KINDS: dict[Kind, Any] = {
    Kind.APPOINTMENT: lazy_gettext("Appointment"),
    Kind.MISSED_APPOINTMENT: lazy_gettext("Appointment that was missed"),
    Kind.ORDER: lazy_gettext("Whether an order is met"),
    Kind.AGREEMENT: lazy_gettext("Whether an agreement is kept"),
    Kind.REINSPECTION: lazy_gettext("Reinspection"),
    Kind.FIRST_INSPECTION: lazy_gettext("First inspection"),
    Kind.HEARING_PHOTOS: lazy_gettext("Photographs for a hearing"),
    Kind.POSTING: lazy_gettext("Posting of a notice"),
    Kind.SERVICE_BY_HAND: lazy_gettext("Service by hand"),
}
"""What each kind of visit is called."""


def kind_words(kind: str) -> str:
    """Say what a visit is for; a kind that is none of ours by its own word."""
    return str(KINDS[Kind(kind)]) if kind in set(Kind) else plain(kind)


_PRIORITIES = (
    lazy_gettext("Priority 1, the most urgent"), lazy_gettext("Priority 2"),
    lazy_gettext("Priority 3"), lazy_gettext("Priority 4"), lazy_gettext("Priority 5"),
)  # fmt: skip

NAMES: dict[str, Any] = {
    **{worth_of_priority(at): _PRIORITIES[at - 1] for at in PRIORITIES},
    DAY_OVERDUE: lazy_gettext("For each day that it is overdue"),
    DAYS_COUNTED: lazy_gettext("Most days counted so"),
    LAST_DAY: lazy_gettext("On its last day, and after it"),
    DAY_WAITING: lazy_gettext("For each day earlier in a plan of several days"),
    **{seconds_of(kind): words for kind, words in KINDS.items()},
    FURTHER: lazy_gettext("Each further thing at the same stop"),
    GOAL: lazy_gettext("Look again after a deadline within"),
    AGAIN: lazy_gettext("Look again when nothing changed after"),
    PHOTOS: lazy_gettext("Photographs for a hearing are no older than"),
    "drive_morning": lazy_gettext("Drives that begin from 7 to 9 in the morning"),
    "drive_midday": lazy_gettext("Drives that begin from 9 to 3 in the afternoon"),
    "drive_afternoon": lazy_gettext("Drives that begin from 3 to 6 in the afternoon"),
}
"""What each setting is called."""

PARTS: tuple[tuple[Any, Any, tuple[str, ...]], ...] = (
    (
        lazy_gettext("Extra driving that a visit is worth"),
        lazy_gettext("(in minutes)"),
        (
            *(worth_of_priority(at) for at in PRIORITIES),
            DAY_OVERDUE,
            DAYS_COUNTED,
            LAST_DAY,
            DAY_WAITING,
        ),
    ),
    (
        lazy_gettext("Time at the door"),
        lazy_gettext("(in minutes)"),
        (*(seconds_of(kind) for kind in Kind), FURTHER),
    ),
    (lazy_gettext("Days"), "", (GOAL, AGAIN, PHOTOS)),
    (
        lazy_gettext("Time on the road, by the hour"),
        lazy_gettext("(in percent of what the streets say)"),
        (*DRIVES,),
    ),
)
"""The settings as the page groups them, each part with the unit of its fields."""


class WorthForm(Form):
    """Each setting: seconds as minutes, days as they are; empty is as the program takes it."""


for _name in SETTINGS:
    setattr(
        WorthForm,
        _name,
        IntegerField(
            NAMES[_name], [Optional()], render_kw={"inputmode": "numeric", "class": "money"}
        ),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a setting, in words."""

    name: Any
    value: str
    before: str
    row: Any


@blueprint.route("/visit-worth", methods=["GET", "POST"])
@needs(Right.PLAN_WORK)
def visit_worth() -> str | Response:
    """Show what a visit is worth and how long it lasts, or set it."""
    with reading() as desk:
        settings = settings_in_force(desk.connection)
        lasts = times(desk.connection, settings, on=desk.today)
        drives = paces(desk.connection, settings, on=desk.today, zone=desk.zone)
        rows, zone = desk.rows(setting_changes().limit(REMEMBERED)), desk.zone
    form = WorthForm(data=_shown(settings))
    _describe(form, lasts, drives)

    def keep(desk: Desk) -> None:
        with told_at_its_field(form):
            set_visits(desk.connection, _typed(form), **desk.who)

    changed = [
        Change(
            NAMES[row.name], _in_words(row.name, row.value), _in_words(row.name, row.before), row
        )
        for row in rows
        if row.name in NAMES
    ]
    return deed_page(
        form, keep, title=_("What a visit is worth"), back=url_for("office.home"),
        back_words=_("Today"), template="office/visit_worth.html", parts=PARTS, changed=changed,
        zone=zone,
    )  # fmt: skip


def _shown(settings: Settings) -> dict[str, int | None]:
    """Return what the form holds: what is in force, and nothing where it is learned."""
    found = {name: settings.said.get(name, each.default) for name, each in SETTINGS.items()}
    return {
        name: value and value // _per(name) if value else value for name, value in found.items()
    }


def _typed(form: WorthForm) -> dict[str, int | None]:
    typed = {name: form[name].data for name in SETTINGS}
    return {
        name: None if value is None else value * _per(name) for name, value in typed.items()
    }  # fmt: skip


def _per(name: str) -> int:
    return MINUTE if SETTINGS[name].unit is Unit.SECONDS else 1


def _describe(form: WorthForm, lasts: Times, drives: Mapping[str, Pace]) -> None:
    """Say beside each field what is taken where it is left empty."""
    for name, setting in SETTINGS.items():
        if setting.default is not None:
            form[name].description = _("Empty: %(usual)s.", usual=_in_words(name, setting.default))
    for kind in Kind:
        form[seconds_of(kind)].description = _learned(lasts.of(kind), kind)
    for name, pace in drives.items():
        form[name].description = _driven(pace)


def _driven(pace: Pace) -> str:
    drives = ngettext(
        "%(count)s drive of the last half year", "%(count)s drives of the last half year",
        pace.drives, count=f"{pace.drives:,}",
    )  # fmt: skip
    if pace.learned is not None:
        return str(_(
            "Empty: %(percent)s percent, learned from %(drives)s.", percent=pace.learned,
            drives=drives,
        ))  # fmt: skip
    return str(
        _(
            "Empty: as the streets say. Learned once %(enough)s are known; so far: %(drives)s.",
            enough=driving.ENOUGH, drives=drives,
        )
    )  # fmt: skip


def _learned(lasts: Time, kind: Kind) -> str:
    visits = ngettext(
        "%(count)s visit of the last year", "%(count)s visits of the last year", lasts.visits,
        count=f"{lasts.visits:,}",
    )  # fmt: skip
    if lasts.learned is not None:
        minutes = round(lasts.learned / MINUTE)
        return str(_(
            "Empty: %(minutes)s minutes, learned from %(visits)s.", minutes=minutes, visits=visits
        ))  # fmt: skip
    usual = _in_words(seconds_of(kind), USUAL[kind].minutes * MINUTE)
    return str(
        _(
            "Empty: %(usual)s. Learned once %(enough)s are known; so far: %(visits)s.",
            usual=usual, enough=ENOUGH, visits=visits,
        )
    )  # fmt: skip


def _in_words(name: str, value: int | None) -> str:
    """Write a value of a setting in its unit."""
    if value is None:
        return str(_("as the program takes it"))
    many = value // _per(name)
    unit = SETTINGS[name].unit
    if unit is Unit.SECONDS:
        return str(ngettext("%(num)s minute", "%(num)s minutes", many))
    if unit is Unit.BUSINESS_DAYS:
        return str(ngettext("%(num)s business day", "%(num)s business days", many))
    if unit is Unit.PERCENT:
        return str(_("%(num)s percent", num=many))
    return str(ngettext("%(num)s day", "%(num)s days", many))
