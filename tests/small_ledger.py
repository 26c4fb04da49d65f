"""Keep the books of two small cases: deeds in a line each, every one checked as at its commit."""

import itertools
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa
from small_town import lay_out

from cases.ledger import charging, paying, queries, returning
from cases.ledger.limits import Authority
from cases.ledger.reading import Posting
from cases.models import CaseEvent, LedgerEntry, LedgerPosting

ORDER = ("penalty", "cost", "interest", "fee")
MANAGER = Authority("Code Enforcement Manager", 100_00)
TODAY = date(2026, 6, 15)

_CASES = """
    INSERT INTO lotline.case_file
        (number, category, phase, published, tie_method, tie_confidence)
    SELECT 'C-' || n, 'High grass', 'reported', false, 'none', 0 FROM generate_series(1, {}) n
    RETURNING id
"""


def open_cases(connection: sa.Connection, *, count: int) -> list[int]:
    """Make the town and some cases in it; return their ids."""
    lay_out(connection)
    return list(connection.exec_driver_sql(_CASES.format(count)).scalars())


def noon(day: date) -> datetime:
    """Noon in town, or near it."""
    return datetime.combine(day, time(16), UTC)


class Desk:
    """The cashier's desk for one case; each deed gets a key of its own unless it is given one."""

    _numbers = itertools.count(1)

    def __init__(self, connection: sa.Connection, case_id: int) -> None:
        self.connection, self.case_id = connection, case_id

    def charge(self, component: str, cents: int, **more: Any) -> Posting:
        said = {"component": component, "cents": cents, "authority": "Order 2026-14"}
        return self._do(charging.charge, **{**said, **more})

    def pay(self, cents: int, **more: Any) -> Posting:
        return self._do(paying.pay, **{"cents": cents, "method": "cheque", "order": ORDER, **more})

    def waive(self, component: str, cents: int, **more: Any) -> Posting:
        said = {"authority": MANAGER, "reason": "Hardship"}
        return self._do(charging.waive, **{"component": component, "cents": cents, **said, **more})

    def refund(self, cents: int, **more: Any) -> Posting:
        said = {"payee": "A. Owner", "reason": "Paid twice"}
        return self._do(paying.refund, **{"cents": cents, **said, **more})

    def apply_credit(self, cents: int, **more: Any) -> Posting:
        return self._do(paying.apply_credit, **{"cents": cents, "order": ORDER, **more})

    def return_payment(self, payment: int, **more: Any) -> Posting:
        said = {"payment_id": payment, "reason": "Insufficient funds"}
        return self._do(returning.return_payment, **{**said, **more})

    def void_payment(self, payment: int, **more: Any) -> Posting:
        said = {"payment_id": payment, "reason": "Typed twice"}
        return self._do(returning.void_payment, **{**said, **more})

    def owed(self, on: date | None = None) -> dict[str, int]:
        """What is owed by component, leaving out what owes nothing."""
        rows = self.connection.execute(queries.balance(self.case_id, on=on))
        return {row.component: row.cents for row in rows if row.cents}

    def credit(self, on: date | None = None) -> int:
        return self.connection.scalars(queries.credit(self.case_id, on=on)).one()

    def statement(self, on: date | None = None) -> list[sa.Row[Any]]:
        return list(self.connection.execute(queries.statement(self.case_id, on=on)))

    def events(self) -> list[tuple[str, dict[str, Any]]]:
        query = sa.select(CaseEvent.kind, CaseEvent.details).order_by(CaseEvent.seq)
        rows = self.connection.execute(query.where(CaseEvent.case_id == self.case_id))
        return [(row.kind, row.details) for row in rows]

    def _do(self, deed: Any, *, on: date = TODAY, **said: Any) -> Posting:
        common = {"actor": "J. Ortega", "key": f"test-{next(self._numbers)}", "now": noon(on)}
        posting: Posting = deed(self.connection, case_id=self.case_id, on=on, **{**common, **said})
        settle_constraints(self.connection)
        return posting


def settle_constraints(connection: sa.Connection) -> None:
    """Have the database check what it would check at the commit."""
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")


def rows_in(connection: sa.Connection) -> tuple[int, ...]:
    """Count the postings, the entries and the events there are."""
    return tuple(
        connection.scalars(sa.select(sa.func.count()).select_from(table)).one()
        for table in (LedgerPosting, LedgerEntry, CaseEvent)
    )
