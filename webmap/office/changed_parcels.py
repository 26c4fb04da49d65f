"""Show what each year made of the parcels, and ask where what stood on those that ended belongs."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort, url_for
from flask_babel import format_percent, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from cases.models import Succession
from cases.permissions import Right
from cases.succession.deciding import SuccessionError, decide
from cases.succession.waiting import parts_of, refreshes, waiting
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.forms import Form
from webmap.office.deeds.fields import text_field, words_field
from webmap.office.frame import blueprint
from webmap.office.simple import deed_page
from webmap.words import day

KINDS = {
    "case": _("Case"), "complaint": _("Complaint"), "lien": _("Lien"), "hazard": _("Danger"),
}  # fmt: skip
FATES = {
    "unchanged": _("Unchanged"), "reshaped": _("Reshaped"), "renumbered": _("Renumbered"),
    "split": _("Split"), "merged": _("Merged"), "regrouped": _("Regrouped"),
    "vanished": _("Vanished"), "new": _("New"),
}  # fmt: skip
"""What became of a parcel, as `geo.refresh.Fate` names it."""
STAYS, ANOTHER = "stays:", "another:"
"""What is chosen where it is none of the parts: words that no parcel's number is."""


class SettleForm(Form):
    """To which parcel it belongs, and what shows it."""

    parcel = RadioField(
        _("It belongs to"), [InputRequired(_("Choose a parcel."))], validate_choice=False
    )
    another = words_field(_("Number of the other parcel"), most=60, needed=False)
    because = text_field(_("What shows it"), rows=2)


@blueprint.get("/changed-parcels")
@needs(Right.SETTLE_PARCELS)
def changed_parcels() -> str:
    """Show what waits for somebody to say where it belongs, and the years that were taken in."""
    with reading() as desk:
        return desk.page(
            "office/changed_parcels.html", waiting=desk.rows(waiting()),
            years=desk.rows(refreshes()), kinds=KINDS, fates=FATES,
        )  # fmt: skip


@blueprint.route("/changed-parcels/<int:succession_id>", methods=["GET", "POST"])
@needs(Right.SETTLE_PARCELS)
def settle_parcel(succession_id: int) -> str | Response:
    """Ask where one thing belongs whose parcel is no more."""
    with reading() as desk:
        row = _waits(desk, succession_id)
        parts = desk.rows(parts_of(row.from_parcel_id))
    form = SettleForm()
    form.parcel.choices = _choices(row, parts)

    def keep(desk: Desk) -> None:
        decide(
            desk.connection, succession_id=succession_id, parcel_no=_chosen(form),
            because=form.because.data or "", **desk.who,
        )  # fmt: skip

    return deed_page(
        form, keep, title=_("Say where it belongs"), back=url_for("office.changed_parcels"),
        back_words=_("Changed parcels"), button=_("Put it there"), lead=_lead(row),
    )  # fmt: skip


def _lead(row: Any) -> str:
    told: str = gettext(
        "%(kind)s %(named)s stands on parcel %(parcel)s, which is no more as of %(day)s: %(fate)s.",
        kind=KINDS[row.kind], named=row.named, parcel=row.parcel_no, day=day(row.as_of),
        fate=str(FATES[row.fate]).lower(),
    )  # fmt: skip
    if row.kind != "lien":
        return told
    binds = gettext(
        "A lien binds each parcel made of its ground, whichever is chosen here; this is the one it "
        "is listed under."
    )
    return f"{told} {binds}"


def _waits(desk: Desk, succession_id: int) -> Any:
    found = desk.connection.execute(waiting().where(Succession.id == succession_id)).first()
    return found or abort(404)


def _choices(row: Any, parts: Sequence[sa.Row[Any]]) -> list[tuple[str, str]]:
    told = [(part.parcel_no, _part_words(part)) for part in parts]
    return [
        *told,
        (ANOTHER, gettext("Another parcel")),
        (STAYS, gettext("None: it stays on the record of %(parcel)s", parcel=row.parcel_no)),
    ]


def _part_words(part: Any) -> str:
    named = ", ".join(filter(None, (part.parcel_no, part.situs_address)))
    whole = format_percent(part.share)
    return str(_("%(parcel)s: %(share)s of the ground", parcel=named, share=whole))


def _chosen(form: SettleForm) -> str | None:
    if form.parcel.data == STAYS:
        return None
    if form.parcel.data != ANOTHER:
        return str(form.parcel.data)
    if not form.another.data:
        msg = "Give the number of the other parcel."
        raise SuccessionError(msg)
    return str(form.another.data)
