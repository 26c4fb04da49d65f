"""Say what a citation must keep to before the tribunal that would hear it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Tribunal(StrEnum):
    """Who hears a contested citation."""

    MAGISTRATE = "magistrate"
    COUNTY_COURT = "county_court"


class Excused(StrEnum):
    """Why a citation may be written without a warning before it.

    The first three are s. 162.21(3)(b)'s. The last is known to a town that says so in its own
    ordinance, as s. 162.23(2) lets it for a notice to appear: who is gone tomorrow cannot be
    given until next week.
    """

    REPEAT = "repeat"
    SERIOUS_THREAT = "serious_threat"
    IRREPARABLE = "irreparable"
    ITINERANT = "itinerant"


STATUTORY = (Excused.REPEAT, Excused.SERIOUS_THREAT, Excused.IRREPARABLE)


def excuses_of(known: Iterable[Excused], *, repeat: bool) -> list[Excused]:
    """Return which of the excuses a town knows are open: a repeat's once a person confirmed it."""
    return [each for each in known if repeat or each is not Excused.REPEAT]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyCourtRules:
    """What a citation to the county court keeps to.

    Parameters
    ----------
    most_penalty_cents
        The civil penalty is no more (s. 162.21(5)).
    longest_warning_days
        The time a warning allows is no longer (s. 162.21(3)(b)).
    """

    most_penalty_cents: int
    longest_warning_days: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forum:
    """Where a town's citations are heard.

    Parameters
    ----------
    citation_forum
        Every pack says it: the town's magistrate, under home rule, or the county court.
    county_court
        Kept to where the county court hears them; None where none does.
    body
        Which of the town's bodies hears them, where there are several; None for any.
    excused
        What excuses the lack of a warning; the county court knows the statute's alone.
    """

    citation_forum: Tribunal
    source: str
    county_court: CountyCourtRules | None = None
    body: str | None = None
    excused: tuple[Excused, ...] = STATUTORY


def citation_faults(
    rules: CountyCourtRules,
    *,
    penalty_cents: int,
    warning_days: int | None = None,
    excused: Excused | None = None,
) -> tuple[str, ...]:
    """Tell what keeps a citation from being heard by the county court; nothing where it may be.

    Parameters
    ----------
    warning_days
        What the warning allowed; None where there was none.
    excused
        Why it needs no warning.
    """
    faults = []
    if penalty_cents > rules.most_penalty_cents:
        faults.append(
            f"The penalty is {penalty_cents} cents, {rules.most_penalty_cents} at most are lawful."
        )
    if warning_days is None and excused is None:
        faults.append("No warning was given, and nothing excuses it.")
    if warning_days is not None and warning_days > rules.longest_warning_days:
        longest = rules.longest_warning_days
        faults.append(f"The warning allowed {warning_days} days, {longest} at most are lawful.")
    return tuple(faults)
