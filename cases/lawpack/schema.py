"""Say what a law pack holds; rules that other rooms compute with are those rooms' own types."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cases.abatement_costs import AbatementRules
from cases.business_days import FixedHoliday, MovingHoliday, TownCalendar
from cases.deadlines import DeadlineRule
from cases.fines.continuing import Continuing
from cases.fines.rules import FineRules
from cases.forum import STATUTORY, Forum, Tribunal
from cases.ledger.accounts import Component
from cases.ledger.return_fees import ReturnFees
from cases.lien_terms import LienRules
from cases.screening import Anonymity, AnonymityRule, Imminent
from cases.service.attempts import ServiceRules
from cases.workflow.registry import NAMES
from cases.workflow.roles import Role

Said = Annotated[str, Field(min_length=1)]
Cents = Annotated[int, Field(ge=0, lt=10**13)]
Days = Annotated[int, Field(ge=0, le=3_660)]
Metres = Annotated[int, Field(ge=0, le=1_000)]


class Table(BaseModel):
    """A table of the file: nothing unknown in it, nothing coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class About(Table):
    """What the pack is and what it was checked against."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    version: Said
    title: Said
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    notice: Said
    sources: Annotated[Sequence[Said], Field(min_length=1)]


class Calendar(Table):
    """The town's holidays, and by which act."""

    source: Said
    fixed: tuple[FixedHoliday, ...] = ()
    moving: tuple[MovingHoliday, ...] = ()

    @property
    def days(self) -> TownCalendar:
        """The calendar to count with; closures of single days are the town's to add."""
        return TownCalendar((*self.fixed, *self.moving))


class Intake(Table):
    """What a complaint must bring to be looked into, and when two are the same.

    Parameters
    ----------
    public_record_notice
        What whoever gives a name is told before giving it.
    duplicate_metres, duplicate_metres_by_category
        How far apart two reports of one category may be one matter; by category where it differs.
    duplicate_closed_days
        How long one that has ended still counts.
    """

    anonymous: Anonymity
    anonymous_unless: tuple[Imminent, ...] = ()
    public_record_notice: Said = "Your name and address may become a public record."
    duplicate_metres: Metres
    duplicate_metres_by_category: Mapping[str, Metres] = {}
    duplicate_closed_days: Days
    source: Said

    def duplicate_metres_of(self, category: str) -> int:
        """Return how far apart two reports of a category may be one matter, in metres."""
        return self.duplicate_metres_by_category.get(category, self.duplicate_metres)

    @property
    def anonymity(self) -> AnonymityRule:
        """What it says of complaints without a name."""
        return AnonymityRule(anonymous=self.anonymous, anonymous_unless=self.anonymous_unless)


class Ordinance(Table):
    """One version of one provision that a town cites.

    Parameters
    ----------
    in_force_from
        The day this text took effect; a violation is cited under the text of the day it was found.
    cure_days
        What a warning allows, before any extension.
    extendable
        Whether more time may be asked for; never for stagnant pools, overgrown grass and
        unsecured structures (the town's own process).
    also
        What people call its category who do not know that name.
    penalty_*_cents
        The civil penalty of a citation: least, usual and most.
    priority
        1 (danger to life) to 5.
    """

    section: Said
    in_force_from: date
    title: Said
    text: Said
    corrected_by: Said
    category: Said
    also: tuple[Said, ...] = ()
    priority: Annotated[int, Field(ge=1, le=5)]
    response_days: Days
    cure_days: Annotated[int, Field(ge=1, le=365)]
    extendable: bool
    penalty_least_cents: Cents
    penalty_usual_cents: Cents
    penalty_most_cents: Cents

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.penalty_least_cents <= self.penalty_usual_cents <= self.penalty_most_cents:
            msg = (
                f"the penalties of {self.section} must rise from least to most: "
                f"{self.penalty_least_cents}, {self.penalty_usual_cents}, {self.penalty_most_cents}"
            )
            raise ValueError(msg)
        return self


class Deadlines(Table):
    """How long everybody has; each counts from the day its notice was served unless it says so.

    Of `cure`, what a warning allows, the days are the provision's own.
    """

    cure: DeadlineRule
    answer_citation: DeadlineRule
    request_hearing: DeadlineRule
    contest_noncompliance: DeadlineRule
    pay_after_certification: DeadlineRule
    appeal_order: DeadlineRule
    tell_of_transfer: DeadlineRule
    new_owner_corrects: DeadlineRule
    answer_lien_search: DeadlineRule | None = None


class Services(Table):
    """How each kind of notice is served."""

    warning: ServiceRules
    citation: ServiceRules
    notice_of_hearing: ServiceRules
    order: ServiceRules


class Repeats(Table):
    """How far back a violation found or admitted makes the next one a repeat, and what admits.

    Parameters
    ----------
    waiver_admits
        Whether a hearing waived by letting the deadline pass admits the violation.
    heard_though_corrected
        What a warning and a notice of hearing say of a repeat, which is heard though it is
        corrected before; without it one that is corrected is named in neither.
    """

    within_years: Annotated[int, Field(ge=1, le=20)]
    waiver_admits: bool
    heard_though_corrected: Said | None = None
    source: Said


class Right(Table):
    """A right that a notice tells whoever it goes to of, and the provision that gives it."""

    says: Said
    source: Said


class HearingRights(Table):
    """What a notice of hearing tells whoever is summoned of their rights, in the order told."""

    told: Annotated[tuple[Right, ...], Field(min_length=1)]


class Money(Table):
    """Which part of a debt a payment meets first, who may waive how much, what a return costs."""

    allocation: tuple[Component, ...]
    waiver_limits_cents: Mapping[Role, Cents]
    returned_payment: ReturnFees = ReturnFees()
    source: Said

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if sorted(self.allocation) != sorted(Component):
            msg = f"allocation must name each of {', '.join(Component)} once"
            raise ValueError(msg)
        return self


class LienSearches(Table):
    """What a title company pays for being told what binds a parcel; by when, `Deadlines` says.

    Parameters
    ----------
    paid_first
        Whether nothing is answered before the fee is paid.
    """

    fee_cents: Cents
    paid_first: bool
    source: Said


class Exemption(Table):
    """A provision under which something is left out of a public record, and what that is."""

    cites: Annotated[str, Field(pattern=r"[0-9]")]
    what: Said


class Records(Table):
    """What may be left out of public records, and whether whoever reported always is.

    Parameters
    ----------
    reporter_under
        The provision under which whoever made a complaint is left out unless a person decides
        otherwise; without it a person decides each time.
    """

    exemptions: Annotated[tuple[Exemption, ...], Field(min_length=1)]
    reporter_under: Said | None = None
    source: Said


class Body(Table):
    """Who decides, and how many of them must sit."""

    name: Said
    members: Annotated[int, Field(ge=1, le=15)]
    quorum: Annotated[int, Field(ge=1, le=15)]
    source: Said

    @model_validator(mode="after")
    def _enough(self) -> Self:
        if self.quorum > self.members:
            msg = f"a quorum of {self.quorum} of {self.members} members can never sit"
            raise ValueError(msg)
        return self


class Retention(Table):
    """How long a closed case is kept before a person may dispose of it."""

    closed_case_years: Annotated[int, Field(ge=1, le=100)]
    source: Said


class Steps(Table):
    """Which steps of the program a town does not take."""

    without: tuple[Said, ...] = ()
    source: Said

    @model_validator(mode="after")
    def _known(self) -> Self:
        for name in self.without:
            if name not in NAMES:
                msg = f"there is no step {name}: the steps are {', '.join(sorted(NAMES))}"
                raise ValueError(msg)
        return self


class VectorKind(StrEnum):
    """Which rule a vector tries."""

    DEADLINE = "deadline"
    SERVICE = "service"
    ANONYMOUS = "anonymous"
    CITATION = "citation"
    FINE = "fine"
    CONTINUING = "continuing"
    LIEN = "lien"
    ABATEMENT = "abatement"


class Vector(Table):
    """A case of the law with its outcome, as the provision itself gives it."""

    name: Said
    source: Said
    kind: VectorKind
    given: Mapping[str, Any]
    expect: Mapping[str, Any]


class LawPack(Table):
    """A town's law."""

    pack: About
    calendar: Calendar
    intake: Intake
    forum: Forum
    deadlines: Deadlines
    service: Services
    fines: FineRules
    continuing: Continuing
    repeats: Repeats
    hearing_rights: HearingRights | None = None
    money: Money
    liens: LienRules
    abatement: AbatementRules
    lien_searches: LienSearches | None = None
    records: Records | None = None
    bodies: Annotated[tuple[Body, ...], Field(min_length=1)]
    retention: Retention
    steps: Steps
    ordinances: Annotated[tuple[Ordinance, ...], Field(min_length=1)]
    vectors: Annotated[tuple[Vector, ...], Field(min_length=1)]

    @property
    def citation_bodies(self) -> tuple[str, ...]:
        """Which of the town's bodies may hear a citation; each of them where no one is named."""
        return (self.forum.body,) if self.forum.body else tuple(each.name for each in self.bodies)

    @model_validator(mode="after")
    def _knows_who_hears(self) -> Self:
        named, there = self.forum.body, [each.name for each in self.bodies]
        if named is not None and named not in there:
            msg = f'forum.body names "{named}", which is none of the bodies: {", ".join(there)}'
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _excuses_only_what_its_tribunal_does(self) -> Self:
        if len(set(self.forum.excused)) < len(self.forum.excused):
            msg = f"forum.excused names one twice: {', '.join(self.forum.excused)}"
            raise ValueError(msg)
        own = [each for each in self.forum.excused if each not in STATUTORY]
        if own and self.forum.citation_forum is Tribunal.COUNTY_COURT:
            msg = (
                f"forum.excused names {', '.join(own)}, which the county court does not know: keep "
                f"{', '.join(STATUTORY)} (s. 162.21(3)(b), Florida Statutes)"
            )
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _one_text_a_day(self) -> Self:
        texts = [(each.section, each.in_force_from) for each in self.ordinances]
        for section, day in texts:
            if texts.count((section, day)) > 1:
                msg = f"section {section} has two texts in force from {day}: keep one"
                raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _searches_have_an_end(self) -> Self:
        if (self.lien_searches is None) != (self.deadlines.answer_lien_search is None):
            msg = "lien_searches and deadlines.answer_lien_search go together: give both or neither"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _knows_its_categories(self) -> Self:
        known = {each.category for each in self.ordinances}
        for category in self.intake.duplicate_metres_by_category:
            if category not in known:
                msg = (
                    f'intake.duplicate_metres_by_category names "{category}", a category of no '
                    f"provision: there are {', '.join(sorted(known))}"
                )
                raise ValueError(msg)
        return self
