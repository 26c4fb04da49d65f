"""Ask for what the town does itself on a property, and what it cost."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import FieldList, FormField, RadioField
from wtforms import Form as Lines
from wtforms.validators import Optional

from cases import abating
from cases.abatement_costs import CostLine
from cases.abating import BY_NOTICE, AbatementAuthority, Work
from cases.adopted import provision
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.inspections import Entry
from cases.lawpack.ordinance import Ordinance
from cases.money import write_cents
from cases.workflow.abatement import AbatementAction
from cases.workflow.order import RUNNING
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.interpreting import say
from webmap.office.deeds.choices import documents_of, parts_of, pictures_of
from webmap.office.deeds.deed import (
    MOST_LINES,
    DeedForm,
    Part,
    ReasonForm,
    by_itself,
    deed,
    with_reason,
)
from webmap.office.deeds.fields import (
    FilesField,
    MoneyField,
    choice_of,
    chosen,
    day_of,
    happened_field,
    select,
    words_field,
)
from webmap.words import ENTRIES

AUTHORITIES: dict[str, Any] = {
    AbatementAuthority.ORDER: _("An order whose time to comply is over"),
    AbatementAuthority.EMERGENCY: _("An emergency"),
    AbatementAuthority.NOTICE: _("A notice that was served and whose time is over"),
    AbatementAuthority.EARLIER_NOTICE: _("An earlier notice of the same, which still stands"),
}


_BY_ORDER = (
    Part(
        AUTHORITIES[AbatementAuthority.ORDER], (AbatementAuthority.ORDER,), ("order",), ("order",)
    ),
)


@deed(AbatementAction.AUTHORIZE, _("Have the town do the work"))
class Authorize(ReasonForm):
    """By what authority."""

    authority = RadioField(
        _("By"), [GIVEN], choices=choice_of(AbatementAuthority, words=AUTHORITIES)
    )
    order = select(_("Which order"), [Optional()])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the orders on this violation that run."""
        text = _text(book, offer.row)
        self.authority.choices = choice_of(_known(book, text), words=_with_law(text))
        self.lead("authority", _BY_ORDER)
        rows = [
            row
            for row in book.parts["order"]
            if row.violation_id == offer.row.id and row.status in RUNNING
        ]
        self.order.choices = parts_of(book, "order", rows, empty=_("Choose one"))
        if not self.is_submitted():
            self.authority.data = AbatementAuthority.ORDER if rows else AbatementAuthority.EMERGENCY
            self.order.data = str(rows[0].id) if rows else ""

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Authorize it; an emergency rests on no order."""
        authority = AbatementAuthority(self.authority.data)
        abating.authorize(
            desk.connection, violation_id=offer.row.id, authority=authority,
            order_id=chosen(self.order) if authority is AbatementAuthority.ORDER else None,
            reason=self.reason.data or "", **desk.who,
        )  # fmt: skip


@deed(AbatementAction.ORDER_WORK, _("Order the work"))
class OrderWork(DeedForm):
    """From whom, and by what right they enter."""

    contractor = words_field(_("Contractor"))
    entry = RadioField(
        _("They may enter"), [GIVEN],
        choices=choice_of((Entry.CONSENT, Entry.WARRANT), words=ENTRIES),
    )  # fmt: skip
    entry_detail = words_field(_("Whose consent, or which warrant"))

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Order it."""
        abating.order_work(
            desk.connection, abatement_id=offer.row.id, contractor=self.contractor.data or "",
            entry=Entry(self.entry.data), entry_detail=self.entry_detail.data or "", **desk.who,
        )  # fmt: skip


@deed(AbatementAction.COMPLETE, _("Say that the work is done"))
class Complete(DeedForm):
    """When, with the photographs that show it."""

    picks_documents = True
    done_on = happened_field(_("Done on"))
    photos_before = FilesField(_("Photographs before"), [GIVEN])
    photos_after = FilesField(_("Photographs after"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the case's photographs and papers."""
        for field in (self.photos_before, self.photos_after):
            field.choices, field.pictures = documents_of(book), pictures_of(book)

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Say so."""
        work = Work(
            done_on=day_of(self.done_on), photos_before=self.photos_before.data or [],
            photos_after=self.photos_after.data or [],
        )  # fmt: skip
        abating.complete(desk.connection, abatement_id=offer.row.id, work=work, **desk.who)


class CostRow(Lines):
    """One line of the bill."""

    what = words_field(_("What for"), needed=False)
    cents = MoneyField(_("Amount"), [Optional()])


@deed(AbatementAction.INVOICE, _("Send the bill"))
class Invoice(DeedForm):
    """What the work cost."""

    costs = FieldList(FormField(CostRow), _("Costs"), min_entries=3, max_entries=MOST_LINES)

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Tell the fee the town adds."""
        if book.law is not None:
            rules = book.law.abatement
            self.costs.description = _(
                "The town's fee comes on top: %(fixed)s and %(percent)s percent of the costs.",
                fixed=write_cents(rules.admin_fee_cents), percent=rules.admin_fee_percent,
            )  # fmt: skip

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Charge it; a line left open is none."""
        lines = [
            CostLine(what=each["what"] or "", cents=each["cents"] or 0)
            for each in self.costs.data
            if each["what"] or each["cents"]
        ]
        abating.invoice(desk.connection, abatement_id=offer.row.id, costs=lines, **desk.who)


def _text(book: Book, violation: Any) -> Ordinance | None:
    """Return the provision that was violated; None where the case knows of none."""
    if book.law is None or violation.section is None:
        return None
    return provision(book.law, violation.section, on=violation.found_on)


def _known(book: Book, text: Ordinance | None) -> list[AbatementAuthority]:
    """Return by what authority the case's law knows such work to be done."""
    known = [AbatementAuthority.ORDER, AbatementAuthority.EMERGENCY]
    if book.law is None or text is None:
        return known
    known += [AbatementAuthority.NOTICE] if text.abate_under else []
    return known + (
        [AbatementAuthority.EARLIER_NOTICE] if book.law.standing_notice_of(text) else []
    )


def _with_law(text: Ordinance | None) -> dict[str, Any]:
    """Say what each authority is; of a notice also by which law, as the history will."""
    if text is None or text.abate_under is None:
        return AUTHORITIES
    law = say(text.abate_under)
    return AUTHORITIES | {each: f"{AUTHORITIES[each]} ({law})" for each in BY_NOTICE}


by_itself(
    AbatementAction.CERTIFY, _("Certify the cost to the tax list"), abating.certify,
    part="abatement_id",
)  # fmt: skip
by_itself(AbatementAction.SETTLE, _("Settle it"), abating.settle, part="abatement_id")
with_reason(AbatementAction.CANCEL, _("Call it off"), abating.cancel, part="abatement_id")
