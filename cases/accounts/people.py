"""Add the people who work here, change their roles, and take their access away."""

import re
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from cases.accounts import journal, links, sessions
from cases.accounts.errors import AccountError
from cases.accounts.members import ROLES, member
from cases.models import Staff
from cases.wording import tidy
from cases.workflow.roles import Role
from geo.layers import LayerChange, Zone

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def add(
    connection: sa.Connection,
    *,
    login: str,
    name: str,
    role: Role,
    email: str | None = None,
    by: str,
    now: datetime,
) -> int:
    """Add somebody, who cannot sign in before a password is set or the city's sign-in knows them.

    Returns
    -------
    int
        The identity of the account.

    Raises
    ------
    AccountError
        A value cannot be, or is somebody else's.
    """
    _one_at_a_time(connection)
    values = {"login": _login(login), **_checked(name=name, role=role, email=email)}
    _refuse_taken(connection, values)
    added = sa.insert(Staff).values(**values, added_at=now).returning(Staff.id)
    staff_id: int = connection.execute(added).scalar_one()
    _bump_cases(connection)
    journal.write(connection, "added", staff_id=staff_id, actor=by, now=now, role=role)
    return staff_id


def change(
    connection: sa.Connection,
    staff_id: int,
    *,
    name: str,
    role: Role,
    email: str | None,
    by: str,
    now: datetime,
) -> None:
    """Change what is known of somebody; a changed role holds from their next request on.

    An officer's zones go with the name.

    Raises
    ------
    AccountError
        As `add`; or nobody would be left to look after the accounts.
    """
    _one_at_a_time(connection)
    was = member(connection, staff_id)
    values = _checked(name=name, role=role, email=email)
    _refuse_taken(connection, values, but=staff_id)
    if was.role is Role.ADMIN and role is not Role.ADMIN:
        _require_another_admin(connection, staff_id)
    told = {
        key: [getattr(was, key), new] for key, new in values.items() if getattr(was, key) != new
    }
    if not told:  # saved as it was: nothing to tell
        return
    # What stays is left alone: to set a name lets maps be drawn anew.
    anew = {key: new for key, (_, new) in told.items()}
    connection.execute(sa.update(Staff).where(Staff.id == staff_id).values(**anew))
    if "name" in told:  # a zone knows its officer by the name alone
        theirs = sa.update(Zone).where(Zone.officer_name == was.name)
        connection.execute(theirs.values(officer_name=values["name"]))
    if "role" in told:
        _bump_cases(connection)
    journal.write(connection, "changed", staff_id=staff_id, actor=by, now=now, **told)


def speak(connection: sa.Connection, staff_id: int, *, language: str) -> None:
    """Set the language in which somebody reads their pages: ``en`` or ``es``."""
    connection.execute(sa.update(Staff).where(Staff.id == staff_id).values(language=language))


def deactivate(connection: sa.Connection, staff_id: int, *, by: str, now: datetime) -> None:
    """Take somebody's access away at once; what they did stays under their name.

    Raises
    ------
    AccountError
        Nobody would be left to look after the accounts.
    """
    _one_at_a_time(connection)
    if member(connection, staff_id).role is Role.ADMIN:
        _require_another_admin(connection, staff_id)
    _set_active(connection, staff_id, active=False)
    sessions.end_all(connection, staff_id, now=now)
    links.end_all(connection, staff_id, now=now)
    journal.write(connection, "deactivated", staff_id=staff_id, actor=by, now=now)


def reactivate(connection: sa.Connection, staff_id: int, *, by: str, now: datetime) -> None:
    """Give somebody their access back."""
    _set_active(connection, staff_id, active=True)
    journal.write(connection, "reactivated", staff_id=staff_id, actor=by, now=now)


def _one_at_a_time(connection: sa.Connection) -> None:
    """Let no two change who works here at once: a name is taken once, one administrator stays."""
    connection.exec_driver_sql("LOCK TABLE lotline.staff IN SHARE ROW EXCLUSIVE MODE")


def _set_active(connection: sa.Connection, staff_id: int, *, active: bool) -> None:
    connection.execute(sa.update(Staff).where(Staff.id == staff_id).values(active=active))
    _bump_cases(connection)


def _bump_cases(connection: sa.Connection) -> None:
    """Let maps and figures be made anew: who is an officer tells which cases have none."""
    connection.execute(sa.insert(LayerChange).values(layer="cases"))


def _login(login: str) -> str:
    said = login.strip().lower()
    if not _LOGIN.fullmatch(said):
        msg = (
            f'"{login}" cannot be a sign-in name: use 2 to 40 small letters, digits, dots, '
            "hyphens and underscores, a letter or digit first."
        )
        raise AccountError(msg, about="login")
    return said


def _checked(*, name: str, role: Role, email: str | None) -> dict[str, Any]:
    full, mail = tidy(name), tidy(email)
    if full is None:
        msg = "An account needs the person's name, as the records of cases will keep it."
        raise AccountError(msg)
    if role not in ROLES:
        msg = f"{role} is no role of an account: choose {', '.join(ROLES)}."
        raise AccountError(msg, about="role")
    if mail is not None and not _EMAIL.fullmatch(mail):
        msg = f'"{email}" is no e-mail address: it needs the form name@example.org.'
        raise AccountError(msg, about="email")
    return {"name": full, "role": role, "email": mail}


def _refuse_taken(
    connection: sa.Connection, values: dict[str, Any], *, but: int | None = None
) -> None:
    for key, column in (("login", Staff.login), ("name", Staff.name), ("email", Staff.email)):
        if not (value := values.get(key)):
            continue
        others = sa.select(Staff.login).where(sa.func.lower(column) == value.lower())
        if but is not None:
            others = others.where(Staff.id != but)
        if (whose := connection.execute(others).scalar()) is not None:
            msg = f'"{value}" is already the {_SAID[key]} of {whose}: each person needs their own.'
            raise AccountError(msg, about=key)


_SAID = {"login": "sign-in name", "name": "name", "email": "e-mail address"}


def _require_another_admin(connection: sa.Connection, staff_id: int) -> None:
    others = sa.select(Staff.id).where(
        Staff.active, Staff.role == Role.ADMIN, Staff.id != staff_id
    )  # fmt: skip
    if connection.execute(others).first() is None:
        msg = (
            "This is the only administrator: make somebody else one first, "
            "or nobody could look after the accounts."
        )
        raise AccountError(msg, about="role")
