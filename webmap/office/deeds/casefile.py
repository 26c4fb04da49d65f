"""Ask for what is done with a case as a whole."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import Length

from cases import assigning, blocking, opening, placing, transferring
from cases.blocking import BlockKind
from cases.desk.book import Book
from cases.desk.neighbours import beside
from cases.desk.offers import Offer
from cases.disclosure import Disclosure
from cases.opening import RespondentKind
from cases.respondents import envelope
from cases.transferring import Sale
from cases.workflow.casefile import CaseAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.office.checking import UnseenMatterError
from webmap.office.deeds.choices import people_of
from webmap.office.deeds.deed import DeedForm, Part, ReasonForm, deed, with_reason
from webmap.office.deeds.fields import (
    as_choices,
    choice_of,
    day_field,
    day_of,
    happened_field,
    select,
    words_field,
)
from webmap.office.deeds.placing import PlaceFields
from webmap.words import day, plain


@deed(CaseAction.NAME_RESPONDENT, _("Name a respondent"))
class NameRespondent(DeedForm):
    """Who answers for the violations."""

    kind = RadioField(
        _("They are the"), [GIVEN], choices=choice_of(RespondentKind), default=RespondentKind.OWNER
    )
    name = StringField(_("Name"), [GIVEN, Length(max=300)])
    address = TextAreaField(
        _("Address for letters"),
        [GIVEN, Length(max=500)],
        description=_("For service by mail it is the tax collector's or the property appraiser's."),
        render_kw={"rows": 2},
    )

    same_address = BooleanField(_("They have the owner's address"))
    suggested = ("", "")

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Suggest the owner on the roll, where they are not named yet."""
        self.lead("kind", _BESIDE_THE_OWNER)
        self.suggested = _owner_not_named(book)
        if not self.is_submitted():
            self.name.data, self.address.data = self.suggested

    def validate(self, extra_validators: Any = None) -> bool:
        """Want another's own address, or a word that it is the owner's, which the page suggests."""
        sound = super().validate(extra_validators)
        if self.kind.data == RespondentKind.OWNER or self.same_address.data:
            return sound
        if self.address.data and self.address.data.split() == self.suggested[1].split():
            told = _(
                "This is the owner's address. Give %(name)s's own, or say below that it is theirs.",
                name=self.name.data,
            )
            self.address.errors = [told]
            return False
        return sound

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Name them."""
        opening.name_respondent(
            desk.connection, case_id=offer.row.id, kind=RespondentKind(self.kind.data),
            name=self.name.data or "", address=self.address.data or "",
            **desk.who,
        )  # fmt: skip


_BESIDE_THE_OWNER = (
    Part(
        _("For a tenant or a business"), (RespondentKind.TENANT, RespondentKind.BUSINESS),
        ("same_address",),
    ),
)  # fmt: skip


@deed(CaseAction.PLACE, _("Say where it is"))
class Place(PlaceFields, DeedForm):
    """Where it turns out to be."""

    warned_of = HiddenField()

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Place it, but stop once where an open matter of its kind is on that parcel already.

        Raises
        ------
        UnseenMatterError
            There is one that was not told of; the same sent again is meant so.
        """
        placing.place_case(
            desk.connection, case_id=offer.row.id, where=self.place(), **desk.who
        )  # fmt: skip
        found = beside(desk.connection, book.law, case_id=offer.row.id, on=desk.today)
        numbers = ", ".join(each.number for each in found)
        if numbers not in {"", self.warned_of.data}:
            self.warned_of.data = numbers
            raise UnseenMatterError(
                ngettext(
                    "%(numbers)s, of the same kind, is open on that parcel already. Press the "
                    "button once more if this case is another matter.",
                    "%(numbers)s, of the same kind, are open on that parcel already. Press the "
                    "button once more if this case is another matter.",
                    len(found), numbers=numbers,
                )
            )  # fmt: skip


@deed(CaseAction.ASSIGN, _("Assign to an officer"))
class Assign(DeedForm):
    """Whose case it is from now on."""

    officer = select(_("Officer"))

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the officers who work here, and the officer of the zone that it lies in."""
        of_zone = _("the officer of its zone")
        if book.case.zone_id is None:
            of_zone = _("nobody yet: it lies in no officer's zone")
        known = ((str(each.id), each.name) for each in book.officers)
        self.officer.choices = [("", of_zone), *known]
        if not self.is_submitted():
            self.officer.data = str(book.case.officer_id or "")

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Assign it."""
        chosen = int(self.officer.data) if self.officer.data else None
        assigning.assign(desk.connection, case_id=offer.row.id, officer_id=chosen, **desk.who)


@deed(CaseAction.TRANSFER_OWNERSHIP, _("Enter a sale of the property"))
class TransferOwnership(DeedForm):
    """Who bought it when, and what the seller showed."""

    seller = select(_("Sold by"), [GIVEN])
    buyer = words_field(_("Bought by"))
    address = TextAreaField(
        _("Address for letters"), [GIVEN, Length(max=500)], render_kw={"rows": 2}
    )
    on = happened_field(_("Transferred on"))
    proceeding_on = day_field(
        _("The case was disclosed to the buyer in writing on"),
        description=_("Leave open each of these four that the seller did not show."),
    )
    copies_on = day_field(_("Copies of the notices were handed over on"))
    responsibility_on = day_field(_("That the buyer answers for it was disclosed in writing on"))
    official_told_on = day_field(_("The town was told of the transfer on"))

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the owners there are, and suggest one on the roll who is not named yet."""
        owners = {
            str(each.id) for each in book.respondents if each.kind == RespondentKind.OWNER
        }  # fmt: skip
        self.seller.choices = [each for each in people_of(book) if each.value in owners]
        if not self.is_submitted():
            self.buyer.data, self.address.data = _owner_not_named(book)

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Enter it."""
        shown = Disclosure(
            proceeding_on=self.proceeding_on.data, copies_on=self.copies_on.data,
            responsibility_on=self.responsibility_on.data,
            official_told_on=self.official_told_on.data,
        )  # fmt: skip
        sale = Sale(
            seller_id=int(self.seller.data), buyer=self.buyer.data or "",
            address=self.address.data or "", on=day_of(self.on), disclosure=shown,
        )  # fmt: skip
        transferring.transfer_ownership(
            desk.connection, case_id=offer.row.id, sale=sale, **desk.who
        )  # fmt: skip


@deed(CaseAction.BLOCK, _("Block collection"))
class Block(ReasonForm):
    """By what, since when."""

    kind = RadioField(
        _("By"), [GIVEN],
        choices=choice_of(
            BlockKind,
            words={
                BlockKind.BANKRUPTCY: _("A bankruptcy"), BlockKind.COUNSEL: _("Counsel's word")
            },
        ),
        default=BlockKind.BANKRUPTCY,
    )  # fmt: skip
    reference = words_field(
        _("The paper"), description=_("The number of the bankruptcy case, or counsel's letter.")
    )
    since = happened_field(_("Since"))

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Block it."""
        blocking.block(
            desk.connection, case_id=offer.row.id, kind=BlockKind(self.kind.data),
            reference=self.reference.data or "", since=day_of(self.since),
            reason=self.reason.data or "", **desk.who,
        )  # fmt: skip


@deed(CaseAction.UNBLOCK, _("Lift a block"))
class Unblock(ReasonForm):
    """Which one."""

    block = select(_("Which block"), [GIVEN])

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the blocks that nobody has lifted."""
        self.block.choices = as_choices(
            (str(each.id), f"{plain(each.kind)}, {each.reference}, {day(each.since)}")
            for each in book.blocks
            if each.until is None
        )

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Lift it."""
        blocking.unblock(
            desk.connection, block_id=int(self.block.data), reason=self.reason.data or "",
            **desk.who,
        )  # fmt: skip


with_reason(CaseAction.CLOSE, _("Close the case"), opening.close_case, part="case_id")
with_reason(CaseAction.REOPEN, _("Reopen the case"), opening.reopen_case, part="case_id")
with_reason(CaseAction.VOID, _("Void the case"), opening.void_case, part="case_id")


def _owner_not_named(book: Book) -> tuple[str, str]:
    """Return the name and address of an owner on the roll whom the case does not name yet."""
    named = {each.name for each in book.respondents}
    owner = next((each for each in book.owners if each.owner_name not in named), None)
    if owner is None:
        return "", ""
    place = (owner.mail_line, owner.mail_city, owner.mail_state, owner.mail_zip)
    return str(owner.owner_name), envelope(*place) or ""
