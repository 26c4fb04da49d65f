"""Say how high a citation's penalty may be, by how often its provision was violated before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.errors import CaseError
from cases.lookback import within_years
from cases.money import MOST_CENTS


class PenaltyError(CaseError, ValueError):
    """What a law pack says of penalties cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """How high a penalty may be where enough of the same came before it.

    Parameters
    ----------
    cents
        The most.
    statute
        The provision that says so.
    earlier
        How many violations of the same provision must have come before; 0 for a first one.
    within_years
        Within how many years before it; None for a first one.
    """

    cents: int
    statute: str
    earlier: int = 0
    within_years: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is no amount, counts backwards or looks back over no time.

        Raises
        ------
        PenaltyError
            It does.
        """
        if type(self.cents) is not int or not 0 < self.cents < MOST_CENTS:
            msg = f"A tier of {self.cents!r} cents cannot be: give whole cents from 1 cent up."
            raise PenaltyError(msg)
        if self.earlier < 0 or bool(self.earlier) != bool(self.within_years):
            msg = (
                f"A tier for {self.earlier} earlier violations must say within how many years "
                "they count, and one for a first violation must not."
            )
            raise PenaltyError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The tiers by which the penalty of a class of provisions rises.

    Sections 25132 and 36900, California Government Code, let it rise with each further violation
    of the same ordinance within a year; section 54.001(b), Texas Local Government Code, has one
    tier for each class.

    Parameters
    ----------
    name
        What a provision of the law pack names it by.
    """

    name: str
    tiers: Sequence[Tier]
    source: str

    def __post_init__(self) -> None:
        """Refuse a scale by which a first violation could not be cited.

        Raises
        ------
        PenaltyError
            It has no such tier.
        """
        if not any(each.earlier == 0 for each in self.tiers):
            msg = f'The scale "{self.name}" has no tier for a first violation: give one.'
            raise PenaltyError(msg)

    @property
    def highest(self) -> Tier:
        """The tier above which no penalty of the scale ever is."""
        return max(self.tiers, key=lambda each: each.cents)


def tier_of(scale: Scale, *, earlier: Iterable[date], found_on: date) -> Tier:
    """Return the highest tier that a violation reaches.

    The statute counts "within one year" and leaves open from where: here back from the violation
    itself, so that each year without one begins anew, which favours the respondent.

    Parameters
    ----------
    earlier
        The days of the same violator's established violations of the same provision.
    found_on
        The day of the violation that is cited; one of the same day is not earlier.
    """
    days = tuple(earlier)
    reached = [each for each in scale.tiers if _reaches(each, days, found_on)]
    return max(reached, key=lambda each: each.cents)


def _reaches(tier: Tier, earlier: Sequence[date], found_on: date) -> bool:
    years = tier.within_years
    if years is None:
        return True
    counting = [each for each in earlier if within_years(each, found_on, years=years)]
    return len(counting) >= tier.earlier
