"""Hold the terms of one fine, on one violation, and refuse those nothing could be counted by."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from operator import attrgetter

from cases.errors import FineRateError, FineTermsError
from cases.fines.orders import End, EndReason, Pause, Rate, Reduction
from cases.fines.rules import FineKind, FineRules
from cases.money import MOST_CENTS, write_cents


@dataclass(frozen=True, slots=True, kw_only=True)
class FineTerms:
    """The terms of one order's fine on one violation; dates are the town's calendar days.

    Rates, pauses and reductions may come in any order and are kept by date. Pauses may overlap,
    since a stay and a bankruptcy may: a day under two of them is paused once.

    Attributes
    ----------
    reference
        The order, as a clerk would cite it: "Order 2026-17".
    kind
        First violation, repeat, or irreparable.
    comply_by
        The date set for compliance; the fine runs from the day after (s. 162.09(1)). A repeat
        violation needs no such date.
    found_on
        The day a repeat violation was found, its first day (s. 162.09(1)); for an irreparable
        one the day the board found it so, on which its fine stands.
    rates
        At least one for a fine that runs, the first from its first day or before.
    one_time_cents
        The whole fine for an irreparable violation, in cents.
    total_cap_cents
        The most that may accrue under the order, in cents, or None. What a reduction takes off
        makes no room beneath it.
    pauses, reductions, end
        What was ordered and found since.
    certified_on
        The day the fine was imposed by the order that certifies it; until then its amount is
        potential.
    """

    reference: str
    kind: FineKind
    comply_by: date | None = None
    found_on: date | None = None
    rates: tuple[Rate, ...] = ()
    one_time_cents: int | None = None
    total_cap_cents: int | None = None
    pauses: tuple[Pause, ...] = ()
    reductions: tuple[Reduction, ...] = ()
    end: End | None = None
    certified_on: date | None = None

    def __post_init__(self) -> None:
        """Put what was ordered in the order of its days, and check it."""
        for name, day in _DATED.items():
            object.__setattr__(self, name, tuple(sorted(getattr(self, name), key=attrgetter(day))))
        _check_beginning(self)
        _check_amounts(self)
        _check_end(self)
        _check_reductions(self)

    @property
    def first_day(self) -> date:
        """The first day fined: past the date set, or the day found (s. 162.09(1))."""
        needed = "comply_by" if self.kind is FineKind.FIRST else "found_on"
        day: date | None = getattr(self, needed)
        if day is None:
            msg = (
                f"{self.reference}: a fine of kind '{self.kind}' has no {needed}, so no first day. "
                "Give the date set for compliance; for another kind the day it was found."
            )
            raise FineTermsError(msg)
        return day + timedelta(days=1) if self.kind is FineKind.FIRST else day


_DATED = {"rates": "from_day", "pauses": "first_day", "reductions": "ordered_on"}


def check_caps(terms: FineTerms, rules: FineRules) -> None:
    """Refuse terms that set more than the law lets a fine be (s. 162.09(2)(a) and (d)).

    For the moment an order is entered. The clock itself refuses nothing: it counts no day above
    the cap, so that an unlawful rate of long ago costs no one more than the law allows.

    Raises
    ------
    FineRateError
        When a rate, or an irreparable violation's amount, is above its cap.
    """
    cap = rules.cap(terms.kind)
    most = max([rate.cents for rate in terms.rates] + [terms.one_time_cents or 0])
    if most > cap.cents:
        msg = (
            f"{terms.reference} sets {write_cents(most)} for a {terms.kind} violation, but "
            f"{cap.statute} allows at most {write_cents(cap.cents)}: lower it, or use the rules of "
            "an ordinance that allows more."
        )
        raise FineRateError(msg)


def _check_beginning(terms: FineTerms) -> None:
    if not terms.reference.strip():
        msg = "A fine names no order, so nothing could be explained by it. Give its reference."
        raise FineTermsError(msg)
    if terms.certified_on is not None and terms.certified_on < terms.first_day:
        msg = (
            f"{terms.reference}: its fine was certified on {terms.certified_on}, before its first "
            f"day, {terms.first_day}. Nothing can be imposed before it runs: correct the date."
        )
        raise FineTermsError(msg)


def _check_amounts(terms: FineTerms) -> None:
    for what in ("one_time_cents", "total_cap_cents"):
        cents = getattr(terms, what)
        if cents is not None and (type(cents) is not int or not 0 < cents < MOST_CENTS):
            msg = (
                f"{terms.reference}: {what} is {cents!r}. Give whole cents above zero and below "
                f"{MOST_CENTS}, or leave it empty."
            )
            raise FineTermsError(msg)
    if terms.kind is FineKind.IRREPARABLE:
        _check_one_time(terms)
    else:
        _check_rates(terms)


def _check_one_time(terms: FineTerms) -> None:
    if terms.one_time_cents is None or terms.rates or terms.pauses or terms.total_cap_cents:
        msg = (
            f"{terms.reference} fines an irreparable violation, which is fined once: it takes "
            f"one_time_cents, and no rates, pauses or total cap. It has {terms.one_time_cents}, "
            f"{len(terms.rates)} rates, {len(terms.pauses)} pauses, cap {terms.total_cap_cents}."
        )
        raise FineTermsError(msg)


def _check_rates(terms: FineTerms) -> None:
    days = [rate.from_day for rate in terms.rates]
    if not days or days[0] > terms.first_day or terms.one_time_cents is not None:
        msg = (
            f"{terms.reference} fines by the day from {terms.first_day}; its rates begin "
            f"{days[0] if days else 'never'} and its one-time amount is {terms.one_time_cents}. "
            "Give a rate from the first day on, and no one-time amount."
        )
        raise FineTermsError(msg)
    if any(one == other for one, other in pairwise(days)):
        msg = f"{terms.reference} has two rates from one day among {days}. Keep the later order's."
        raise FineTermsError(msg)
    if terms.rates[0].ordered_on is not None:
        msg = (
            f"{terms.reference}: its first rate is by an amending order of "
            f"{terms.rates[0].ordered_on}. Give the rate the order itself sets, before any other."
        )
        raise FineTermsError(msg)


def _check_end(terms: FineTerms) -> None:
    end, first = terms.end, terms.first_day
    # Compliance by the date set is the aim, and means that no fine ever ran.
    met_in_time = terms.kind is FineKind.FIRST and end and end.why is EndReason.COMPLIANCE
    if end is not None and end.on < first and not met_in_time:
        msg = (
            f"{terms.reference}: its fine ended by {end.why} on {end.on}, before its first day, "
            f"{first}. A fine ends on its first day or later: correct one of the dates."
        )
        raise FineTermsError(msg)


def _check_reductions(terms: FineTerms) -> None:
    days = [reduction.ordered_on for reduction in terms.reductions]
    if any(one == other for one, other in pairwise(days)):
        msg = (
            f"{terms.reference} has two reductions of one day among {days}, and it matters which "
            "comes first. Enter what the two together leave, as one."
        )
        raise FineTermsError(msg)
    if days and days[0] < terms.first_day:
        msg = (
            f"{terms.reference}: a reduction of {days[0]} is before the fine's first day, "
            f"{terms.first_day}, when nothing had accrued. Correct its day, or amend the rate."
        )
        raise FineTermsError(msg)
    end = terms.end
    if days and end and end.why is EndReason.JUDGMENT and days[-1] > end.on:
        msg = (
            f"{terms.reference}: a reduction of {days[-1]} is after the judgment of {end.on}. What "
            "a court has adjudged is no longer the board's fine to reduce: enter what was agreed "
            "as a waiver or satisfaction."
        )
        raise FineTermsError(msg)
