"""Seat people of each role at browsers of a test, as if they had just signed in."""

from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from cases.accounts import people, sessions
from cases.workflow.roles import Role
from geo.database import Database
from webmap.auth.gate import TOKEN

NAMES = {
    Role.OFFICER: "M. Rivera",
    Role.CLERK: "J. Okafor",
    Role.MANAGER: "A. Stone",
    Role.HEARING_OFFICER: "R. Bell",
    Role.ADMIN: "T. Webb",
}


def hire(connection: sa.Connection, role: Role, *, name: str = "") -> int:
    """Add an account, and return its identity."""
    name = name or NAMES[role]
    login = name.lower().replace(" ", "").replace(".", "")
    now = datetime.now(UTC)
    return people.add(connection, login=login, name=name, role=role, by="a test", now=now)


def session_of(database: Database, staff_id: int, *, now: datetime | None = None) -> str:
    """Start a session and return its token."""
    with database.app.begin() as connection:
        return sessions.start(connection, staff_id, device="a test", now=now or datetime.now(UTC))


def sit_down(
    database: Database, client: FlaskClient, staff_id: int, *, now: datetime | None = None
) -> str:
    """Sit somebody down at a browser without a password, and return the token of the session.

    `now` is the moment where the clock of the application was stopped at another.
    """
    token = session_of(database, staff_id, now=now)
    with client.session_transaction() as cookie:
        cookie[TOKEN] = token
    return token


def seat(app: Flask, database: Database, staff_id: int) -> FlaskClient:
    """Return a browser in which somebody is signed in."""
    client = app.test_client()
    sit_down(database, client, staff_id)
    return client
