"""Add up what the town's own work on a property cost, and the fee for seeing to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.errors import CaseError
from cases.money import MOST_CENTS, write_cents

MOST_PERCENT = 100


class AbatementCostError(CaseError, ValueError):
    """What an abatement is said to cost cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbatementRules:
    """What a town adds to the costs of its work; set by the law pack.

    Parameters
    ----------
    admin_fee_cents
        A fixed fee for each abatement.
    admin_fee_percent
        So many hundredths of its costs beside.
    """

    admin_fee_cents: int
    admin_fee_percent: int
    source: str

    def __post_init__(self) -> None:
        """Refuse a fee below zero, or above the costs themselves.

        Raises
        ------
        AbatementCostError
            It is.
        """
        fixed, share = self.admin_fee_cents, self.admin_fee_percent
        if not 0 <= fixed < MOST_CENTS or not 0 <= share <= MOST_PERCENT:
            msg = (
                f"An administrative fee of {fixed} cents and {share} percent cannot be: give 0 "
                f"cents or more, and 0 to {MOST_PERCENT} percent."
            )
            raise AbatementCostError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One line of an abatement's bill.

    Parameters
    ----------
    what
        What was paid for: "Mowing, two men, three hours".
    cents
        Above zero.
    """

    what: str
    cents: int

    def __post_init__(self) -> None:
        """Refuse a line for nothing, or of nothing.

        Raises
        ------
        AbatementCostError
            It is.
        """
        if not self.what.strip() or type(self.cents) is not int or not 0 < self.cents < MOST_CENTS:
            msg = (
                f"A cost line says {self.what!r} and {self.cents!r} cents: say what was paid for, "
                "and whole cents above zero."
            )
            raise AbatementCostError(msg)


def total_cents(costs: Sequence[CostLine]) -> int:
    """Return what the work cost, in cents."""
    return sum(line.cents for line in costs)


def admin_fee_cents(rules: AbatementRules, *, cost_cents: int) -> int:
    """Return the fee on costs, in cents; a part of a cent is left to the owner."""
    return rules.admin_fee_cents + cost_cents * rules.admin_fee_percent // 100


def in_words(costs: Sequence[CostLine]) -> str:
    """Say each line of the costs: "Mowing $250.00, Hauling $40.00"."""
    return ", ".join(f"{line.what} {write_cents(line.cents)}" for line in costs)
