"""Start, recognise and end the sessions of people who signed in."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from cases.accounts.members import COLUMNS, Member, as_member
from cases.models import Staff, StaffSession

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
SEEN_AGAIN = timedelta(minutes=1)
"""How exactly it is kept when somebody was last seen: a write for every request would be dear."""


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def start(connection: sa.Connection, staff_id: int, *, device: str, now: datetime) -> str:
    """Start a session and return its token, which is kept by its hash alone.

    Parameters
    ----------
    device
        What the browser says it is, so that its owner knows it again in a list.
    """
    token = new_token()
    connection.execute(
        sa.insert(StaffSession).values(
            token_sha256=hashed(token), staff_id=staff_id, started_at=now, seen_at=now,
            device=device[:200],
        )
    )  # fmt: skip
    return token


def whose(connection: sa.Connection, token: str, *, now: datetime) -> Member | None:
    """Return whose session a token is, and note that they were seen; None where it has ended."""
    row = connection.execute(
        sa.select(StaffSession.seen_at, *COLUMNS)
        .join(Staff, Staff.id == StaffSession.staff_id)
        .where(StaffSession.token_sha256 == hashed(token), Staff.active, *_runs(now))
    ).first()
    if row is None:
        return None
    if now - row.seen_at >= SEEN_AGAIN:
        mine = sa.update(StaffSession).where(StaffSession.token_sha256 == hashed(token))
        connection.execute(mine.values(seen_at=now))
    return as_member(row)


def running(staff_id: int, *, now: datetime) -> sa.Select[Any]:
    """Return somebody's sessions that have not ended, the last seen first."""
    columns: tuple[Any, ...] = (
        StaffSession.token_sha256,
        StaffSession.device,
        StaffSession.started_at,
        StaffSession.seen_at,
    )
    return (
        sa.select(*columns)
        .where(StaffSession.staff_id == staff_id, *_runs(now))
        .order_by(StaffSession.seen_at.desc())
    )  # fmt: skip


def end(connection: sa.Connection, token: str, *, now: datetime) -> None:
    """End one session."""
    _end(connection, StaffSession.token_sha256 == hashed(token), now=now)


def end_all(
    connection: sa.Connection, staff_id: int, *, but: str | None = None, now: datetime
) -> None:
    """End every session of somebody, but for one."""
    kept = [StaffSession.token_sha256 != hashed(but)] if but else []
    _end(connection, StaffSession.staff_id == staff_id, *kept, now=now)


def _end(connection: sa.Connection, *which: sa.ColumnElement[bool], now: datetime) -> None:
    ending = sa.update(StaffSession).where(*which, StaffSession.ended_at.is_(None))
    # A clock that was set back may not keep anybody signed in.
    connection.execute(ending.values(ended_at=sa.func.greatest(StaffSession.started_at, now)))


def _runs(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        StaffSession.ended_at.is_(None),
        StaffSession.seen_at > now - IDLE,
        StaffSession.started_at > now - LONGEST,
    )
