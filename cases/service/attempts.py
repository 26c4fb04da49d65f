"""Describe what was done to bring a notice to a respondent, and what the law asks of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from cases.days import DayError
from cases.errors import CaseError
from cases.wording import day_in_words


class ServiceError(CaseError, ValueError):
    """An attempt to serve a notice is recorded in a way that cannot be."""


class Method(StrEnum):
    """A way to bring a notice."""

    FIRST_CLASS_MAIL = "first_class_mail"
    CERTIFIED_MAIL = "certified_mail"
    HAND = "hand"
    RESIDENT = "resident"  # left at the residence with somebody who lives there
    MANAGER = "manager"  # left at commercial premises with whoever is in charge
    POSTING = "posting"
    PUBLICATION = "publication"


class MailTo(StrEnum):
    """Whose address a letter went to."""

    TAX_COLLECTOR = "tax_collector"
    PROPERTY_APPRAISER = "property_appraiser"
    REGISTERED_AGENT = "registered_agent"
    OTHER = "other"


class Place(StrEnum):
    """Where a notice was posted."""

    PROPERTY = "property"
    GOVERNMENT_OFFICE = "government_office"


class Capacity(StrEnum):
    """In what capacity somebody took a notice for a company or a trust."""

    OFFICER = "officer"
    MANAGER = "manager"
    REGISTERED_AGENT = "registered_agent"
    TRUSTEE = "trustee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to serve one notice.

    Parameters
    ----------
    method
        How.
    made_on
        The postmark of a letter, the day it was handed over or left, the first day of a posting
        or of a publication.
    mailed_to
        Whose address a letter went to; None for what was not mailed.
    carrier_no
        The article number of certified mail.
    signed_on, returned_on
        The day a letter was signed for, or came back; None while neither is known.
    return_reason
        What the post wrote on a letter that came back: unclaimed, refused, no such address.
    resident_age
        The age of whoever took a notice left at the residence, as they told it.
    told_contents
        Whether they were told what is in it.
    commercial
        Whether the premises where it was left with whoever is in charge are said to be commercial.
    posted_at
        Where it was posted.
    posted_where
        Where exactly, in the server's words: on the front door.
    photos
        The SHA-256 of each photograph that shows it hanging, in hex.
    published_weeks
        In how many weeks running it has been published.
    affidavit_on
        The day the server swore to it, with the copy, the dates and the places; None without.
    server
        Who did it.
    handed_to, handed_at
        Who took a notice brought by hand, and the moment of that, or of a posting; empty and None
        where nobody noted it.
    handed_as
        For what of a company or a trust they took it; None for a person's own notice.
    handed_where
        Where the server's phone was then: longitude and latitude in degrees (EPSG:4326).
    handed_within_m
        Within how many metres the phone knew that.
    """

    method: Method
    made_on: date
    mailed_to: MailTo | None = None
    carrier_no: str | None = None
    signed_on: date | None = None
    returned_on: date | None = None
    return_reason: str | None = None
    resident_age: int | None = None
    told_contents: bool = False
    commercial: bool = False
    posted_at: frozenset[Place] = frozenset()
    posted_where: str = ""
    photos: tuple[str, ...] = ()
    published_weeks: int = 0
    affidavit_on: date | None = None
    server: str = ""
    handed_to: str = ""
    handed_at: datetime | None = None
    handed_as: Capacity | None = None
    handed_where: tuple[float, float] | None = None
    handed_within_m: float | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot have happened.

        Raises
        ------
        DayError
            A letter came, went back or was sworn to before it was sent.
        ServiceError
            Mail goes without an address.
        """
        for name, word in _LATER.items():
            self._refuse_before_made(name, word)
        if self.method in MAILED and self.mailed_to is None:
            msg = "A letter went to some address: say whose it was (mailed_to)."
            raise ServiceError(msg)

    def _refuse_before_made(self, name: str, word: str) -> None:
        on = getattr(self, name)
        if on is None or on >= self.made_on:
            return
        day, made_on = day_in_words(on), day_in_words(self.made_on)
        msg = f"It cannot have been {word} on {day}, before it was made on {made_on}."
        if self.method in MAILED:
            msg = f"It cannot have been {word} on {day}, before it was mailed on {made_on}."
        raise DayError(msg, of=name)


_LATER = {"signed_on": "signed for", "returned_on": "returned", "affidavit_on": "sworn to"}
"""The days of what comes of an attempt after it, and what happened on each."""
MAILED = frozenset({Method.FIRST_CLASS_MAIL, Method.CERTIFIED_MAIL})
"""The ways that go by post, which some rules give more days."""
_NOT_TAKEN = ("refused", "unclaimed")
"""What the post writes on a letter that nobody took though it could be brought."""


def was_not_taken(attempt: Attempt) -> bool:
    """Tell whether a letter came back refused or unclaimed, in whatever words the post wrote."""
    reason = (attempt.return_reason or "").casefold()
    return any(each in reason for each in _NOT_TAKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRules:
    """What the law asks of the service of one kind of notice; set by the law pack.

    The defaults are those of section 162.12, Florida Statutes.

    Parameters
    ----------
    methods
        The ways that may serve it, each with the provision that allows it.
    mail_to
        The addresses certified mail may go to (s. 162.12(1)(a)).
    unsigned_days
        After so many days from the postmark a letter not signed for may be followed by posting
        alone (s. 162.12(1)(a)).
    letters_to
        The addresses first class mail may go to; None for any.
    refusal_serves
        Whether certified mail that came back refused or unclaimed counts as delivered, as by
        section 342.006(c), Texas Health and Safety Code. Not in Florida.
    mail_serves_at_once
        Whether first class mail serves on the day it is posted; a town's choice, for warnings.
    resident_over
        A notice may be left with a resident above this age (s. 162.12(1)(c)).
    posting_days
        How long before the hearing or the notice's deadline it must hang (s. 162.12(2)(b)1).
    posting_places
        Where, all of them (s. 162.12(2)(b)1).
    publication_weeks
        In how many weeks running it must be published (s. 162.12(2)(a)1).
    concurrent
        Whether posting or publication may run together with the other attempts (s. 162.12(2)(c)).
    """

    methods: Mapping[Method, str]
    mail_to: Sequence[MailTo] = (
        MailTo.TAX_COLLECTOR,
        MailTo.PROPERTY_APPRAISER,
        MailTo.REGISTERED_AGENT,
    )
    letters_to: Sequence[MailTo] | None = None
    unsigned_days: int = 30
    refusal_serves: bool = False
    mail_serves_at_once: bool = False
    resident_over: int = 15
    posting_days: int = 10
    posting_places: frozenset[Place] = field(default_factory=lambda: frozenset(Place))
    publication_weeks: int = 4
    concurrent: bool = True

    def __post_init__(self) -> None:
        """Refuse rules by which nothing could be served, or before it was sent.

        Raises
        ------
        ServiceError
            They allow no method, or count fewer than no days.
        """
        if not self.methods:
            msg = "No method may serve this notice: name at least one."
            raise ServiceError(msg)
        if min(self.unsigned_days, self.resident_over, self.posting_days) < 0:
            msg = "Days and ages are counted from 0 up."
            raise ServiceError(msg)
        if self.publication_weeks < 1:
            msg = f"A notice is published in 1 week at least, not in {self.publication_weeks}."
            raise ServiceError(msg)
