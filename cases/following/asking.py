"""Take in what somebody wants to follow, which counts once their address or number has said yes.

Anybody can type anybody's address: until the link sent to it was used, nothing else goes there.
"""

import hashlib
import secrets
from dataclasses import asdict, astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.accounts.sessions import hashed, new_token
from cases.errors import CaseError
from cases.following.hidden import is_hidden
from cases.following.reaching import Reach
from cases.following.reports import OfReport
from cases.following.steps import Scope
from cases.mail.message import Channel
from cases.models import Follower, Following

UNCONFIRMED = timedelta(days=3)
"""For how long it is kept that somebody was asked."""
SHORT_TOKEN = 16
"""Bytes of the token in a text: 128 bits are guessed by nobody."""
MOST = 20
"""An address follows so many things at most."""


class TooMuchFollowedError(CaseError):
    """An address follows as much as it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to follow.

    Parameters
    ----------
    name
        What it is, as its follower reads it.
    page
        The way on this site to the page that shows it.
    logged
        What the log of the mail calls it, where that is not its name.
    """

    scope: Scope | OfReport
    name: str
    page: str
    logged: str = ""


def ask(
    connection: sa.Connection, *, reach: Reach, language: str, wanted: Wanted, now: datetime
) -> str:
    """Note what somebody is asked to follow; gives the token of the link that confirms it.

    Asked again for the same, the link before works no more; what was confirmed stays as it is.

    Raises
    ------
    MailError
        It is no address, or no number.
    """
    follower_id = _follower(connection, reach.checked(), language=language, now=now)
    scope, token = wanted.scope, link_token(reach.channel)
    values = {
        "follower_id": follower_id, "name": wanted.name, "page": wanted.page,
        "scope_sha256": hashlib.sha256(repr(astuple(scope)).encode()).digest(),
        **asdict(scope), "confirm_sha256": hashed(token), "asked_at": now,
    }  # fmt: skip
    asked = insert(Following).values(values)
    is_open = Following.confirmed_at.is_(None)
    again: dict[str, Any] = {key: asked.excluded[key] for key in ("confirm_sha256", "asked_at")} | {
        each.key: sa.case((is_open, asked.excluded[each.key]), else_=each)
        for each in (Following.name, Following.page)
    }
    connection.execute(
        asked.on_conflict_do_update(
            index_elements=[Following.follower_id, Following.scope_sha256], set_=again
        )
    )
    return token


def link_token(channel: Channel) -> str:
    """Return a token for a link that is sent; in a text each letter counts."""
    return secrets.token_urlsafe(SHORT_TOKEN) if channel == Channel.TEXT else new_token()


def asked_by(connection: sa.Connection, token: str) -> sa.Row[Any] | None:
    """Return what a link confirms, None where it has run out or never was.

    Columns: ``id``, ``follower_id``, ``name``, ``page``, ``confirmed_at``, ``by_text`` and
    ``is_hidden``, whether its name is nobody's to read any more.
    """
    columns: tuple[Any, ...] = (
        Following.id, Following.follower_id, Following.name, Following.page, Following.confirmed_at,
        Follower.phone.is_not(None).label("by_text"), is_hidden().label("is_hidden"),
    )  # fmt: skip
    found = (
        sa.select(*columns)
        .join(Follower, Follower.id == Following.follower_id)
        .where(Following.confirm_sha256 == hashed(token))
    )
    row: sa.Row[Any] | None = connection.execute(found).first()
    return row


def confirm(
    connection: sa.Connection, token: str, *, language: str, now: datetime
) -> sa.Row[Any] | None:
    """Follow what a link confirms, as `asked_by` returns it; confirmed again it stays as it is.

    Parameters
    ----------
    language
        In which it was confirmed, and is told from then on.

    Raises
    ------
    TooMuchFollowedError
        The address follows as much as it may.
    """
    row = asked_by(connection, token)
    if row is None or row.confirmed_at is not None:
        return row
    whose = sa.select(Follower.id).where(Follower.id == row.follower_id).with_for_update()
    connection.execute(whose)
    told = sa.and_(Following.follower_id == row.follower_id, Following.confirmed_at.is_not(None))
    count = connection.scalar(sa.select(sa.func.count()).where(told)) or 0
    if count >= MOST:
        msg = f"This address follows {MOST} things already, and more is not kept: stop one first."
        raise TooMuchFollowedError(msg)
    since = {} if count else {"told_until": now}
    mine = sa.update(Follower).where(Follower.id == row.follower_id)
    connection.execute(mine.values(language=language, **since))
    this = sa.update(Following).where(Following.id == row.id)
    connection.execute(this.values(confirmed_at=now))
    return row


def _follower(connection: sa.Connection, reach: Reach, *, language: str, now: datetime) -> int:
    """Return who is reached so; what anybody may ask changes nothing of who was there before."""
    column = Follower.phone if reach.by_text else Follower.email
    once: Any = column if reach.by_text else sa.func.lower(column)
    made = insert(Follower).values({column.key: reach.to, "language": language, "told_until": now})
    kept = made.on_conflict_do_update(index_elements=[once], set_={column.key: column})
    return int(connection.execute(kept.returning(Follower.id)).scalar_one())
