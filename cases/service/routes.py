"""Judge each attempt by the law: when it served, or what it lacks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cases.service.attempts import (
    MAILED,
    Attempt,
    MailTo,
    Method,
    Place,
    ServiceRules,
    was_not_taken,
)

WEEK = timedelta(days=7)
DIRECT = frozenset(
    {Method.CERTIFIED_MAIL, Method.HAND, Method.RESIDENT, Method.MANAGER, Method.FIRST_CLASS_MAIL}
)
"""The ways that bring a notice to somebody, as posting and publication do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What one attempt is worth.

    Parameters
    ----------
    served_on
        The day it served, or is sure to have served; None while it lacks something.
    lacks
        What it lacks, each in one sentence.
    """

    attempt: Attempt
    served_on: date | None = None
    lacks: tuple[str, ...] = ()


def judge(attempts: Sequence[Attempt], *, rules: ServiceRules, on: date) -> tuple[Judged, ...]:
    """Judge the attempts to serve one notice by what is known on a day.

    Parameters
    ----------
    on
        The day, in the town's calendar; what happened after it is not yet known.
    """
    known = [attempt for attempt in attempts if attempt.made_on <= on]
    return tuple(_judge(attempt, known, rules, on) for attempt in known)


def _judge(attempt: Attempt, others: Sequence[Attempt], rules: ServiceRules, on: date) -> Judged:
    if attempt.method not in rules.methods:
        lacks = f"{_named(attempt.method)} does not serve this kind of notice here."
        return Judged(attempt=attempt, lacks=(lacks,))
    return _BY_METHOD[attempt.method](attempt, others, rules, on)


def _certified(
    attempt: Attempt, _others: Sequence[Attempt], rules: ServiceRules, on: date
) -> Judged:
    if _is_astray(attempt, rules):
        return _astray(attempt, rules.mail_to)
    if attempt.signed_on is not None and attempt.signed_on <= on:
        return Judged(attempt=attempt, served_on=attempt.signed_on)
    returned = attempt.returned_on is not None and attempt.returned_on <= on
    if returned and rules.refusal_serves and was_not_taken(attempt):
        return Judged(attempt=attempt, served_on=attempt.returned_on)
    said = (
        f"came back ({attempt.return_reason or 'no reason given'})"
        if returned
        else "is not signed for"
    )
    return Judged(attempt=attempt, lacks=(f"The letter of {attempt.made_on} {said}.",))


def _astray(attempt: Attempt, allowed: Sequence[MailTo]) -> Judged:
    mail = _named(attempt.method).capitalize()
    places = ", ".join(_named(place) for place in allowed)
    lacks = f"{mail} serves at the address of the {places}; this went to another."
    return Judged(attempt=attempt, lacks=(lacks,))


def _first_class(
    attempt: Attempt, _others: Sequence[Attempt], rules: ServiceRules, _on: date
) -> Judged:
    if _is_astray(attempt, rules):
        return _astray(attempt, rules.letters_to or ())
    if rules.mail_serves_at_once:
        return Judged(attempt=attempt, served_on=attempt.made_on)
    lacks = "First class mail alone does not serve this notice."
    return Judged(attempt=attempt, lacks=(lacks,))


def _handed(attempt: Attempt, _others: Sequence[Attempt], rules: ServiceRules, on: date) -> Judged:
    lacks = []
    if attempt.affidavit_on is None or attempt.affidavit_on > on:
        lacks.append("The server's affidavit is not on record.")
    if attempt.method is Method.RESIDENT:
        lacks += _resident(attempt, rules)
    if attempt.method is Method.MANAGER and not attempt.commercial:
        lacks.append("It must be said that the premises are commercial.")
    if lacks:
        return Judged(attempt=attempt, lacks=tuple(lacks))
    return Judged(attempt=attempt, served_on=attempt.made_on)


def _resident(attempt: Attempt, rules: ServiceRules) -> list[str]:
    lacks = []
    if attempt.resident_age is None or attempt.resident_age <= rules.resident_over:
        age = "unknown" if attempt.resident_age is None else str(attempt.resident_age)
        lacks.append(f"Whoever took it must be above {rules.resident_over}; their age is {age}.")
    if not attempt.told_contents:
        lacks.append("Whoever took it must be told what is in it.")
    return lacks


def _posted(attempt: Attempt, others: Sequence[Attempt], rules: ServiceRules, on: date) -> Judged:
    missing = sorted(rules.posting_places - attempt.posted_at)
    lacks = [f"It must hang at the {_named(Place(place))} as well." for place in missing]
    lacks += _unproved(attempt, on=on)
    lacks += _unaccompanied(attempt, others, rules)
    if lacks:
        return Judged(attempt=attempt, lacks=tuple(lacks))
    return Judged(attempt=attempt, served_on=attempt.made_on + timedelta(days=rules.posting_days))


def _published(
    attempt: Attempt, others: Sequence[Attempt], rules: ServiceRules, on: date
) -> Judged:
    lacks = []
    if attempt.published_weeks < rules.publication_weeks:
        lacks.append(
            f"It has run {attempt.published_weeks} weeks of {rules.publication_weeks} in a row."
        )
    lacks += _unproved(attempt, on=on)
    lacks += _unaccompanied(attempt, others, rules)
    if lacks:
        return Judged(attempt=attempt, lacks=tuple(lacks))
    # Four publications suffice, the last three weeks after the first; the full weeks are safe.
    return Judged(attempt=attempt, served_on=attempt.made_on + WEEK * rules.publication_weeks)


def _unproved(attempt: Attempt, *, on: date) -> list[str]:
    if attempt.affidavit_on is None or attempt.affidavit_on > on:
        return [f"The affidavit of {_named(attempt.method)} is not on record."]
    return []


def _unaccompanied(attempt: Attempt, others: Sequence[Attempt], rules: ServiceRules) -> list[str]:
    """Ask for an attempt to bring the notice beside its posting (s. 162.12(2) and (3))."""
    if not any(is_as_provided(each, rules) for each in others):
        return ["It must also be mailed or handed over: posting or publication alone never serves."]
    if rules.concurrent:
        return []
    may_begin = may_post_from(others, rules=rules, on=attempt.made_on)
    if attempt.made_on >= may_begin:
        return []
    return [f"It may begin on {may_begin}, once the letter was given time; it began before."]


def may_post_from(attempts: Sequence[Attempt], *, rules: ServiceRules, on: date) -> date:
    """Return from when a notice may be posted where posting must wait for the other attempts."""
    direct = [each for each in attempts if is_as_provided(each, rules)]
    if not direct:
        return on + timedelta(days=rules.unsigned_days)
    return min(_given_up_on(each, rules) for each in direct)


def posting_lacks(attempts: Sequence[Attempt], *, rules: ServiceRules, on: date) -> tuple[str, ...]:
    """Say what the law still asks beside a posting made whole on a day, each in one sentence."""
    whole = Attempt(
        method=Method.POSTING, made_on=on, posted_at=rules.posting_places, affidavit_on=on
    )
    return judge([*attempts, whole], rules=rules, on=on)[-1].lacks


def may_yet_serve(attempt: Attempt, others: Sequence[Attempt], *, rules: ServiceRules) -> bool:
    """Tell whether an attempt could serve by what comes of it, with no other made beside it."""
    if attempt.method is Method.FIRST_CLASS_MAIL:
        return rules.mail_serves_at_once and not _is_astray(attempt, rules)
    if attempt.method in DIRECT:
        return is_as_provided(attempt, rules)
    return any(is_as_provided(each, rules) for each in others)


def is_as_provided(attempt: Attempt, rules: ServiceRules) -> bool:
    """Tell whether an attempt to mail or hand over was one as the law provides."""
    if _is_astray(attempt, rules):
        return False
    return attempt.method in DIRECT and attempt.method in rules.methods


def _is_astray(attempt: Attempt, rules: ServiceRules) -> bool:
    allowed = rules.mail_to if attempt.method is Method.CERTIFIED_MAIL else rules.letters_to
    return attempt.method in MAILED and allowed is not None and attempt.mailed_to not in allowed


def _given_up_on(attempt: Attempt, rules: ServiceRules) -> date:
    """Return from when a letter that nobody signed for may be followed by posting."""
    waited = attempt.made_on + timedelta(days=rules.unsigned_days)
    return min(waited, attempt.returned_on) if attempt.returned_on else waited


_BY_METHOD: dict[Method, Callable[[Attempt, Sequence[Attempt], ServiceRules, date], Judged]] = {
    Method.CERTIFIED_MAIL: _certified,
    Method.FIRST_CLASS_MAIL: _first_class,
    Method.HAND: _handed,
    Method.RESIDENT: _handed,
    Method.MANAGER: _handed,
    Method.POSTING: _posted,
    Method.PUBLICATION: _published,
}


def _named(member: Method | Place | str) -> str:
    return str(member).replace("_", " ")
