"""Name the papers by which a court speaks, or the governing body does."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtPaper:
    """An order, judgment or mandate of a court.

    Parameters
    ----------
    number
        As the clerk of that court would find it.
    signed_on
        The day it bears.
    """

    number: str
    signed_on: date

    def on_record(self, *, on: date, since: date) -> bool:
        """Tell whether it is named, and of a day between what it answers and today."""
        return bool(self.number.strip()) and since <= self.signed_on <= on


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What the governing body resolved.

    Parameters
    ----------
    passed_on
        The day it did.
    """

    number: str
    passed_on: date

    def on_record(self, *, on: date) -> bool:
        """Tell whether it is named, and not of a day to come."""
        return bool(self.number.strip()) and self.passed_on <= on
