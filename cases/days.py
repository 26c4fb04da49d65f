"""Refuse a day on which what it is said of cannot have happened."""

from datetime import date

from cases.actors import Moment
from cases.deadlines import Answer
from cases.errors import CaseError
from cases.wording import day_in_words


class DayError(CaseError, ValueError):
    """A deed is said to have been done on a day on which it cannot have been.

    Attributes
    ----------
    of
        The name of the day that is wrong, as forms have it: ``made_on``.
    """

    def __init__(self, message: str, *, of: str) -> None:
        super().__init__(message)
        self.of = of


def require_day(
    day: date | None, *, of: str, moment: Moment, since: date | None = None, after: str = ""
) -> None:
    """Refuse a day after today, or before what it follows; None is no day, and passes.

    Parameters
    ----------
    of
        Its name, as forms have it: ``made_on``.
    since
        The first day it can be; None where any before today can.
    after
        What happened on that day: ``the notice was issued``.

    Raises
    ------
    DayError
        It lies in the future, or before `since`.
    """
    if day is None:
        return
    if day > moment.on:
        msg = (
            f"{day_in_words(day)} lies in the future, for today is {day_in_words(moment.on)}: give "
            "the day it happened."
        )
        raise DayError(msg, of=of)
    if since is not None and day < since:
        msg = (
            f"{day_in_words(day)} lies before {day_in_words(since)}, when {after}: give that day "
            "or a later one."
        )
        raise DayError(msg, of=of)


def require_answer(
    answer: Answer, *, moment: Moment, since: date | None = None, after: str = ""
) -> None:
    """Refuse an answer that came or was posted before what it answers, or is still to come.

    Raises
    ------
    DayError
        One of its days cannot be, as `require_day` says.
    """
    require_day(answer.postmarked_on, of="postmarked_on", moment=moment, since=since, after=after)
    require_day(answer.received_on, of="received_on", moment=moment, since=since, after=after)
