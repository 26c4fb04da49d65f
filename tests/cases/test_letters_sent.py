"""What several clerks send at once waits in one order, and is sent once."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sqlalchemy as sa
from desk import CLERK, OFFICER, day
from played import AT, in_a_town_of_its_own

from cases.documents.store import Store
from cases.history import CASES, lock
from cases.letters.issuing import Addressed, issue, send_all
from cases.letters.kinds import LetterKind
from cases.letters.templates import Paper
from cases.models import CaseEvent, CaseLetterSending
from cases.opening import open_case
from geo.database import Database

WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def test_letters_of_many_cases_are_sent_in_one_order_whatever_theirs_is(
    fresh_database: Database, tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    with in_a_town_of_its_own(fresh_database) as (connection, law):
        cases = [
            open_case(
                connection, category="High grass", place=AT, law_pack_id=law, actor=OFFICER,
                moment=day(6, 1),
            )
            for _ in range(2)
        ]  # fmt: skip
        letters = [_letter(connection, store, case) for case in reversed(cases)]
    with ThreadPoolExecutor(1) as pool, fresh_database.app.begin() as first:
        lock(first, CASES, cases[:1])
        other = pool.submit(_send, fresh_database, letters)
        while not other.done() and not first.exec_driver_sql(WAITS).scalar():
            time.sleep(0.01)
        assert not other.done(), other.result()
        # The other waits for the first case, and so does not have the second.
        said = {"sent_on": day(6, 2).on, "actor": CLERK, "moment": day(6, 2)}
        assert send_all(first, letters, **said) == 2
    assert other.result() == 0
    with fresh_database.app.connect() as connection:
        kinds = list(connection.scalars(sa.select(CaseEvent.kind)))
        sent = list(connection.execute(sa.select(CaseLetterSending)))
        assert kinds.count("letter_sent") == len(sent) == 2


def _letter(connection: sa.Connection, store: Store, case: int) -> int:
    addressed = Addressed(
        case_id=case, kind=LetterKind.PAYOFF, part_id=case, language="en", recipient="P. Lane",
        address="9 Birch Ave",
    )  # fmt: skip
    kept = {"name": "letter.pdf", "actor": CLERK, "moment": day(6, 1)}
    return issue(connection, store, Paper(b"%PDF", 1), addressed=addressed, **kept)


def _send(database: Database, letters: list[int]) -> int:
    with database.app.begin() as connection:
        moment = day(6, 2)
        return send_all(connection, letters, sent_on=moment.on, actor=CLERK, moment=moment)
