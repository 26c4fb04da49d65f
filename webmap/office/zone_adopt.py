"""Put zones that are proposed in force, once it was told which cases change hands by it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField, StringField

from cases.accounts.members import in_role
from cases.errors import CaseError
from cases.handings import exchanges
from cases.permissions import Right
from cases.redrawing import Redrawn
from cases.workflow.roles import Role
from cases.zoning import LONGEST_NAME
from reports.workload.adopting import Named, adopt_zones, foretell
from reports.workload.values import Proposal
from reports.workload.written import proposal_from_json
from webmap.auth.desk import Desk, reading, writing
from webmap.auth.gate import needs
from webmap.forms import GIVEN, Form, choice
from webmap.interpreting import say
from webmap.office.frame import blueprint
from webmap.office.zone_draft import the_draft
from webmap.office.zone_shown import ShownZone, shown_zones
from webmap.office.zone_words import WORDS
from webmap.office.zones import LISTED


class AdoptForm(Form):
    """What each zone is called and who has it; ``told`` marks that, and what follows from it."""

    told = HiddenField()
    count: int

    def named(self) -> Named:
        """Return names and officers by the place of the zone."""
        return {
            at: (self[f"name_{at}"].data or "", self[f"officer_{at}"].data or None)
            for at in range(self.count)
        }

    @property
    def mark(self) -> str:
        """The mark of these very names and officers."""
        return hashlib.sha256(repr(sorted(self.named().items())).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Told:
    """What adopting would do, and the mark of what is adopted and of what that does."""

    redrawn: Redrawn
    mark: str


@blueprint.route("/zones/balance/<int:zone_draft_id>/adopt", methods=["GET", "POST"])
@needs(Right.DRAW_ZONES)
def adopt_zone_draft(zone_draft_id: int) -> str | Response:
    """Tell what adopting zones does; do it where exactly that was told before."""
    with reading() as desk:
        row = the_draft(desk, zone_draft_id)
        if row.proposal is None or row.adopted_at is not None:
            return redirect(url_for("office.zone_draft", zone_draft_id=zone_draft_id))
        made = proposal_from_json(row.proposal)
        zones = [each for each in shown_zones(made) if each.mark is not None]
        form = _form_of(zones, officers=[each.name for each in desk.rows(in_role(Role.OFFICER))])
    if form.validate_on_submit() and "adopt" in request.form:
        adopted = _adopt(zone_draft_id, form)
        if adopted is not None:
            return adopted
    with reading() as desk:
        told = None if form.errors else _foretold(desk, made, form)
        form.told.data = told.mark if told else ""
        return desk.page(
            "office/zone_adopt.html", draft=row, zones=zones, form=form, told=told,
            exchanges=exchanges(told.redrawn.hands) if told else [], listed=LISTED,
            zone=desk.zone, **WORDS,
        )  # fmt: skip


def _foretold(desk: Desk, made: Proposal, form: AdoptForm) -> Told | None:
    """Say what adopting would do; None where it is refused, which the form then says."""
    try:
        redrawn = foretell(desk.connection, made, named=form.named(), **desk.who)
    except CaseError as error:
        form.form_errors.append(say(error))
        return None
    return Told(redrawn, f"{form.mark}:{redrawn.mark}")


def _adopt(zone_draft_id: int, form: AdoptForm) -> Response | None:
    """Adopt zones as they were told; None where these were not, or it is refused."""
    told_of, _sep, what = (form.told.data or "").partition(":")
    if told_of != form.mark:
        return None
    try:
        with writing() as desk:
            done = adopt_zones(
                desk.connection, zone_draft_id, named=form.named(), told=what, **desk.who
            )
    except CaseError as error:
        form.form_errors.append(say(error))
        return None
    handed: Any = ngettext(
        "%(count)s open case changed hands.", "%(count)s open cases changed hands.",
        len(done.hands), count=f"{len(done.hands):,}",
    )  # fmt: skip
    flash(_("The zones are in force.") + " " + handed)
    return redirect(url_for("office.zones"), 303)


def _form_of(zones: Sequence[ShownZone], *, officers: Sequence[str]) -> AdoptForm:
    """Make the form of some zones; a new one is offered to an officer who has none."""
    fields: dict[str, Any] = {"count": len(zones)}
    usual: dict[str, str] = {}
    free = iter(_without_zone(zones, officers))
    for at, each in enumerate(zones):
        now = each.zone.officer
        usual[f"name_{at}"] = each.zone.name
        usual[f"officer_{at}"] = now or (next(free, "") if each.zone.zone_id is None else "")
        names = [*officers, *([now] if now and now not in officers else [])]
        fields[f"name_{at}"] = StringField(
            lazy_gettext("Name"), [GIVEN],
            render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"},
        )  # fmt: skip
        fields[f"officer_{at}"] = SelectField(
            lazy_gettext("Officer"),
            choices=[choice("", _("nobody")), *(choice(name, name) for name in names)],
        )
    form: AdoptForm = type("ZonesForm", (AdoptForm,), fields)(data=usual)
    return form


def _without_zone(zones: Sequence[ShownZone], officers: Sequence[str]) -> list[str]:
    taken = {each.zone.officer for each in zones}
    return [name for name in officers if name not in taken]
