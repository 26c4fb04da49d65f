"""Shape the form by which somebody follows by e-mail or text, and find what is chosen on it."""

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import EmailField, HiddenField, RadioField, SelectField, StringField, TelField
from wtforms.validators import Length

from cases import queries
from cases.errors import CaseError, MailError
from cases.following.asking import Wanted
from cases.following.reaching import Reach
from cases.mail.message import LONGEST_ADDRESS, Channel
from cases.mail.numbers import ElsewhereError, read_number, require_country
from cases.outlines import Ring
from geo import places
from webmap.arguments import AskedError, ring_text
from webmap.forms import choice
from webmap.interpreting import say
from webmap.public.following.scopes import (
    Followed,
    followed_case,
    followed_parcel,
    read_followed,
)
from webmap.public.mailed import MailedForm
from webmap.public.reporting.desk import law_now
from webmap.visits import Visit

CASE, PLACE, NEAR, ZONE, AREA, TOWN = "case", "place", "near", "zone", "area", "town"
DISTANCES = {
    "75": _("250 feet"), "150": _("500 feet"), "300": _("1,000 feet"), "800": _("half a mile"),
}  # fmt: skip
"""Metres around an address, as people here say them."""
ROUND = 32
"""Corners of the area within a distance of a place."""
ALIKE = 5
_METRES = 111_320.0  # of a degree of latitude
_TYPED = {"autocomplete": "off", "spellcheck": "false"}


class FollowForm(MailedForm):
    """What is followed, and where that is told to."""

    what = RadioField(_("What do you want to follow?"), validate_choice=False)
    case = StringField(
        _("Case number"), [Length(max=60)], render_kw=_TYPED,
        description=_("It stands on the page of the case and in every letter about it."),
    )  # fmt: skip
    where = StringField(
        _("Address"), [Length(max=100)], render_kw=_TYPED,
        description=_("House number and street, or the parcel number."),
    )  # fmt: skip
    distance = SelectField(_("How far around it"), validate_choice=False, default="150")
    zone = SelectField(_("Zone"), validate_choice=False)
    area = HiddenField()
    category = SelectField(_("Which kinds of problem"), validate_choice=False)
    by = RadioField(_("How shall we tell you?"), validate_choice=False, default=str(Channel.MAIL))
    email = EmailField(
        _("Your e-mail address"), [Length(max=LONGEST_ADDRESS)],
        description=_("We mail a link to it. Nothing more is sent until you have used the link."),
        render_kw={"autocomplete": "email"},
    )  # fmt: skip
    phone = TelField(
        _("Your cell phone number"), [Length(max=40)],
        description=_("Ten digits, as (352) 555-0100. We text a link to it. Nothing more is sent "
                      "until you have used the link. Your carrier may charge for texts."),
        render_kw={"autocomplete": "tel"},
    )  # fmt: skip

    offered: Sequence[str] = ()
    """The ways to be told, once it is prepared."""
    kinds: Collection[str] = ()
    """The kinds of problem there are, once it is prepared."""

    def prepare(self, look: Visit, channels: Sequence[Channel]) -> None:
        """Offer what there is in the town.

        Parameters
        ----------
        channels
            By which it tells.
        """
        ways = {Channel.MAIL: _("By e-mail"), Channel.TEXT: _("By text message")}
        self.by.choices = [choice(str(each), ways[each]) for each in channels]
        self.offered = [str(each) for each in channels]
        if len(channels) == 1:
            only = self._told_to(channels[0])
            only.render_kw = {**only.render_kw, "required": True}
        zones = look.rows(places.zones())
        self.zone.choices = [choice(str(zone.id), zone.name) for zone in zones]
        self.distance.choices = [choice(*each) for each in DISTANCES.items()]
        self.kinds = _kinds(look)
        told = sorted(self.kinds, key=say)
        self.category.choices = [
            choice("", _("all kinds")), *(choice(each, say(each)) for each in told)
        ]  # fmt: skip
        words = {
            CASE: _("One case"), PLACE: _("One address"),
            NEAR: _("The neighborhood of an address"),
            ZONE: _("An officer's zone"), AREA: _("An area you draw on the map"),
            TOWN: _("The whole town"),
        }  # fmt: skip
        self.what.choices = [
            choice(key, said) for key, said in words.items() if zones or key != ZONE
        ]

    def fill(self, look: Visit, args: MultiDict[str, str]) -> None:
        """Take over what the page that led here showed."""
        followed = read_followed(look, args)
        given = followed.args
        area = given.get("area") or (_box_ring(given["bbox"]) if "bbox" in given else "")
        self.case.data, self.area.data = given.get("case", ""), area
        self.where.data = followed.name if "parcel" in given else ""
        self.category.data, self.zone.data = given.get("category", ""), given.get("zone", "")
        known = {"case": CASE, "parcel": PLACE, "bbox": AREA, "area": AREA, "zone": ZONE}
        found = [what for key, what in known.items() if key in given]
        self.what.data = found[0] if found else TOWN if "category" in given else None

    def wanted(self, look: Visit) -> Wanted | None:
        """Return what is chosen; None where that cannot be, which is then said beside it.

        What the town mails in its own name says nothing that a visitor has written.
        """
        if self.category.data and self.category.data not in self.kinds:
            self.complain("category", gettext("Choose what kind of problem it is."))
            return None
        try:
            followed = self._followed(look)
        except (AskedError, CaseError) as error:
            self.complain("what", say(error))
            return None
        if followed is None:
            return None
        return Wanted(scope=followed.scope, name=followed.name, page=followed.page)

    def reach(self, *, countries: Collection[str]) -> Reach | None:
        """Return where it is told to; None where that cannot be, which is then said beside it.

        Parameters
        ----------
        countries
            What numbers begin with that may be sent texts.
        """
        by = self.by.data if len(self.offered) > 1 else next(iter(self.offered), None)
        if by not in self.offered:
            self.complain("by", gettext("Choose how we shall tell you."))
            return None
        if by == Channel.TEXT:
            return self._number(countries)
        email = self.address()
        return Reach(Channel.MAIL, email) if email else None

    def _told_to(self, channel: Channel) -> Any:
        return self.phone if channel == Channel.TEXT else self.email

    def _number(self, countries: Collection[str]) -> Reach | None:
        typed = (self.phone.data or "").strip()
        try:
            number = require_country(read_number(typed), countries=countries)
            return Reach(Channel.TEXT, number)
        except ElsewhereError:
            words = gettext("This town sends no texts to numbers of that country.")
        except MailError:
            words = gettext("Type your cell phone number with its area code: ten digits.")
        self.complain("phone", words)
        return None

    def _followed(self, look: Visit) -> Followed | None:
        chosen = self.what.data
        if chosen == CASE:
            return self._case(look)
        if chosen in (PLACE, NEAR):
            return self._around(look, near=chosen == NEAR)
        narrowed = {
            ZONE: {"zone": self.zone.data or ""}, AREA: {"area": self.area.data or ""}, TOWN: {},
        }.get(chosen)  # fmt: skip
        if narrowed is None or not all(narrowed.values()):
            undrawn = gettext("Draw the area on the map: it needs three corners at least.")
            unsaid = gettext("Choose what you want to follow.")
            self.complain("what", undrawn if chosen == AREA else unsaid)
            return None
        kind = {"category": self.category.data} if self.category.data else {}
        return read_followed(look, MultiDict({**narrowed, **kind}))

    def _case(self, look: Visit) -> Followed | None:
        number = (self.case.data or "").strip()
        found = followed_case(look, number) if number else None
        if found is None:
            self.complain("case", gettext("We know no public case of this number. Check it."))
        return found

    def _around(self, look: Visit, *, near: bool) -> Followed | None:
        parcel_no = self._parcel(look, " ".join((self.where.data or "").split()))
        parcel = look.first(places.parcel_by_number(parcel_no)) if parcel_no else None
        if parcel is None:
            return None
        if not near:
            return followed_parcel(look, parcel.parcel_no)
        metres = self.distance.data if self.distance.data in DISTANCES else "150"
        kind = {"category": self.category.data} if self.category.data else {}
        ring = ring_text(_circle(parcel.lon, parcel.lat, metres=int(metres)))
        found = read_followed(look, MultiDict({"area": ring, **kind}))
        name = gettext(
            "%(kind)s within %(distance)s of %(place)s",
            kind=say(self.category.data) if self.category.data else gettext("All cases"),
            distance=DISTANCES[metres], place=parcel.situs_address or parcel.parcel_no,
        )  # fmt: skip
        return replace(found, name=name)

    def _parcel(self, look: Visit, typed: str) -> str | None:
        """Return the number of the lot that somebody typed the number or the address of."""
        if not typed:
            self.complain("where", gettext("Type an address or a parcel number."))
            return None
        found = look.rows(places.search(typed, most=ALIKE, kinds=("address", "parcel")))
        exact = [row for row in found if typed.casefold() in _names(row)]
        lots = {row.parcel_no for row in exact if row.parcel_no}
        if len(lots) == 1:
            return str(lots.pop())
        told = "; ".join(dict.fromkeys(str(row.label) for row in found))
        unknown = gettext("We know no such address here. Check the house number and the street.")
        which = gettext("Which one is it? Type one of these: %(places)s.", places=told)
        self.complain("where", which if found else unknown)
        return None


def _kinds(look: Visit) -> frozenset[str]:
    """Return the kinds of what is open in the town, and those of its law."""
    found = {str(row.category) for row in look.rows(queries.open_counts(on=look.today))}
    law = law_now()
    return frozenset(found | {each.category for each in law.ordinances} if law else found)


def _names(row: sa.Row[Any]) -> Collection[str]:
    return {str(each).casefold() for each in (row.label, row.parcel_no) if each}


def _circle(lon: float, lat: float, *, metres: int) -> Ring:
    """Return corners all around a place, which is as round as a map shows."""
    high, wide = metres / _METRES, metres / (_METRES * math.cos(math.radians(lat)))
    turns = [math.tau * at / ROUND for at in range(ROUND)]
    return [(lon + wide * math.cos(turn), lat + high * math.sin(turn)) for turn in turns]


def _box_ring(text: str) -> str:
    west, south, east, north = map(float, text.split(","))
    return ring_text([(west, south), (east, south), (east, north), (west, north)])
