"""Say what a law pack holds of one provision that the town cites."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from cases.lawpack.table import Cents, Days, Said, Table


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
    scale
        The scale its penalty rises by; without one the most is always the same.
    abate_under
        By which law the town may do the work itself once a notice of it is served and the days are
        over, without an order; without it only by an order, or in an emergency.
    tax_list
        By which of the pack's tax lists the cost of that work is collected.
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
    scale: Said | None = None
    abate_under: Said | None = None
    tax_list: Said | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.penalty_least_cents <= self.penalty_usual_cents <= self.penalty_most_cents:
            msg = (
                f"the penalties of {self.section} must rise from least to most: "
                f"{self.penalty_least_cents}, {self.penalty_usual_cents}, {self.penalty_most_cents}"
            )
            raise ValueError(msg)
        return self
