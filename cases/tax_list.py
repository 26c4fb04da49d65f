"""Say what it does to a cost of the town's work to be certified to the county's tax list."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.errors import CaseError
from cases.spans import years_after


class TaxListError(CaseError, ValueError):
    """A cost is certified on a day, or by a rule, that cannot be."""


class PriorityFrom(StrEnum):
    """From which day a cost on the tax list has its priority."""

    ENTRY = "entry"  # when the auditor entered it
    INCURRED = "incurred"  # when it was incurred, if certified in time


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxListRules:
    """How a cost is put on the tax list and collected as taxes are; set by the law pack.

    In Ohio of weeds and litter by section 731.54, of a nuisance or an unsafe building by section
    715.261(B)(1), Revised Code.

    Parameters
    ----------
    name
        What a provision of the law pack names it by.
    priority
        Section 731.54: a lien from the date of entry. Section 715.261(B)(1): effective in
        priority as of the date the costs were incurred.
    within_years
        How soon it must be certified for that; None where entry counts.
    """

    name: str
    priority: PriorityFrom
    source: str
    within_years: int | None = None

    def __post_init__(self) -> None:
        """Refuse a priority that goes back without an end to certify by, or an end without one.

        Raises
        ------
        TaxListError
            It does.
        """
        back = self.priority is PriorityFrom.INCURRED
        if back != (self.within_years is not None) or (back and not self.within_years):
            msg = (
                f'The tax list "{self.name}" must say within how many years to certify where '
                "priority goes back to the day the cost was incurred, and only there."
            )
            raise TaxListError(msg)


def certify_by(rules: TaxListRules, *, incurred_on: date) -> date | None:
    """Return the last day on which certifying keeps the priority; None where there is none."""
    if rules.within_years is None:
        return None
    return years_after(incurred_on, rules.within_years)


def priority_from(
    rules: TaxListRules, *, incurred_on: date, certified_on: date, entered_on: date
) -> date:
    """Return from which day a cost on the tax list has its priority.

    Raises
    ------
    TaxListError
        It was certified before it was incurred, or entered before it was certified.
    """
    if not incurred_on <= certified_on <= entered_on:
        msg = (
            f"A cost incurred on {incurred_on} cannot be certified on {certified_on} before that, "
            f"nor entered on {entered_on} before it was certified."
        )
        raise TaxListError(msg)
    last = certify_by(rules, incurred_on=incurred_on)
    return incurred_on if last is not None and certified_on <= last else entered_on
