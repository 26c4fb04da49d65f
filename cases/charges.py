"""Describe a violation and the charges that came before it, as far as a repeat turns on them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.owners.parties import Party


class Outcome(StrEnum):
    """How a charge came out, as far as it has."""

    CITED = "cited"
    FOUND = "found"
    PAID = "paid"
    WAIVED = "waived"


class Undone(StrEnum):
    """What took an outcome away again."""

    VOIDED = "voided"
    REVERSED = "reversed"


ESTABLISHED = {
    Outcome.FOUND: "found in violation of",
    Outcome.PAID: "admitted, by paying, a violation of",
    Outcome.WAIVED: "admitted, by waiving the hearing, a violation of",
}
"""Outcomes by which a violation was found or admitted, in words; a citation alone accuses.

Waived is a hearing given up by the violator's own word, or by silence where the town's own code
says that silence admits. Before the county court it does not: who merely fails to pay or to appear
is deemed to have waived the contest, and judgment may be entered (section 162.21(3)(c), Florida
Statutes). That judgment, once it is, is `FOUND`; until then the charge is `CITED`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A violation as an officer found it, of which we ask whether it is a repeat.

    Attributes
    ----------
    violator
        Who answers for it, and on which parcel.
    citation
        The provision as cited; its section number is what is compared.
    violated_on
        The day of the violation, on which the years before it end.
    """

    case_no: str
    violator: Party
    citation: str
    violated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """An earlier charge.

    Attributes
    ----------
    violated_on
        The day of the violation, as far as it is known.
    number
        The citation's or the order's own; None where a record has none.
    outcome, outcome_on
        How it came out, and the day of the order, the payment or the waiver. An unknown day is
        None, and then the charge does not count.
    undone
        What took the outcome away, on whichever day: then it does not count either. An appeal
        that is pending takes nothing away.
    """

    case_no: str
    violator: Party
    citation: str
    outcome: Outcome
    outcome_on: date | None
    undone: Undone | None = None
    violated_on: date | None = None
    number: str | None = None

    @property
    def established_on(self) -> date | None:
        """The day on which the violation was found or admitted, as far as that stands."""
        stands = self.outcome in ESTABLISHED and self.undone is None
        return self.outcome_on if stands else None
