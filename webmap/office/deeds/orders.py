"""Ask for what the tribunal orders, and how it is brought and met."""

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField
from wtforms.validators import Optional

from cases import orders
from cases.business_days import TownCalendar
from cases.desk.beside import DeskAction
from cases.desk.book import Book, Row
from cases.desk.offers import Offer
from cases.fines.rules import FineKind
from cases.money import write_cents
from cases.notice_words import NoticeKind
from cases.ordered import Ordered, concluded, in_words, ordered_in
from cases.workflow.order import OrderAction
from cases.workflow.violation import ViolationStatus
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.interpreting import say
from webmap.office.deeds.choices import inspections_of, parts_of, people_of
from webmap.office.deeds.deed import DeedForm, Part, by_itself, deed, with_reason
from webmap.office.deeds.earlier import earlier
from webmap.office.deeds.fields import (
    MoneyField,
    choice_of,
    day_field,
    day_of,
    first_chosen,
    select,
    today_field,
)
from webmap.office.deeds.papers import AnswerForm
from webmap.office.deeds.showing import ShowingForm
from webmap.office.deeds.telling import telling
from webmap.office.deeds.weighing import Fact, Weighing

KINDS: dict[str, Any] = {
    FineKind.FIRST: _("A first violation: a fine for each day after the day to comply by"),
    FineKind.REPEAT: _("A repeat: a fine for each day from the day it was found"),
    FineKind.IRREPARABLE: _("Irreparable: one fine"),
}
_BY_KIND = (
    Part(_("For a first violation"), (FineKind.FIRST,), ("comply_by",), ("comply_by",)),
    Part(
        _("For a first violation or a repeat"), (FineKind.FIRST, FineKind.REPEAT),
        ("cents_per_day", "total_cap_cents"), ("cents_per_day",),
    ),
    Part(
        _("For what is irreparable"), (FineKind.IRREPARABLE,), ("one_time_cents",),
        ("one_time_cents",),
    ),
    Part(_("Whatever kind it is"), tuple(FineKind), ("costs_cents",)),
)  # fmt: skip
_SUMS = ("cents_per_day", "total_cap_cents", "one_time_cents")
USUAL_TIME = timedelta(days=30)


@deed(OrderAction.ENTER, _("Enter an order"))
class Enter(DeedForm):
    """What is to be done by when, and what it costs if it is not."""

    says_figures = True
    violation = select(_("About"), [GIVEN])
    kind = RadioField(
        _("What kind of violation"), [GIVEN], choices=choice_of(FineKind, words=KINDS),
        default=FineKind.FIRST,
    )  # fmt: skip
    comply_by = day_field(_("Comply by"))
    cents_per_day = MoneyField(_("Fine for each day"), [Optional()])
    one_time_cents = MoneyField(_("The one fine"), [Optional()])
    total_cap_cents = MoneyField(_("At most in all"), [Optional()])
    costs_cents = MoneyField(_("The town's costs"), [Optional()])
    homestead = BooleanField(_("The owner has shown that it is the owner's lawful homestead"))

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Offer the violations it may be about, and tell the caps and what was found before."""
        heard = _heard(book, offer.row)
        self.violation.choices = parts_of(book, "violation", heard)
        about = [row for row in heard if str(row.id) == self.violation.data] or heard
        self.earlier = earlier(desk, book, about[0]) if about else None
        if book.law is not None:
            caps = book.law.fines
            self.cents_per_day.description = _(
                "At most %(first)s for a first violation, %(repeat)s for a repeat.",
                first=write_cents(caps.first.cents), repeat=write_cents(caps.repeat.cents),
            )  # fmt: skip
            self.one_time_cents.description = _(
                "At most %(most)s.", most=write_cents(caps.irreparable.cents)
            )
        if book.law is None or book.law.fines.homestead is None:
            del self.homestead
        else:
            self.homestead.description = _(
                "Then at most %(most)s a day.", most=write_cents(book.law.fines.homestead.cents)
            )
        self.lead("kind", _BY_KIND)
        if not self.is_submitted():
            usual = desk.today + USUAL_TIME
            days = book.law.calendar.days if book.law else TownCalendar()
            self.comply_by.data = days.next_worked(usual)
            if heard and heard[0].repeat_confirmed_on is not None:
                self.kind.data = FineKind.REPEAT

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a fine of another kind than is chosen: it would be left out of the order."""
        sound = super().validate(extra_validators)
        strays = [name for name in _SUMS if name not in self.asked and self[name].data]
        for name in strays:
            self[name].errors = [_("Such a violation has no such fine. Clear it, or choose again.")]
        return sound and not strays

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Enter it; a kind keeps only what it is fined by."""
        violation = book.part("violation", int(self.violation.data))
        kind = FineKind(self.kind.data)
        once = kind is FineKind.IRREPARABLE
        ordered = Ordered(
            kind=kind,
            comply_by=self.comply_by.data if kind is FineKind.FIRST else None,
            found_on=None if kind is FineKind.FIRST or violation is None else violation.found_on,
            cents_per_day=None if once else self.cents_per_day.data,
            one_time_cents=self.one_time_cents.data if once else None,
            total_cap_cents=None if once else self.total_cap_cents.data,
            costs_cents=self.costs_cents.data,
        )  # fmt: skip
        orders.enter(
            desk.connection, hearing_id=offer.row.id, violation_id=int(self.violation.data),
            ordered=ordered, homestead="homestead" in self and bool(self.homestead.data),
            **desk.who,
        )  # fmt: skip


@deed(DeskAction.SEND_ORDER, _("Serve the order: issue its notice"))
class Send(ShowingForm):
    """To whom."""

    respondent = select(_("To"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Offer who answers now, and show what is said to them."""
        self.respondent.choices = people_of(book)
        self.show(desk, book, offer)

    def telling(self, desk: Desk, book: Book, offer: Offer) -> Weighing | None:
        """Return what brings them the order, and what it rests on (s. 162.07(4))."""
        heard = book.part("hearing", offer.row.hearing_id)
        found = heard.findings if heard else None
        broken = book.part("violation", offer.row.violation_id)
        return telling(
            desk, book, NoticeKind.ORDER, respondent_id=first_chosen(self.respondent),
            violation_ids=[offer.row.violation_id],
            also=[
                *([Fact(_("Findings of fact"), found)] if found else []),
                *([Fact(_("Conclusion of law"), say(concluded(broken.section)))] if broken else []),
                Fact(_("It orders"), say(in_words(ordered_in(offer.row)))),
            ],
        )  # fmt: skip

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Issue it."""
        self.want_seen(desk, book, offer)
        self.issued = orders.send(
            desk.connection, order_id=offer.row.id, respondent_id=int(self.respondent.data),
            **desk.who,
        )  # fmt: skip


class LookForm(DeedForm):
    """By which inspection."""

    inspection = select(_("Seen on the inspection of"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the inspections made, the latest first."""
        self.inspection.choices = inspections_of(book)
        if not self.inspection.choices:
            self.inspection.description = _("There is none yet: record an inspection first.")


@deed(OrderAction.VERIFY_COMPLIANCE, _("Verify compliance"))
class VerifyCompliance(LookForm):
    """Since when the property complies."""

    complied_on = today_field(
        _("It complies since"), description=_("The day of the inspection, or one before it shows.")
    )

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Verify it."""
        orders.verify_compliance(
            desk.connection, order_id=offer.row.id, inspection_id=int(self.inspection.data),
            complied_on=day_of(self.complied_on), **desk.who,
        )  # fmt: skip


@deed(OrderAction.FILE_AFFIDAVIT, _("Swear that it is not met"))
class FileAffidavit(LookForm):
    """By which inspection."""

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """File it."""
        orders.file_affidavit(
            desk.connection, order_id=offer.row.id, inspection_id=int(self.inspection.data),
            **desk.who,
        )  # fmt: skip


@deed(OrderAction.CONTEST, _("Enter that the affidavit is contested"))
class Contest(AnswerForm):
    """When the paper was posted and came."""

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Enter it."""
        orders.contest(desk.connection, order_id=offer.row.id, answer=self.answer(), **desk.who)


by_itself(
    OrderAction.CONFIRM_SERVICE, _("Confirm service"), orders.confirm_service, part="order_id"
)
for action, words, command in (
    (OrderAction.SUSTAIN_AFFIDAVIT, _("Sustain the affidavit"), orders.sustain_affidavit),
    (OrderAction.REJECT_AFFIDAVIT, _("Reject the affidavit"), orders.reject_affidavit),
    (OrderAction.VACATE, _("Vacate it"), orders.vacate),
):
    with_reason(action, words, command, part="order_id")


def _heard(book: Book, hearing: Row) -> list[Row]:
    """Return the violations that an order on a hearing may be about, that of its citation first."""
    cited = {row.violation_id for row in book.parts["citation"] if row.id == hearing.citation_id}
    stand = (ViolationStatus.OPEN, ViolationStatus.CORRECTED)
    rows = [row for row in book.parts["violation"] if row.status in stand]
    return sorted(rows, key=lambda row: (row.id not in cited, row.status != stand[0], row.id))
