"""Gather for each who follows what happened since the last digest, as far as it is public."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from cases.following.reaching import over
from cases.following.reports import (
    LOGGED,
    ReportNews,
    public_case_of,
    reports_followed,
    steps_of,
)
from cases.following.steps import Scope, steps_told
from cases.mail.message import Channel
from cases.mail.table import MAIL
from cases.models import Follower, Following, FollowMail

SHOWN = 20
"""Cases that a digest tells of; of the rest it says how many."""
MOST_STEPS = 500
"""Steps of one thing followed that are looked at."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What somebody is told on a day.

    Parameters
    ----------
    cases
        The steps of each case told of, the latest first, as `steps_told` has them.
    more
        How many cases more there are.
    reports
        What became of each report, where anything did.
    """

    follower: sa.Row[Any]
    cases: Sequence[Sequence[sa.Row[Any]]]
    more: int
    reports: Sequence[ReportNews] = ()

    @property
    def numbers(self) -> list[str]:
        """The numbers of the cases told of."""
        return [steps[0].number for steps in self.cases]

    @property
    def told(self) -> list[str]:
        """What it tells of, as the log has it: the numbers of cases, and whether of a report."""
        named = [step.case_number for each in self.reports for step in each.steps]
        report = [LOGGED] if self.reports else []
        return [*dict.fromkeys([*self.numbers, *filter(None, named)]), *report]


def next_follower(
    connection: sa.Connection, *, on: date, channels: frozenset[Channel], since: datetime
) -> sa.Row[Any] | None:
    """Return and hold somebody who was not looked at on a day; None where there is nobody more.

    Whom a digest of a day before has not reached until now, is not told twice on one day.

    Parameters
    ----------
    channels
        Those by which somebody is told now.
    since
        When the day began.

    Returns
    -------
    Row or None
        ``id``, ``email``, ``phone``, ``language``, ``told_until``.
    """
    following = sa.select(Following.id).where(
        Following.follower_id == Follower.id, Following.confirmed_at.is_not(None)
    )
    columns: tuple[Any, ...] = (
        Follower.id, Follower.email, Follower.phone, Follower.language, Follower.told_until
    )  # fmt: skip
    waiting = (
        sa.select(*columns)
        .where(
            sa.or_(Follower.told_on.is_(None), Follower.told_on < on),
            following.exists(),
            over(channels),
            ~_on_its_way(since).exists(),
        )
        .order_by(Follower.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row: sa.Row[Any] | None = connection.execute(waiting).first()
    return row


def gather(
    connection: sa.Connection, public: sa.Connection, follower: sa.Row[Any], *, until: datetime
) -> Digest:
    """Return what happened to what somebody follows since they were last told.

    Parameters
    ----------
    public
        The public role's: what it cannot read is in no digest.
    until
        What was recorded later waits for the next.
    """
    steps: dict[tuple[int, int], sa.Row[Any]] = {}
    since = {"after": follower.told_until, "until": until}
    reports = connection.execute(reports_followed(follower.id)).all()
    for scope in [*_scopes(connection, follower.id), *_of_reports(public, reports)]:
        asked = steps_told(scope, most=MOST_STEPS, **since)
        steps |= {(row.case_id, row.seq): row for row in public.execute(asked)}
    cases = _by_case(sorted(steps.values(), key=lambda row: row.recorded_at, reverse=True))
    news = [
        ReportNews(name=each.name, steps=found)
        for each in reports
        if (found := public.execute(steps_of(each.code_sha256, **since)).all())
    ]
    shown = SHOWN - len(news)
    return Digest(follower, cases[:shown], max(0, len(cases) - shown), news)


def looked_at(
    connection: sa.Connection, follower: sa.Row[Any], *, on: date, until: datetime
) -> None:
    """Keep that somebody was told what there was until a moment."""
    mine = sa.update(Follower).where(Follower.id == follower.id)
    latest = sa.func.greatest(Follower.told_until, until)
    connection.execute(mine.values(told_on=on, told_until=latest))


def _on_its_way(since: datetime) -> sa.Select[Any]:
    """Select the digests that are on their way to somebody, or may have arrived on the day."""
    is_news = sa.and_(FollowMail.mail_id == MAIL.c.id, FollowMail.kind == "digest")
    may_be_there = sa.and_(MAIL.c.status == "uncertain", MAIL.c.attempted_at >= since)
    is_new = sa.or_(MAIL.c.status.in_(["queued", "sending"]), MAIL.c.sent_at >= since, may_be_there)
    to_them = MAIL.c.to_address == sa.func.coalesce(Follower.phone, Follower.email)
    return sa.select(MAIL.c.id).where(to_them, is_new).join(FollowMail, is_news)


def _scopes(connection: sa.Connection, follower_id: int) -> list[Scope]:
    columns: tuple[Any, ...] = (
        Following.case_id, Following.parcel_id, Following.zone_id, Following.category,
        Following.area,
    )  # fmt: skip
    mine = sa.and_(
        Following.follower_id == follower_id, Following.confirmed_at.is_not(None),
        Following.complaint_id.is_(None),
    )  # fmt: skip
    rows = connection.execute(sa.select(*columns).where(mine)).mappings()
    return [Scope(**row) for row in rows]


def _of_reports(public: sa.Connection, reports: Iterable[sa.Row[Any]]) -> list[Scope]:
    """Return the cases that reports feed, as far as those are public."""
    found = (public.scalar(public_case_of(each.code_sha256)) for each in reports)
    return [Scope(case_id=case_id) for case_id in found if case_id is not None]


def _by_case(steps: Iterable[sa.Row[Any]]) -> list[list[sa.Row[Any]]]:
    found: dict[int, list[sa.Row[Any]]] = {}
    for step in steps:
        found.setdefault(step.case_id, []).append(step)
    return list(found.values())
