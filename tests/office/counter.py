"""Work at the town's counter through the web pages, as anybody of the staff on any day."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cases.accounts import people, sessions
from cases.models import Case
from cases.workflow.roles import Role

ZONE = ZoneInfo("America/New_York")
OFFICER, CLERK, MANAGER, JUDGE = (
    Role.OFFICER, Role.CLERK, Role.MANAGER, Role.HEARING_OFFICER
)  # fmt: skip
NAMES = {OFFICER: "M. Rivera", CLERK: "J. Okafor", MANAGER: "A. Stone", JUDGE: "Magistrate Bell"}
_OFFER = re.compile(r"/do/([a-z_.]+)/(\d+)(?:\?on=[a-z]+)?\"")


class Clock:
    """A town's clock that stands at noon of a day."""

    def __init__(self, on: date) -> None:
        self.on = on

    def today(self) -> date:
        return self.on

    def now(self) -> datetime:
        return datetime.combine(self.on, time(12), ZONE)


class Lent:
    """A connection that answers until it is given back, as one of a pool does."""

    def __init__(self, connection: sa.Connection) -> None:
        self._lent: sa.Connection | None = connection

    def __getattr__(self, name: str) -> Any:
        if self._lent is None:
            msg = "This connection was given back."
            raise sa.exc.ResourceClosedError(msg)
        return getattr(self._lent, name)

    def give_back(self) -> None:
        """Answer no more."""
        self._lent = None


class OneConnection:
    """An engine whose every connection is one and the same, in a transaction that is undone."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    @contextmanager
    def connect(self) -> Iterator[Any]:
        trial = self.connection.begin_nested()
        lent = Lent(self.connection)
        try:
            yield lent
        finally:
            lent.give_back()
            trial.rollback()

    @contextmanager
    def begin(self) -> Iterator[Any]:
        lent = Lent(self.connection)
        with self.connection.begin_nested():
            yield lent
        lent.give_back()


class Counter:
    """The counter: four people, a clock, and the case they work on."""

    def __init__(self, app: Flask, *, on: date) -> None:
        self.app, self.clock = app, Clock(on)
        app.extensions["lotline_clock"] = self.clock
        with self.engine.begin() as connection:
            self.staff = {
                role: people.add(
                    connection, login=role.replace("_", "-"), name=name, role=role, by="test",
                    now=self.clock.now(),
                )
                for role, name in NAMES.items()
            }  # fmt: skip
        self.number = ""

    @property
    def engine(self) -> Any:
        return self.app.extensions["lotline"].app

    def at(self, month: int, day: int, year: int = 2026) -> "Counter":
        """Go on to a day."""
        self.clock.on = date(year, month, day)
        return self

    def client(self, role: Role) -> FlaskClient:
        """Return a browser in which somebody is signed in now."""
        client = self.app.test_client()
        with self.engine.begin() as connection:
            token = sessions.start(
                connection, self.staff[role], device="test", now=self.clock.now()
            )  # fmt: skip
        with client.session_transaction() as session:
            session["token"] = token
        return client

    def page(self, role: Role) -> str:
        """Return the case's page as somebody sees it."""
        answer = self.client(role).get(f"/office/case/{self.number}")
        assert answer.status_code == 200
        return answer.text

    def offers(self, role: Role) -> list[tuple[str, int]]:
        """Return what somebody is offered, in the order of the page."""
        return [(action, int(row)) for action, row in _OFFER.findall(self.page(role))]

    def leads(self, role: Role) -> list[str]:
        """Return the actions that lead somebody's page."""
        head = self.page(role).partition('class="leads"')[2].partition("</ul>")[0]
        return [action for action, _row in _OFFER.findall(head)]

    def way(self, action: str, row: int | None, role: Role) -> str:
        """Return the address of an offer; of the only part it is on, where none is named."""
        if row is None:
            rows = {each for found, each in self.offers(role) if found == action}
            assert len(rows) == 1, f"{role} is offered {action} on {rows or 'nothing'}"
            (row,) = rows
        way = f"/office/case/{self.number}/do/{action}/{row}"
        begun = f"{way}?on=case"  # not as it was booked
        return begun if begun in self._visits(action, role) else way

    def _visits(self, action: str, role: Role) -> str:
        return self.page(role) if action.startswith("inspection.") else ""

    def send(
        self, role: Role, action: str, row: int | None = None, /, press: str = "", **values: Any
    ) -> TestResponse:
        """Open a deed's page, type into it and press its button, or another one."""
        return self._sent(self.client(role), role, action, row, press, values)

    def do(self, role: Role, action: str, row: int | None = None, /, **values: Any) -> str:
        """Do a deed, having looked at what it does to money; gives the page it leads to."""
        client = self.client(role)
        answer = self._sent(client, role, action, row, "", values)
        if answer.status_code == 200 and 'name="seen' in answer.text:
            answer = client.post(answer.request.path, data=filled(answer.text))
        assert answer.status_code == 302, (action, wrongs(answer.text))
        return str(answer.headers["Location"])

    def _sent(
        self, client: FlaskClient, role: Role, action: str, row: int | None, press: str,
        values: dict[str, Any],
    ) -> TestResponse:  # fmt: skip
        way = self.way(action, row, role)
        shown = client.get(way)
        assert shown.status_code == 200, (action, shown.status_code)
        typed: dict[str, Any] = filled(shown.text)
        unknown = {name for name in values if name not in named(shown.text)}
        assert not unknown, f"{action} asks for no {unknown}"
        typed |= {name.replace("__", "-"): value for name, value in values.items()}
        if press:
            typed[press] = "1"
        return client.post(way, data=typed)

    def refusal(self, role: Role, action: str, row: int | None = None, /, **values: Any) -> str:
        """Have a deed refused; gives what its page says is wrong."""
        answer = self.send(role, action, row, **values)
        assert answer.status_code == 200, action
        return wrongs(answer.text)


def number_of(connection: sa.Connection, case_id: int) -> str:
    return str(connection.scalars(sa.select(Case.number).where(Case.id == case_id)).one())


def name_street(connection: sa.Connection) -> None:
    """List the small town's street, as loading its addresses does."""
    streets = sa.table("street_name", sa.column("street_key"), sa.column("name"), schema="lotline")
    connection.execute(sa.insert(streets).values(street_key="alder st", name="Alder St"))


def wrongs(page: str) -> str:
    """Return what a form's page says is wrong."""
    said = page.partition('role="alert"')[2].partition("<form")[0].partition("</ul>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", said).split())


class _Form(HTMLParser):
    """Read a deed's form as a browser does."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.fields, self.select, self.area = False, {}, "", ""
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self.inside = "deed-form" in (said.get("class") or "")
        name = said.get("name")
        if not self.inside:
            return
        if name:
            self.names.add(name)
        if tag == "input" and name and (
            said.get("type") not in {"radio", "checkbox"} or "checked" in said
        ):  # fmt: skip
            self._add(name, said.get("value") or "")
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and self.select and (
            "selected" in said or self.select not in self.fields
        ):  # fmt: skip
            self.fields[self.select] = said.get("value") or ""
        elif tag == "textarea" and name:
            self.area = name
            self.fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area] += data.removeprefix("\r\n")

    def _add(self, name: str, value: str) -> None:
        before = self.fields.get(name)
        if before is None:
            self.fields[name] = value
        else:
            self.fields[name] = [*(before if isinstance(before, list) else [before]), value]


def filled(page: str) -> dict[str, Any]:
    """Return what a deed's form holds as it is shown."""
    form = _Form()
    form.feed(page)
    return form.fields


def named(page: str) -> set[str]:
    """Return the names of a form's fields, as Python may write them."""
    form = _Form()
    form.feed(page)
    return {name.replace("-", "__") for name in form.names}
