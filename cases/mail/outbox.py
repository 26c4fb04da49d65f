"""Queue mail and texts, and keep what became of each, so that nothing is sent twice by itself.

A message is marked `sending` before a server is spoken to. Mail still so marked long after may have
arrived: it becomes `uncertain`, and only a person sends it again. A text is tried again under the
same name, by which the town's gateway knows what it took already (`webmap.worker.texts`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa

from cases.errors import MailError
from cases.jobs import defer
from cases.mail.hung import drop_files, files_of, keep_files
from cases.mail.message import Channel, Letter, Message
from cases.mail.table import MAIL, MAIL_FILE

SEND = {Channel.MAIL: "mail.send", Channel.TEXT: "text.send"}
"""The task that sends, by the way a message goes."""
QUEUE = {Channel.MAIL: "mail", Channel.TEXT: "text"}

SHORTEST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=4)
LONGEST_HUNG = timedelta(days=14)
"""How long what hangs on a message that did not arrive is kept, to be sent again."""
_ENOUGH = (LONGEST_WAIT // SHORTEST_WAIT).bit_length()
"""Doublings by which the shortest wait is the longest at least."""
STALE_AFTER = timedelta(minutes=15)
"""Longer than any conversation with a server that still comes to an end."""


class Status(StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class Answer(StrEnum):
    """What came of offering a message to a server."""

    ACCEPTED = "accepted"
    PUT_OFF = "put off"
    REFUSED = "refused"
    TURNED_AWAY = "turned away"
    UNWANTED = "unwanted"
    UNKNOWN = "unknown"


TURNED_AWAY = "The address is refused: "
"""What stands before the words of a server that takes nothing for a reader, now or later."""

type Told = tuple[Answer, str]
"""What came of it, and the server's own words."""


class Carrier(Protocol):
    """Who brings the messages of a channel to where they go."""

    def offer(self, letter: Letter, *, now: datetime) -> Told:
        """Hand a message over, and tell what came of it; never an error for what may go wrong."""


def queue(
    connection: sa.Connection, *, message: Message, now: datetime, message_id: UUID | None = None
) -> int:
    """Keep a message and have it sent once this has committed; return its id.

    Parameters
    ----------
    message_id
        What it is called from its making on, so that it cannot be queued twice; None names it.
    """
    values = {
        "to_address": message.to,
        "subject": message.subject,
        "body": message.body,
        "html": message.html,
        "case_id": message.case_id,
        "unsubscribe": message.unsubscribe,
        "channel": message.channel,
        "status": Status.QUEUED,
        "queued_at": now,
    } | ({"message_id": message_id} if message_id else {})
    mail_id: int = connection.scalar(sa.insert(MAIL).values(values).returning(MAIL.c.id))
    keep_files(connection, mail_id, message.files)
    _defer(connection, mail_id, message.channel)
    return mail_id


def take(connection: sa.Connection, mail_id: int, *, now: datetime) -> Letter | None:
    """Mark a queued message as being sent and return it; None when it is not to be sent.

    Commit before the server is spoken to: whoever else would send it must see the mark.
    """
    found = connection.execute(
        sa.update(MAIL)
        .where(MAIL.c.id == mail_id, MAIL.c.status == Status.QUEUED)
        .values(status=Status.SENDING, attempts=MAIL.c.attempts + 1, attempted_at=now)
        .returning(
            MAIL.c.id,
            MAIL.c.message_id,
            MAIL.c.to_address.label("to"),
            MAIL.c.subject,
            MAIL.c.body,
            MAIL.c.html,
            MAIL.c.attempts.label("attempt"),
            MAIL.c.unsubscribe,
            MAIL.c.channel,
        )
    ).mappings()
    row = found.first()
    if row is None:
        return None
    files = files_of(connection, mail_id)
    return Letter(**{**row, "channel": Channel(row["channel"]), "files": files})


def wait_until(connection: sa.Connection, mail_id: int, *, moment: datetime) -> None:
    """Have a message that is queued looked at again, and not before a moment."""
    its = sa.select(MAIL.c.channel).where(MAIL.c.id == mail_id)
    channel = Channel(connection.execute(its).scalar_one())
    _defer(connection, mail_id, channel, at=moment)


def settle(
    connection: sa.Connection, letter: Letter, *, answer: Answer, words: str, now: datetime
) -> Status | None:
    """Keep what came of an attempt; None when a later attempt has been made meanwhile.

    Parameters
    ----------
    words
        The server's own, or what kept us from it.
    """
    match answer:
        case Answer.ACCEPTED:
            return _sent(connection, letter, now=now)
        case Answer.REFUSED | Answer.UNWANTED:
            return _change(connection, letter, Status.FAILED, last_error=words)
        case Answer.TURNED_AWAY:
            return _change(connection, letter, Status.FAILED, last_error=TURNED_AWAY + words)
        case Answer.UNKNOWN:
            return _change(connection, letter, Status.UNCERTAIN, last_error=words)
        case Answer.PUT_OFF:
            return _put_off(connection, letter, words=words, now=now)


def wait_after(age: timedelta, *, attempts: int) -> timedelta | None:
    """Return how long to wait before the next attempt: as long again as it took until now.

    Hours in which nobody tried, a night or days without a server, make no wait longer.

    Parameters
    ----------
    age
        Since the message was queued.
    attempts
        How often it was offered.

    Returns
    -------
    timedelta or None
        Each wait twice the one before, within bounds; None once it is time to give up.
    """
    doubled: timedelta = SHORTEST_WAIT * 2 ** min(attempts - 1, _ENOUGH)
    if age >= GIVE_UP_AFTER and doubled >= LONGEST_WAIT:
        return None
    return min(max(age, SHORTEST_WAIT), doubled, LONGEST_WAIT)


def doubt_stale(connection: sa.Connection, *, now: datetime) -> list[int]:
    """Make uncertain the mail that has been `sending` for too long, and return the ids.

    Texts are queued once more.
    """
    for mail_id in _leave(connection, Channel.TEXT, Status.QUEUED, now=now):
        _defer(connection, mail_id, Channel.TEXT)
    return _leave(connection, Channel.MAIL, Status.UNCERTAIN, now=now)


def send_again(connection: sa.Connection, mail_id: int, *, now: datetime) -> None:
    """Queue a failed or uncertain message once more, on a person's word; its Message-ID stays.

    Raises
    ------
    MailError
        There is no such message, or it needs no person.
    """
    changed = connection.execute(
        sa.update(MAIL)
        .where(MAIL.c.id == mail_id, MAIL.c.status.in_([Status.FAILED, Status.UNCERTAIN]))
        .values(status=Status.QUEUED, queued_at=now)
        .returning(MAIL.c.channel)
    ).first()
    if changed is None:
        raise MailError(_why_not_again(connection, mail_id))
    _defer(connection, mail_id, Channel(changed.channel))


def listing(*, status: Status | None = None) -> sa.Select[Any]:
    """Select messages, the latest first, without what they say."""
    columns = [column for column in MAIL.c if column.name not in {"body", "html"}]
    query = sa.select(*columns).order_by(MAIL.c.id.desc())
    return query if status is None else query.where(MAIL.c.status == status)


def mail_state(connection: sa.Connection) -> dict[Status, int]:
    """Return how many messages stand where, every status counted."""
    counts = sa.select(MAIL.c.status, sa.func.count()).group_by(MAIL.c.status)
    found = {Status(row[0]): int(row[1]) for row in connection.execute(counts)}
    return dict.fromkeys(Status, 0) | found


def queued_texts() -> sa.Select[Any]:
    """Select how many texts wait to be sent."""
    waiting = sa.and_(MAIL.c.channel == Channel.TEXT, MAIL.c.status == Status.QUEUED)
    return sa.select(sa.func.count()).where(waiting)


def drop_stale_files(connection: sa.Connection, *, now: datetime) -> int:
    """Keep no longer what hung on messages that did not arrive, and gives how many files."""
    stuck = sa.and_(
        MAIL.c.status.in_((Status.FAILED, Status.UNCERTAIN)), MAIL.c.queued_at < now - LONGEST_HUNG
    )
    stale = sa.delete(MAIL_FILE).where(MAIL_FILE.c.mail_id == MAIL.c.id, stuck)
    return connection.execute(stale).rowcount


def _sent(connection: sa.Connection, letter: Letter, *, now: datetime) -> Status | None:
    changed = _change(connection, letter, Status.SENT, last_error=None, sent_at=now)
    if changed and letter.files:
        drop_files(connection, letter.id)
    return changed


def _put_off(
    connection: sa.Connection, letter: Letter, *, words: str, now: datetime
) -> Status | None:
    queued_at = connection.scalar(sa.select(MAIL.c.queued_at).where(MAIL.c.id == letter.id))
    wait = wait_after(now - queued_at, attempts=letter.attempt) if queued_at else None
    if wait is None:
        gave_up = f"Given up after {letter.attempt} attempts: {words}"
        return _change(connection, letter, Status.FAILED, last_error=gave_up)
    changed = _change(connection, letter, Status.QUEUED, last_error=words)
    if changed:
        _defer(connection, letter.id, letter.channel, at=now + wait)
    return changed


def _defer(
    connection: sa.Connection, mail_id: int, channel: Channel, *, at: datetime | None = None
) -> None:
    defer(connection, SEND[channel], queue=QUEUE[channel], at=at, mail_id=mail_id)


def _leave(
    connection: sa.Connection, channel: Channel, status: Status, *, now: datetime
) -> list[int]:
    """Take from workers that died what they were sending, and return the ids."""
    stale = sa.and_(
        MAIL.c.channel == channel, MAIL.c.status == Status.SENDING,
        MAIL.c.attempted_at < now - STALE_AFTER,
    )  # fmt: skip
    words = "Whoever sent this ended before it was known whether the server took it."
    left = sa.update(MAIL).where(stale).values(status=status, last_error=words)
    return list(connection.scalars(left.returning(MAIL.c.id)))


_OPEN: Sequence[Status] = (Status.SENDING, Status.UNCERTAIN)


def _change(
    connection: sa.Connection, letter: Letter, status: Status, **values: Any
) -> Status | None:
    """Change what still stands as this attempt left it.

    What a server accepted is also taken back from the queue, where a person may have put it.
    """
    before = (*_OPEN, Status.QUEUED) if status == Status.SENT else _OPEN
    changed = connection.execute(
        sa.update(MAIL)
        .where(
            MAIL.c.id == letter.id,
            MAIL.c.attempts == letter.attempt,
            MAIL.c.status.in_(before),
        )
        .values(status=status, **values)
    )
    return status if changed.rowcount else None


def _why_not_again(connection: sa.Connection, mail_id: int) -> str:
    status = connection.scalar(sa.select(MAIL.c.status).where(MAIL.c.id == mail_id))
    if status is None:
        return f"There is no mail {mail_id}: lotline mail list shows what there is."
    return (
        f"Mail {mail_id} is {status}: only what failed or is uncertain is sent again by a person."
    )
