"""Hold back what may go no more to somebody who follows, and have the rest of it told anew."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.following.mailing import Kind, withheld_since
from cases.following.reaching import Reach, reached_by
from cases.mail.message import Letter
from cases.mail.table import MAIL
from cases.models import Follower, Following, FollowMail

COMMITTED = timedelta(minutes=10)
"""What was recorded longer ago is there for all to read, whoever was slow to finish it."""


class Held(StrEnum):
    """Why a message does not go any more, as the outbox keeps it."""

    STOPPED = "Not sent: whoever it was for has stopped, or did not say yes in time."
    WITHHELD = "Not sent: it tells of a place that the public is told nothing of since then."


def held_back(connection: sa.Connection, letter: Letter) -> Held | None:
    """Return why a message to somebody who follows does not go; None where it, or another, may."""
    mine = sa.select(FollowMail.mail_id).where(FollowMail.mail_id == letter.id)
    if connection.scalar(mine) is None:
        return None
    theirs = reached_by(Reach(letter.channel, letter.to))
    if connection.scalar(sa.select(Follower.id).where(theirs)) is None:
        return Held.STOPPED
    return Held.WITHHELD if withheld_since(connection, letter.id) else None


def tell_anew(connection: sa.Connection, letter: Letter) -> None:
    """Have what a digest told that reached nobody be told by the next, as far as it may be.

    Whoever is told begins again where the digest before it ended, or where they began to follow.
    """
    this = sa.and_(FollowMail.mail_id == letter.id, FollowMail.kind == Kind.DIGEST)
    if connection.scalar(sa.select(FollowMail.mail_id).where(this)) is None:
        return
    theirs = reached_by(Reach(letter.channel, letter.to))
    before = (
        sa.select(sa.func.max(FollowMail.made_at) - COMMITTED)
        .join(MAIL, MAIL.c.id == FollowMail.mail_id)
        .where(
            FollowMail.kind == Kind.DIGEST, FollowMail.mail_id != letter.id,
            MAIL.c.channel == letter.channel, MAIL.c.to_address == letter.to,
            MAIL.c.status != "failed",
        )
        .scalar_subquery()
    )  # fmt: skip
    began = (
        sa.select(sa.func.min(Following.confirmed_at))
        .where(Following.follower_id == Follower.id)
        .scalar_subquery()
    )
    since: Any = sa.func.least(Follower.told_until, sa.func.greatest(before, began))
    connection.execute(sa.update(Follower).where(theirs).values(told_until=since, told_on=None))
