"""Review a complaint by the town's rules: how urgent it is, whose, and whether it may be opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from cases.lawpack.ordinance import Ordinance
from cases.lawpack.schema import LawPack
from cases.screening import Opening
from cases.wording import day_in_words

USUAL_PRIORITY = 3


class Rule(StrEnum):
    """What the review decides, each by a rule of its own."""

    PRIORITY = "priority"
    RESPOND_BY = "respond_by"
    ZONE = "zone"
    MAY_OPEN = "may_open"
    DUPLICATES = "duplicates"


@dataclass(frozen=True, slots=True)
class Decision:
    """One automatic decision, which a person may override.

    Attributes
    ----------
    value
        JSON: a number, a day in ISO form, a zone's code, a yes or no, a list of numbers.
    because
        The rule and what it was given, in a sentence.
    """

    rule: Rule
    value: Any
    because: str


@dataclass(frozen=True, slots=True)
class Beat:
    """The officer's zone that a place lies in."""

    code: str
    name: str
    officer: str | None


def review(
    law: LawPack,
    *,
    category: str,
    received_on: date,
    beat: Beat | None,
    opening: Opening,
    duplicates: Sequence[str],
) -> tuple[Decision, ...]:
    """Decide all that the rules decide of a complaint.

    Parameters
    ----------
    beat
        None where the place lies in no zone.
    opening
        What `cases.screening.may_open` says of it.
    duplicates
        The numbers of complaints and cases that may be about the same matter.
    """
    return (
        priority_of(law, category=category, on=received_on),
        respond_by(law, category=category, received_on=received_on),
        zone_of(beat),
        Decision(Rule.MAY_OPEN, opening.allowed, opening.because),
        _duplicates(law, duplicates, category=category),
    )


def priority_of(law: LawPack, *, category: str, on: date) -> Decision:
    """Take the most urgent priority, 1 to 5, among the provisions of a category in force."""
    provisions = _provisions(law, category, on=on)
    if not provisions:
        because = f'No provision is about "{category}", which is taken as of usual urgency.'
        return Decision(Rule.PRIORITY, USUAL_PRIORITY, because)
    most = min(provisions, key=lambda each: each.priority)
    because = f'The most urgent provision about "{category}", {most.section}, has {most.priority}.'
    return Decision(Rule.PRIORITY, most.priority, because)


def respond_by(law: LawPack, *, category: str, received_on: date) -> Decision:
    """Count the business days within which somebody has to look, by the pack's holidays.

    A category that no provision names waits no longer than the most urgent one, for nobody knows
    yet how urgent it is.
    """
    provisions = _provisions(law, category, on=received_on)
    days = min(each.response_days for each in provisions or law.ordinances)
    calendar = law.calendar.days
    on = calendar.next_worked(calendar.worked_after(received_on, days))
    counted = f"{days} business day" if days == 1 else f"{days} business days"
    because = f'{counted} after {day_in_words(received_on)}, the least for "{category}".'
    if not provisions:
        because = (
            f"{counted} after {day_in_words(received_on)}, the least of all, for no provision is "
            f'about "{category}".'
        )
    return Decision(Rule.RESPOND_BY, on.isoformat(), because)


def overridden(screening: Sequence[Mapping[str, Any]], rule: Rule) -> Mapping[str, Any] | None:
    """Return a person's override of a decision: value, reason, by and on; None where there is none.

    Parameters
    ----------
    screening
        The decisions as a complaint keeps them.
    """
    return next((each.get("overridden") for each in screening if each["rule"] == rule), None)


def _provisions(law: LawPack, category: str, *, on: date) -> list[Ordinance]:
    return [
        each for each in law.ordinances if each.category == category and each.in_force_from <= on
    ]


def zone_of(beat: Beat | None) -> Decision:
    """Tell the officer's zone by its code, and say it as people know it."""
    if beat is None:
        return Decision(Rule.ZONE, None, "The place lies in no officer's zone.")
    officer = f" ({beat.officer})" if beat.officer else ""
    return Decision(Rule.ZONE, beat.code, f"The place lies in {beat.name}{officer}.")


def _duplicates(law: LawPack, numbers: Sequence[str], *, category: str) -> Decision:
    intake = law.intake
    rule = (
        f"on the same parcel, or of the same category within {intake.duplicate_metres_of(category)}"
        f" m, open or ended within {intake.duplicate_closed_days} days"
    )
    found = f"{len(numbers)} found" if numbers else "None found"
    return Decision(Rule.DUPLICATES, list(numbers), f"{found}: {rule}.")
