"""Ask for what becomes of a violation."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _

from cases import violations
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.workflow.inspection import InspectionStatus
from cases.workflow.violation import ViolationAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.office.deeds.deed import DeedForm, deed, with_reason
from webmap.office.deeds.fields import select
from webmap.words import day


@deed(ViolationAction.ALLEGE, _("Allege a violation"))
class Allege(DeedForm):
    """Which provision is said to be broken."""

    section = select(_("Section of the code"), [GIVEN])

    def prepare(self, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the sections of the law the case was opened under."""
        known = book.law.ordinances if book.law else ()
        self.section.choices = [
            (section, f"{section} {title}")
            for section, title in {each.section: each.title for each in known}.items()
        ]

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Allege it."""
        violations.allege(
            desk.connection, case_id=offer.row.id, section=self.section.data,
            **desk.who,
        )  # fmt: skip


class SeenForm(DeedForm):
    """On which inspection it was seen."""

    inspection = select(_("Seen on the inspection of"), [GIVEN])

    def prepare(self, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the inspections made, the latest first."""
        made = [each for each in book.parts["inspection"] if each.status == InspectionStatus.MADE]
        self.inspection.choices = [
            (str(each.id), f"{day(each.made_on)}, {each.officer}") for each in reversed(made)
        ]
        if not made:
            self.inspection.description = _("There is none yet: record an inspection first.")


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
_seen(ViolationAction.FIND_CORRECTED, _("Found corrected"), violations.find_corrected)
_seen(ViolationAction.FIND_STANDING, _("Still there"), violations.find_standing)
for action, words, command in (
    (ViolationAction.TRANSFER, _("Hand to another department"), violations.transfer),
    (ViolationAction.VOID, _("Take it back"), violations.void),
    (ViolationAction.REOPEN, _("Open it again"), violations.reopen),
):
    with_reason(action, words, command, part="violation_id")
