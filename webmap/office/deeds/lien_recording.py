"""Ask for where a lien is recorded, and show before it for what sum, and what it will bind."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import ValidationError

from cases import liens
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.errors import CaseError
from cases.exposure import names_of_violator, other_property
from cases.lien_principal import Principal, principal_of
from cases.lien_terms import expires_on, foreclosure_from
from cases.liens import LienAmountError
from cases.permits import permits_of
from cases.workflow.lien import LienAction
from webmap.auth.desk import Desk
from webmap.forms import complain
from webmap.office.bound import homestead_by_roll, parcel_words
from webmap.office.deeds.deed import deed
from webmap.office.deeds.papers import RecordingForm
from webmap.office.deeds.weighing import Fact, Weighing
from webmap.words import day, dollars

MOST_OTHERS = 6
"""How many other parcels of a violator are named."""


@deed(LienAction.RECORD, _("Record it as a lien"))
class Record(RecordingForm):
    """Where it stands in the public records, beside what it then binds, and for how much."""

    says_figures = True
    seen_cents = HiddenField()
    shown_cents = 0

    def validate_seen_cents(self, field: HiddenField) -> None:
        """Want the sum that the page showed."""
        if not (field.data or "").isdecimal():
            raise ValidationError(gettext("Open this page anew, and send it again."))

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Show the principal to the day of recording, and what else is to be weighed."""
        if book.law is None:
            return
        on = self.recorded_on.data or desk.today
        if not offer.row.certified_on <= on <= desk.today:
            on = desk.today
        binds = principal_of(desk.connection, offer.row, on=on, today=desk.today)
        self.shown_cents = binds.total_cents
        if not self.is_submitted() or "foretell" in request.form:
            self.seen_cents.data = str(binds.total_cents)
        self.weighing = Weighing(
            gettext("What the lien is recorded for"),
            [*_sums(binds, on=on), *_bound(desk, book), *_lasts(book, on=on), *_beside(desk, book)],
        )

    def refuse(self, error: CaseError) -> None:
        """Show the sum as it is now, where it is another than was shown."""
        if isinstance(error, LienAmountError):
            self.seen_cents.data = str(self.shown_cents)
            complain(self, "recorded_on", error)
        else:
            super().refuse(error)

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Record it."""
        liens.record_lien(
            desk.connection, order_id=offer.row.id, recording=self.recording(),
            seen_cents=int(self.seen_cents.data or 0), **desk.who,
        )  # fmt: skip


def _sums(binds: Principal, *, on: date) -> Iterator[Fact]:
    fine, per_diem = binds.fine, binds.fine.per_diem_cents
    counted = [(line.explanation, line.amount_cents) for line in fine.lines]
    yield Fact(gettext("Principal"), dollars(binds.total_cents))
    yield Fact(
        gettext("The fine to %(day)s", day=day(on)),
        _up_to(binds.fine_cents, fine.total_cents, binds), counted,
    )  # fmt: skip
    costs = binds.order_costs_cents + binds.work_cents
    yield Fact(
        gettext("Costs"),
        gettext(
            "%(sum)s: by the order %(order)s, for the town's work %(work)s",
            sum=_up_to(binds.costs_cents, costs, binds),
            order=dollars(binds.order_costs_cents), work=dollars(binds.work_cents),
        ),
    )  # fmt: skip
    goes_on = gettext("%(cents)s more each day until the order is met", cents=dollars(per_diem))
    yield Fact(
        gettext("Added later"), goes_on if per_diem else gettext("nothing, for the fine has ended")
    )
    yield Fact(gettext("Interest"), gettext("none runs by itself under the town's law"))


def _up_to(cents: int, made: int, binds: Principal) -> str:
    """Say a sum, and why it is less than what it was made of."""
    if cents == made:
        return dollars(cents)
    if not binds.bound_cents:
        return str(gettext(
            "%(cents)s, for of the %(made)s only %(owed)s are still owed", cents=dollars(cents),
            made=dollars(made), owed=dollars(cents),
        ))  # fmt: skip
    return str(gettext(
        "%(cents)s, for of the %(made)s no more is owed beyond what the case's other liens bind "
        "for, which is %(bound)s", cents=dollars(cents), made=dollars(made),
        bound=dollars(binds.bound_cents),
    ))  # fmt: skip


def _bound(desk: Desk, book: Book) -> Iterator[Fact]:
    """Say what it binds, whose that is, and whether it is a homestead."""
    case = book.case
    place = ", ".join(each for each in (case.parcel_no, case.situs_address) if each)
    yield Fact(
        gettext("It binds parcel"), place or gettext("none: the case must be tied to one first")
    )
    owners = "; ".join(each.owner_name for each in book.owners)
    yield Fact(gettext("Owner by the roll"), owners or gettext("not known"))
    answers = "; ".join(each.name for each in book.respondents if each.until is None)
    yield Fact(gettext("Respondent"), answers or gettext("nobody now"))
    if book.owners and not _answers(desk, book):
        yield Fact(
            gettext("Mind"),
            gettext(
                "No owner by the roll is a respondent of the case: look whether the property was "
                "sold, and whether the order binds whoever owns it."
            ),
        )
    yield Fact(gettext("Homestead"), homestead_by_roll(book))
    if book.law and book.law.liens and book.law.liens.other_property:
        others = other_property(desk.connection, case.id).limit(MOST_OTHERS + 1)
        yield Fact(gettext("Their other property, bound as well"), _others(desk.rows(others)))


def _lasts(book: Book, *, on: date) -> Iterator[Fact]:
    """Say how long it binds, and from when it may be foreclosed."""
    assert book.law is not None  # noqa: S101 - no order is entered without
    rules = book.law.liens
    assert rules is not None  # noqa: S101 - no lien is recorded without
    if (last := expires_on(rules, recorded_on=on)) is not None:
        until = gettext("%(day)s, unless a suit is filed by then", day=day(last))
        yield Fact(gettext("It lasts until"), until)
    first = foreclosure_from(rules, recorded_on=on, homestead=False)
    assert first is not None  # noqa: S101 - it is asked for no homestead
    said = gettext("not before %(day)s", day=day(first))
    if not rules.homestead_foreclosure:
        said = gettext("%(said)s, and never of a homestead", said=said)
    yield Fact(gettext("Foreclosure"), said)


def _beside(desk: Desk, book: Book) -> Iterator[Fact]:
    """Say what else there is that a person would weigh."""
    parcel_id = book.case.parcel_id
    permits = desk.rows(permits_of([parcel_id], on=desk.today)) if parcel_id else []
    there = "; ".join(f"{each.number} ({each.kind})" for each in permits if each.is_open)
    yield Fact(gettext("Open permits"), there or gettext("none known"))
    bars = ", ".join(each.reference for each in book.blocks if each.until is None)
    if bars:
        yield Fact(gettext("Collection is barred by"), bars)


def _answers(desk: Desk, book: Book) -> bool:
    """Tell whether an owner by the roll is a respondent, by the name in any order of words."""
    names = names_of_violator(desk.connection, book.case.id)
    return any(each.owner_name in names for each in book.owners)


def _others(rows: Sequence[Any]) -> str:
    named = [
        parcel_words(
            each, each.owner_name, gettext("homestead, not bound") if each.homestead else None
        )
        for each in rows[:MOST_OTHERS]
    ]  # fmt: skip
    more = gettext("and more") if len(rows) > MOST_OTHERS else ""
    return "; ".join([*named, *([more] if more else [])]) or gettext("none found in town")
