"""Settle the small town of alder.sql with cases of its own under a law, for tests of the field."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alder_town import settle
from flask.testing import FlaskClient
from seats import sit_down

from cases import violations
from cases.accounts import people
from cases.actors import Actor, Moment
from cases.adopted import adopt
from cases.lawpack.reading import DEFAULT
from cases.opening import RespondentKind, name_respondent, open_case
from cases.tying import Whereabouts
from cases.workflow.roles import Role
from geo.database import Database

RIVERA, OKAFOR = "M. Rivera", "J. Okafor"
CLERK = Actor("C. Lerk", Role.CLERK)
MANAGER = Actor("M. Anager", Role.MANAGER)
OFFICER = Actor(RIVERA, Role.OFFICER)
SECTION = "30-36(a)"
LOTS = [n for n in range(1, 49) if (n - 1) % 12 < 6]
"""The lots of zone 1, Rivera's; each stands once more where more cases than lots are opened."""

LAW = sa.text("SELECT max(id) FROM lotline.law_pack")
EMPTY = """
    DELETE FROM lotline.lien; DELETE FROM lotline.violation; DELETE FROM lotline.case_file;
    DELETE FROM lotline.ordinance;
"""


def now() -> Moment:
    """Return this moment; the town keeps UTC."""
    moment = datetime.now(UTC)
    return Moment(on=moment.date(), now=moment)


def in_daytime(days: int) -> datetime:
    """Return ten o'clock, UTC, so many days from now, whatever hour the tests run at."""
    return datetime.now(UTC).replace(hour=10) + timedelta(days=days)


def in_light() -> Moment:
    """Return three in the afternoon, UTC: whatever hour the tests run at, it is day in the town."""
    at = datetime.now(ZoneInfo("UTC")).replace(hour=15, minute=0, second=0, microsecond=0)
    return Moment(on=at.date(), now=at)


def settle_field(database: Database, *, cases: int = 3) -> list[int]:
    """Open cases in Rivera's zone, a violation alleged in each, in a town laid out if need be."""
    with database.app.connect() as connection:
        law = connection.execute(LAW).scalar()
    law = law or lay_out_field(database)
    with database.app.begin() as connection:
        return [open_alleged(connection, law, lot=LOTS[at % len(LOTS)]) for at in range(cases)]


def lay_out_field(database: Database) -> int:
    """Fill an empty database with the town, its people and its law, which is given."""
    settle(database)
    with database.owner.begin() as connection:
        connection.exec_driver_sql(EMPTY)
    with database.app.begin() as connection:
        law = adopt(connection, DEFAULT, on=now().on)
        for login, name, role in (
            ("rivera", RIVERA, Role.OFFICER),
            ("okafor", OKAFOR, Role.OFFICER),
            ("lerk", CLERK.name, Role.CLERK),
        ):
            add_person(connection, login, name=name, role=role)
    return law


def add_person(connection: sa.Connection, login: str, *, name: str, role: Role) -> int:
    """Add somebody who works here."""
    return people.add(connection, login=login, name=name, role=role, by="test", now=now().now)


def open_alleged(connection: sa.Connection, law: int, *, lot: int) -> int:
    """Open a case at a lot with high grass alleged and its owner named."""
    place = Whereabouts(parcel_no=f"12-{lot}", address=None, point=None, opened_on=now().on)
    case_id = open_case(
        connection, category="High grass", place=place, law_pack_id=law, actor=CLERK, moment=now()
    )
    violations.allege(connection, case_id=case_id, section=SECTION, actor=CLERK, moment=now())
    name_respondent(
        connection, case_id=case_id, kind=RespondentKind.OWNER, name="P. Lane",
        address="9 Birch Ave", actor=CLERK, moment=now(),
    )  # fmt: skip
    return case_id


def sign_in(
    client: FlaskClient, database: Database, login: str, *, now: datetime | None = None
) -> FlaskClient:
    """Sign somebody in without the second a password costs; `now` where the clock was stopped."""
    with database.app.connect() as connection:
        staff_id = staff_of(connection, login)
    sit_down(database, client, staff_id, now=now)
    return client


def staff_of(connection: sa.Connection, login: str) -> int:
    """Return the identity of somebody's account."""
    found = connection.execute(
        sa.text("SELECT id FROM lotline.staff WHERE login = :login"), {"login": login}
    )
    return int(found.scalar_one())


def counted(database: Database, *tables: str) -> Sequence[int]:
    """Return how many rows some tables hold."""
    with database.owner.connect() as connection:
        return [
            connection.exec_driver_sql(f"SELECT count(*) FROM lotline.{table}").scalar_one()  # noqa: S608
            for table in tables
        ]


def one(database: Database, table: Any, *where: sa.ColumnElement[bool]) -> Any:
    """Return the one row of a table, or the one that some conditions hold for."""
    with database.owner.connect() as connection:
        return connection.execute(sa.select(table.__table__).where(*where)).one()


def age_events(connection: sa.Connection, case: int, *, days: int) -> None:
    """Let a case's events be of days before; its chain of hashes is of no interest here."""
    connection.exec_driver_sql(
        "ALTER TABLE lotline.case_event DISABLE TRIGGER case_event_append_only"
    )
    connection.execute(
        sa.text(
            "UPDATE lotline.case_event SET happened_on = happened_on - :days WHERE case_id = :id"
        ),
        {"days": days, "id": case},
    )
    connection.exec_driver_sql(
        "ALTER TABLE lotline.case_event ENABLE TRIGGER case_event_append_only"
    )
