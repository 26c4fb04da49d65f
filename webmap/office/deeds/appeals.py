"""Ask for an appeal of an order to the court, and for what the court said."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _

from cases import appealing
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.workflow.appeal import AppealAction
from webmap.auth.desk import Desk
from webmap.office.deeds.deed import deed
from webmap.office.deeds.fields import day_field, words_field
from webmap.office.deeds.papers import AnswerForm, PaperForm


@deed(AppealAction.FILE, _("Enter an appeal"))
class File(AnswerForm):
    """When it came to the court, under which number."""

    court_case_no = words_field(_("Court case number"), most=60)

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Enter it."""
        appealing.file(
            desk.connection, order_id=offer.row.id, answer=self.answer(),
            court_case_no=self.court_case_no.data or "", **desk.who,
        )  # fmt: skip


@deed(AppealAction.STAY, _("Enter that the court stayed the order"))
class Stay(PaperForm):
    """By which paper, and whether the fine stands still."""

    fine_stands_from = day_field(
        _("The fine stands still from"),
        description=_("Only where the court says so; a stay by itself stops no fine."),
    )

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Enter it."""
        appealing.stay(
            desk.connection, appeal_id=offer.row.id, paper=self.paper(),
            fine_stands_from=self.fine_stands_from.data, **desk.who,
        )  # fmt: skip


def _as_the_court_says(action: str, words: Any, command: Callable[..., None]) -> None:
    class Said(PaperForm):
        def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
            command(desk.connection, appeal_id=offer.row.id, paper=self.paper(), **desk.who)

    deed(action, words)(Said)


_as_the_court_says(
    AppealAction.LIFT_STAY, _("Enter that the court lifted its stay"), appealing.lift_stay
)
_as_the_court_says(AppealAction.AFFIRM, _("Enter that the court affirmed"), appealing.affirm)
_as_the_court_says(AppealAction.REVERSE, _("Enter that the court reversed"), appealing.reverse)
_as_the_court_says(AppealAction.REMAND, _("Enter that the court sent it back"), appealing.remand)
_as_the_court_says(AppealAction.DISMISS, _("Enter that the court dismissed it"), appealing.dismiss)
