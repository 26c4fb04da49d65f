"""Show the officers' zones, and let a manager draw one after seeing what follows from it."""

import hashlib
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from geoalchemy2.shape import to_shape
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField, StringField, TextAreaField

from cases.accounts.members import in_role
from cases.drawings import drawings
from cases.errors import CaseError
from cases.handings import exchanges
from cases.neighbours import LEAST_M2
from cases.outlines import MOST_CORNERS, rings_of
from cases.permissions import Right
from cases.workflow.roles import Role
from cases.zoning import (
    LONGEST_NAME,
    Drawn,
    Plan,
    draw_zone,
    foretell_zone,
    mark_of,
    trimmed,
    zone_to_draw,
)
from geo import places
from reports.loads import zone_loads
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import GIVEN, Form
from webmap.interpreting import say
from webmap.office import corners, handed
from webmap.office.frame import blueprint

LISTED = 200
"""How many of the cases that go from one to another a page names; it counts them all."""
REMEMBERED = 50
OWN, NEIGHBOURS = "own", "neighbours"
"""Whose zone is cut where two overlap, as the buttons say it."""


class ZoneForm(Form):
    """What a zone is to be; ``told`` is the mark of the plan and of its consequence as shown."""

    name = StringField(
        lazy_gettext("Name"), [GIVEN], render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"}
    )
    officer = SelectField(lazy_gettext("Officer"))
    corners = TextAreaField(
        lazy_gettext("Corners"),
        [GIVEN],
        description=lazy_gettext(
            "One corner a line: latitude, longitude. A blank line begins another part, or a hole."
        ),
        render_kw={"rows": 12, "spellcheck": "false", "class": "corners"},
    )
    seen = HiddenField()
    told = HiddenField()
    cut = HiddenField()

    def plan(self, zone_id: int | None) -> Plan:
        """Return what is asked."""
        return Plan(
            zone_id=zone_id,
            name=self.name.data or "",
            officer_id=int(self.officer.data) if self.officer.data else None,
            rings=corners.read(self.corners.data or ""),
            seen=self.seen.data or "",
            cuts_neighbours=self.cut.data == NEIGHBOURS,
        )

    @property
    def mark(self) -> str:
        """The mark of this very plan."""
        said = [self.name.data, self.officer.data, self.corners.data, self.seen.data, self.cut.data]
        return hashlib.sha256("\0".join(map(str, said)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Told:
    """What a drawing would do, and the mark of it and of what it does."""

    drawn: Drawn
    mark: str


@blueprint.get("/zones")
@needs(Right.READ_CASE)
def zones() -> str:
    """Show every officer's zone, what it has, and how zones were drawn."""
    with reading() as desk:
        loads = {load.open.asked.zone: load for load in zone_loads(desk.connection, on=desk.today)}
        return desk.page(
            "office/zones.html",
            zones=desk.rows(places.zones()),
            officers={each.name for each in desk.rows(in_role(Role.OFFICER))},
            loads=loads,
            drawings=desk.rows(drawings().limit(REMEMBERED)),
            handed=handed.of_drawing,
        )


@blueprint.route("/zones/new", methods=["GET", "POST"], endpoint="new_zone")
@needs(Right.DRAW_ZONES)
def new_zone() -> str | Response:
    """Draw a zone that is not there yet."""
    with reading() as desk:
        return _draw(desk, ZoneForm(), zone_id=None, title=_("A new zone"))


@blueprint.route("/zones/<int:zone_id>", methods=["GET", "POST"])
@needs(Right.DRAW_ZONES)
def zone(zone_id: int) -> str | Response:
    """Move a zone's boundary, name it, or give it to another officer."""
    with reading() as desk:
        row = desk.first(zone_to_draw(zone_id)) or abort(404)
        form = ZoneForm(
            data={
                "name": row.name,
                "officer": str(row.officer_id or ""),
                "corners": corners.written(rings_of(to_shape(row.geom))),
                "seen": mark_of(row.content_sha),
            }
        )
        return _draw(desk, form, zone_id=zone_id, title=row.name, warned=_no_officer(row))


def _draw(
    desk: Desk, form: ZoneForm, *, zone_id: int | None, title: str, warned: str = ""
) -> str | Response:
    """Tell what a drawing would do; do it where exactly that was told before."""
    members = [(str(each.id), each.name) for each in desk.rows(in_role(Role.OFFICER))]
    form.officer.choices = [("", _("nobody")), *members]
    told = None
    if form.validate_on_submit():
        try:
            plan = _chosen_cut(desk, form, form.plan(zone_id))
            told_of, _sep, what = (form.told.data or "").partition(":")
            if "save" in request.form and told_of == form.mark:
                return _save(plan, told=what)
            drawn = foretell_zone(desk.connection, plan, **desk.who)
            told = Told(drawn, f"{form.mark}:{drawn.mark}")
        except CaseError as error:
            form.form_errors.append(say(error))
    form.told.data = told.mark if told else ""
    return desk.page(
        "office/zone.html", form=form, told=told, title=title, zone_id=zone_id, most=MOST_CORNERS,
        listed=LISTED, least=LEAST_M2, warned=warned,
        exchanges=exchanges(told.drawn.hands) if told else [], zone=desk.zone,
    )  # fmt: skip


def _no_officer(row: Any) -> str:
    """Say why whoever a zone is of has it in vain; "" where an officer who works here has it."""
    if row.officer_name is None or (row.officer_active and row.officer_role == Role.OFFICER):
        return ""
    words = _("%(officer)s has the zone and has no account here: choose who has it from now on.")
    if row.officer_active:
        words = _(
            "%(officer)s has the zone and is no longer an officer: choose who has it from now on."
        )
    elif row.officer_id is not None:
        words = _("%(officer)s has the zone and no longer works here: choose who has it next.")
    return str(words) % {"officer": row.officer_name}


def _chosen_cut(desk: Desk, form: ZoneForm, plan: Plan) -> Plan:
    """Take the way to end an overlap that a button names into the form and its plan."""
    shown = request.form.get("show")
    if shown is None:
        return plan
    form.cut.data = NEIGHBOURS if shown == NEIGHBOURS else ""
    if shown == OWN:
        form.corners.data = corners.written(trimmed(desk.connection, plan))
    return form.plan(plan.zone_id)


def _save(plan: Plan, *, told: str) -> Response:
    with writing() as desk:
        drawn = draw_zone(desk.connection, plan, told=told, **desk.who)
    handed: Any = ngettext(
        "%(num)s open case changed hands.", "%(num)s open cases changed hands.", len(drawn.hands)
    )
    flash(_("%(zone)s is saved.", zone=plan.name) + " " + handed)
    return redirect(url_for("office.zones"))
