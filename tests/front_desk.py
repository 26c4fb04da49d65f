"""Open the front desk of the town of Alder: its law adopted, somebody of each role at work."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alder_town import application, settle
from flask import Flask
from flask.testing import FlaskClient
from seats import sit_down
from werkzeug.test import TestResponse

from cases.accounts import people
from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT
from cases.workflow.roles import Role
from geo.database import Database

NAMES = {
    Role.OFFICER: "M. Rivera",
    Role.CLERK: "D. Quinn",
    Role.MANAGER: "A. Stone",
    Role.HEARING_OFFICER: "R. Bell",
    Role.ADMIN: "T. Webb",
}
REPORTER = {
    "name": "Odalys Ferrer",
    "home": "77 Quince Ct",
    "phone": "772-555-0114",
    "email": "odalys.ferrer@example.org",
}
CANARY = ("odalys", "ferrer", "77 quince", "772-555-0114", "example.org")


def now() -> datetime:
    """Return the moment it is, which the town's clock says too."""
    return datetime.now(UTC)


def open_for_work(database: Database) -> dict[Role, int]:
    """Fill an empty database with the town, its law and its people; gives who they are."""
    settle(database)
    with database.owner.begin() as connection:  # the town's own rows were numbered by hand
        for table in ("case_file", "violation", "ordinance"):
            connection.execute(
                sa.text("SELECT setval(pg_get_serial_sequence(:table, 'id'), 1000)"),
                {"table": f"lotline.{table}"},
            )
    with database.app.begin() as connection:
        adopt(connection, DEFAULT, on=date(2026, 1, 1))
        return {
            role: people.add(
                connection, login=role.replace("_", "-"), name=name, role=role, by="a test",
                now=now(),
            )
            for role, name in NAMES.items()
        }  # fmt: skip


def seat(database: Database, client: FlaskClient, staff_id: int) -> str:
    """Sit somebody down, and return the cookie of their session."""
    sit_down(database, client, staff_id)
    found = client.get_cookie("lotline")
    assert found is not None
    return found.value


@dataclass
class Clerk:
    """Somebody at the desk, and what they do there."""

    client: FlaskClient
    role: Role

    def page(self, path: str) -> str:
        """Open a page."""
        answer = self.client.get(path, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return answer.text

    def form(self, path: str) -> dict[str, str]:
        """Open a page with a form, and return what it hides for its sending back."""
        hidden = r'<input id="\w+" name="(\w+)" type="hidden" value="([^"]*)">'
        return dict(re.findall(hidden, self.page(path)))

    def send(self, path: str, said: dict[str, Any], *, page: str | None = None) -> TestResponse:
        """Send a form as its page would."""
        return self.client.post(path, data={**self.form(page or path), **said})

    def shown(self, said: dict[str, Any]) -> list[str]:
        """Return what the page shows beside a form while it is filled in."""
        asked = {each: said[each] for each in ("address", "kind", "channel")}
        page = self.client.get("/office/intake/check", query_string=asked).text
        return re.findall(r'name="shown" value="([^"]+)"', page)

    def report(self, **said: Any) -> str:
        """Enter a call about high grass at 100 Alder St, or one that differs; gives its number.

        Beside what is on record it is a new matter, unless it says another.
        """
        usual = {"address": "100 Alder St", "kind": "High grass", "said": "Waist high",
                 "channel": "phone"}  # fmt: skip
        shown = self.shown(usual | said)
        new = {"same_as": ""} if shown else {}
        answer = self.send("/office/intake", {"shown": shown} | new | usual | said)
        assert answer.status_code == 302, answer.text
        return str(answer.location).rpartition("/")[2]


@dataclass
class FrontDesk:
    """The town's site, with everybody who works there."""

    app: Flask
    database: Database
    staff: dict[Role, int]

    def sit(self, role: Role) -> Clerk:
        """Let somebody in a role sit down at a browser of their own."""
        client = self.app.test_client()
        seat(self.database, client, self.staff[role])
        return Clerk(client, role)

    def ask(self, query: str, **values: Any) -> Any:
        """Return one value out of the database."""
        with self.database.owner.connect() as connection:
            return connection.scalar(sa.text(query), values)


@contextmanager
def front_desk(database: Database) -> Iterator[FrontDesk]:
    """Open the desk on an empty database."""
    staff = open_for_work(database)
    with application(database) as app:
        yield FrontDesk(app, database, staff)
