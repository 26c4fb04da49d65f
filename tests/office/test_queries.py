"""A case's page asks as many queries however much hangs on the case."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, MANAGER, OFFICER, ZONE, Counter
from played import one
from small_ledger import settle_constraints

from cases import hearings, models
from cases.actors import Actor, Moment
from cases.desk.book import PARTS
from cases.hearings import About
from geo.database import Database

type On = Callable[[int], Counter]
TIMES = 29
BESIDE = (
    models.ServiceAttempt, models.Exhibit, models.CollectionBlock, models.AbatementCost,
    models.LedgerPosting,
)  # fmt: skip
_UNIQUE = """
    SELECT i.relname, c.conname, t.relname FROM pg_index x
    JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    LEFT JOIN pg_constraint c ON c.conindid = x.indexrelid AND c.contype = 'u'
    WHERE x.indisunique AND NOT x.indisprimary AND t.relname = ANY(%(tables)s)
"""


@pytest.fixture
def town(laid_out: Database) -> Iterator[sa.Connection]:
    """The owner's connection, which may lift the rules of the tables for a while."""
    with laid_out.owner.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@contextmanager
def _asked(town: sa.Connection) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*event: Any) -> None:
        statements.append(event[2])

    sa.event.listen(town, "before_cursor_execute", note)
    yield statements
    sa.event.remove(town, "before_cursor_execute", note)


def _lift_rules(town: sa.Connection, parts: list[Any]) -> None:
    """Let the tables hold what no life of a case would come to; a page may not care."""
    settle_constraints(town)
    tables = [part.__tablename__ for part in parts]
    for index, constraint, table in town.exec_driver_sql(_UNIQUE, {"tables": tables}).all():
        town.exec_driver_sql(
            f"ALTER TABLE lotline.{table} DROP CONSTRAINT {constraint} CASCADE"
            if constraint
            else f"DROP INDEX lotline.{index} CASCADE"
        )
    for table in tables:
        town.exec_driver_sql(f"ALTER TABLE lotline.{table} DISABLE TRIGGER USER")


def _again(town: sa.Connection, part: Any) -> None:
    """Add more rows like the first of a part."""
    table = part.__table__
    row = town.execute(sa.select(table).order_by(table.c.id)).first()
    if row is not None:
        kept = {name: value for name, value in row._mapping.items() if name != "id"}
        town.execute(sa.insert(table), [kept] * TIMES)


def _appeal(town: sa.Connection, case: int) -> None:
    """Put an appeal on record, which in life would have barred the lien."""
    town.execute(
        sa.insert(models.Appeal).values(
            case_id=case, order_id=one(town, models.EnforcementOrder).id, status="filed",
            court_case_no="2026-AP-7", received_on=date(2026, 9, 9), filed_on=date(2026, 9, 9),
            due_on=date(2026, 9, 10),
        )
    )  # fmt: skip


@pytest.mark.usefixtures("worked", "lien", "referred")
def test_the_page_asks_as_much_for_one_of_each_part_as_for_thirty(
    on_case: On, case: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(2, 1, 2027)
    desk.do(CLERK, "case.block", reference="27-bk-1", reason="Petition filed")
    violation = one(town, models.Violation).id
    desk.do(CLERK, "inspection.book", at="2027-02-03T09:00")
    _appeal(town, case)
    counts = {}
    for much in (False, True):
        if much:
            parts = [*PARTS.values(), *BESIDE]
            _lift_rules(town, parts)
            for part in parts:
                _again(town, part)
        for role in (OFFICER, CLERK, MANAGER, JUDGE):
            client = desk.client(role)
            with _asked(town) as statements:
                page = client.get(f"/office/case/{desk.number}")
            assert page.status_code == 200
            counts[role, much] = len(statements)
    assert "violation.find_standing/" in desk.page(OFFICER)
    assert len({row for _action, row in desk.offers(OFFICER) if row > violation}) >= TIMES
    for role in (OFFICER, CLERK, MANAGER, JUDGE):
        assert counts[role, False] == counts[role, True] <= 52


@pytest.mark.usefixtures("worked")
def test_the_docket_asks_as_much_for_one_hearing_as_for_thirty(
    on_case: On, case: int, decided: int, town: sa.Connection
) -> None:
    desk = on_case(case).at(10, 1)
    sitting = one(town, models.HearingSession).id
    pages = ("docket", f"docket/{sitting}", f"hearing/{decided}")
    hearings.request(
        town, case_id=case, about=About.VIOLATION, actor=Actor("A. Stone", MANAGER),
        moment=Moment(on=date(2026, 10, 1), now=datetime(2026, 10, 1, 12, tzinfo=ZONE)),
    )  # fmt: skip
    counts = {}
    for much in (False, True):
        if much:
            parts = [models.Hearing, models.Exhibit, models.Notice, models.ServiceAttempt]
            _lift_rules(town, parts)
            waits = town.execute(
                sa.select(models.Hearing.__table__).where(models.Hearing.status == "requested")
            ).one()
            kept = {name: value for name, value in waits._mapping.items() if name != "id"}
            town.execute(sa.insert(models.Hearing), [kept] * TIMES)
            for part in parts:
                _again(town, part)
        for path in pages:
            client = desk.client(CLERK)
            with _asked(town) as statements:
                page = client.get(f"/office/{path}")
            assert page.status_code == 200
            counts[path, much] = len(statements)
    assert page.text.count("<details") >= 2
    assert client.get("/office/docket").text.count("docket-waits") >= TIMES
    for path, most in zip(pages, (20, 10, 45), strict=True):
        assert counts[path, False] == counts[path, True] <= most, counts
