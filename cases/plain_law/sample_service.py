"""Take a notice of a sample case to be served whole, by the way chosen where the law allows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.business_days import DAY, LONGEST_COUNT
from cases.errors import CaseError
from cases.plain_law.lines import sentences
from cases.service.attempts import Attempt, MailTo, Method, ServiceRules
from cases.service.proof import service
from cases.service.routes import DIRECT, WEEK, may_post_from

SIGNED_AFTER = 3 * DAY
"""How long after its posting a letter is taken to be signed for."""
_AN_ADULT = 40
_HOW = {
    Method.CERTIFIED_MAIL: "By certified mail, taken to be signed for after 3 days.",
    Method.HAND: "Handed over.",
    Method.FIRST_CLASS_MAIL: "By first class mail.",
    Method.RESIDENT: "Left at the residence.",
    Method.MANAGER: "Left at commercial premises.",
    Method.POSTING: "Posted, with a letter sent beside.",
    Method.PUBLICATION: "Published, with a letter sent beside.",
}
"""What is taken to have been done; where the way chosen serves nobody, the first that does."""


class NoWayError(CaseError):
    """A law lets nothing serve a notice."""


@dataclass(frozen=True, slots=True)
class Served:
    """The day a notice counts as served, and how."""

    on: date
    method: Method
    why: str


def served(rules: ServiceRules, wanted: Method, *, on: date) -> Served:
    """Return when a notice that goes out on a day counts as served.

    Raises
    ------
    NoWayError
        None of the ways that the law names does.
    """
    for method in (wanted, *(each for each in _HOW if each is not wanted)):
        if method in rules.methods:
            attempts = _attempts(method, rules, on)
            proof = service(attempts, rules=rules, on=on + LONGEST_COUNT * DAY).proof
            if proof is not None:
                other = "" if method is wanted else "The way chosen does not serve it here."
                return Served(proof.served_on, method, sentences(_HOW[method], other))
    ways = ", ".join(rules.methods)
    msg = f"No way of this law serves the notice by itself: {ways}."
    raise NoWayError(msg)


def _attempts(method: Method, rules: ServiceRules, on: date) -> Sequence[Attempt]:
    if method in DIRECT:
        return [_whole(method, rules, on)]
    beside = _tried(rules, on)
    first = on if rules.concurrent else may_post_from(beside, rules=rules, on=on)
    return [*beside, _whole(method, rules, first)]


def _tried(rules: ServiceRules, on: date) -> Sequence[Attempt]:
    """Return a letter that nobody signed for, or where none may be sent a try to hand it over."""
    if Method.CERTIFIED_MAIL in rules.methods:
        return [Attempt(method=Method.CERTIFIED_MAIL, made_on=on, mailed_to=_certified_to(rules))]
    return [Attempt(method=each, made_on=on) for each in (Method.HAND,) if each in rules.methods]


def _whole(method: Method, rules: ServiceRules, on: date) -> Attempt:
    """Return an attempt that lacks nothing of what the law asks."""
    if method is Method.CERTIFIED_MAIL:
        return Attempt(
            method=method, made_on=on, mailed_to=_certified_to(rules), signed_on=on + SIGNED_AFTER
        )
    if method is Method.FIRST_CLASS_MAIL:
        to = rules.letters_to[0] if rules.letters_to else MailTo.PROPERTY_APPRAISER
        return Attempt(method=method, made_on=on, mailed_to=to)
    if method is Method.PUBLICATION:
        weeks = rules.publication_weeks
        return Attempt(
            method=method, made_on=on, published_weeks=weeks, affidavit_on=on + weeks * WEEK
        )
    return Attempt(
        method=method, made_on=on, affidavit_on=on, posted_at=rules.posting_places,
        resident_age=rules.resident_over + _AN_ADULT, told_contents=True, commercial=True,
    )  # fmt: skip


def _certified_to(rules: ServiceRules) -> MailTo:
    return next(iter(rules.mail_to), MailTo.OTHER)
