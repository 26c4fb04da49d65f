"""Keep the list of places that the public is told nothing of, on a written request."""

from typing import Any

from flask import abort, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response
from wtforms import FloatField, SelectField
from wtforms.validators import NumberRange, Optional

from cases import exempting
from cases.permissions import Right
from webmap.auth.desk import Desk, reading
from webmap.auth.gate import needs
from webmap.forms import GIVEN, Form, KeyedForm, choice
from webmap.interpreting import say
from webmap.office.deeds.fields import day_of, text_field, today_field, words_field
from webmap.office.frame import blueprint
from webmap.office.simple import deed_page


class ExemptForm(KeyedForm):
    """Which place, since what request, under what provision."""

    place = words_field(
        _("Parcel number or address"), most=200,
        description=_("As the request names it. All of that parcel is hidden."),
    )  # fmt: skip
    lat = FloatField(
        _("Latitude"), [Optional(), NumberRange(-90, 90)],
        description=_("Only for a place that has no parcel: its latitude and longitude."),
    )  # fmt: skip
    lon = FloatField(_("Longitude"), [Optional(), NumberRange(-180, 180)])
    provision = SelectField(_("Exempt under"), [GIVEN], choices=[])
    requested_on = today_field(_("Day of the written request"))
    note = text_field(
        _("Note for staff"), rows=2, needed=False,
        description=_("Where the request is filed. Do not write who is protected, or why."),
    )  # fmt: skip


class EndForm(Form):
    """Why the place is shown again."""

    because = text_field(_("Why it is shown to the public again"), rows=2)


@blueprint.get("/exempt-places")
@needs(Right.EXEMPT_PLACES)
def exempt_places() -> str:
    """Show every exempt place, and those that are exempt no longer."""
    with reading() as desk:
        rows = desk.rows(exempting.exempt_places())
        return desk.page("office/exempt_places.html", rows=rows)


@blueprint.route("/exempt-places/new", methods=["GET", "POST"])
@needs(Right.EXEMPT_PLACES)
def new_exempt_place() -> str | Response:
    """Note a written request, from when on the place is gone from all that is public."""
    form = ExemptForm()
    with reading() as desk:
        there = exempting.provisions(desk.connection, on=desk.today)
    form.provision.choices = [choice(cites, f"{cites}: {say(what)}") for cites, what in there]

    def keep(desk: Desk) -> None:
        asked = exempting.Wanted(
            place=form.place.data or "", point=_point(form), provision=form.provision.data,
            requested_on=day_of(form.requested_on), note=form.note.data,
        )  # fmt: skip
        exempting.exempt(desk.connection, asked, form_key=form.form_key, **desk.who)

    return deed_page(
        form, keep, title=_("Exempt a place"), back=url_for("office.exempt_places"),
        back_words=_("Exempt places"), button=_("Hide it from the public now"),
    )  # fmt: skip


@blueprint.route("/exempt-places/<int:exemption_id>/end", methods=["GET", "POST"])
@needs(Right.EXEMPT_PLACES)
def end_exempt_place(exemption_id: int) -> str | Response:
    """Show a place to the public again."""
    form = EndForm()
    with reading() as desk:
        found = desk.first(exempting.exempt_place(exemption_id)) or abort(404)

    def keep(desk: Desk) -> None:
        why = form.because.data or ""
        exempting.end(desk.connection, exemption_id, because=why, **desk.who)

    return deed_page(
        form, keep, title=gettext("Show %(place)s again", place=found.said),
        back=url_for("office.exempt_places"), back_words=_("Exempt places"),
        lead=_("Its cases, liens, address and number are on the public pages again at once."),
    )  # fmt: skip


def _point(form: Any) -> exempting.LonLat | None:
    if form.lon.data is None or form.lat.data is None:
        return None
    return form.lon.data, form.lat.data
