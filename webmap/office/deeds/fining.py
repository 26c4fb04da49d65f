"""Ask for what becomes of an order's fine: certified, lowered, standing still, recorded, ended."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField

from cases import imposing, pausing, recording
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.desk.reckoning import fine_in
from cases.hearings import About, Outcome
from cases.money import write_cents
from cases.pausing import Paper, PauseAuthority
from cases.workflow.order import OrderAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.office.deeds.deed import ReasonForm, by_itself, deed
from webmap.office.deeds.fields import (
    MoneyField,
    as_choices,
    choice_of,
    day_of,
    happened_field,
    select,
    today_field,
    words_field,
)
from webmap.office.deeds.papers import PaperForm, RecordingForm
from webmap.words import day

AUTHORITIES: dict[str, Any] = {
    PauseAuthority.COURT_ORDER: _("A court's order"),
    PauseAuthority.COUNSEL: _("Counsel's written instruction"),
}


@deed(OrderAction.REDUCE, _("Lower the fine"))
class Reduce(ReasonForm):
    """By which hearing, to how much."""

    hearing = select(_("Granted by the hearing of"), [GIVEN])
    to_cents = MoneyField(_("The fine is then"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Offer the hearings that granted it, each for one reduction."""
        used = {each.hearing_id for each in book.reductions}
        self.hearing.choices = as_choices(
            (str(row.id), day(row.held_on))
            for row in book.parts["hearing"]
            if (row.about, row.outcome) == (About.MITIGATION, Outcome.GRANTED)
            and row.id not in used
        )
        if not self.hearing.choices:
            self.hearing.description = _("None has granted it: the request must be heard first.")
        now = fine_in(book, offer.row, on=desk.today).total_cents
        self.to_cents.description = _("It is %(now)s today.", now=write_cents(now))

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Lower it."""
        imposing.reduce(
            desk.connection, order_id=offer.row.id, hearing_id=int(self.hearing.data),
            to_cents=self.to_cents.data or 0, reason=self.reason.data or "", **desk.who,
        )  # fmt: skip


class StandForm(ReasonForm):
    """By which paper a fine stands still or runs on."""

    authority = RadioField(
        _("By"), [GIVEN], choices=choice_of(PauseAuthority, words=AUTHORITIES),
        default=PauseAuthority.COURT_ORDER,
    )  # fmt: skip
    reference = words_field(_("The paper"), description=_("As a clerk would cite it."))
    ordered_on = happened_field(_("Of which day"))

    def paper(self) -> Paper:
        """Return the paper."""
        return Paper(
            authority=PauseAuthority(self.authority.data), reference=self.reference.data or "",
            ordered_on=day_of(self.ordered_on),
        )  # fmt: skip


@deed(OrderAction.PAUSE, _("Let the fine stand still"))
class Pause(StandForm):
    """From which day."""

    first_day = today_field(_("The first day that is not fined"))

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Pause it."""
        pausing.pause(
            desk.connection, order_id=offer.row.id, first_day=day_of(self.first_day),
            paper=self.paper(), reason=self.reason.data or "", **desk.who,
        )  # fmt: skip


@deed(OrderAction.RESUME, _("Let the fine run on"))
class Resume(StandForm):
    """Which pause ends, and when."""

    pause = select(_("It stands still by"), [GIVEN])
    last_day = today_field(_("The last day that is not fined"))

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the pauses that last."""
        self.pause.choices = as_choices(
            (str(each.id), f"{each.reference}, {day(each.first_day)}")
            for each in book.pauses
            if each.order_id == offer.row.id and each.last_day is None
        )

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Let it run on."""
        pausing.resume(
            desk.connection, pause_id=int(self.pause.data), last_day=day_of(self.last_day),
            paper=self.paper(), reason=self.reason.data or "", **desk.who,
        )  # fmt: skip


@deed(OrderAction.RECORD, _("Enter that it is recorded"))
class Record(RecordingForm):
    """Where it stands in the public records."""

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Enter it."""
        recording.record_order(
            desk.connection, order_id=offer.row.id, recording=self.recording(), **desk.who
        )


@deed(OrderAction.ACKNOWLEDGE, _("Enter that compliance is acknowledged on record"))
class Acknowledge(RecordingForm):
    """Where the acknowledgment stands in the public records."""

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Enter it."""
        recording.acknowledge(
            desk.connection, order_id=offer.row.id, recording=self.recording(), **desk.who
        )


@deed(OrderAction.SET_ASIDE, _("Enter that a court set it aside"))
class SetAside(PaperForm):
    """By which paper."""

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Set it aside."""
        imposing.set_aside(
            desk.connection, order_id=offer.row.id, paper=self.paper(), **desk.who
        )  # fmt: skip


by_itself(OrderAction.CERTIFY, _("Certify the fine"), imposing.certify, part="order_id")
by_itself(OrderAction.SATISFY, _("Say that it is satisfied"), imposing.satisfy, part="order_id")
