"""Queue what those who follow are sent, log it, and let the link in it stop them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from cases.accounts.sessions import hashed
from cases.following.asking import UNCONFIRMED
from cases.following.hidden import is_hidden, no_case_to_tell
from cases.following.reaching import Reach, reached_by
from cases.mail import outbox
from cases.mail.message import Channel, Letter, Message
from cases.mail.table import MAIL
from cases.models import Case, Follower, Following, FollowMail


class Kind(StrEnum):
    """What a message is for."""

    CONFIRM = "confirm"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a message tells.

    Parameters
    ----------
    what
        The numbers of the cases; of a link that confirms, what it would follow.
    more
        Of how many more it says that there are.
    """

    kind: Kind
    what: Sequence[str]
    more: int = 0


def send(
    connection: sa.Connection,
    message: Message,
    *,
    told: Told,
    stop: tuple[str, str],
    now: datetime,
    message_id: UUID,
) -> bool:
    """Queue a message once and log it; False where it was queued before.

    Parameters
    ----------
    stop
        The token of the link in it that stops them all, and the address of that link.
    """
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(str(message_id), 0))
    connection.execute(sa.select(lock))
    if was_sent(connection, message_id):
        return False
    token, address = stop
    is_mail = message.channel == Channel.MAIL  # whose readers' programs know such an address
    whole = replace(message, unsubscribe=address) if is_mail else message
    mail_id = outbox.queue(connection, message=whole, now=now, message_id=message_id)
    row = {
        "mail_id": mail_id, "kind": told.kind, "made_at": now, "told": list(told.what),
        "more": told.more, "stop_sha256": hashed(token),
    }  # fmt: skip
    connection.execute(sa.insert(FollowMail).values(row))
    return True


def was_sent(connection: sa.Connection, message_id: UUID) -> bool:
    """Tell whether a message of this name was queued."""
    same = sa.select(MAIL.c.id).where(MAIL.c.message_id == message_id)
    return connection.scalar(same) is not None


def is_logged(connection: sa.Connection, mail_id: int) -> bool:
    """Tell whether a message is one to somebody who follows."""
    this = sa.select(FollowMail.mail_id).where(FollowMail.mail_id == mail_id)
    return connection.scalar(this) is not None


def held_by(connection: sa.Connection, token: str) -> Reach | None:
    """Return to whom the message went that holds a link; None where there is none."""
    found = (
        sa.select(MAIL.c.channel, MAIL.c.to_address)
        .join(FollowMail, FollowMail.mail_id == MAIL.c.id)
        .where(FollowMail.stop_sha256 == hashed(token))
    )
    row = connection.execute(found).first()
    return Reach(Channel(row.channel), row.to_address) if row else None


def followed_by(reach: Reach) -> sa.Select[Any]:
    """Select what somebody follows.

    Columns: ``id``, ``name``, ``page``, ``confirmed_at`` and ``is_hidden``, whether its name is
    nobody's to read any more.
    """
    columns: tuple[Any, ...] = (
        Following.id, Following.name, Following.page, Following.confirmed_at,
        is_hidden().label("is_hidden"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Follower, Follower.id == Following.follower_id)
        .where(reached_by(reach), Following.confirmed_at.is_not(None))
        .order_by(Following.id)
    )


def stop_all(connection: sa.Connection, reach: Reach) -> None:
    """Forget an address or a number, and all that it follows."""
    connection.execute(sa.delete(Follower).where(reached_by(reach)))


def forget_unwanted(connection: sa.Connection, letter: Letter) -> None:
    """Forget whoever wants no more of what the town sends, as a gateway has said."""
    stop_all(connection, Reach(letter.channel, letter.to))


def stop_one(connection: sa.Connection, reach: Reach, following_id: int) -> None:
    """Forget one thing that somebody follows, and where they are reached with the last."""
    mine = sa.select(Follower.id).where(reached_by(reach)).scalar_subquery()
    one = sa.and_(Following.id == following_id, Following.follower_id == mine)
    connection.execute(sa.delete(Following).where(one))
    _forget_idle(connection)


def forget_unconfirmed(connection: sa.Connection, *, now: datetime) -> None:
    """Forget what nobody confirmed in time, and addresses that follow nothing."""
    old = sa.and_(Following.confirmed_at.is_(None), Following.asked_at < now - UNCONFIRMED)
    connection.execute(sa.delete(Following).where(old))
    _forget_idle(connection)


def withheld_since(connection: sa.Connection, mail_id: int) -> bool:
    """Tell whether a digest tells of a case that the public is told nothing of any more."""
    told = sa.select(sa.func.unnest(FollowMail.told)).where(
        FollowMail.mail_id == mail_id, FollowMail.kind == Kind.DIGEST
    )
    found = sa.select(Case.id).where(Case.number.in_(told), no_case_to_tell())
    return connection.scalar(found.limit(1)) is not None


def log() -> sa.Select[Any]:
    """Select what was sent to those who follow, the latest first.

    Columns: those of `FollowMail` but the hash, ``to_address``, ``channel``, ``status``,
    ``sent_at``, ``last_error``.
    """
    columns: tuple[Any, ...] = (
        FollowMail.mail_id, FollowMail.kind, FollowMail.made_at, FollowMail.told, FollowMail.more,
        MAIL.c.to_address, MAIL.c.channel, MAIL.c.status, MAIL.c.sent_at, MAIL.c.last_error,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(MAIL, MAIL.c.id == FollowMail.mail_id)
        .order_by(FollowMail.mail_id.desc())
    )


def followers() -> sa.Select[Any]:
    """Select how many addresses and numbers follow something, and how many things."""
    columns: tuple[Any, ...] = (
        sa.func.count(sa.distinct(Following.follower_id)).label("addresses"),
        sa.func.count().label("followed"),
    )  # fmt: skip
    return sa.select(*columns).where(Following.confirmed_at.is_not(None))


def _forget_idle(connection: sa.Connection) -> None:
    following = sa.select(Following.id).where(Following.follower_id == Follower.id)
    connection.execute(sa.delete(Follower).where(~following.exists()))
