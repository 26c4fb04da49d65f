"""Ask how a notice was brought to a respondent, and what came of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    StringField,
    TimeField,
    ValidationError,
)
from wtforms.validators import Length, NumberRange, Optional

from cases import notices
from cases.days import DayError
from cases.desk.beside import DeskAction
from cases.desk.book import Book
from cases.desk.offers import Offer
from cases.errors import CaseError
from cases.service.attempts import MAILED, Attempt, MailTo, Method, Place, ServiceError
from cases.workflow.notice import NoticeAction
from webmap.auth.desk import Desk
from webmap.auth.gate import clock_now
from webmap.forms import GIVEN, complain
from webmap.office.deeds.affidavit import affidavit, beside_posting
from webmap.office.deeds.choices import documents_of, pictures_of
from webmap.office.deeds.deed import Part, deed
from webmap.office.deeds.fields import (
    ChecksField,
    FilesField,
    as_choices,
    choice_of,
    day_field,
    select,
    today_field,
    words_field,
)
from webmap.office.deeds.showing import ShowingForm
from webmap.office.deeds.weighing import Weighing

METHODS: dict[str, Any] = {
    Method.RESIDENT: _("Left with a resident"),
    Method.MANAGER: _("Left with the manager"),
    Method.HAND: _("Handed over"),
}


ADDRESSES: dict[str, Any] = {
    MailTo.TAX_COLLECTOR: _("The tax collector's records"),
    MailTo.PROPERTY_APPRAISER: _("The property appraiser's records"),
    MailTo.REGISTERED_AGENT: _("The record of registered agents"),
    MailTo.OTHER: _("Elsewhere"),
}


@deed(NoticeAction.RECORD_ATTEMPT, _("Record an attempt at service"))
class RecordAttempt(ShowingForm):
    """One attempt at service; what comes of a letter is entered later, beside it.

    What only some ways ask stands together by them, and is read for such a way alone. Of a
    posting what will be sworn to is shown first.
    """

    picks_documents = True

    method = select(_("How"), [GIVEN])
    made_on = today_field(_("On"))
    mailed_to = select(_("Address taken from"), [Optional()])
    carrier_no = StringField(_("Carrier's number"), [Optional(), Length(max=60)])
    resident_age = IntegerField(_("Age of the resident"), [Optional(), NumberRange(0, 120)])
    told_contents = BooleanField(_("Told what the paper is"))
    commercial = BooleanField(_("The premises are commercial"))
    hour = TimeField(_("Hour"), [Optional()])
    posted_at = ChecksField(_("Posted at"), choices=choice_of(Place))
    posted_where = words_field(
        _("Where exactly"), needed=False,
        description=_("For instance: on the front door; on the board at the town hall"),
    )  # fmt: skip
    photos = FilesField(_("Photos of it hanging"))
    server = StringField(_("Who brought it"), [Optional(), Length(max=200)])
    affidavit_on = DateField(
        _("Affidavit signed on"), [Optional()],
        description=_("What is handed over serves by the affidavit of whoever brought it."),
    )  # fmt: skip
    sworn_on = DateField(
        _("Affidavit signed on"), [Optional()],
        description=_("Where it is not signed yet, enter it later as what came of it."),
    )  # fmt: skip

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Offer the ways the town's law knows for such a notice."""
        self.lead("method", _BY_METHOD)
        rules = dict(book.law.service)[offer.row.kind] if book.law else None
        ways = [each for each in Method if rules is None or each in rules.methods]
        self.method.choices = choice_of(ways, words=METHODS)
        if rules is not None and Method.POSTING in ways:
            self.method.description = beside_posting(desk, book, offer.row, rules)
        self.mailed_to.choices = choice_of(MailTo, words=ADDRESSES)
        if not self.is_submitted():
            self.mailed_to.data, self.server.data = MailTo.TAX_COLLECTOR, desk.actor.name
        self.photos.choices, self.photos.pictures = documents_of(book), pictures_of(book)
        self.show(desk, book, offer)

    def validate_hour(self, _hour: TimeField) -> None:
        """Refuse an hour that is still to come."""
        at = self._moment(clock_now().tzinfo)
        if at and at > clock_now():
            msg = _("That hour is still to come: give the one at which it was posted.")
            raise ValidationError(msg)

    def telling(self, desk: Desk, book: Book, offer: Offer) -> Weighing | None:
        """Return what will be sworn to of a posting, as far as it is told."""
        if self.method.data != Method.POSTING or not self.made_on.data:
            return None
        try:
            return affidavit(desk, book, offer.row, self._attempt(desk), photos=_named(book))
        except (ServiceError, ValueError):  # what is wrong is said beside its field
            return None

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Record it."""
        if self.method.data == Method.POSTING:
            self.want_seen(desk, book, offer)
        notices.record_attempt(
            desk.connection, notice_id=offer.row.id, attempt=self._attempt(desk), **desk.who,
        )  # fmt: skip

    def refuse(self, error: CaseError) -> None:
        """Put what is wrong with the day of an oath beside the field that asks it of this way."""
        if isinstance(error, DayError) and error.of == "affidavit_on" and "sworn_on" in self.asked:
            complain(self, "sworn_on", error)
        else:
            super().refuse(error)

    def _attempt(self, desk: Desk) -> Attempt:
        told = {name: self[name].data for name in self.asked if self[name].data}
        if "sworn_on" in told:
            told["affidavit_on"] = told.pop("sworn_on")
        posted_at = self._moment(desk.zone) if told.pop("hour", None) else None
        facts = {
            "server": desk.actor.name,
            **told,
            "mailed_to": MailTo(told["mailed_to"]) if "mailed_to" in told else None,
            "posted_at": frozenset(map(Place, told.get("posted_at", ()))),
            "photos": tuple(told.get("photos", ())),
            "handed_at": posted_at,
        }
        return Attempt(
            method=Method(self.method.data), made_on=self.made_on.data or desk.moment.on, **facts,
        )  # fmt: skip

    def _moment(self, zone: Any) -> datetime | None:
        """Return the moment of a posting, in the town; None without its day and its hour."""
        on, hour = self.made_on.data, self.hour.data
        return datetime.combine(on, hour, zone) if on and hour else None


_HANDED = (Method.HAND, Method.RESIDENT, Method.MANAGER)
_HUNG = (Method.POSTING, Method.PUBLICATION)
_BY_METHOD = (
    Part(_("By mail"), tuple(MAILED), ("mailed_to",), ("mailed_to",)),
    Part(_("By certified mail"), (Method.CERTIFIED_MAIL,), ("carrier_no",)),
    Part(_("Left with a resident"), (Method.RESIDENT,), ("resident_age",), ("resident_age",)),
    Part(
        _("Left with a resident or a manager"), (Method.RESIDENT, Method.MANAGER),
        ("told_contents",),
    ),
    Part(_("Left with a manager"), (Method.MANAGER,), ("commercial",)),
    Part(
        _("By posting"), (Method.POSTING,), ("hour", "posted_at", "posted_where", "photos"),
        ("posted_at",),
    ),
    Part(
        _("By hand, left with a resident or a manager, by posting or by publication"),
        (*_HANDED, *_HUNG), ("server",), ("server",),
    ),
    Part(
        _("By hand, or left with a resident or a manager"), _HANDED, ("affidavit_on",),
        ("affidavit_on",),
    ),
    Part(_("By posting or by publication"), _HUNG, ("sworn_on",)),
)  # fmt: skip
SIGNED, BACK = "signed", "back"


@deed(DeskAction.COMPLETE_ATTEMPT, _("Enter what came of it"))
class CompleteAttempt(ShowingForm):
    """What is known now of an attempt that is on record; of each way what matters to it.

    Of a posting what will be sworn to is shown first, as when it is recorded.
    """

    picks_documents = True
    came = RadioField(
        _("What came of the letter"), [GIVEN],
        choices=as_choices(((SIGNED, _("It was signed for")), (BACK, _("It came back")))),
    )  # fmt: skip
    signed_on = day_field(_("Signed for on"))
    returned_on = day_field(_("Returned on"))
    return_reason = words_field(_("Why it came back"), most=200, needed=False)
    published_weeks = IntegerField(_("Weeks published so far"), [Optional(), NumberRange(0, 60)])
    posted_at = ChecksField(_("Posted at"), choices=choice_of(Place))
    photos = FilesField(_("Photos of it hanging"))
    commercial = BooleanField(_("The premises are commercial"))
    affidavit_on = day_field(_("Affidavit signed on"))

    def prepare(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Ask what such an attempt may still bring, and show what is known."""
        method = Method(offer.row.method)
        asked = _ASKED.get(method, ("affidavit_on",))
        self.picks_documents = "photos" in asked
        self.photos.choices, self.photos.pictures = documents_of(book), pictures_of(book)
        for name in _FACTS:
            if name not in asked:
                del self[name]
        if method is Method.CERTIFIED_MAIL:
            self.lead("came", _CAME)
        else:
            del self["came"]
        for name in set(_OF_LETTERS) & set(asked):
            self[name].flags.required = True
        if method in _HANDED:
            self.affidavit_on.validators, self.affidavit_on.flags.required = [GIVEN], True
        if not self.is_submitted():
            known = notices.attempt_of(offer.row.facts)
            for name in asked:
                if name in _OF_LETTERS:
                    continue
                said = getattr(known, name)
                self[name].data = sorted(said) if name in _SEVERAL else said
        self.show(desk, book, offer)

    def telling(self, desk: Desk, book: Book, offer: Offer) -> Weighing | None:
        """Return what will be sworn to of a posting, with what is known of it now."""
        notice = book.part("notice", offer.row.notice_id)
        if offer.row.method != Method.POSTING or notice is None:
            return None
        try:
            whole = replace(notices.attempt_of(offer.row.facts), **self._facts())
        except (ServiceError, DayError):  # what is wrong is said beside its field
            return None
        return affidavit(desk, book, notice, whole, photos=_named(book), kept=offer.row.id)

    def validate(self, extra_validators: Any = None) -> bool:
        """Want of a letter the one answer that was chosen, whole, and nothing of the other."""
        is_good = super().validate(extra_validators)
        came = self["came"].data if "came" in self else BACK
        if "returned_on" not in self or came not in {SIGNED, BACK}:
            return is_good
        needed = {"signed_on"} if came == SIGNED else {"returned_on", "return_reason"}
        for name in [each for each in _OF_LETTERS if each in self]:
            if bool(self[name].data) != (name in needed):
                more = _("It belongs to the other answer: leave it open.")
                complain(self, name, str(_("This is needed.") if name in needed else more))
                is_good = False
        return is_good

    def do(self, desk: Desk, book: Book, offer: Offer) -> None:
        """Enter what is given."""
        if offer.row.method == Method.POSTING:
            self.want_seen(desk, book, offer)
        notices.complete_attempt(
            desk.connection, attempt_id=offer.row.id, **self._facts(), **desk.who
        )

    def _facts(self) -> dict[str, Any]:
        """Return what is given, as an attempt keeps it."""
        given = {name: self[name].data for name in _FACTS if name in self and self[name].data}
        return {
            name: _SEVERAL[name](said) if name in _SEVERAL else said for name, said in given.items()
        }


_CAME = (
    Part(_("It was signed for"), (SIGNED,), ("signed_on",)),
    Part(_("It came back"), (BACK,), ("returned_on", "return_reason")),
)
_ASKED = {
    Method.FIRST_CLASS_MAIL: ("returned_on", "return_reason"),
    Method.CERTIFIED_MAIL: ("signed_on", "returned_on", "return_reason"),
    Method.POSTING: ("posted_at", "photos", "affidavit_on"),
    Method.PUBLICATION: ("published_weeks", "affidavit_on"),
    Method.MANAGER: ("commercial", "affidavit_on"),
}
"""What may still come of an attempt, by its way; of one brought by hand, the affidavit."""
_FACTS = ("signed_on", "returned_on", "return_reason", "published_weeks", "posted_at",
          "photos", "commercial", "affidavit_on")  # fmt: skip
_SEVERAL: dict[str, Callable[[Any], Any]] = {
    "posted_at": lambda said: frozenset(map(Place, said)), "photos": tuple,
}  # fmt: skip
"""What of these is several, and how an attempt keeps it."""

_OF_LETTERS = ("signed_on", "returned_on", "return_reason")


def _named(book: Book) -> dict[str, str]:
    """Return what each of a case's documents is called, by its file."""
    return {each.value: str(each.label) for each in documents_of(book)}
