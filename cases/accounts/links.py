"""Give out links that let their holder set a password, once, and honour them."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from cases.accounts import journal, passwords
from cases.accounts.errors import DeadLinkError
from cases.accounts.members import Member, member
from cases.accounts.sessions import hashed, new_token
from cases.models import PasswordLink, Staff

INVITATION = timedelta(days=3)
RESET = timedelta(hours=1)


def make(
    connection: sa.Connection, staff_id: int, *, lasting: timedelta, by: str, now: datetime
) -> str:
    """Return the token of a new link; those given out before no longer work."""
    end_all(connection, staff_id, now=now)
    token = new_token()
    connection.execute(
        sa.insert(PasswordLink).values(
            token_sha256=hashed(token), staff_id=staff_id, made_at=now, expires_at=now + lasting
        )
    )
    journal.write(connection, "link_sent", staff_id=staff_id, actor=by, now=now)
    return token


def end_all(connection: sa.Connection, staff_id: int, *, now: datetime) -> None:
    """Let no link that somebody was given work any more."""
    unused = sa.update(PasswordLink).where(
        PasswordLink.staff_id == staff_id, PasswordLink.used_at.is_(None)
    )
    connection.execute(unused.values(used_at=sa.func.greatest(PasswordLink.made_at, now)))


def whose(connection: sa.Connection, token: str, *, now: datetime) -> Member:
    """Return who may set a password by a link, which is held until the transaction ends.

    Raises
    ------
    DeadLinkError
        It was used, has run out, or never was.
    """
    staff_id = connection.execute(
        sa.select(PasswordLink.staff_id)
        .join(Staff, Staff.id == PasswordLink.staff_id)
        .where(
            PasswordLink.token_sha256 == hashed(token),
            PasswordLink.used_at.is_(None),
            PasswordLink.expires_at > now,
            Staff.active,
        )
        .with_for_update(of=PasswordLink)
    ).scalar()
    if staff_id is None:
        msg = "This link was used already or has run out: ask for a new one."
        raise DeadLinkError(msg)
    return member(connection, staff_id)


def use(connection: sa.Connection, token: str, password: str, *, now: datetime) -> Member:
    """Set the password of whoever holds a link, which then works no more.

    Raises
    ------
    DeadLinkError, WeakPasswordError
        As `whose` and `cases.accounts.passwords.set_password` say.
    """
    person = whose(connection, token, now=now)
    passwords.set_password(connection, person.id, password, by=person.name, now=now)
    mine = sa.update(PasswordLink).where(PasswordLink.token_sha256 == hashed(token))
    connection.execute(mine.values(used_at=now))
    return person
