"""Ask for what becomes of a violation."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField

from cases import repeating, violations
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.looks import made_since
from cases.workflow.violation import ViolationAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.interpreting import say
from webmap.office.deeds.choices import inspections_of
from webmap.office.deeds.deed import DeedForm, deed, with_reason
from webmap.office.deeds.earlier import earlier
from webmap.office.deeds.fields import as_choices, select


@deed(ViolationAction.ALLEGE, _("Allege a violation"))
class Allege(DeedForm):
    """Which provision is said to be broken."""

    section = select(_("Section of the code"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the sections of the law the case was opened under."""
        known = book.law.ordinances if book.law else ()
        self.section.choices = as_choices(
            (section, f"{section} {title}")
            for section, title in {each.section: each.title for each in known}.items()
        )

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Allege it."""
        violations.allege(
            desk.connection, case_id=offer.row.id, section=self.section.data,
            **desk.who,
        )  # fmt: skip


@deed(ViolationAction.CONFIRM_REPEAT, _("Confirm that it is a repeat"))
class ConfirmRepeat(DeedForm):
    """Which earlier charge counts, as the evidence shows it."""

    prior = RadioField(_("It repeats"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Offer what counts, beside all that was found before."""
        told = repeating.repeat_evidence(desk.connection, offer.row.id)
        self.prior.choices = as_choices(
            (f"{each.respondent_id}:{repeat.prior.number}", say(repeat.words))
            for each in told
            for repeat in each.repeats
            if repeat.prior.number
        )
        self.earlier = earlier(desk, book, offer.row)
        if not self.prior.choices and not self.is_submitted():
            self.form_errors.append(_("No earlier charge on record counts: it repeats none."))

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Confirm it."""
        respondent, _colon, prior = self.prior.data.partition(":")
        repeating.confirm_repeat(
            desk.connection, violation_id=offer.row.id, respondent_id=int(respondent),
            prior=prior, **desk.who,
        )  # fmt: skip


class SeenForm(DeedForm):
    """On which inspection it was seen."""

    inspection = select(_("Seen on the inspection of"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the inspections made, the latest first."""
        self.inspection.choices = inspections_of(book)
        if not self.inspection.choices:
            self.inspection.description = _("There is none yet: record an inspection first.")


@deed(ViolationAction.FIND_CORRECTED, _("Found corrected"))
class FoundCorrected(DeedForm):
    """On which inspection made since it was found it was seen to be corrected."""

    inspection = select(_("Seen on the inspection of"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Offer the inspections made after the one that found it, the latest first."""
        since = made_since(desk.connection, offer.row.id)
        self.inspection.choices = inspections_of(book, of=since)
        if not self.inspection.choices:
            self.inspection.description = _(
                "None was made after the violation was found: record an inspection first."
            )

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Say so."""
        violations.find_corrected(
            desk.connection, violation_id=offer.row.id, inspection_id=int(self.inspection.data),
            **desk.who,
        )  # fmt: skip


def _seen(action: str, words: Any, command: Callable[..., None]) -> None:
    class Seen(SeenForm):
        def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
            command(
                desk.connection, violation_id=offer.row.id, inspection_id=int(self.inspection.data),
                **desk.who,
            )  # fmt: skip

    deed(action, words)(Seen)


_seen(ViolationAction.VERIFY, _("Verify it"), violations.verify)
_seen(ViolationAction.FIND_UNFOUNDED, _("No violation found"), violations.find_unfounded)
_seen(ViolationAction.FIND_STANDING, _("Still there"), violations.find_standing)
for action, words, command in (
    (ViolationAction.TRANSFER, _("Hand to another department"), violations.transfer),
    (ViolationAction.VOID, _("Take it back"), violations.void),
    (ViolationAction.REOPEN, _("Open it again"), violations.reopen),
):
    with_reason(action, words, command, part="violation_id")
with_reason(
    ViolationAction.WITHDRAW_REPEAT, _("Take the repeat back"), repeating.withdraw_repeat,
    part="violation_id",
)  # fmt: skip
