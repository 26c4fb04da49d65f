"""Mail each who follows, once a day, what happened since, and forget who never confirmed."""

import logging
import uuid
from datetime import datetime, timedelta

from cases.accounts.sessions import new_token
from cases.following.digests import gather, looked_at, next_follower
from cases.following.mailing import Kind, Told, forget_unconfirmed, send
from cases.mail.message import Message
from geo.database import Database
from webmap.follow_digest import FollowWriter
from webmap.worker.clock import NAMESPACE, Telling, TownsDay, towns_day

FROM_HOUR = 7
"""Of the town's day: nobody is woken by it."""
COMMITTED = timedelta(minutes=10)
"""What was recorded longer ago is there for all to read, whoever was slow to finish it."""
log = logging.getLogger(__name__)


def tell_followers(database: Database, told: Telling, *, now: datetime) -> int:
    """Queue the day's digests that are not queued yet; gives how many.

    Each is queued together with the note that it was: whoever is killed in between is followed by
    a run that does what is left.
    """
    with database.app.begin() as connection:
        forget_unconfirmed(connection, now=now)
    day = towns_day(database.app, now=now)
    if day is None or not told.mails or day.now.hour < FROM_HOUR:
        return 0
    writer, queued = FollowWriter(town=day.town, url=told.url, own=told.messages), 0
    while (is_queued := _tell_next(database, day, writer)) is not None:
        queued += is_queued
    if queued:
        log.info("%s: %d who follow were mailed", day.today, queued)
    return queued


def _tell_next(database: Database, day: TownsDay, writer: FollowWriter) -> bool | None:
    """Tell the next who was not told today; None where there is nobody more."""
    until = day.now - COMMITTED
    with database.app.begin() as connection, database.public.connect() as public:
        follower = next_follower(connection, on=day.today)
        if follower is None:
            return None
        digest = gather(connection, public, follower, until=until)
        looked_at(connection, follower, on=day.today, until=until)
        if not digest.told:
            return False
        token = new_token()
        subject, body = writer.words(digest, stop=token, on=day.today)
        name = uuid.uuid5(NAMESPACE, f"{writer.url} follow {follower.id} {day.today}")
        return send(
            connection, Message(to=follower.email, subject=subject, body=body),
            told=Told(kind=Kind.DIGEST, what=digest.told, more=digest.more),
            stop=(token, writer.stop_address(token)), now=day.now, message_id=name,
        )  # fmt: skip
