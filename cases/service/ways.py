"""Say what would still serve a notice, and how soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

from cases.service.attempts import Attempt, Method, ServiceRules
from cases.service.routes import WEEK, is_as_provided, may_post_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A lawful way to complete service from here.

    Parameters
    ----------
    steps
        What to do, in order, in plain words.
    source
        The provision that allows it.
    complete_on
        The day it is complete if begun as soon as may be; None where it hangs on a signature.
    begin_by
        The last day to begin and be complete when it is needed; None where no day is needed or it
        hangs on a signature. Before the day asked about, it is too late for this way.
    """

    method: Method
    steps: tuple[str, ...]
    source: str
    complete_on: date | None
    begin_by: date | None


def lawful_ways(
    attempts: Sequence[Attempt], *, rules: ServiceRules, on: date, needed_by: date | None
) -> tuple[Way, ...]:
    """Return what would serve a notice not yet served, the fastest first.

    Parameters
    ----------
    on
        The day to begin on, in the town's calendar.
    needed_by
        The day service must be complete; None where nothing waits for it.
    """
    known = [attempt for attempt in attempts if attempt.made_on <= on]
    ways = [
        _way(method, known, rules=rules, on=on, needed_by=needed_by)
        for method in Method
        if method in rules.methods
        and (method is not Method.FIRST_CLASS_MAIL or rules.mail_serves_at_once)
    ]
    return tuple(sorted(ways, key=lambda way: way.complete_on or date.max))


def _way(
    method: Method,
    attempts: Sequence[Attempt],
    *,
    rules: ServiceRules,
    on: date,
    needed_by: date | None,
) -> Way:
    takes = _takes(method, rules)
    begins = on
    if method in _INDIRECT and not rules.concurrent:
        begins = max(on, may_post_from(attempts, rules=rules, on=on))
    return Way(
        method=method,
        steps=_steps(method, attempts, rules),
        source=rules.methods[method],
        complete_on=None if takes is None else begins + takes,
        begin_by=None if needed_by is None or takes is None else needed_by - takes,
    )


_INDIRECT = frozenset({Method.POSTING, Method.PUBLICATION})


def _takes(method: Method, rules: ServiceRules) -> timedelta | None:
    """Return how long a way takes from its first day; None where nobody can tell."""
    if method is Method.CERTIFIED_MAIL:
        return None
    if method is Method.POSTING:
        return timedelta(days=rules.posting_days)
    if method is Method.PUBLICATION:
        return WEEK * rules.publication_weeks
    return timedelta()


def _steps(method: Method, attempts: Sequence[Attempt], rules: ServiceRules) -> tuple[str, ...]:
    steps = [_STEPS[method].format(rules=rules, places=_places(rules))]
    if method in _INDIRECT and not any(is_as_provided(each, rules) for each in attempts):
        steps.insert(0, "Mail it certified, or try to hand it over.")
    if method in _INDIRECT | {Method.HAND, Method.RESIDENT, Method.MANAGER}:
        steps.append("Put the affidavit of whoever did it on record.")
    return tuple(steps)


def _places(rules: ServiceRules) -> str:
    named = sorted(place.replace("_", " ") for place in rules.posting_places)
    return reduce(lambda there, more: f"{there} and at the {more}", named) if named else ""


_STEPS = {
    Method.FIRST_CLASS_MAIL: "Mail it first class.",
    Method.CERTIFIED_MAIL: "Mail it certified to the address on the tax roll; it serves once "
    "somebody signs for it.",
    Method.HAND: "Hand it to the respondent.",
    Method.RESIDENT: "Leave it at the residence with somebody above {rules.resident_over} who "
    "lives there, and tell them what is in it.",
    Method.MANAGER: "Where the premises are commercial, leave it with the manager or whoever "
    "is in charge, and say that they are.",
    Method.POSTING: "Post it at the {places} for {rules.posting_days} days.",
    Method.PUBLICATION: "Publish it in {rules.publication_weeks} weeks running.",
}
