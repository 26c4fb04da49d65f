"""Recognise people by the city's own sign-in, which an administrator's word comes before.

The city says who somebody is; that they work here is for an administrator to have said first.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from cases.accounts import journal
from cases.accounts.errors import NotOursError
from cases.accounts.members import COLUMNS, Member, as_member
from cases.models import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class CityIdentity:
    """What the city's sign-in says of somebody (OpenID Connect Core 1.0, 5.1).

    Parameters
    ----------
    issuer
        Who says so; a subject is one person's with one issuer only.
    subject
        The city's own name for the person, which never becomes another's.
    email
        None where the city tells none.
    email_verified
        The city has made sure that the address is the person's.
    """

    issuer: str
    subject: str
    email: str | None
    email_verified: bool

    @property
    def key(self) -> str:
        """What is kept of it with an account."""
        return f"{self.issuer} {self.subject}"


def recognise(connection: sa.Connection, identity: CityIdentity, *, now: datetime) -> Member:
    """Return who somebody is here: by the subject once linked, else by a verified address.

    The account found by an address is linked to the subject from then on.

    Raises
    ------
    NotOursError
        There is no such account, it has no access, it is another's of the city, or the city has
        not verified the address.
    """
    linked = _find(connection, Staff.oidc_subject == identity.key)
    if linked is not None:
        return _require_access(as_member(linked))
    return _link(connection, identity, now=now)


def unlink(connection: sa.Connection, person: Member, *, by: str, now: datetime) -> None:
    """Forget which of the city's people somebody is: the next of their address is linked anew."""
    mine = sa.update(Staff).where(Staff.id == person.id)
    connection.execute(mine.values(oidc_subject=None))
    journal.write(connection, "city_unlinked", staff_id=person.id, actor=by, now=now)


def _link(connection: sa.Connection, identity: CityIdentity, *, now: datetime) -> Member:
    if not identity.email or not identity.email_verified:
        msg = (
            "The city's sign-in names no verified e-mail address of yours, by which an account "
            "here could be found: ask the city's help desk to verify it."
        )
        raise NotOursError(msg)
    found = _find(connection, sa.func.lower(Staff.email) == identity.email.strip().lower())
    if found is None:
        msg = (
            f"Nobody here has the address {identity.email}: ask an administrator to add you, "
            "then sign in again."
        )
        raise NotOursError(msg)
    person = _require_access(as_member(found))
    if found.oidc_subject is not None:
        msg = (
            f"The account of {identity.email} is tied to another sign-in of the city: "
            "ask an administrator to untie it."
        )
        raise NotOursError(msg)
    mine = sa.update(Staff).where(Staff.id == person.id)
    connection.execute(mine.values(oidc_subject=identity.key))
    journal.write(connection, "city_linked", staff_id=person.id, actor=person.name, now=now)
    return person


def _find(connection: sa.Connection, which: sa.ColumnElement[bool]) -> sa.Row[Any] | None:
    asked: sa.Select[Any] = sa.select(*COLUMNS, Staff.oidc_subject).where(which).with_for_update()
    return connection.execute(asked).first()


def _require_access(person: Member) -> Member:
    if not person.active:
        msg = "Your account has no access any more: ask an administrator if it should."
        raise NotOursError(msg)
    return person
