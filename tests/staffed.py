"""Give a town the people who work there, one of each role, and let them in."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from seats import NAMES, sit_down
from werkzeug.test import TestResponse

from cases.accounts import members, passwords, people
from cases.workflow.roles import Role
from geo.database import Database

PASSWORD = "orange boat in the harbor"  # noqa: S105 - of a town for tests
NOW = datetime(2026, 6, 15, 9, tzinfo=UTC)


def hire(
    connection: sa.Connection, role: Role = Role.OFFICER, *, login: str = "", by: str = "a test"
) -> int:
    """Add somebody in a role, whose password is not set yet."""
    name = NAMES[role] if not login else login.title()
    login = login or name.split()[1].lower()
    email = f"{login}@alder.example"
    return people.add(connection, login=login, name=name, role=role, email=email, by=by, now=NOW)


def hire_with_password(connection: sa.Connection, role: Role = Role.OFFICER) -> members.Member:
    """Add somebody who may sign in with `PASSWORD`."""
    staff_id = hire(connection, role)
    passwords.set_password(connection, staff_id, PASSWORD, by="a test", now=NOW)
    return members.member(connection, staff_id)


@dataclass(frozen=True)
class StoppedClock:
    """A clock of the town that stands still, so that a slow machine gives no tries back."""

    at: datetime

    def now(self) -> datetime:
        """Return the moment it stopped."""
        return self.at

    def today(self) -> date:
        """Return the day it stopped."""
        return self.at.date()


def stop_clock(*apps: Flask) -> None:
    """Stop the clock of some workers at one moment."""
    clock = StoppedClock(datetime.now(UTC))
    for app in apps:
        app.extensions["lotline_clock"] = clock


@dataclass(frozen=True)
class Desk:
    """One browser, and what somebody does with it."""

    client: FlaskClient

    def guard(self, page: str = "/sign-in") -> str:
        """Return what a page's form has to send back."""
        shown = self.client.get(page, follow_redirects=True).text
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)
        assert found is not None, shown
        return found[1]

    def send(self, path: str, *, page: str = "/sign-in", **said: str) -> TestResponse:
        """Send a form, as the page that holds it would."""
        return self.client.post(path, data={"csrf_token": self.guard(page), **said})

    def sign_in(self, login: str, password: str = PASSWORD, *, onward: str = "") -> TestResponse:
        """Send the form of signing in."""
        path = f"/sign-in?next={onward}" if onward else "/sign-in"
        return self.send(path, login=login, password=password)

    def seat(self, database: Database, staff_id: int) -> str:
        """Sit somebody down without a password, and return the token of the session."""
        return sit_down(database, self.client, staff_id)

    @property
    def is_in(self) -> bool:
        """Whether the server knows who sits here."""
        return self.client.get("/account").status_code == 200
