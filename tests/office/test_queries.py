"""A case's page asks as many queries however much hangs on the case."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from counter import CLERK, JUDGE, MANAGER, OFFICER, Counter
from played import one
from played_liens import block

from cases import models
from cases.desk.book import PARTS

type On = Callable[[int], Counter]
TIMES = 29
BESIDE = (
    models.ServiceAttempt, models.Exhibit, models.CollectionBlock, models.AbatementCost,
    models.LedgerPosting,
)  # fmt: skip
UNIQUE = ("number", "instrument_no", "key", "court_case_no", "docket_place", "acknowledgment_no")


@contextmanager
def _asked(town: sa.Connection) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*event: Any) -> None:
        statements.append(event[2])

    sa.event.listen(town, "before_cursor_execute", note)
    yield statements
    sa.event.remove(town, "before_cursor_execute", note)


def _again(owner: sa.Connection, part: Any) -> None:
    """Add more rows like the first of a part; what must differ differs."""
    row = owner.execute(sa.select(part.__table__).order_by(part.__table__.c.id)).first()
    if row is None:
        return
    kept = {
        name: value for name, value in row._mapping.items()
        if name != "id" and part.__table__.c[name].computed is None
    }  # fmt: skip
    for time in range(TIMES):
        changed = {
            name: f"{value}-{time}" if isinstance(value, str) else 100 + time
            for name, value in kept.items()
            if name in UNIQUE and value is not None
        }
        owner.execute(sa.insert(part.__table__).values(kept | changed))


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
    block(town, case)
    _appeal(town, case)
    desk = on_case(case).at(2, 1, 2027)
    for role in (OFFICER, CLERK, MANAGER, JUDGE):
        desk.page(role)
    counts = {}
    for much in (False, True):
        if much:
            # Rules of the database would let no life of a case come to this; a page may not care.
            for part in (*PARTS.values(), *BESIDE):
                with town.begin_nested():
                    _again(town, part)
        for role in (OFFICER, CLERK, MANAGER, JUDGE):
            client = desk.client(role)
            with _asked(town) as statements:
                assert client.get(f"/office/case/{desk.number}").status_code == 200
            counts[role, much] = len(statements)
    for role in (OFFICER, CLERK, MANAGER, JUDGE):
        assert counts[role, False] == counts[role, True] <= 45
