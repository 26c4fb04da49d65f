"""Ask for what is brought to court, and what the court said."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.validators import Optional

from cases import suing
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.suing import SuitKind
from cases.workflow.legal_action import LegalAction
from cases.workflow.lien import BINDING
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.office.deeds.choices import parts_of
from webmap.office.deeds.deed import Part, ReasonForm, by_itself, deed, with_reason
from webmap.office.deeds.fields import (
    MoneyField,
    choice_of,
    chosen,
    select,
    text_field,
    words_field,
)
from webmap.office.deeds.papers import PaperForm, ResolutionForm

KINDS: dict[str, Any] = {
    SuitKind.FORECLOSURE: _("Foreclosure of a lien"),
    SuitKind.MONEY_JUDGMENT: _("A judgment for what is owed"),
    SuitKind.INJUNCTION: _("An injunction"),
}


_ON_A_LIEN = (
    Part(
        _("Foreclosure or a judgment for what is owed"),
        (SuitKind.FORECLOSURE, SuitKind.MONEY_JUDGMENT), ("lien",), ("lien",),
    ),
)  # fmt: skip


@deed(LegalAction.REFER, _("Refer it to counsel"))
class Refer(ReasonForm):
    """For what kind of suit."""

    kind = RadioField(_("To sue for"), [GIVEN], choices=choice_of(SuitKind, words=KINDS))
    lien = select(_("On which lien"), [Optional()])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the liens that bind."""
        self.lead("kind", _ON_A_LIEN)
        rows = [row for row in book.parts["lien"] if row.status in BINDING]
        self.lien.choices = parts_of(book, "lien", rows, empty=_("Choose one"))
        if not self.is_submitted():
            self.kind.data = SuitKind.MONEY_JUDGMENT if rows else SuitKind.INJUNCTION
            self.lien.data = str(rows[0].id) if rows else ""

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Refer it; an injunction rests on no lien."""
        kind = SuitKind(self.kind.data)
        suing.refer(
            desk.connection, case_id=offer.row.id, kind=kind,
            lien_id=None if kind is SuitKind.INJUNCTION else chosen(self.lien),
            reason=self.reason.data or "", **desk.who,
        )  # fmt: skip


@deed(LegalAction.FILE, _("Enter that the suit is filed"))
class File(ResolutionForm):
    """Under which number, by which resolution."""

    court_case_no = words_field(_("Court case number"), most=60)

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Enter it."""
        suing.file(
            desk.connection, suit_id=offer.row.id, court_case_no=self.court_case_no.data or "",
            resolution=self.resolution(), **desk.who,
        )  # fmt: skip


@deed(LegalAction.ADJUDGE, _("Enter the judgment"))
class Adjudge(PaperForm):
    """What the court gave."""

    awarded_cents = MoneyField(_("Awarded to the town"), [GIVEN])
    relief = text_field(_("What is enjoined"))

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Ask for money or for what is enjoined, as the suit did."""
        if offer.row.kind == SuitKind.INJUNCTION:
            del self.awarded_cents
        else:
            del self.relief

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Enter it."""
        gave = {
            name: self[name].data for name in ("awarded_cents", "relief") if name in self
        }  # fmt: skip
        suing.adjudge(
            desk.connection, suit_id=offer.row.id, paper=self.paper(), **gave, **desk.who
        )  # fmt: skip


@deed(LegalAction.DISMISS, _("Enter that the court dismissed it"))
class Dismiss(PaperForm):
    """By which paper."""

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Enter it."""
        suing.dismiss(desk.connection, suit_id=offer.row.id, paper=self.paper(), **desk.who)


@deed(LegalAction.SETTLE, _("Settle it"))
class Settle(ResolutionForm, ReasonForm):
    """By which resolution, and on what terms."""

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Settle it."""
        suing.settle(
            desk.connection, suit_id=offer.row.id, resolution=self.resolution(),
            reason=self.reason.data or "", **desk.who,
        )  # fmt: skip


with_reason(LegalAction.DECLINE, _("Say that counsel declines"), suing.decline, part="suit_id")
by_itself(LegalAction.SATISFY, _("Say that the judgment is met"), suing.satisfy, part="suit_id")
