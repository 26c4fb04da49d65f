"""Shape the forms on which requests for public records are taken in and decided."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from cases.records.pieces import TEXTS, Outcome, Piece, Subject
from webmap.forms import GIVEN, Form, KeyedForm
from webmap.office.deeds.fields import as_choices, text_field, today_field, words_field

SUBJECTS: dict[str, Any] = {
    Subject.PLACE: _("Address and parcel"), Subject.STORY: _("The case's story"),
    Subject.CONTACTS: _("Calls, visits and letters"), Subject.NOTICE: _("Notice"),
    Subject.HEARING: _("Hearing"),
    Subject.LEDGER: _("Ledger, with receipts"), Subject.DOCUMENT: _("Document"),
    Subject.REPORTER: _("Who reported"),
}  # fmt: skip
OUTCOMES: dict[str, Any] = {
    Outcome.RELEASED: _("released whole"), Outcome.REDACTED: _("released, parts left out"),
    Outcome.WITHHELD: _("withheld"),
}  # fmt: skip
_CHOICES = {
    Outcome.RELEASED: _("Release it whole"), Outcome.REDACTED: _("Release it with parts left out"),
    Outcome.WITHHELD: _("Withhold it"),
}  # fmt: skip
_REDACTABLE = (*TEXTS, Subject.DOCUMENT)


class RequestForm(KeyedForm):
    """What is asked for, and by whom if they say."""

    asked = text_field(_("What is asked for"))
    requester = words_field(
        _("Who asks"), most=200, needed=False,
        description=_("Nobody need say who they are: leave it empty then."),
    )  # fmt: skip
    reach = words_field(_("Where the records go"), most=200, needed=False)
    received_on = today_field(_("Received on"))


class CaseForm(Form):
    """A case that the request is about."""

    number = words_field(_("Case number"), most=60)


class EndForm(Form):
    """Why nothing is handed out."""

    reason = text_field(_("Why nothing is handed out"), rows=2)


class DecideForm(Form):
    """What becomes of a piece, and under which provision."""

    outcome = RadioField(_("What becomes of it"), [GIVEN])
    exemption = StringField(
        _("Section that exempts what is left out"), [Optional(), Length(max=200)],
        description=_("For instance: s. 119.071(4)(d), Florida Statutes"),
        render_kw={"list": "exemptions", "autocomplete": "off"},
    )  # fmt: skip


class StrikeForm(DecideForm):
    """What is left out of a text, too."""

    passages = TextAreaField(
        _("Words to leave out"), [Optional(), Length(max=8000)],
        description=_("A line each, as they stand in the text; each is left out wherever it is."),
        render_kw={"rows": 3},
    )  # fmt: skip


def passages_of(form: DecideForm) -> list[str]:
    """Return the words to leave out, a line each; none where the form asks for none."""
    return (form.passages.data or "").splitlines() if isinstance(form, StrikeForm) else []


def decide_form(piece: Piece) -> DecideForm:
    """Return the form of a piece, as it was decided before."""
    form = (StrikeForm if piece.subject in TEXTS else DecideForm)(data=_as_decided(piece))
    form.outcome.choices = as_choices(
        (each, words) for each, words in _CHOICES.items()
        if each is not Outcome.REDACTED or piece.subject in _REDACTABLE
    )  # fmt: skip
    return form


def _as_decided(piece: Piece) -> dict[str, str | None]:
    """Return what was decided of a piece before, as its form shows it."""
    before = piece.decision or piece.outdated
    if before is None:
        return {}
    said = "\n".join(before.passages)
    return {"outcome": before.outcome, "exemption": before.exemption, "passages": said}
