"""Ask for where a lien is recorded, and how it ends."""

from collections.abc import Iterator

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.validators import Optional

from cases import foreclosing, liens, releasing
from cases.desk.book import Book, Row
from cases.desk.offers import Offer
from cases.desk.reckoning import fine_in
from cases.exposure import releasable
from cases.workflow.lien import LienAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.office.bound import parcel_words
from webmap.office.deeds.deed import DeedForm, ReasonForm, by_itself, deed, with_reason
from webmap.office.deeds.fields import (
    as_choices,
    chosen,
    day_of,
    happened_field,
    select,
    text_field,
    words_field,
)
from webmap.office.deeds.papers import RecordingForm
from webmap.office.deeds.weighing import Fact, Weighing
from webmap.words import dollars

YES, NO = "yes", "no"


@deed(LienAction.STATE_HOMESTEAD, _("Say whether it is a homestead"))
class StateHomestead(DeedForm):
    """Whether it is one, and on what evidence."""

    homestead = RadioField(
        _("The property is"), [GIVEN],
        choices=as_choices(((YES, _("A homestead")), (NO, _("No homestead")))),
    )  # fmt: skip
    evidence = text_field(
        _("On what evidence"), rows=2,
        description=_("Such as: the exemption on the tax roll of this year."),
    )  # fmt: skip

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Tell what the roll says."""
        told = {each.homestead for each in book.owners if each.homestead is not None}
        if told:
            self.homestead.description = (
                _("On the roll it is one.") if True in told else _("On the roll it is none.")
            )

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Say so."""
        liens.state_homestead(
            desk.connection, lien_id=offer.row.id, homestead=self.homestead.data == YES,
            evidence=self.evidence.data or "", **desk.who,
        )  # fmt: skip


@deed(LienAction.RELEASE_IN_PART, _("Free a part of the property"))
class ReleaseInPart(RecordingForm, ReasonForm):
    """Which part, and why."""

    parcel = select(_("Parcel that is freed"), [Optional()])
    description = text_field(
        _("Or a part of one, in words"), needed=False, rows=2,
        description=_("Such as: the north ten feet. Beside a parcel it may stay open."),
    )  # fmt: skip

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the parcels that the lien binds beside the one it was recorded against."""
        bound = releasable(desk.connection, offer.row)
        self.parcel.choices = as_choices(
            [
                ("", _("Only a part of one, in words")),
                *((each.parcel_id, parcel_words(each)) for each in bound),
            ]
        )

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Free it."""
        releasing.release_in_part(
            desk.connection, lien_id=offer.row.id, parcel_id=chosen(self.parcel),
            description=self.description.data or None, recording=self.recording(),
            reason=self.reason.data or "", **desk.who,
        )  # fmt: skip


@deed(LienAction.SATISFY, _("Say that it is paid"))
class Satisfy(DeedForm):
    """Where the satisfaction is recorded."""

    instrument_no = words_field(
        _("Instrument number of the satisfaction"), most=60, needed=False,
        description=_("If it is recorded already."),
    )  # fmt: skip

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Warn where the order's fine runs on: it accrues until the order is met (s. 162.09(3))."""
        order = book.part("order", offer.row.order_id) if offer.row.order_id else None
        if order is None or book.law is None:
            return
        per_diem = fine_in(book, order, on=desk.today).per_diem_cents
        if per_diem:
            self.weighing = Weighing(_("The fine runs on"), list(_runs_on(order, per_diem)))

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Satisfy it."""
        liens.satisfy(
            desk.connection, lien_id=offer.row.id, instrument_no=self.instrument_no.data,
            **desk.who,
        )  # fmt: skip


def _runs_on(order: Row, per_diem_cents: int) -> Iterator[Fact]:
    """Say what is not over though the lien is paid."""
    yield Fact(
        gettext("Order %(number)s", number=order.number),
        gettext("is not met: the violation is open, and no day of compliance is on record"),
    )
    yield Fact(
        gettext("Added each day"),
        gettext("%(cents)s, from tomorrow until the order is met", cents=dollars(per_diem_cents)),
    )
    yield Fact(
        gettext("What that comes to"),
        gettext("is owed in this case, is not of this lien, and can be recorded as a new one"),
    )
    yield Fact(
        gettext("Before you satisfy it"),
        gettext("if the violation is corrected, have an officer verify compliance first"),
    )


@deed(LienAction.RELEASE, _("Release it unpaid"))
class Release(ReasonForm):
    """By whose word, and why."""

    authorization = words_field(_("The governing body's resolution"))
    instrument_no = words_field(
        _("Instrument number of the release"), most=60, needed=False,
        description=_("If it is recorded already."),
    )  # fmt: skip

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Release it."""
        releasing.release(
            desk.connection, lien_id=offer.row.id, authorization=self.authorization.data or "",
            reason=self.reason.data or "", instrument_no=self.instrument_no.data, **desk.who,
        )  # fmt: skip


@deed(LienAction.FORECLOSE, _("Begin foreclosure"))
class Foreclose(DeedForm):
    """Which suit, and who allowed it."""

    court_case_no = words_field(_("Court case number"), most=60)
    authorization = words_field(_("Allowed by"), description=_("Such as the magistrate's order."))

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Begin it."""
        foreclosing.foreclose(
            desk.connection, lien_id=offer.row.id, court_case=self.court_case_no.data or "",
            authorization=self.authorization.data or "", **desk.who,
        )  # fmt: skip


@deed(LienAction.ADJUDGE, _("Enter the judgment of foreclosure"))
class Adjudge(DeedForm):
    """Which judgment, of which day."""

    judgment = words_field(_("The judgment"), description=_("As a clerk would cite it."))
    judged_on = happened_field(_("Rendered on"))

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Enter it."""
        foreclosing.adjudge(
            desk.connection, lien_id=offer.row.id, judged_on=day_of(self.judged_on),
            judgment=self.judgment.data or "", **desk.who,
        )  # fmt: skip


by_itself(LienAction.EXPIRE, _("Say that its life is over"), liens.expire, part="lien_id")
with_reason(
    LienAction.WITHDRAW_FORECLOSURE, _("Withdraw the foreclosure"),
    foreclosing.withdraw_foreclosure, part="lien_id",
)  # fmt: skip
