"""Hold what a law says as lines of plain words, and write its times, sums and lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cases.appeal_terms import RunsFrom
from cases.deadlines import Count, DeadlineRule, Roll, Timely
from cases.screening import Imminent
from cases.service.attempts import Place

AND = " + "


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a law says.

    Parameters
    ----------
    key
        What it is about, by the pack's own tables and the same in every pack: ``fines.first``;
        where it tells of two, both with `AND` between.
    words
        Whole sentences.
    source
        The provision it rests on; "" where the pack names none.
    """

    key: str
    words: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a law says of one matter."""

    title: str
    lines: tuple[Told, ...]


WORDS: dict[StrEnum, str] = {
    RunsFrom.EXECUTION: "execution",
    RunsFrom.SENDING: "sending",
    RunsFrom.SERVICE: "service",
    Place.PROPERTY: "the property",
    Place.GOVERNMENT_OFFICE: "a government office",
    Imminent.HEALTH_SAFETY_WELFARE: "health, safety or welfare",
    Imminent.HABITAT_OR_SENSITIVE_RESOURCES: "a habitat or sensitive resources",
}
"""What the lines call a value whose own name does not serve."""


def sentences(*said: str) -> str:
    """Join the sentences that there are."""
    return " ".join(filter(None, said))


def listed(values: Iterable[StrEnum]) -> str:
    """Write some values one after the other, in the order of their names."""
    return ", ".join(WORDS.get(each) or each.replace("_", " ") for each in sorted(values))


def days_told(days: int, count: Count = Count.CALENDAR) -> str:
    """Write a number of days: ``1 day``, ``5 business days``."""
    if count is Count.BUSINESS:
        return f"{days} business day" if days == 1 else f"{days} business days"
    return f"{days} day" if days == 1 else f"{days} days"


def months_told(months: int) -> str:
    """Write a number of months."""
    return f"{months} month" if months == 1 else f"{months} months"


def years_told(years: int) -> str:
    """Write a number of years."""
    return f"{years} year" if years == 1 else f"{years} years"


def time_told(rule: DeadlineRule) -> str:
    """Write how long a rule gives."""
    return days_told(rule.days, rule.count)


def counted_told(rule: DeadlineRule) -> str:
    """Say what else a rule counts by; "" where there is nothing to say."""
    more = days_told(rule.mail_days)
    return sentences(
        f"By mail it is {more} more." if rule.mail_days else "",
        "A last day not worked moves to the next that is."
        if rule.roll is Roll.NEXT_BUSINESS_DAY
        else "",
        "An answer by mail counts by its postmark." if rule.timely is Timely.POSTMARKED else "",
    )
