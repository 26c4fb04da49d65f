"""Ask how a hearing ends without a decision: put off, agreed on, or taken off."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField
from wtforms.validators import Optional

from cases import agreeing, continuing, hearings, sittings
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.desk.serving import proof_for
from cases.workflow.hearing import HearingAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.office.deeds.deed import DeedForm, ReasonForm, deed, with_reason
from webmap.office.deeds.docket import seats
from webmap.office.deeds.fields import as_choices, chosen, day_of, select, text_field


@deed(HearingAction.AGREE, _("Enter an agreement"))
class Agree(DeedForm):
    """What both sides signed."""

    agreement = text_field(_("What is agreed"), rows=5)
    keep_by = DateField(
        _("To be kept by"), [GIVEN],
        description=_("The last day. After it an officer looks whether it was kept."),
    )  # fmt: skip
    signed = BooleanField(_("The respondent has signed it"))

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Enter it."""
        agreeing.agree(
            desk.connection, hearing_id=offer.row.id, agreement=self.agreement.data or "",
            keep_by=day_of(self.keep_by), signed_by_respondent=bool(self.signed.data), **desk.who,
        )  # fmt: skip


@deed(HearingAction.CONTINUE, _("Continue to another day"))
class Continue(ReasonForm):
    """Why, and to which sitting where one is announced."""

    session = select(_("To the sitting of"), [Optional()])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Offer the sittings to come that may hear it, where what docketing needs is proved."""
        proof = proof_for(book, offer.row, on=desk.today)
        rows = desk.rows(sittings.upcoming(on=desk.today)) if proof is not None else []
        free = [
            (str(row.id), seats(row))
            for row in rows
            if row.taken < row.capacity and row.id != offer.row.session_id
            and row.held_on > desk.today and proof is not None and row.held_on >= proof.served_on
        ]  # fmt: skip
        self.session.choices = as_choices([("", _("No day yet")), *free])
        if proof is None:
            self.session.description = _(
                "Service of what is heard is not proved: it can have a day once it is."
            )
        elif not free:
            self.session.description = _("No other sitting to come has a seat left.")

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Continue it, and put it on the docket of that sitting."""
        proof = proof_for(book, offer.row, on=desk.today)
        continuing.continue_hearing(
            desk.connection, hearing_id=offer.row.id, reason=self.reason.data or "",
            session_id=chosen(self.session), proof=proof, **desk.who,
        )  # fmt: skip


with_reason(HearingAction.CANCEL, _("Cancel the hearing"), hearings.cancel, part="hearing_id")
