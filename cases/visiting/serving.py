"""Decide whether an officer has to bring a notice that waits for service, and in which way.

Mail is a clerk's. An officer goes where mail has failed, where the hearing it tells of is too near
for it, or with a citation, which officers hand over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cases.notice_words import NoticeKind
from cases.service.attempts import MAILED, Attempt, Method, ServiceRules
from cases.service.proof import service
from cases.service.routes import is_as_provided, may_post_from
from cases.service.ways import Way
from cases.visiting.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A notice to bring.

    Parameters
    ----------
    kind
        Posting, or service by hand.
    not_before
        The first day on which the law lets it be done; None for any.
    by
        The last day to do it in time for the hearing it tells of; None where it tells of none.
    source
        The provision that allows the way.
    """

    kind: Kind
    not_before: date | None
    by: date | None
    source: str


def errand(
    kind: str,
    attempts: Sequence[Attempt],
    *,
    rules: ServiceRules,
    on: date,
    last: date,
    needed_by: date | None,
) -> Errand | None:
    """Return how an officer has to bring a notice; None where none has to, or not yet.

    Parameters
    ----------
    on, last
        The first and the last of the days planned for.
    needed_by
        The day service must be complete; None where nothing waits for it.
    """
    stands = service(attempts, rules=rules, on=on, needed_by=needed_by)
    if stands.proof is not None or any(each.method not in MAILED for each in attempts):
        return None  # it serves, or what an officer brought lacks no more than paper
    ways = {way.method: way for way in stands.ways}
    posting, hand = ways.get(Method.POSTING), ways.get(Method.HAND)
    mailed = [each for each in attempts if is_as_provided(each, rules)]
    if not mailed:
        return _unmailed(kind, posting, hand, on=on)
    if not _has_failed(mailed, rules, by=last):
        return _in_time(posting, hand, on=on, last=last)
    if posting is None:
        return _by_hand(hand)
    waits = None if rules.concurrent else may_post_from(attempts, rules=rules, on=on)
    return _in_time(posting, hand, on=on, last=None, not_before=waits or _failed_on(mailed, rules))


def _unmailed(kind: str, posting: Way | None, hand: Way | None, *, on: date) -> Errand | None:
    """Bring a citation; of another notice what neither mail nor posting would serve in time."""
    is_late = posting is None or (posting.begin_by is not None and posting.begin_by < on)
    is_pressing = hand is not None and hand.begin_by is not None and is_late
    return _by_hand(hand) if kind == NoticeKind.CITATION or is_pressing else None


def _in_time(
    posting: Way | None,
    hand: Way | None,
    *,
    on: date,
    last: date | None,
    not_before: date | None = None,
) -> Errand | None:
    """Post it, or where that would be too late bring it by hand.

    Parameters
    ----------
    last
        Where mail may still serve: only what could not wait beyond this day is posted.
    """
    if posting is None:
        return None if last is not None else _by_hand(hand)
    begin_by = posting.begin_by
    if begin_by is not None and begin_by < on:
        return _by_hand(hand)
    if last is not None and (begin_by is None or begin_by > last):
        return None
    return Errand(kind=Kind.POSTING, not_before=not_before, by=begin_by, source=posting.source)


def _by_hand(hand: Way | None) -> Errand | None:
    if hand is None:
        return None
    return Errand(
        kind=Kind.SERVICE_BY_HAND, not_before=None, by=hand.begin_by, source=hand.source
    )  # fmt: skip


def _has_failed(mailed: Sequence[Attempt], rules: ServiceRules, *, by: date) -> bool:
    return _failed_on(mailed, rules) <= by


def _failed_on(mailed: Sequence[Attempt], rules: ServiceRules) -> date:
    """Return from when the last of the letters counts as neither signed for nor to be."""
    waits = timedelta(days=rules.unsigned_days)
    return max(each.returned_on or each.made_on + waits for each in mailed)
