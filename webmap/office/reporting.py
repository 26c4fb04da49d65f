"""Shape the forms by which something is reported: where, of what kind, what was said, by whom."""

import re
import secrets
from collections.abc import Collection
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import Length, Optional, ValidationError

from cases.adopted import law_in_force
from cases.lawpack.schema import LawPack
from cases.reporters import Identity
from cases.screening import Anonymity, Channel
from cases.wording import tidy
from cases.workflow.roles import Role
from webmap.auth.desk import Desk
from webmap.forms import GIVEN, Form
from webmap.office.checking import Asked, kind_of, kinds, lay_words
from webmap.office.deeds.fields import as_choices, choice_of, select

CHANNELS: dict[str, Any] = {
    Channel.PHONE: _("Telephone"), Channel.WALK_IN: _("At the counter"),
    Channel.EMAIL: _("E-mail"), Channel.REFERRAL: _("From another department"),
    Channel.OFFICER: _("I saw it myself"),
}  # fmt: skip
"""The ways a complaint comes to a desk; the last only to an officer's."""
OTHER = _("Something else")
COMBOBOX = {
    "role": "combobox", "aria-expanded": "false", "aria-controls": "suggestions",
    "aria-autocomplete": "list", "autocomplete": "off", "spellcheck": "false", "autofocus": True,
}  # fmt: skip
FORGOTTEN = {"autocomplete": "off"}
"""The browser shall not remember a reporter's words and offer them to the next one."""

_ANSWER = re.compile(r"((case|complaint):\d{1,9})?")
"""The matter it is the same as; empty for a new one."""


def unnamed_words(missing: Collection[str]) -> str:
    """Say which of name and address nobody gave, of a complaint that lacks one at least.

    Parameters
    ----------
    missing
        As `cases.reporters.unsaid` tells it.
    """
    if "address" not in missing:
        return str(gettext("Whoever reported gave no name."))
    if "name" not in missing:
        return str(gettext("Whoever reported gave no address."))
    return str(gettext("Nobody gave a name and an address."))


class PlaceForm(Form):
    """Where something is, and of what kind; what the page showed of the place comes with it."""

    shown = SelectMultipleField(validate_choice=False)
    key = HiddenField(default=lambda: secrets.token_hex(16))
    parcel_no = HiddenField()
    address = StringField(_("Address or parcel"), [GIVEN, Length(max=200)], render_kw={**COMBOBOX})
    kind = StringField(
        _("Kind"), [GIVEN, Length(max=200)], render_kw={"list": "kinds", "autocomplete": "off"}
    )
    law: LawPack

    def prepare(self, desk: Desk) -> None:
        """Take the kinds from the law in force."""
        _law_id, self.law = law_in_force(desk.connection, on=desk.today)

    @property
    def kinds(self) -> list[str]:
        """The kinds to choose from."""
        return [*kinds(self.law), str(OTHER)]

    @property
    def lay_words(self) -> dict[str, list[str]]:
        """The kinds to choose from, each with what people call it."""
        return {**lay_words(self.law), str(OTHER): []}

    def validate_kind(self, field: StringField) -> None:
        """Take a part of a kind's name for the whole; refuse what could be several or none."""
        if field.data == str(OTHER):
            return
        found = kind_of(self.law, field.data or "")
        if found is None:
            raise ValidationError(
                gettext("Choose one of the kinds: %(kinds)s.", kinds=", ".join(self.kinds))
            )
        field.data = found

    def asked(self) -> Asked:
        """Return what it says, to look it up before it is saved."""
        return Asked(
            address=tidy(self.address.data) or "",
            parcel_no=tidy(self.parcel_no.data) or "",
            kind=self.kind.data or "", channel=self.channel_said(),
            named=bool(self.identity().name), addressed=bool(self.identity().address),
        )  # fmt: skip

    def channel_said(self) -> Channel:
        """Return how it came; a case has no such way, and any stands for it."""
        return Channel.PHONE

    def identity(self) -> Identity:
        """Return who reports: nobody."""
        return Identity()


class ReporterFields(Form):
    """Who reports, as far as they say; they are told first that it becomes a public record."""

    told = BooleanField(_("I have told them so, before they gave anything of themselves"))
    name = StringField(_("Name"), [Optional(), Length(max=200)], render_kw=FORGOTTEN)
    home = StringField(_("Address"), [Optional(), Length(max=300)], render_kw=FORGOTTEN)
    phone = TelField(_("Telephone"), [Optional(), Length(max=60)], render_kw=FORGOTTEN)
    email = EmailField(_("E-mail"), [Optional(), Length(max=200)], render_kw=FORGOTTEN)

    def validate_told(self, field: BooleanField) -> None:
        """Ask that the notice was given before a name."""
        if self.identity().given and not field.data:
            raise ValidationError(
                gettext("Read them the notice first; or leave their name, address, telephone and "
                        "e-mail empty.")
            )  # fmt: skip

    def identity(self) -> Identity:
        """Return who reports, as far as they say."""
        return Identity(
            name=self.name.data if self.name else None,  # a form that knows it does not ask
            address=self.home.data if self.home else None,
            phone=self.phone.data, email=self.email.data,
            told_public_record=bool(self.told.data),
        )  # fmt: skip


class IntakeForm(ReporterFields, PlaceForm):
    """A whole complaint."""

    same_as = StringField(_("Is it about the same matter?"))
    said = TextAreaField(
        _("What was said"),
        [GIVEN, Length(max=4000)],
        description=_("Name no reporter here: everybody who works the case reads it."),
        render_kw={"rows": 4},
    )
    channel = SelectField(_("It came by"), [GIVEN], default=Channel.PHONE)
    imminent = select(_("What threatens"), [Optional()])
    because = TextAreaField(
        _("Your reason to believe it"), [Length(max=2000)], render_kw={"rows": 2}
    )

    def prepare(self, desk: Desk) -> None:
        """Offer the ways it may come to this person, and to an officer what lifts the bar."""
        super().prepare(desk)
        is_officer = desk.member.role is Role.OFFICER
        self.channel.choices = as_choices(
            (each, words) for each, words in CHANNELS.items()
            if is_officer or each != Channel.OFFICER
        )  # fmt: skip
        unless = self.law.intake.anonymous_unless
        if self.is_barred and is_officer and unless:
            self.imminent.choices = choice_of(unless, empty=gettext("Nothing"))
        else:
            del self.imminent
            del self.because

    @property
    def is_barred(self) -> bool:
        """Whether a complaint without a name may not be looked into here."""
        return self.law.intake.anonymous is Anonymity.BARRED

    def validate_same_as(self, field: StringField) -> None:
        """Ask whether it is a new matter, of whoever was shown what is on record there."""
        is_answer = field.data is not None and _ANSWER.fullmatch(field.data)
        if not is_answer and (self.shown.data or field.data):
            raise ValidationError(
                gettext("Say whether it is a new matter, or the same as one on record.")
            )

    def validate_because(self, field: TextAreaField) -> None:
        """Ask why an officer believes that something threatens."""
        if self.threat() and not (field.data or "").strip():
            raise ValidationError(gettext("Say why you believe it: it stays on record."))

    def channel_said(self) -> Channel:
        """Return how it came."""
        return Channel(self.channel.data) if self.channel.data in CHANNELS else Channel.PHONE

    def threat(self) -> str:
        """Return what an officer believes to threaten; empty for nothing."""
        return str(self.imminent.data or "") if "imminent" in self else ""
