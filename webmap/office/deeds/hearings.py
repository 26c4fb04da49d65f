"""Ask for what is brought before the tribunal, when, and what it finds."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    RadioField,
)
from wtforms import Form as Lines
from wtforms.validators import InputRequired, NumberRange, Optional

from cases import hearings
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.hearings import About, Outcome
from cases.minutes import Appeared, Exhibit, Minutes, OfferedBy, Representative
from cases.workflow.citation import CitationStatus
from cases.workflow.hearing import HearingAction
from cases.workflow.order import OrderStatus
from webmap.auth.desk import Desk
from webmap.forms import GIVEN, complain
from webmap.office.deeds.choices import Choices, documents_of, parts_of
from webmap.office.deeds.deed import MOST_LINES, DeedForm, Part, deed
from webmap.office.deeds.fields import (
    as_choices,
    choice_of,
    chosen,
    chosen_words,
    day_field,
    select,
    text_field,
    words_field,
)

ABOUTS: dict[str, Any] = {
    About.CITATION: _("A contested citation"),
    About.VIOLATION: _("A violation"),
    About.NONCOMPLIANCE: _("A contested affidavit that an order is not met"),
    About.MITIGATION: _("A lower fine"),
}
OUTCOMES: dict[str, dict[Outcome, Any]] = {
    About.CITATION: {
        Outcome.VIOLATION: _("There is a violation"),
        Outcome.NO_VIOLATION: _("There is no violation"),
    },
    About.NONCOMPLIANCE: {
        Outcome.GRANTED: _("The order was not met: the affidavit stands"),
        Outcome.REFUSED: _("The affidavit does not stand"),
    },
    About.MITIGATION: {
        Outcome.GRANTED: _("The fine is to be lowered"),
        Outcome.REFUSED: _("The fine stays as it is"),
    },
}
OUTCOMES[About.VIOLATION] = OUTCOMES[About.CITATION]
CAME: dict[str, Any] = {
    Appeared.RESPONDENT: _("The respondent"),
    Appeared.REPRESENTATIVE: _("The representative"),
    Appeared.BOTH: _("The respondent and the representative"),
    Appeared.NOBODY: _("Nobody"),
}


OFFERED: dict[str, Any] = {
    OfferedBy.TOWN: _("The town"), OfferedBy.RESPONDENT: _("The respondent"),
}  # fmt: skip


_SIGNED = ("authorized_on", "signed_by")
_OF_SPEAKER = (*_SIGNED, "writing", "document")
"""What is asked of the writing by which somebody speaks for the respondent."""
_OF_CITATION = (Part(ABOUTS[About.CITATION], (About.CITATION,), ("citation",), ("citation",)),)


@deed(HearingAction.REQUEST, _("Ask for a hearing"))
class Request(DeedForm):
    """About what, and who speaks for the respondent."""

    picks_documents = True
    about = RadioField(_("About"), [GIVEN], choices=choice_of(About, words=ABOUTS))
    citation = select(_("Which citation"), [Optional()])
    representative = words_field(
        _("Who speaks for the respondent"), needed=False,
        description=_("Somebody whom the respondent authorized in writing. Else leave it open."),
    )  # fmt: skip
    authorized_on = day_field(_("Authorized on"))
    signed_by = words_field(_("The writing is signed by"), needed=False)
    writing = select(_("The writing, where it is on file"), [Optional()])
    document = words_field(
        _("Else, where it is kept"), needed=False,
        description=_("For a paper that does not hang on the case."),
    )  # fmt: skip
    interpreter = words_field(_("Interpreter needed for"), needed=False, most=60)

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Suggest what is contested."""
        self.lead("about", _OF_CITATION)
        for name in _OF_SPEAKER:
            self[name].flags.where = _("where somebody speaks for them")
        contested = [
            row for row in book.parts["citation"] if row.status == CitationStatus.CONTESTED
        ]
        self.citation.choices = parts_of(book, "citation", contested, empty=_("Choose one"))
        self.writing.choices = documents_of(book, empty=_("Not on file"))
        if not book.parts["citation"]:
            said = ABOUTS | {About.VIOLATION: _("A violation (no citation issued)")}
            self.about.choices = choice_of(About, words=said)
        orders = {row.status for row in book.parts["order"]}
        if self.is_submitted():
            return
        self.about.data = About.VIOLATION
        if contested:
            self.about.data, self.citation.data = About.CITATION, str(contested[-1].id)
        elif OrderStatus.CONTESTED in orders:
            self.about.data = About.NONCOMPLIANCE
        elif OrderStatus.CERTIFIED in orders:
            self.about.data = About.MITIGATION

    def validate(self, extra_validators: Any = None) -> bool:
        """Want of whoever speaks for the respondent the day of the writing, and who signed it."""
        is_good = super().validate(extra_validators)
        for name in _SIGNED if self.representative.data else ():
            if not self[name].data and not self[name].errors:
                complain(self, name, str(GIVEN.message))
                is_good = False
        return is_good

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Ask for it."""
        hearings.request(
            desk.connection, case_id=offer.row.id, about=About(self.about.data),
            citation_id=chosen(self.citation) if self.asked else None,
            representative=self._speaker(desk.today),
            interpreter=self.interpreter.data or None, **desk.who,
        )  # fmt: skip

    def _speaker(self, today: date) -> Representative | None:
        file = self.writing.data or None
        kept = chosen_words(self.writing) if file else self.document.data
        said = (self.representative.data, self.signed_by.data, kept)
        if not any(said):
            return None
        return Representative(
            name=said[0] or "", authorized_on=self.authorized_on.data or today,
            signed_by=said[1] or "", document=said[2] or "", sha256=file,
        )  # fmt: skip


@deed(HearingAction.OPEN, _("Open the hearing"))
class Open(DeedForm):
    """How many sit."""

    members_sitting = IntegerField(_("Members sitting"), [GIVEN, NumberRange(1, 15)], default=1)

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Tell the quorum, and suggest that all are there."""
        bodies = book.law.bodies if book.law else ()
        body = next((each for each in bodies if each.name == offer.row.body), None)
        if body is None:
            return
        self.members_sitting.description = _(
            "%(quorum)s of %(all)s must sit.", quorum=body.quorum, all=body.members
        )
        if not self.is_submitted():
            self.members_sitting.data = body.members

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Open it."""
        hearings.open_hearing(
            desk.connection, hearing_id=offer.row.id,
            members_sitting=self.members_sitting.data or 0, **desk.who,
        )  # fmt: skip


class ExhibitLine(Lines):
    """One thing that was shown: a document of the case, or whatever else is described."""

    document = select(_("Document"), [Optional()])
    what = words_field(_("What it shows"), needed=False)
    offered_by = select(_("Shown by"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered_by.choices = choice_of(OfferedBy, words=OFFERED)

    def exhibit(self) -> Exhibit | None:
        """Return it; None of a line that was left open."""
        what = self.what.data or (chosen_words(self.document) if self.document.data else "")
        if not what:
            return None
        return Exhibit(
            what=what, offered_by=OfferedBy(self.offered_by.data), sha256=self.document.data or None
        )


SWORN = InputRequired(_("Testimony is taken under oath: say that it was."))


@deed(HearingAction.DECIDE, _("Decide the hearing"))
class Decide(DeedForm):
    """Who came, what was heard, shown and found."""

    picks_documents = True
    sworn = BooleanField(_("Those who testified were sworn"), [SWORN])
    appeared = RadioField(_("Who came for the respondent?"), [GIVEN])
    came = words_field(
        _("Their name"), needed=False,
        description=_("As of whoever came for a company or with the respondent."),
    )  # fmt: skip
    testified = text_field(
        _("Who testified"), needed=False,
        description=_("The officer and each witness, a line for each: a name, and for whom."),
    )  # fmt: skip
    interpreted_by = words_field(_("Interpreter who was present"), needed=False, most=120)
    exhibits = FieldList(
        FormField(ExhibitLine), _("Exhibits"), min_entries=3, max_entries=MOST_LINES,
        description=_(
            "They are numbered in this order. Choose a document of the case, or describe a thing; "
            "leave open what is not needed."
        ),
    )  # fmt: skip
    minutes = text_field(_("Minutes"), description=_("What was heard, in a few sentences."), rows=8)
    findings = text_field(_("Findings of fact"), rows=5)
    outcome = RadioField(_("What is decided"), [GIVEN])
    documents: Choices

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Offer what may come out of such a hearing, who may have come, and what is on file."""
        row = offer.row
        self.outcome.choices = as_choices(OUTCOMES[row.about].items())
        came = list(Appeared) if row.representative else [Appeared.RESPONDENT, Appeared.NOBODY]
        self.appeared.choices = choice_of(came, words=CAME)
        if row.interpreter:
            self.interpreted_by.description = _(
                "One was asked for, for %(language)s.", language=row.interpreter
            )
        self.documents = documents_of(book, empty=_("None: a thing, described"))
        self._offer_documents()

    def ask_for_more(self) -> None:
        """Add lines, which offer the case's documents too."""
        super().ask_for_more()
        self._offer_documents()

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:  # noqa: ARG002
        """Decide it."""
        shown = (line.form.exhibit() for line in self.exhibits)
        hearings.decide(
            desk.connection, hearing_id=offer.row.id, outcome=Outcome(self.outcome.data),
            findings=self.findings.data or "", sworn=bool(self.sworn.data),
            minutes=Minutes(
                appeared=Appeared(self.appeared.data), text=self.minutes.data or "",
                exhibits=tuple(filter(None, shown)),
                interpreted_by=self.interpreted_by.data or None,
                came=self.came.data or None,
                testified=self.testified.data or None,
            ),
            **desk.who,
        )  # fmt: skip

    def _offer_documents(self) -> None:
        for line in self.exhibits:
            line.form.document.choices = self.documents
