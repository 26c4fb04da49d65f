"""Say what a law pack holds; rules that other rooms compute with are those rooms' own types."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from cases.abatement_costs import AbatementRules
from cases.appeal_terms import AppealRules
from cases.business_days import FixedHoliday, MovingHoliday, TownCalendar
from cases.deadlines import DeadlineRule
from cases.fines.continuing import Continuing
from cases.fines.rules import FineRules
from cases.forum import STATUTORY, Forum, Tribunal
from cases.hardship import HardshipRules
from cases.lawpack.agreement import known_once
from cases.lawpack.ordinance import Ordinance
from cases.lawpack.steps import Steps, steps_of
from cases.lawpack.table import Cents, Days, Metres, Said, Table
from cases.lawpack.vector import Vector
from cases.ledger.accounts import Component
from cases.ledger.return_fees import ReturnFees
from cases.lien_terms import LienRules
from cases.penalties import Scale, Tier, tier_of
from cases.screening import Anonymity, AnonymityRule, Imminent
from cases.service.attempts import ServiceRules
from cases.standing_notice import StandingNotice
from cases.tax_list import TaxListRules
from cases.workflow.abatement import AbatementAction
from cases.workflow.roles import Role

UNLESS_SAID = "Your name and address may become a public record."
"""What whoever gives a name is told where the pack says nothing else."""


class About(Table):
    """What the pack is and what it was checked against."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    version: Said
    title: Said
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    notice: Said
    sources: Annotated[Sequence[Said], Field(min_length=1)]

    @property
    def cited(self) -> str:
        """What papers call it: its title and version."""
        return f"{self.title}, {self.version}"


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
    public_record_notice: Said = UNLESS_SAID
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

    def cure_in(self, days: int) -> DeadlineRule:
        """Return by which rule a warning's days are counted, the provision's own."""
        return replace(self.cure, days=days)


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


class LawPack(Table):
    """A town's law.

    A power that it does not give, it leaves out whole: without ``liens`` the town records none,
    without ``tax_lists`` it certifies nothing to a tax list.
    """

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
    hardship: HardshipRules | None = None
    liens: LienRules | None = None
    appeal: AppealRules = AppealRules()
    abatement: AbatementRules
    standing_notice: StandingNotice | None = None
    tax_lists: tuple[TaxListRules, ...] = ()
    scales: tuple[Scale, ...] = ()
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

    @property
    def without(self) -> tuple[str, ...]:
        """The steps that the town leaves out, and those it has no power for."""
        powerless = () if self.liens else steps_of("lien")
        powerless += () if self.tax_lists else (str(AbatementAction.CERTIFY),)
        return (*self.steps.without, *powerless)

    def text_of(self, section: str, *, on: date) -> Ordinance | None:
        """Return the text of a provision that was in force on a day; None where there is none."""
        texts = [each for each in self.ordinances if each.section == section]
        in_force = [each for each in texts if each.in_force_from <= on]
        return max(in_force, key=lambda each: each.in_force_from, default=None)

    def scale_of(self, text: Ordinance) -> Scale | None:
        """Return the scale that the penalty of a provision rises by; None without one."""
        return next((each for each in self.scales if each.name == text.scale), None)

    def rises(self, text: Ordinance) -> bool:
        """Tell whether the penalty of a provision rises with what was violated before."""
        scale = self.scale_of(text)
        return scale is not None and any(tier.earlier for tier in scale.tiers)

    def tier_of(self, text: Ordinance, *, earlier: Iterable[date], found_on: date) -> Tier | None:
        """Return the tier that a violation of a provision reaches; None without a scale."""
        scale = self.scale_of(text)
        return None if scale is None else tier_of(scale, earlier=earlier, found_on=found_on)

    def penalties_of(
        self, text: Ordinance, *, earlier: Iterable[date], found_on: date
    ) -> tuple[int, int]:
        """Return what a citation of a provision usually costs, and at most, in cents.

        What is violated again costs as much as its tier allows.

        Parameters
        ----------
        earlier
            As `cases.penalties.tier_of` takes them.
        """
        tier = self.tier_of(text, earlier=earlier, found_on=found_on)
        if tier is None:
            return text.penalty_usual_cents, text.penalty_most_cents
        most = min(text.penalty_most_cents, tier.cents)
        return (most if tier.earlier else min(text.penalty_usual_cents, most)), most

    def tax_list_of(self, text: Ordinance) -> TaxListRules | None:
        """Return by which tax list the cost of work on a provision's violation is collected."""
        return next((each for each in self.tax_lists if each.name == text.tax_list), None)

    def standing_notice_of(self, text: Ordinance) -> StandingNotice | None:
        """Return for how long a notice of a provision stands: of what the town may itself abate."""
        return self.standing_notice if text.abate_under else None

    @model_validator(mode="after")
    def _knows_who_hears(self) -> Self:
        named, there = self.forum.body, [each.name for each in self.bodies]
        if named is not None and named not in there:
            msg = f'forum.body names "{named}", which is none of the bodies: {", ".join(there)}'
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _knows_what_its_court_keeps_to(self) -> Self:
        if self.forum.citation_forum is Tribunal.COUNTY_COURT and self.forum.county_court is None:
            msg = "forum.county_court is missing: say what a citation to that court keeps to"
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
    def _knows_what_its_provisions_name(self) -> Self:
        scales = known_once("scales", [each.name for each in self.scales])
        lists = known_once("tax_lists", [each.name for each in self.tax_lists])
        highest = {each.name: each.highest for each in self.scales}
        for each in self.ordinances:
            scales(each.scale, by=f"scale of {each.section}")
            lists(each.tax_list, by=f"tax_list of {each.section}")
            most = highest.get(each.scale or "")
            if most and each.penalty_most_cents > most.cents:
                msg = (
                    f"the penalty of {each.section} may be {each.penalty_most_cents} cents, but "
                    f"{most.statute} allows {most.cents} at most"
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
