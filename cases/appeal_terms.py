"""Say from which day the time to appeal an order runs, and which court hears it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.business_days import TownCalendar
from cases.deadlines import Deadline, DeadlineRule, due


class RunsFrom(StrEnum):
    """Which day sets the time to appeal going."""

    EXECUTION = "execution"  # of the order
    SENDING = "sending"  # of the order's notice
    SERVICE = "service"  # of the order on the respondent


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRules:
    """How an order of the town's tribunal is taken to court; set by the law pack.

    The defaults are those of section 162.11, Florida Statutes. Section 53069.4(b)(1), California
    Government Code, counts from the service of the final administrative order, and has it heard de
    novo; section 54.039(a), Texas Local Government Code, from its delivery or mailing.

    Parameters
    ----------
    court
        Which one.
    de_novo
        Whether it hears the matter anew, instead of reviewing the record.
    runs_from
        Which day sets the time going; how long it is, the pack's deadlines say.
    """

    court: str = "circuit court"
    de_novo: bool = False
    runs_from: RunsFrom = RunsFrom.EXECUTION


def appeal_due(
    rules: AppealRules,
    rule: DeadlineRule,
    *,
    calendar: TownCalendar,
    executed_on: date,
    sent_on: date | None,
    served_on: date | None,
) -> Deadline | None:
    """Return the last day to appeal; None while the time does not run yet.

    Parameters
    ----------
    rule
        How long the time is.
    sent_on, served_on
        Of the order's notice; None while it was not.
    """
    days = {
        RunsFrom.EXECUTION: executed_on,
        RunsFrom.SENDING: sent_on,
        RunsFrom.SERVICE: served_on,
    }
    since = days[rules.runs_from]
    return None if since is None else due(rule, counted_from=since, calendar=calendar)
