"""Ask for what is done with a case as a whole."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import Length

from cases import assigning, opening
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.opening import RespondentKind
from cases.respondents import envelope
from cases.workflow.casefile import CaseAction
from webmap.auth.desk import Desk
from webmap.forms import GIVEN
from webmap.office.deeds.deed import DeedForm, deed, with_reason
from webmap.office.deeds.fields import choice_of, select


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

    def prepare(self, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Suggest the owner on the roll, where they are not named yet."""
        named = {each.name for each in book.respondents}
        owner = next((each for each in book.owners if each.owner_name not in named), None)
        if owner is not None and not self.is_submitted():
            place = (owner.mail_line, owner.mail_city, owner.mail_state, owner.mail_zip)
            self.name.data, self.address.data = owner.owner_name, envelope(*place)

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Name them."""
        opening.name_respondent(
            desk.connection, case_id=offer.row.id, kind=RespondentKind(self.kind.data),
            name=self.name.data or "", address=self.address.data or "",
            **desk.who,
        )  # fmt: skip


@deed(CaseAction.ASSIGN, _("Assign to an officer"))
class Assign(DeedForm):
    """Whose case it is from now on."""

    officer = select(_("Officer"))

    def prepare(self, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer the officers who work here, and the officer of the zone."""
        of_zone = _("the officer of its zone")
        known = ((str(each.id), each.name) for each in book.officers)
        self.officer.choices = [("", of_zone), *known]
        if not self.is_submitted():
            self.officer.data = str(book.case.officer_id or "")

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Assign it."""
        chosen = int(self.officer.data) if self.officer.data else None
        assigning.assign(desk.connection, case_id=offer.row.id, officer_id=chosen, **desk.who)


with_reason(CaseAction.CLOSE, _("Close the case"), opening.close_case, part="case_id")
with_reason(CaseAction.REOPEN, _("Reopen the case"), opening.reopen_case, part="case_id")
with_reason(CaseAction.VOID, _("Void the case"), opening.void_case, part="case_id")
