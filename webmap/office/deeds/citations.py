"""Ask for what is cited, how a citation is answered, and what becomes of it."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.validators import Optional

from cases import citing, further_days, late_requests, waiving
from cases.advancing import GuardError
from cases.deadlines import Timely
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.errors import CaseError
from cases.forum import STATUTORY, Excused, Tribunal, excuses_of
from cases.money import write_cents
from cases.notice_words import NoticeKind
from cases.penalty_limits import penalty_limits
from cases.waiving import ScraCheck, ScraResult
from cases.workflow.citation import CitationAction
from cases.workflow.step import Guard
from webmap.auth.desk import Desk
from webmap.forms import GIVEN, complain
from webmap.office.deeds.choices import people_of
from webmap.office.deeds.deed import DeedForm, by_itself, deed, with_reason
from webmap.office.deeds.fields import (
    MoneyField,
    choice_of,
    day_of,
    first_chosen,
    select,
    today_field,
)
from webmap.office.deeds.papers import AnswerForm
from webmap.office.deeds.showing import ShowingForm
from webmap.office.deeds.telling import telling
from webmap.office.deeds.weighing import Weighing
from webmap.words import day

EXCUSES: dict[str, Any] = {
    Excused.REPEAT: _("It repeats an earlier violation, which a person has confirmed"),
    Excused.SERIOUS_THREAT: _("It is a serious threat to health, safety or welfare"),
    Excused.IRREPARABLE: _("It cannot be repaired or reversed"),
    Excused.ITINERANT: _("Whoever does it is here for a short time only"),
}
RESULTS: dict[str, Any] = {
    ScraResult.NOT_IN_SERVICE: _("Not in military service"),
    ScraResult.IN_SERVICE: _("In military service"),
    ScraResult.NO_RECORD: _("No record found"),
}


@deed(CitationAction.ISSUE, _("Issue a citation"))
class Issue(ShowingForm):
    """To whom, and with what penalty."""

    respondent = select(_("To"), [GIVEN])
    penalty = MoneyField(_("Penalty"), [GIVEN])
    excused = RadioField(_("Is a warning needed before it?"), [Optional()], default="")

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Offer who answers now, say what it tells them, and the section's usual penalty."""
        self.respondent.choices = people_of(book)
        repeat = offer.row.repeat_confirmed_on is not None
        known = book.law.forum.excused if book.law else STATUTORY
        excuses = excuses_of(known, repeat=repeat)
        served = citing.is_warned(desk.connection, offer.row.id)
        none = _("Yes: one was served, and its time is over") if served else None
        self.excused.choices = choice_of(excuses, words=EXCUSES, empty=none)
        if not self.excused.choices:
            self.excused.description = _("A warning comes first, and its time must be over.")
        elif not served:
            self.excused.description = _("No warning about it is served: one of these must be so.")
        if book.law is None or offer.row.section is None:
            return
        least, usual, most = penalty_limits(
            desk.connection, offer.row, book.law, respondent_id=first_chosen(self.respondent) or 0
        )
        self.penalty.description = _(
            "For section %(section)s from %(least)s to %(most)s.", section=offer.row.section,
            least=write_cents(least), most=write_cents(most),
        )  # fmt: skip
        self.show(desk, book, offer)
        if not self.is_submitted():
            self.penalty.data = _usual(book, usual)
            if Excused.REPEAT in excuses:
                self.excused.data = Excused.REPEAT

    def telling(self, desk: Desk, book: Book, offer: Offer) -> Weighing | None:
        """Return what the citation tells them."""
        return telling(
            desk, book, NoticeKind.CITATION, violation_ids=[offer.row.id],
            respondent_id=first_chosen(self.respondent),
        )  # fmt: skip

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Issue it."""
        self.want_seen(desk, book, offer)
        made = citing.issue(
            desk.connection, violation_id=offer.row.id, respondent_id=int(self.respondent.data),
            penalty_cents=self.penalty.data or 0,
            excused=Excused(self.excused.data) if self.excused.data else None, **desk.who,
        )  # fmt: skip
        self.issued = citing.notice_of(desk.connection, made)


LATE = _("Record a late request")
COUNTS: dict[Timely, Any] = {
    Timely.RECEIVED: _("The day it came counts, not its postmark."),
    Timely.POSTMARKED: _("Of a letter its postmark counts."),
}


@deed(CitationAction.REQUEST_HEARING, _("Enter a request for a hearing"))
class RequestHearing(AnswerForm):
    """When the form was posted and came."""

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Enter it."""
        citing.request_hearing(
            desk.connection, citation_id=offer.row.id, answer=self.answer(), **desk.who
        )

    def refuse(self, error: CaseError) -> None:
        """Say of what came too late where it is put on record."""
        super().refuse(error)
        if isinstance(error, GuardError) and Guard.IN_TIME in error.lacking:
            said = _("To keep it, go back and choose “%(deed)s”.", deed=LATE)
            complain(self, "received_on", said)


@deed(CitationAction.RECORD_LATE, LATE)
class RecordLate(AnswerForm):
    """When what came too late was posted and came."""

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Tell the last day, and which day of a letter counts."""
        if book.law is None or offer.row.answer_by is None:
            return
        rule = book.law.deadlines.request_hearing
        counts = COUNTS[rule.timely]
        self.received_on.description = gettext(
            "The last day to ask was %(day)s. %(counts)s", day=day(offer.row.answer_by),
            counts=counts,
        )  # fmt: skip

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Put it on record."""
        late_requests.record_late(
            desk.connection, citation_id=offer.row.id, answer=self.answer(), **desk.who
        )


@deed(CitationAction.CONFIRM_WAIVER, _("Confirm that the hearing was waived"))
class ConfirmWaiver(DeedForm):
    """What the Defense Department's records say of the respondent."""

    result = RadioField(
        _("The records of military service (SCRA) show the respondent"), [GIVEN],
        choices=choice_of(ScraResult, words=RESULTS),
    )  # fmt: skip
    checked_on = today_field(_("Looked up on"))

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Confirm it."""
        check = ScraCheck(checked_on=day_of(self.checked_on), result=ScraResult(self.result.data))
        waiving.confirm_waiver(desk.connection, citation_id=offer.row.id, check=check, **desk.who)


for action, words, command in (
    (CitationAction.CONFIRM_SERVICE, _("Confirm service"), citing.confirm_service),
    (CitationAction.WITHDRAW_REQUEST, _("Withdraw the request"), citing.withdraw_request),
    (CitationAction.UPHOLD, _("Uphold the citation"), citing.uphold),
    (CitationAction.IMPOSE_CONTINUING, _("Impose the further days"), further_days.impose),
    (CitationAction.SETTLE, _("Settle it"), citing.settle),
):
    by_itself(action, words, command, part="citation_id")
for action, words, ending in (
    (CitationAction.VACATE_WAIVER, _("Set the waiver aside"), waiving.vacate_waiver),
    (CitationAction.DISMISS, _("Dismiss the citation"), citing.dismiss),
    (CitationAction.VOID, _("Take it back"), citing.void),
):
    with_reason(action, words, ending, part="citation_id")


def _usual(book: Book, usual: int) -> int:
    """Return what a citation usually costs, within what its tribunal may hear."""
    assert book.law is not None  # noqa: S101 - its usual penalty is of the case's law
    forum = book.law.forum
    if forum.county_court is None or forum.citation_forum is Tribunal.MAGISTRATE:
        return usual
    return min(usual, forum.county_court.most_penalty_cents)
