"""Hold what is ordered and found about a fine as it runs, and refuse what makes no sense."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.errors import FineTermsError
from cases.money import MOST_CENTS


class EndReason(StrEnum):
    """Why a fine stopped: s. 162.09(3) knows no third way."""

    COMPLIANCE = "compliance"
    JUDGMENT = "judgment"


@dataclass(frozen=True, slots=True)
class Rate:
    """What a day's fine is from a day on, until another rate takes its place.

    Attributes
    ----------
    from_day
        The first day at this rate.
    cents
        Cents a day.
    ordered_on
        The day of the amending order; None where the first order says it, steps to come included.
    reference
        That amending order, as a clerk would cite it; empty for the first order.
    """

    from_day: date
    cents: int
    ordered_on: date | None = None
    reference: str = ""

    def __post_init__(self) -> None:
        """Refuse a rate of nothing, and one set for days already gone."""
        if type(self.cents) is not int or not 0 < self.cents < MOST_CENTS:
            msg = (
                f"The rate from {self.from_day} is {self.cents!r} cents a day, but must be whole "
                f"cents above zero and below {MOST_CENTS}. To stop a fine for a while enter a "
                "pause, for good its end."
            )
            raise FineTermsError(msg)
        if self.ordered_on is not None and self.ordered_on > self.from_day:
            msg = (
                f"The rate from {self.from_day} was ordered on {self.ordered_on}, later than it "
                "begins. A new rate is for days to come; what accrued before is changed by a "
                "reduction: enter one, and let the rate begin on the day of its order or later."
            )
            raise FineTermsError(msg)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which someone with the authority to say so had the fine stand still.

    Attributes
    ----------
    first_day, last_day
        The days that do not accrue, both included; `last_day` is None while the pause lasts.
    ordered_on
        The day of the order or of counsel's instruction: it may reach back, and a replay of a
        day before it still tells what was told then.
    reference
        That order or instruction, as a clerk would cite it.
    """

    first_day: date
    last_day: date | None
    ordered_on: date
    reference: str

    def __post_init__(self) -> None:
        """Refuse a pause that ends before it begins, or that nobody ordered."""
        if self.last_day is not None and self.last_day < self.first_day:
            msg = (
                f"The pause by {self.reference} ends on {self.last_day}, before it begins on "
                f"{self.first_day}. Its last day must be its first or later; leave it empty while "
                "the pause lasts."
            )
            raise FineTermsError(msg)
        _must_be_named(self.reference, what=f"pause from {self.first_day}")


@dataclass(frozen=True, slots=True)
class Reduction:
    """An order that lowers what has accrued by the end of its day, that day included.

    S. 162.09(2)(c) says that a board "may reduce a fine imposed" and no more. It sets no time for
    it (AGO 93-91), and boards mostly hear it once the property complies, so a reduction may come
    after the end. It speaks of what has accrued: a fine that still runs goes on accruing on top
    of what was left, since it runs "until the violator comes into compliance" (s. 162.09(3)). It
    never raises a fine and never takes it below zero. Who may order it, once the fine's order is
    recorded the governing body alone (AGO 2002-62), is for whoever enters it to have checked.

    Attributes
    ----------
    ordered_on
        The day of the order.
    reference
        The order, as a clerk would cite it.
    to_cents
        What is to be left, in cents, or None where the order says by how much.
    by_cents
        By how many cents, or None where the order says what is to be left.
    lapsed_on
        The first day on which it no longer counts, as where it was on condition of payment by a
        day; None while it stands.
    """

    ordered_on: date
    reference: str
    to_cents: int | None = None
    by_cents: int | None = None
    lapsed_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a reduction that says neither or both, or lapses before it counts."""
        _must_be_named(self.reference, what=f"reduction of {self.ordered_on}")
        to, by = self.to_cents, self.by_cents
        amount, least = (to, 0) if by is None else (by, 1)
        one = (to is None) != (by is None)
        if not one or type(amount) is not int or not least <= amount < MOST_CENTS:
            msg = (
                f"{self.reference} reduces a fine to {to!r} and by {by!r} "
                f"cents. Give one of the two, in whole cents below {MOST_CENTS}: zero or more for "
                "what is left, or above zero for what comes off."
            )
            raise FineTermsError(msg)
        if self.lapsed_on is not None and self.lapsed_on <= self.ordered_on:
            msg = (
                f"The reduction by {self.reference} lapsed on {self.lapsed_on}, but was ordered on "
                f"{self.ordered_on}. Give a later day, or leave out a reduction that never counted."
            )
            raise FineTermsError(msg)


@dataclass(frozen=True, slots=True)
class End:
    """The day on which a fine stopped running, and why.

    Attributes
    ----------
    on
        The day of verified compliance or of judgment; the rules say whether it is fined itself.
    why
        Which of the two.
    known_on
        The day it was put on record where that was later, as when an officer finds on the 14th
        that the work was done on the 11th: a replay of a day between still has the fine running.
    """

    on: date
    why: EndReason
    known_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse an end that was known before it came."""
        if self.known_on is not None and self.known_on < self.on:
            msg = (
                f"The fine's end on {self.on} was on record on {self.known_on}, before it came. "
                "Give the day it was found, the same day or later."
            )
            raise FineTermsError(msg)

    @property
    def recorded_on(self) -> date:
        """The day from which it is known."""
        return self.known_on or self.on


def first_end(ends: Iterable[End], *, known_on: date | None = None) -> End | None:
    """Return the first of several ends, among those on record on a day where any is.

    Parameters
    ----------
    known_on
        The day; None for all on record.
    """
    every = list(ends)
    known = [end for end in every if known_on is None or end.recorded_on <= known_on]
    return min(known or every, key=lambda end: end.on, default=None)


def _must_be_named(reference: str, *, what: str) -> None:
    if not reference.strip():
        msg = (
            f"The {what} names no order. Only an order or counsel's instruction changes a fine: "
            "give its reference."
        )
        raise FineTermsError(msg)
