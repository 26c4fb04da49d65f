"""Ask for more time, and for what is decided about it."""

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField

from cases import extensions
from cases.adopted import provision
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.workflow.extension import ExtensionAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.office.deeds.deed import ReasonForm, by_itself, deed, with_reason
from webmap.office.deeds.fields import day_of, text_field
from webmap.office.deeds.papers import AnswerForm
from webmap.words import day


@deed(ExtensionAction.REQUEST, _("Enter a request for more time"))
class Request(AnswerForm):
    """What the respondent's form or letter says."""

    because = text_field(_("Why, and what progress is made"))
    until = DateField(_("Until which day"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Say at once what keeps it from being asked for, before anything is typed."""
        row = offer.row
        law = book.law
        if law and not provision(law, row.section, on=row.found_on).extendable:
            self.form_errors.append(
                gettext("The law allows no more time for section %(section)s.", section=row.section)
            )
        elif row.comply_by is None:
            self.form_errors.append(
                gettext("No time to correct it runs: serve a notice first, which begins one.")
            )
        elif row.comply_by < desk.today:
            self.warning = _over(row.comply_by)

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Enter it."""
        extensions.request(
            desk.connection, violation_id=offer.row.id, because=self.because.data or "",
            until=day_of(self.until), answer=self.answer(), **desk.who,
        )  # fmt: skip


def _over(due: date) -> str:
    return str(gettext(
        "The time to correct ended on %(day)s. Enter a request only if it was made by then, with "
        "the day it came or was posted. After that day no more time is asked for here: a "
        "correction is recorded on an inspection, and a hearing's order sets a day of its own.",
        day=day(due),
    ))  # fmt: skip


@deed(ExtensionAction.GRANT, _("Grant more time"))
class Grant(ReasonForm):
    """Until when, and why."""

    until = DateField(_("Until"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Suggest the day that was asked for."""
        if not self.is_submitted():
            self.until.data = offer.row.asked_until

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Grant it."""
        extensions.grant(
            desk.connection, extension_id=offer.row.id, until=day_of(self.until),
            reason=self.reason.data or "", **desk.who,
        )  # fmt: skip


with_reason(ExtensionAction.DENY, _("Deny more time"), extensions.deny, part="extension_id")
by_itself(
    ExtensionAction.WITHDRAW, _("Withdraw the request"), extensions.withdraw, part="extension_id"
)
