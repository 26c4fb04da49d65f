"""Shape the form by which a resident reports a problem."""

import math
import uuid
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    EmailField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import Length, Optional, ValidationError

from cases.lawpack.schema import LawPack
from cases.receiving import Report
from cases.reporters import Identity
from cases.residents.reporting import SOMETHING_ELSE
from cases.screening import Anonymity, Channel
from cases.tying import LonLat
from cases.wording import tidy
from webmap.forms import Form, KeyedForm, choice
from webmap.interpreting import say
from webmap.office.checking import lay_words
from webmap.office.reporting import COMBOBOX, FORGOTTEN
from webmap.public.mailed import MailedForm

NAMED, NAMELESS = "named", "nameless"
_TYPED = {each: value for each, value in COMBOBOX.items() if each != "autofocus"}


class CodeForm(Form):
    """The code that somebody was given for a report."""

    code = StringField(
        _("Your code"),
        [Length(max=200)],
        description=_("Four groups of five letters and digits, as on your receipt."),
        render_kw={
            "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
            "required": True,
        },
    )  # fmt: skip


class FollowReportForm(MailedForm):
    """The code of a report, and the address that is mailed when something becomes of it."""

    code = HiddenField()


class ReportForm(KeyedForm):
    """A whole report."""

    opened = HiddenField()
    point = HiddenField()
    where = StringField(_("Address"), [Length(max=200)], render_kw={**_TYPED})
    kind = RadioField(_("What kind of problem is it?"), validate_choice=False)
    shown = SelectMultipleField(validate_choice=False)
    same_as = StringField(_("Is it one of these?"))
    said = TextAreaField(
        _("What is wrong?"),
        [Length(max=4000)],
        description=_(
            "What you see, since when, and where on the lot. Do not write your name here: "
            "everybody who works on it reads this."
        ),
        render_kw={"rows": 5},
    )
    photos = MultipleFileField(
        _("Photos"), render_kw={"accept": "image/jpeg,image/png,image/heic,image/heif"}
    )
    who = RadioField(_("Will you say who you are?"), validate_choice=False)
    name = StringField(_("Name"), [Length(max=200)], render_kw=FORGOTTEN)
    home = StringField(_("Your address"), [Length(max=300)], render_kw=FORGOTTEN)
    phone = TelField(_("Telephone"), [Optional(), Length(max=60)], render_kw=FORGOTTEN)
    email = EmailField(_("E-mail"), [Optional(), Length(max=200)], render_kw=FORGOTTEN)
    website = StringField(_("Leave this empty"), render_kw={"tabindex": "-1", **FORGOTTEN})
    law: LawPack

    def prepare(self, law: LawPack) -> None:
        """Offer the kinds of a law, and what it says of those who give no name."""
        self.law = law
        self.said.flags.required = True
        self.kind.choices = [
            *(choice(each, say(each)) for each in sorted(lay_words(law), key=say)),
            choice(SOMETHING_ELSE, _("Something else")),
        ]
        self.who.choices = [
            choice(NAMED, _("Yes, I give my name and address")),
            choice(NAMELESS, _("No, I give no name")),
        ]

    @property
    def lay_words(self) -> dict[str, list[str]]:
        """What people call each kind who do not know its name."""
        return lay_words(self.law)

    @property
    def is_barred(self) -> bool:
        """Whether a report without a name may open no case here."""
        return self.law.intake.anonymous is Anonymity.BARRED

    @property
    def report_id(self) -> uuid.UUID | None:
        """The key as the name of the report; None where the page lost it."""
        return self.form_key if self.has_key() else None

    def validate_where(self, field: StringField) -> None:
        """Ask for a place, by words or by a point."""
        if not tidy(field.data) and not (self.point.data or "").strip():
            raise ValidationError(
                gettext("Say where it is: type an address, or put a point on the map.")
            )
        if self.point.data and point_of(self.point.data) is None:
            raise ValidationError(gettext("The point on the map was not understood: put it anew."))

    def validate_kind(self, field: RadioField) -> None:
        """Take the kinds that are offered, and no other."""
        if field.data not in {*lay_words(self.law), SOMETHING_ELSE}:
            raise ValidationError(gettext("Choose what kind of problem it is."))

    def validate_said(self, field: TextAreaField) -> None:
        """Ask what is wrong, in words."""
        if not tidy(field.data):
            raise ValidationError(gettext("Say in a few words what is wrong."))

    def validate_who(self, field: RadioField) -> None:
        """Ask whether a name is given, which is never taken for granted."""
        if field.data not in {NAMED, NAMELESS}:
            raise ValidationError(gettext("Choose yes or no."))

    def validate_name(self, field: StringField) -> None:
        """Ask for the name that somebody said they give."""
        self._require(field, gettext("Type your name, or choose to give none."))

    def validate_home(self, field: StringField) -> None:
        """Ask for the address, which the law wants with the name."""
        self._require(field, gettext("Type your address, or choose to give no name."))

    def _require(self, field: StringField, words: str) -> None:
        if self.who.data == NAMED and self.is_barred and not tidy(field.data):
            raise ValidationError(words)

    def identity(self) -> Identity:
        """Return who reports, as far as they say; the page told them first what becomes of it."""
        if self.who.data != NAMED:
            return Identity()
        return Identity(
            name=self.name.data, address=self.home.data, phone=self.phone.data,
            email=self.email.data, told_public_record=True,
        )  # fmt: skip

    def report(self) -> Report:
        """Return what is reported, as it is received."""
        return report_of(self.where.data, self.point.data, self.kind.data, said=self.said.data)

    def place(self) -> Report:
        """Return where it is and of what kind, as far as neither was refused."""
        is_wrong = self.where.errors or self.point.errors
        where, point = ("", "") if is_wrong else (self.where.data, self.point.data)
        return report_of(where, point, "" if self.kind.errors else self.kind.data)

    def complain(self, field: str, words: Sequence[str]) -> None:
        """Say what is wrong with a field, beside what is wrong with it already."""
        self[field].errors = [*self[field].errors, *words]


def report_of(
    where: str | None, point: str | None, kind: str | None, *, said: str | None = None
) -> Report:
    """Return a report through the site, of what was typed; a point goes before words."""
    at = point_of(point or "")
    return Report(
        channel=Channel.WEB, category=kind or "", description=said,
        address=None if at else tidy(where), point=at,
    )  # fmt: skip


def point_of(text: str) -> LonLat | None:
    """Return the lon, lat of ``latitude, longitude``; None where it is no place on the globe."""
    parts: list[Any] = text.split(",")
    try:
        lat, lon = map(float, parts)
    except ValueError:
        return None
    on_globe = math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180  # noqa: PLR2004 - degrees
    return (lon, lat) if on_globe else None
