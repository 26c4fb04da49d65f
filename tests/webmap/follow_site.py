"""Give a test the town's site as a follower meets it: its forms, its mail, a clock to move."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask import Flask
from flask.testing import FlaskClient
from mail_server import free_port
from mail_town import SENDER, MailTown
from werkzeug.test import TestResponse

from cases import exempting
from cases.actors import Actor, Moment
from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT
from cases.workflow.roles import Role
from geo.database import Database
from webmap.worker.clock import Telling
from webmap.worker.following import tell_followers

SITE = "https://code.alder.example"
ROSA = "rosa@example.org"
NOW = datetime.now(UTC)
NOON = datetime.combine(NOW.date() + timedelta(days=1), time(12), UTC)
"""Of the next day, in the town."""
HIDDEN = re.compile(r'<input id="\w+" name="(\w+)" type="hidden" value="([^"]*)">')
EVENT = """
    INSERT INTO lotline.case_event (case_id, seq, kind, actor, happened_on, recorded_at, prev_hash,
        hash)
    SELECT {case}, {seq}, '{kind}', 'CANARY ACTOR', current_date, now() + interval '1 minute',
        decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')"""


@dataclass
class Site:
    """The town's site, the mail it queues, and a clock that is moved."""

    town: MailTown
    app: Flask

    @property
    def messages(self) -> Path:
        """The folder of the town's own wordings."""
        return Path(self.app.config["MESSAGES"])

    @property
    def database(self) -> Database:
        return self.town.database

    def reader(self) -> FlaskClient:
        return self.app.test_client()

    def ask(
        self, reader: FlaskClient | None = None, *, asked: str = "", **said: str
    ) -> TestResponse:
        """Open the form and send it."""
        reader = reader or self.reader()
        form = dict(HIDDEN.findall(reader.get(f"/follow{asked}").text))
        return reader.post("/follow", data={"email": ROSA, **form, **said})

    def follow(self, **said: str) -> None:
        """Ask to follow, and say yes by the link."""
        assert "Look into your e-mail" in self.ask(**said).text
        reader, way = self.reader(), self.link("confirm")
        form = dict(HIDDEN.findall(reader.get(way).text))
        assert "You follow this now" in reader.post(way, data=form).text

    def link(self, what: str) -> str:
        """Return the latest link of a kind that was mailed, as a way on the site."""
        bodies = self.all("SELECT body FROM lotline.mail ORDER BY id DESC")
        found = re.findall(rf"{SITE}(/follow/{what}/\S+)", "\n".join(row.body for row in bodies))
        return str(found[0])

    def all(self, statement: str) -> list[Any]:
        with self.database.owner.connect() as connection:
            return list(connection.execute(sa.text(statement)))

    def happens(self, case: int, kind: str = "violation_verified", seq: int = 1) -> None:
        """Have something happen in a case, a little later than now."""
        self.town.run(EVENT.format(case=case, kind=kind, seq=seq))

    def tell(self, *, at: datetime = NOON) -> int:
        """Have the day's digests made."""
        told = Telling(
            url=SITE, mails=True, roots=Path("unused"), root_to=None, messages=self.messages
        )
        return tell_followers(self.database, told, now=at)

    def arrive(self) -> None:
        """Have what waits be taken by a server, now."""
        self.town.run(
            "UPDATE lotline.mail SET status = 'sent', sent_at = now(), attempts = attempts + 1, "
            "attempted_at = now() WHERE status = 'queued'"
        )

    def digest(self) -> Any:
        """Return the latest digest."""
        return self.all("SELECT * FROM lotline.mail ORDER BY id DESC LIMIT 1")[0]

    def exempt(self, lot: str) -> None:
        who: dict[str, Any] = {
            "actor": Actor("J. Okafor", Role.CLERK), "moment": Moment(on=NOW.date(), now=NOW)
        }  # fmt: skip
        with self.database.owner.begin() as connection:
            adopt(connection, DEFAULT, on=NOW.date())
        with self.database.app.begin() as connection:
            provision = exempting.provisions(connection, on=NOW.date())[0][0]
            wanted = exempting.Wanted(place=lot, provision=provision, requested_on=NOW.date())
            exempting.exempt(connection, wanted, form_key=uuid4(), **who)


@pytest.fixture
def site(fresh_database: Database, tmp_path: Path) -> Iterator[Site]:
    settle(fresh_database)
    town = MailTown(fresh_database, tmp_path, free_port())
    said = {
        "LOTLINE_URL": SITE, "LOTLINE_SMTP_URL": f"smtp://127.0.0.1:{town.port}",
        "LOTLINE_MAIL_FROM": SENDER,
    }  # fmt: skip
    with application(fresh_database, **said) as app:
        app.config["MESSAGES"] = tmp_path / "messages"
        yield Site(town, app)
    town.close()
