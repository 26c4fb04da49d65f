"""Say who works here, and in what role."""

from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from cases.accounts.errors import AccountError
from cases.actors import Actor
from cases.models import AccountEvent, Staff
from cases.workflow.roles import Role

ROLES = (Role.OFFICER, Role.CLERK, Role.MANAGER, Role.HEARING_OFFICER, Role.ADMIN)
"""The roles an account may have; a respondent and a resident have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who works here.

    Parameters
    ----------
    name
        As histories keep it.
    language
        ``en`` or ``es``; None for whoever never said, and reads as their browser asks.
    second_factor
        A code from the telephone is asked at every sign-in with a password.
    through_city
        The city's own sign-in knows them too.
    """

    id: int
    login: str
    name: str
    role: Role
    email: str | None
    language: str | None
    active: bool
    has_password: bool
    second_factor: bool
    through_city: bool

    @property
    def actor(self) -> Actor:
        """Who a command is told acts."""
        return Actor(self.name, self.role)

    @property
    def can_sign_in(self) -> bool:
        """Whether they have access and a way in of their own.

        Somebody just added has none: no password is set yet, nor did they come by the city's.
        """
        return self.active and (self.has_password or self.through_city)


COLUMNS: tuple[Any, ...] = (
    Staff.id, Staff.login, Staff.name, Staff.role, Staff.email, Staff.language, Staff.active,
    Staff.password_hash.is_not(None).label("has_password"),
    Staff.totp_since.is_not(None).label("second_factor"),
    Staff.oidc_subject.is_not(None).label("through_city"),
)  # fmt: skip


def as_member(row: Any) -> Member:
    """Return a row of `COLUMNS` as the person it is."""
    known = {field.name: getattr(row, field.name) for field in fields(Member)}
    return Member(**{**known, "role": Role(row.role)})


def everyone() -> sa.Select[Any]:
    """Return all who ever worked here, those who still do first."""
    return sa.select(*COLUMNS).order_by(Staff.active.desc(), Staff.name)


def added_by(actor: str) -> sa.Select[Any]:
    """Return those who work here whose accounts somebody added, by name."""
    theirs = sa.select(AccountEvent.staff_id).where(
        AccountEvent.kind == "added", AccountEvent.actor == actor
    )
    return sa.select(*COLUMNS).where(Staff.active, Staff.id.in_(theirs)).order_by(Staff.name)


def in_role(role: Role) -> sa.Select[Any]:
    """Return those who work here in one role, by name."""
    return sa.select(*COLUMNS).where(Staff.active, Staff.role == role).order_by(Staff.name)


def find(connection: sa.Connection, login: str) -> Member | None:
    """Return who signs in by a name, or by the address of their mail; None where nobody does."""
    said = login.strip().lower()
    named = sa.or_(Staff.login == said, sa.func.lower(Staff.email) == said)
    row = connection.execute(sa.select(*COLUMNS).where(named)).first()
    return as_member(row) if row else None


def member(connection: sa.Connection, staff_id: int) -> Member:
    """Return one person.

    Raises
    ------
    AccountError
        There is nobody of that identity.
    """
    row = connection.execute(sa.select(*COLUMNS).where(Staff.id == staff_id)).first()
    if row is None:
        msg = f"There is no account with the identity {staff_id}."
        raise AccountError(msg)
    return as_member(row)
