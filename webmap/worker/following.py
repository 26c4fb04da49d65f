"""Tell each who follows, once a day, what happened since, and forget who never confirmed."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa

from cases.following.asking import link_token
from cases.following.digests import Digest, gather, looked_at, next_follower
from cases.following.holding import COMMITTED
from cases.following.mailing import Kind, Told, forget_unconfirmed, send
from cases.following.reaching import reach_of
from cases.mail.message import Channel, Message
from geo.database import Database
from geo.errors import LotlineError
from webmap.follow_digest import FollowWriter
from webmap.follow_texts import FollowTexter
from webmap.quiet_hours import is_day
from webmap.worker.clock import Telling, TownsDay, towns_day

FROM_HOUR = 7
"""Of the town's day: nobody is woken by mail."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Writers:
    """Who writes by mail and by text, and by which of them somebody is told now."""

    day: TownsDay
    mail: FollowWriter
    text: FollowTexter
    channels: frozenset[Channel]

    def message(self, digest: Digest, *, stop: str) -> tuple[Message, Told]:
        """Return a digest as it goes to its reader, and what it tells."""
        reach = reach_of(digest.follower)
        if not reach.by_text:
            subject, body = self.mail.words(digest, stop=stop, on=self.day.today)
            told = Told(kind=Kind.DIGEST, what=digest.told, more=digest.more)
            return Message(to=reach.to, subject=subject, body=body), told
        subject, body, shown = self.text.words(digest, stop=stop, on=self.day.today)
        what = digest.numbers[: max(shown, 1)]
        told = Told(
            kind=Kind.DIGEST, what=what, more=digest.more + len(digest.cases) - len(what)
        )  # fmt: skip
        return Message(to=reach.to, subject=subject, body=body, channel=Channel.TEXT), told


def tell_followers(database: Database, told: Telling, *, now: datetime) -> int:
    """Queue the day's digests that are not queued yet; gives how many.

    Each is queued together with the note that it was: whoever is killed in between is followed by
    a run that does what is left.
    """
    with database.app.begin() as connection:
        forget_unconfirmed(connection, now=now)
    day = towns_day(database.app, now=now)
    channels = _channels(day, told) if day else frozenset[Channel]()
    if day is None or not channels:
        return 0
    who: dict[str, Any] = {"town": day.town, "url": told.url, "own": told.messages}
    writers, queued = Writers(day, FollowWriter(**who), FollowTexter(**who), channels), 0
    while (is_queued := _tell_next(database, writers)) is not None:
        queued += is_queued
    if queued:
        log.info("%s: %d who follow were told", day.today, queued)
    return queued


def _channels(day: TownsDay, told: Telling) -> frozenset[Channel]:
    """Return by what people are told at an hour."""
    mails = {Channel.MAIL} if told.mails and day.now.hour >= FROM_HOUR else set()
    texts = {Channel.TEXT} if told.texts and is_day(day.now) else set()
    return frozenset(mails | texts)


def _tell_next(database: Database, writers: Writers) -> bool | None:
    """Tell the next who was not told today; None where there is nobody more."""
    day = writers.day
    until = day.now - COMMITTED
    with database.app.begin() as connection, database.public.connect() as public:
        follower = next_follower(
            connection, on=day.today, channels=writers.channels,
            since=datetime.combine(day.today, time(), day.now.tzinfo),
        )  # fmt: skip
        if follower is None:
            return None
        try:
            with connection.begin_nested():
                digest = gather(connection, public, follower, until=until)
                looked_at(connection, follower, on=day.today, until=until)
                return bool(digest.told) and _queue(connection, writers, digest)
        except (LotlineError, sa.exc.DBAPIError) as error:
            _pass_over(connection, follower, day, error)
            return False


def _pass_over(
    connection: sa.Connection, follower: sa.Row[Any], day: TownsDay, error: Exception
) -> None:
    """Leave somebody who could not be told to the next day, so that whoever comes after is told.

    Raises
    ------
    sqlalchemy.exc.DBAPIError
        The database is away, for everybody.
    """
    if isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated:
        raise error
    log.error("who follows as %d was not told: %s", follower.id, type(error).__name__)
    looked_at(connection, follower, on=day.today, until=follower.told_until)


def _queue(connection: sa.Connection, writers: Writers, digest: Digest) -> bool:
    follower, day = digest.follower, writers.day
    token = link_token(reach_of(follower).channel)
    message, told = writers.message(digest, stop=token)
    return send(
        connection, message, told=told, stop=(token, writers.mail.stop_address(token)),
        now=day.now, message_id=uuid.uuid4(),
    )  # fmt: skip
