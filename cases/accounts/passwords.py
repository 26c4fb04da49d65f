"""Set and check passwords, kept as argon2id hashes."""

from datetime import datetime

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from cases.accounts import journal, sessions
from cases.accounts.errors import WeakPasswordError
from cases.accounts.members import Member, member
from cases.models import Staff

SHORTEST, LONGEST = 12, 200
_HASHER = PasswordHasher()
_NOBODYS = _HASHER.hash(sessions.new_token())
"""Checked where there is no account, so that the time of an answer does not tell."""


def set_password(
    connection: sa.Connection,
    staff_id: int,
    password: str,
    *,
    keep: str | None = None,
    by: str,
    now: datetime,
) -> None:
    """Set somebody's password; every session of theirs ends, but for one.

    Parameters
    ----------
    keep
        The token of the session to keep.

    Raises
    ------
    WeakPasswordError
        It is too short, too long, or says who they are.
    """
    _require_strong(password, member(connection, staff_id))
    _store(connection, staff_id, password, now=now)
    sessions.end_all(connection, staff_id, but=keep, now=now)
    journal.write(connection, "password_set", staff_id=staff_id, actor=by, now=now)


def is_right(
    connection: sa.Connection, person: Member | None, password: str, *, now: datetime
) -> bool:
    """Tell whether a password is somebody's who works here; it takes as long where nobody is.

    Its hash is brought to today's cost where it was made at another.
    """
    known = None
    if person is not None and person.active:
        asked = sa.select(Staff.password_hash).where(Staff.id == person.id)
        known = connection.execute(asked).scalar()
    try:
        _HASHER.verify(known or _NOBODYS, password[:LONGEST])
    except VerificationError:
        return False
    if known is None or person is None:
        return False
    if _HASHER.check_needs_rehash(known):
        _store(connection, person.id, password, now=now)
    return True


def _store(connection: sa.Connection, staff_id: int, password: str, *, now: datetime) -> None:
    values = {"password_hash": _HASHER.hash(password), "password_set_at": now}
    connection.execute(sa.update(Staff).where(Staff.id == staff_id).values(**values))


def _require_strong(password: str, person: Member) -> None:
    """Ask for length, not for signs (NIST SP 800-63B, 3.1.1)."""
    if not SHORTEST <= len(password) <= LONGEST:
        msg = f"A password has {SHORTEST} to {LONGEST} characters: three or four words will do."
        raise WeakPasswordError(msg)
    said = password.lower()
    if len(set(said)) < SHORTEST // 2 or person.login in said or person.name.lower() in said:
        msg = "That password is too easily guessed: take words that say nothing about you."
        raise WeakPasswordError(msg)
