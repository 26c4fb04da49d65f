"""Say when something is due: from a day, a rule of the law and the town's calendar.

A deadline is computed and explained here and nowhere else; it is stored with the event that set
it, and never moves without another.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.business_days import DAY, LONGEST_COUNT, TownCalendar
from cases.errors import CaseError
from cases.wording import day_in_words


class DeadlineError(CaseError, ValueError):
    """A deadline cannot be counted as asked."""


class Count(StrEnum):
    """Which days a rule counts."""

    CALENDAR = "calendar"
    BUSINESS = "business"


WORDS: dict[tuple[Count, bool], str] = {
    (Count.CALENDAR, True): "day", (Count.CALENDAR, False): "days",
    (Count.BUSINESS, True): "business day", (Count.BUSINESS, False): "business days",
}  # fmt: skip
"""What a rule counts, by whether it is one."""


class Roll(StrEnum):
    """What becomes of a deadline whose last day is not worked."""

    STAYS = "stays"
    NEXT_BUSINESS_DAY = "next_business_day"


class Timely(StrEnum):
    """Which day of a letter counts: when it was posted or when it came."""

    RECEIVED = "received"
    POSTMARKED = "postmarked"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """How long the law gives for something.

    Parameters
    ----------
    days
        How many, the day they are counted from left out (Fla. R. Gen. Prac. & Jud. Admin.
        2.514(a)(1)(A) counts so, as do town codes).
    count
        Calendar or business days.
    mail_days
        Calendar days more where what set the clock going came by mail.
    roll
        Whether a last day that is not worked moves to the next that is.
    timely
        Whether an answer by mail is judged by its postmark or by the day it came.
    source
        The provision, as it is cited to the respondent.
    """

    days: int
    count: Count = Count.CALENDAR
    mail_days: int = 0
    roll: Roll = Roll.STAYS
    timely: Timely = Timely.RECEIVED
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse a rule that counts fewer than one day, or more than ten years.

        Raises
        ------
        DeadlineError
            It does.
        """
        if self.mail_days < 0 or not 1 <= self.days <= LONGEST_COUNT - self.mail_days:
            msg = (
                f"A deadline of {self.days} days and {self.mail_days} for mail cannot be counted: "
                f"give 1 to {LONGEST_COUNT} days in all."
            )
            raise DeadlineError(msg)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which something is still in time, and the count that led to it, in words.

    Parameters
    ----------
    moved
        From where and why the last day moved, in words as in ``because``; "" where it did not.
    """

    on: date
    because: str
    moved: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Something a respondent sent in, and the days it went and came.

    Parameters
    ----------
    received_on
        The day it reached the town.
    postmarked_on
        The day the post took it; None for what was brought or sent otherwise.
    """

    received_on: date
    postmarked_on: date | None = None


def due(
    rule: DeadlineRule, *, counted_from: date, calendar: TownCalendar, by_mail: bool = False
) -> Deadline:
    """Return the last day to act.

    Parameters
    ----------
    counted_from
        The day that sets the clock going, itself not counted.
    by_mail
        Whether what set it going came by mail.
    """
    told = [f"{rule.days} {_days(rule)} after {day_in_words(counted_from)}"]
    on = _counted(rule, counted_from, calendar)
    if by_mail and rule.mail_days:
        on += DAY * rule.mail_days
        told.append(f"{rule.mail_days} more for mail")
    on, moved = _rolled(rule, on, calendar)
    told += [moved] if moved else []
    because = ", ".join(told)
    because = f"{because} ({rule.source})" if rule.source else because
    return Deadline(on, because, moved)


def in_time(answer: Answer, deadline: Deadline, *, rule: DeadlineRule) -> bool:
    """Tell whether an answer came in time, by the day the rule judges it by.

    Where the postmark counts and there is none, the day it came does.
    """
    return judged_on(answer, rule=rule) <= deadline.on


def judged_on(answer: Answer, *, rule: DeadlineRule) -> date:
    """Return the day that an answer counts as made.

    Raises
    ------
    DeadlineError
        It came before it was posted.
    """
    posted = answer.postmarked_on
    if posted is not None and posted > answer.received_on:
        msg = (
            f"It cannot have come on {answer.received_on} when it was posted on {posted}: "
            "check both days."
        )
        raise DeadlineError(msg)
    if rule.timely is Timely.POSTMARKED and posted is not None:
        return posted
    return answer.received_on


def _counted(rule: DeadlineRule, start: date, calendar: TownCalendar) -> date:
    if rule.count is Count.BUSINESS:
        return calendar.worked_after(start, rule.days)
    return start + DAY * rule.days


def _rolled(rule: DeadlineRule, on: date, calendar: TownCalendar) -> tuple[date, str]:
    why = calendar.closed_for(on)
    if rule.roll is Roll.STAYS or why is None:
        return on, ""
    worked = calendar.next_worked(on)
    return worked, f"moved from {day_in_words(on)} ({why}) to {day_in_words(worked)}"


def _days(rule: DeadlineRule) -> str:
    return WORDS[rule.count, rule.days == 1]
