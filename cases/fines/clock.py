"""Count a fine from its intervals at any date: nothing is incremented, everything is explained."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from cases.fines.known import DAY, Known, known_on
from cases.fines.lines import NO_CAP, FineLine, LineRule, lines
from cases.fines.rules import FineKind, FineRules
from cases.fines.terms import FineTerms


@dataclass(frozen=True, slots=True)
class Fine:
    """What a fine is on a day.

    Attributes
    ----------
    as_of
        The day, itself counted.
    total_cents
        The sum of the lines.
    per_diem_cents
        What the next day will add as far as `as_of` knows: 0 before the fine begins and while it
        is paused, ended or at its total cap.
    certified
        Whether an order had imposed it by then. What is not certified is potential only.
    lines
        The reckoning, in the order of days; it accounts for every day once.
    """

    as_of: date
    total_cents: int
    per_diem_cents: int
    certified: bool
    lines: tuple[FineLine, ...]

    @property
    def label(self) -> Literal["imposed", "potential, not imposed"]:
        """What every page and letter calls the amount."""
        return "imposed" if self.certified else "potential, not imposed"


def fine(terms: FineTerms, rules: FineRules, *, as_of: date) -> Fine:
    """Count a fine at a date.

    It runs from the day after the date set for compliance, a repeat violation's from the day it
    was found (s. 162.09(1)), until compliance or judgment (s. 162.09(3)) or `as_of`, whichever is
    first, at the rate in force each day and never above the day's cap (s. 162.09(2)(a) and (d)).
    Paused days add nothing, the order's total cap stops what accrues, and each reduction changes
    what had accrued by the end of its own day (s. 162.09(2)(c)). What was ordered or put on record
    after `as_of` is not known yet: the answer for a day is the same whenever it is asked.

    Parameters
    ----------
    terms
        The order's.
    rules
        The law pack's that the case is pinned to.
    as_of
        The day asked about, in the town's calendar; it counts as accrued.
    """
    known = known_on(terms, rules, as_of)
    drawn = tuple(lines(known))
    certified = terms.certified_on is not None and terms.certified_on <= as_of
    return Fine(
        as_of=as_of,
        total_cents=sum(line.amount_cents for line in drawn),
        per_diem_cents=_per_diem(known, drawn),
        certified=certified,
        lines=drawn,
    )


def _per_diem(known: Known, drawn: tuple[FineLine, ...]) -> int:
    terms, tomorrow = known.terms, known.as_of + DAY
    stands = known.end is not None or tomorrow < terms.first_day or known.pauses_on(tomorrow)
    if stands or terms.kind is FineKind.IRREPARABLE:
        return 0
    accrued = sum(line.amount_cents for line in drawn if line.rule is not LineRule.REDUCED)
    return min(known.cents_on(tomorrow), (terms.total_cap_cents or NO_CAP) - accrued)
