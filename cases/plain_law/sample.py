"""Reckon what a law makes of a sample case: its days and sums, by the rules of the cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from cases.appeal_terms import appeal_due
from cases.business_days import DAY
from cases.deadlines import Deadline, due
from cases.fines.clock import fine
from cases.fines.continuing import continuing
from cases.fines.orders import End, EndReason, Rate
from cases.fines.rules import FineKind, FineRules
from cases.fines.terms import FineTerms
from cases.forum import Excused, excuses_of
from cases.lawpack.ordinance import Ordinance
from cases.lawpack.schema import LawPack
from cases.lien_terms import expires_on, foreclosure_from, may_bind
from cases.lookback import within_years
from cases.plain_law.lines import sentences
from cases.plain_law.sample_service import Served, served
from cases.service.attempts import MAILED, Method
from cases.workflow.citation import CitationAction
from cases.workflow.lien import LienAction

APART = timedelta(days=90)
"""How far apart the earlier violations of a sample case are taken to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCase:
    """What is taken to have happened.

    Parameters
    ----------
    section
        What is violated; a law without it is asked for the same kind.
    category
        Of that provision.
    found_on
        The day it was found, on which the warning goes out.
    method
        How each notice goes out, where the law lets that serve it.
    corrected_after
        Days from the finding until it is corrected.
    earlier
        How many established violations of the same provision came before, each `APART` from the
        next.
    homestead
        Whether the property is shown to be one.
    """

    section: str
    category: str
    found_on: date
    method: Method
    corrected_after: int
    earlier: int = 0
    homestead: bool = False

    @property
    def corrected_on(self) -> date:
        """The day it is corrected."""
        return self.found_on + self.corrected_after * DAY

    @property
    def earlier_on(self) -> tuple[date, ...]:
        """The days of the earlier violations, the latest first."""
        return tuple(self.found_on - (nth + 1) * APART for nth in range(self.earlier))


@dataclass(frozen=True, slots=True)
class Fact:
    """One day or sum of the case by a law; neither where the law has none, `why` says it then.

    Parameters
    ----------
    key
        What it is, the same by every law: ``correct_by``.
    """

    key: str
    why: str
    on: date | None = None
    cents: int | None = None


LABELS = {
    "provision": "What is violated",
    "warned": "The warning counts as served on",
    "correct_by": "To be corrected by",
    "worked_from": "The town may do the work itself from",
    "cited_from": "It may be cited from",
    "usual": "Penalty of the citation, usually",
    "most": "Penalty of the citation, at most",
    "answer_by": "The citation is to be answered by",
    "further": "Penalties of its further days until correction, without an order",
    "heard_from": "It may be heard from",
    "comply_by": "An order of that day gives time until",
    "appeal_by": "That order may be appealed until",
    "fine": "Its fine until correction, at most",
    "recorded_from": "It may be recorded as a lien from",
    "foreclosed_from": "That lien may be foreclosed from",
    "expires_on": "That lien ends on",
}
"""What each fact of a sample case is, in the order they come about."""
NOT_KNOWN = "Not under this law."
IN_TIME = "It is corrected in time, so that it does not come to this."


def reckon(pack: LawPack, case: SampleCase) -> dict[str, Fact]:
    """Return the facts of a case by a law, each by its key."""
    text = _provision(pack, case)
    if text is None:
        why = "This law has no such provision."
        return {key: Fact(key, why) for key in LABELS}
    found = {each.key: each for each in _Reckoning(pack, case, text).facts()}
    return {key: found.get(key) or Fact(key, IN_TIME) for key in LABELS}


def _provision(pack: LawPack, case: SampleCase) -> Ordinance | None:
    same = pack.text_of(case.section, on=case.found_on)
    if same is not None:
        return same
    alike = (each.section for each in pack.ordinances if each.category == case.category)
    texts = (pack.text_of(section, on=case.found_on) for section in alike)
    return next((text for text in texts if text is not None), None)


@dataclass(frozen=True)
class _Reckoning:
    """One case by one law; each day is reckoned once, from those before it."""

    pack: LawPack
    case: SampleCase
    text: Ordinance

    def facts(self) -> Iterator[Fact]:
        """Yield the facts there are."""
        yield Fact("provision", f"{self.text.section}: {self.text.title}")
        yield Fact("warned", self.warned.why, self.warned.on)
        yield Fact("correct_by", self.correct_by.because, self.correct_by.on)
        yield self._worked_from()
        if self.goes_on:
            yield from self._citation()
            yield from self._order()
            yield from self._lien()

    @cached_property
    def warned(self) -> Served:
        """How and when the warning is served."""
        return served(self.pack.service.warning, self.case.method, on=self.case.found_on)

    @cached_property
    def correct_by(self) -> Deadline:
        """Until when it is to be corrected."""
        return self._cure(self.warned)

    @cached_property
    def is_repeat(self) -> bool:
        """Whether the earlier ones make it a repeat."""
        years, found_on = self.pack.repeats.within_years, self.case.found_on
        return any(within_years(each, found_on, years=years) for each in self.case.earlier_on)

    @cached_property
    def is_excused(self) -> bool:
        """Whether it may be cited without a warning, because it is a repeat."""
        known = excuses_of(self.pack.forum.excused, repeat=self.is_repeat)
        return Excused.REPEAT in known

    @property
    def goes_on(self) -> bool:
        """Whether it comes to a citation."""
        return self.is_excused or self.case.corrected_on > self.correct_by.on

    @cached_property
    def cited_on(self) -> date:
        """The first day on which it may be cited."""
        return self.case.found_on if self.is_excused else self.correct_by.on + DAY

    @cached_property
    def cited(self) -> Served:
        """How and when the citation is served."""
        return served(self.pack.service.citation, self.case.method, on=self.cited_on)

    @cached_property
    def answer_by(self) -> Deadline:
        """Until when the citation is to be answered."""
        return due(
            self.pack.deadlines.answer_citation, counted_from=self.cited.on,
            calendar=self.pack.calendar.days, by_mail=self.cited.method in MAILED,
        )  # fmt: skip

    @cached_property
    def summoned(self) -> Served:
        """How and when the notice of hearing is served, sent with the citation."""
        return served(self.pack.service.notice_of_hearing, self.case.method, on=self.cited_on)

    @cached_property
    def ordered(self) -> Served:
        """How and when the order is served, sent on the day of the hearing."""
        return served(self.pack.service.order, self.case.method, on=self.summoned.on)

    @cached_property
    def comply_by(self) -> Deadline:
        """Until when the order lets it be corrected: the same time again."""
        return self._cure(self.ordered)

    @cached_property
    def fine_terms(self) -> FineTerms:
        """The order's fine, at the most that the law allows."""
        kind = FineKind.REPEAT if self.is_repeat else FineKind.FIRST
        first = self.case.found_on if self.is_repeat else self.comply_by.on + DAY
        return FineTerms(
            reference="Order", kind=kind, comply_by=self.comply_by.on,
            found_on=self.case.found_on, rates=(Rate(first, self.fines.cap(kind).cents),),
            end=self.end,
        )  # fmt: skip

    @property
    def fines(self) -> FineRules:
        """The rules of fines, of a homestead where it is one."""
        return self.pack.fines.of_homestead() if self.case.homestead else self.pack.fines

    @property
    def end(self) -> End:
        """Its correction."""
        return End(self.case.corrected_on, EndReason.COMPLIANCE)

    def _cure(self, by: Served) -> Deadline:
        return due(
            self.pack.deadlines.cure_in(self.text.cure_days), counted_from=by.on,
            calendar=self.pack.calendar.days, by_mail=by.method in MAILED,
        )  # fmt: skip

    def _worked_from(self) -> Fact:
        under, first = self.text.abate_under, self.correct_by.on + DAY
        if under is None:
            return Fact("worked_from", "Only by an order, or in an emergency.")
        if self.case.corrected_on < first:
            return Fact("worked_from", IN_TIME)
        return Fact("worked_from", f"Without an order, by {under}.", first)

    def _citation(self) -> Iterator[Fact]:
        usual, most = self.pack.penalties_of(
            self.text, earlier=self.case.earlier_on, found_on=self.case.found_on
        )
        why = "The day after the last to correct it."
        if self.is_excused:
            why = "It is a repeat, which needs no warning."
        yield Fact("cited_from", why, self.cited_on)
        yield Fact("usual", "", cents=usual)
        yield Fact("most", "", cents=most)
        yield Fact("answer_by", self.answer_by.because, self.answer_by.on)
        yield self._further(usual)

    def _further(self, penalty_cents: int) -> Fact:
        limit = self.pack.continuing
        if CitationAction.IMPOSE_CONTINUING in self.pack.without:
            return Fact("further", NOT_KNOWN)
        if not penalty_cents:
            return Fact("further", limit.source, cents=0)
        terms = continuing(
            "Citation", penalty_cents=penalty_cents, correct_by=self.answer_by.on,
            limit=limit, end=self.end,
        )  # fmt: skip
        rules = limit.rules(self.pack.fines, penalty_cents=penalty_cents)
        total = fine(terms, rules, as_of=self.case.corrected_on).total_cents
        return Fact("further", limit.source, cents=total)

    def _order(self) -> Iterator[Fact]:
        by = self.summoned
        why = sentences("Its notice goes out on the day of the citation.", by.why)
        yield Fact("heard_from", why, by.on)
        yield Fact("comply_by", self.comply_by.because, self.comply_by.on)
        until = appeal_due(
            self.pack.appeal, self.pack.deadlines.appeal_order, calendar=self.pack.calendar.days,
            executed_on=self.summoned.on, sent_on=self.summoned.on, served_on=self.ordered.on,
        )  # fmt: skip
        if until is not None:
            yield Fact("appeal_by", until.because, until.on)
        total = fine(self.fine_terms, self.fines, as_of=self.case.corrected_on).total_cents
        cap = self.fines.cap(self.fine_terms.kind)
        yield Fact("fine", cap.statute, cents=total)

    def _lien(self) -> Iterator[Fact]:
        rules, home = self.pack.liens, self.case.homestead
        keys = ("recorded_from", "foreclosed_from", "expires_on")
        if rules is None or LienAction.RECORD in self.pack.without:
            yield from (Fact(key, NOT_KNOWN) for key in keys)
        elif not may_bind(rules, homestead=home):
            yield from (Fact(key, "A homestead is never bound.") for key in keys)
        elif self.case.corrected_on > self.comply_by.on:
            yield from self._recorded()

    def _recorded(self) -> Iterator[Fact]:
        rules = self.pack.liens
        contested = due(
            self.pack.deadlines.contest_noncompliance, counted_from=self.comply_by.on + DAY,
            calendar=self.pack.calendar.days,
        )  # fmt: skip
        on = contested.on + DAY
        first = foreclosure_from(rules, recorded_on=on, homestead=self.case.homestead)
        last = expires_on(rules, recorded_on=on)
        yield Fact("recorded_from", "Once the time to contest the affidavit is over.", on)
        yield Fact("foreclosed_from", "" if first else "A homestead is never foreclosed.", first)
        yield Fact("expires_on", "" if last else "This law sets no end.", last)
