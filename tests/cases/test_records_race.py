"""Two clerks work on one request for records at once: what one does, the other finds done."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from desk import CLERK, day
from small_ledger import open_cases

from cases.documents.store import Store
from cases.models import RecordsEnd
from cases.records import exporting, requests
from cases.records.deciding import decide
from cases.records.errors import RecordsError
from cases.records.pieces import Outcome, pieces_of
from geo.database import Database

WHO: dict[str, Any] = {"actor": CLERK, "moment": day(6, 9)}
type Deed = Callable[[sa.Connection], Any]


class Asked:
    """A request of whose one case all but the story is decided."""

    def __init__(self, engine: sa.Engine, store: Store) -> None:
        self.engine, self.store = engine, store
        with engine.begin() as connection:
            (self.case,) = open_cases(connection, count=1)
            number = connection.exec_driver_sql("SELECT number FROM lotline.case_file").scalar_one()
            wanted = requests.Wanted(asked="All of it", received_on=date(2026, 6, 9))
            self.id = requests.take_in(connection, wanted, form_key=uuid4(), **WHO)
            requests.choose(connection, request_id=self.id, number=number, actor=CLERK)

    def decide(self, connection: sa.Connection) -> None:
        for piece in pieces_of(connection, self.id, on=date(2026, 6, 9)):
            decide(
                connection, request_id=self.id, key=piece.key, outcome=Outcome.RELEASED,
                text_sha256=piece.text_sha256, **WHO,
            )  # fmt: skip

    def export(self, connection: sa.Connection) -> None:
        exporting.export(
            connection, self.store, request_id=self.id, write_index=lambda _: "", **WHO
        )

    def end(self, connection: sa.Connection, reason: str = "No such record") -> None:
        requests.end(connection, request_id=self.id, reason=reason, **WHO)

    def leave_out(self, connection: sa.Connection) -> None:
        requests.leave_out(connection, request_id=self.id, case_id=self.case, actor=CLERK)

    def second_waits_and_is_told(self, first: Deed, second: Deed, told: str) -> None:
        """Do a deed, and before it is kept another, which is to wait for it and be refused."""
        with (
            ThreadPoolExecutor(1) as pool, self.engine.connect() as one,
            self.engine.connect() as other,
        ):  # fmt: skip
            first(one)
            refused = pool.submit(second, other)
            with pytest.raises(TimeoutError):
                refused.result(timeout=0.3)
            one.commit()
            with pytest.raises(RecordsError, match=told):
                refused.result(timeout=20)


@pytest.fixture
def asked(fresh_database: Database, store: Store) -> Iterator[Asked]:
    """A request of a town of its own."""
    return Asked(fresh_database.app, store)


def test_a_request_that_is_ended_while_its_file_is_made_is_not_handed_out_too(
    asked: Asked,
) -> None:
    with asked.engine.begin() as connection:
        asked.decide(connection)
    asked.second_waits_and_is_told(asked.end, asked.export, "came to its end")


def test_a_request_that_is_handed_out_does_not_end_with_nothing(asked: Asked) -> None:
    with asked.engine.begin() as connection:
        asked.decide(connection)
    asked.second_waits_and_is_told(asked.export, asked.end, "was answered on")


def test_of_two_who_end_a_request_the_second_is_told_that_their_reason_is_not_kept(
    asked: Asked,
) -> None:
    asked.second_waits_and_is_told(
        asked.end, lambda other: asked.end(other, "Withdrawn"), "came to its end"
    )
    with asked.engine.connect() as connection:
        assert connection.scalars(sa.select(RecordsEnd.reason)).all() == ["No such record"]


def test_a_case_is_not_taken_off_while_it_is_decided_nor_decided_while_it_is_taken_off(
    asked: Asked,
) -> None:
    asked.second_waits_and_is_told(asked.leave_out, lambda other: _place(asked, other), "no piece")
    with asked.engine.begin() as connection:
        number = connection.exec_driver_sql("SELECT number FROM lotline.case_file").scalar_one()
        requests.choose(connection, request_id=asked.id, number=number, actor=CLERK)
    asked.second_waits_and_is_told(
        lambda one: _place(asked, one), asked.leave_out, "decided, and that stays"
    )


def _place(asked: Asked, connection: sa.Connection) -> None:
    key = f"{asked.case}-place-0"
    decide(connection, request_id=asked.id, key=key, outcome=Outcome.RELEASED, **WHO)
