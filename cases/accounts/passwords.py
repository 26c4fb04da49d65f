"""Set and check passwords, kept as argon2id hashes."""

import re
import unicodedata
from base64 import b64encode
from datetime import datetime
from itertools import pairwise
from secrets import token_bytes

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from argon2.low_level import ARGON2_VERSION

from cases.accounts import journal, sessions
from cases.accounts.errors import WeakPasswordError
from cases.accounts.members import Member, member
from cases.models import Staff

SHORTEST, LONGEST = 12, 200
LEAST_LEFT = 6
"""How much of a password must be left without what anybody would guess first."""
LONG_ENOUGH_A_NAME = 4
OBVIOUS = ("password", "passwort", "qwerty", "asdfgh", "zxcvbn", "letmein", "welcome", "lotline")
_HASHER = PasswordHasher()


def _hash_of_nobody() -> str:
    """Write a hash that no password has, without the time that a true one costs each start."""
    cost = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    salt, digest = (
        b64encode(token_bytes(length)).decode().rstrip("=")
        for length in (_HASHER.salt_len, _HASHER.hash_len)
    )
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${digest}"


_NOBODYS = _hash_of_nobody()
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
    tried = password[:LONGEST]  # what is longer is nobody's, and costs no more to refuse
    try:
        _HASHER.verify(known or _NOBODYS, _as_kept(tried))
    except VerificationError:
        return False
    if known is None or person is None or tried != password:
        return False
    if _HASHER.check_needs_rehash(known):
        _store(connection, person.id, password, now=now)
    return True


def _store(connection: sa.Connection, staff_id: int, password: str, *, now: datetime) -> None:
    values = {"password_hash": _HASHER.hash(_as_kept(password)), "password_set_at": now}
    connection.execute(sa.update(Staff).where(Staff.id == staff_id).values(**values))


def _as_kept(password: str) -> str:
    """Write letters in one way, for keyboards write an accent in two (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def _require_strong(password: str, person: Member) -> None:
    """Ask for length and for what is not guessed first, not for signs (NIST SP 800-63B, 3.1.1)."""
    if not SHORTEST <= len(password) <= LONGEST:
        msg = f"A password has {SHORTEST} to {LONGEST} characters: three or four words will do."
        raise WeakPasswordError(msg, about="password")
    if len(set(_less_obvious(password.lower(), person))) < LEAST_LEFT:
        msg = "That password is too easily guessed: take words that say nothing about you."
        raise WeakPasswordError(msg, about="password")


def _less_obvious(said: str, person: Member) -> str:
    """Return a password without names, common words, runs and repeats."""
    names = [person.login, *re.findall(r"\w+", person.name.lower())]
    for word in [*OBVIOUS, *(name for name in names if len(name) >= LONG_ENOUGH_A_NAME)]:
        said = said.replace(word, "")
    steps = [after for before, after in pairwise(said) if abs(ord(after) - ord(before)) > 1]
    return said[:1] + "".join(steps)
