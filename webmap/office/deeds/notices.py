"""Ask for what is told to a respondent."""

from collections.abc import Iterator

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField

from cases import notices
from cases.desk.book import Book, Row
from cases.desk.matters import lacks_notice_of_hearing
from cases.desk.offers import Offer
from cases.notice_words import NoticeKind, docketed, is_heard_at, is_told
from cases.workflow.hearing import HearingStatus
from cases.workflow.notice import NoticeAction, NoticeStatus
from cases.workflow.violation import ViolationStatus
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.office.deeds.choices import people_of
from webmap.office.deeds.deed import DeedForm, by_itself, deed, with_reason
from webmap.office.deeds.fields import (
    ChecksField,
    as_choices,
    choice_of,
    select,
)
from webmap.office.deeds.showing import ShowingForm
from webmap.office.deeds.telling import telling
from webmap.office.deeds.weighing import Weighing
from webmap.words import day

STANDING = frozenset({NoticeStatus.ISSUED, NoticeStatus.SERVED})
"""How a notice stands that was issued and not taken back."""


@deed(NoticeAction.DRAFT, _("Draft a notice"))
class Draft(DeedForm):
    """To whom, about what."""

    kind = RadioField(
        _("Kind of notice"), [GIVEN],
        choices=choice_of((NoticeKind.WARNING, NoticeKind.NOTICE_OF_HEARING)),
        default=NoticeKind.WARNING,
    )  # fmt: skip
    respondent = select(_("To"), [GIVEN])
    violations = ChecksField(_("About"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Offer the respondents and the violations that stand."""
        self.respondent.choices = people_of(book)
        if not any(each.status == HearingStatus.DOCKETED for each in book.parts["hearing"]):
            self.kind.choices = choice_of((NoticeKind.WARNING,))
            self.kind.description = _("A notice of hearing follows once a hearing is docketed.")
        if not self.respondent.choices:
            self.respondent.description = _("Nobody is named yet: name a respondent first.")
        told = (ViolationStatus.OPEN, ViolationStatus.CORRECTED)
        standing = [each for each in book.parts["violation"] if each.status in told]
        self.violations.choices = as_choices((each.id, each.citation) for each in standing)
        if not self.is_submitted():
            about = {each.id for each in standing if _is_warned_of(book, each)}
            if lacks_notice_of_hearing(book, offer.row, desk.today):
                self.kind.data = NoticeKind.NOTICE_OF_HEARING
                about = _heard(desk, book)
            self.violations.data = [str(each.id) for each in standing if each.id in about]

            if self.kind.data == NoticeKind.WARNING:
                self.warning = " ".join(_warned(book, about))

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Begin it."""
        notices.draft(
            desk.connection, case_id=offer.row.id, kind=NoticeKind(self.kind.data),
            respondent_id=int(self.respondent.data),
            violation_ids=[int(each) for each in self.violations.data or ()],
            **desk.who,
        )  # fmt: skip


def _warned(book: Book, about: set[int]) -> Iterator[str]:
    """Say which warnings of some violations stand to whoever answers now, each in one sentence."""
    people = {each.id: each.name for each in book.respondents if each.until is None}
    for row in book.parts["notice"]:
        same = about & {*book.violations_of_notice.get(row.id, ())}
        stands = row.kind == NoticeKind.WARNING and row.status in STANDING
        if stands and same and row.respondent_id in people:
            of = [each.citation for each in book.parts["violation"] if each.id in same]
            yield gettext(
                "A warning of %(violations)s to %(name)s was issued on %(day)s and stands.",
                violations=", ".join(of), name=people[row.respondent_id], day=day(row.issued_on),
            )  # fmt: skip


def _is_warned_of(book: Book, row: Row) -> bool:
    """Tell whether a warning names a violation; of a case under no law, whether it is open."""
    if book.law is None:
        return bool(row.status == ViolationStatus.OPEN)
    return is_told(row, kind=NoticeKind.WARNING, law=book.law)


def _heard(desk: Desk, book: Book) -> set[int]:
    """Return the violations that are heard on a day that is set."""
    law = book.law
    coming = docketed(desk.connection, book.case.id) if law else ()
    rows = book.parts["violation"]
    return {
        row.id
        for row in rows
        if law and any(is_heard_at(row, hearing, law=law) for hearing in coming)
    }


@deed(NoticeAction.ISSUE, _("Issue the notice"))
class Issue(ShowingForm):
    """Nothing is asked; what it will say is shown."""

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Show what it will say."""
        self.show(desk, book, offer)

    def telling(self, desk: Desk, book: Book, offer: Offer) -> Weighing | None:
        """Return what it says of what is heard and stands now."""
        return telling(
            desk, book, offer.row.kind, respondent_id=offer.row.respondent_id,
            violation_ids=book.violations_of_notice.get(offer.row.id, ()),
        )  # fmt: skip

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Issue it."""
        self.want_seen(desk, book, offer)
        notices.issue(desk.connection, notice_id=offer.row.id, **desk.who)
        self.issued = offer.row.id


for action, words, command in (
    (NoticeAction.DISCARD, _("Throw the draft away"), notices.discard),
    (NoticeAction.CONFIRM_SERVICE, _("Confirm service"), notices.confirm_service),
):
    by_itself(action, words, command, part="notice_id")
with_reason(NoticeAction.WITHDRAW, _("Withdraw the notice"), notices.withdraw, part="notice_id")
