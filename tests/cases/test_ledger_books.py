"""What the books say: a statement of a case, the general ledger and the deposits of a day."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from small_ledger import Desk

from cases.ledger import queries
from cases.ledger.accounts import Component

JUNE_14, JUNE_15, JUNE_16 = date(2026, 6, 14), date(2026, 6, 15), date(2026, 6, 16)
LATE = datetime(2026, 6, 16, 3, 59, 59, tzinfo=UTC)  # a second before midnight in New York
MIDNIGHT = datetime(2026, 6, 16, 4, tzinfo=UTC)


@pytest.fixture
def months(desks: list[Desk]) -> list[Desk]:
    """Two cases over three days: what one did late on the second, and one at midnight."""
    one, two = desks
    one.charge("penalty", 100_00, on=JUNE_14)
    two.charge("cost", 50_00, on=JUNE_14)
    cheque = one.pay(120_00, reference="No. 1041", on=JUNE_15)
    two.pay(20_00, method="cash", on=JUNE_15)
    two.pay(15_00, method="cash", on=JUNE_15, now=LATE)
    two.waive("cost", 10_00, on=JUNE_16, now=MIDNIGHT)
    fee = {"fee_cents": 25_00, "fee_authority": "s. 832.08(5)"}
    one.return_payment(cheque.id, on=JUNE_16, now=MIDNIGHT, **fee)
    return desks


def test_a_statement_tells_every_posting_in_order_with_what_stood_after_it(
    months: list[Desk],
) -> None:
    told = [
        (
            row.kind,
            row.effective_on.day,
            [getattr(row, part) for part in Component],
            row.balance,
            row.credit,
        )
        for row in months[0].statement()
    ]
    assert told == [
        ("charged", 14, [100_00, 0, 0, 0], 100_00, 0),
        ("paid", 15, [-100_00, 0, 0, 0], 0, 20_00),
        ("payment_returned", 16, [100_00, 0, 0, 0], 100_00, 0),
        ("charged", 16, [0, 0, 0, 25_00], 125_00, 0),
    ]
    payment, returned = months[0].statement()[1:3]
    assert (payment.cents, payment.method, payment.reference) == (120_00, "cheque", "No. 1041")
    assert (returned.reverses, returned.memo) == (payment.id, "Insufficient funds")


def test_a_statement_of_an_earlier_day_ends_there(months: list[Desk]) -> None:
    assert [row.kind for row in months[0].statement(JUNE_15)] == ["charged", "paid"]


def _books(connection: sa.Connection, first: date, last: date) -> list[tuple[Any, ...]]:
    rows = connection.execute(queries.general_ledger(first=first, last=last))
    return [tuple(row) for row in rows]


def test_the_general_ledger_of_a_day_has_its_debits_and_credits_by_account(
    app: sa.Connection, months: list[Desk]
) -> None:
    assert months
    assert _books(app, JUNE_15, JUNE_15) == [
        ("cash", None, 155_00, 0),
        ("receivable", "cost", 0, 35_00),
        ("receivable", "penalty", 0, 100_00),
        ("unapplied_credit", None, 0, 20_00),
    ]
    assert _books(app, JUNE_16, JUNE_16) == [
        ("cash", None, 0, 120_00),
        ("receivable", "cost", 0, 10_00),
        ("receivable", "fee", 25_00, 0),
        ("receivable", "penalty", 100_00, 0),
        ("revenue", "fee", 0, 25_00),
        ("unapplied_credit", None, 20_00, 0),
        ("waivers", "cost", 10_00, 0),
    ]


def test_the_books_of_any_span_balance_and_add_up_from_their_days(
    app: sa.Connection, months: list[Desk]
) -> None:
    assert months
    days = [_books(app, day, day) for day in (JUNE_14, JUNE_15, JUNE_16)]
    whole = _books(app, JUNE_14, JUNE_16)
    for books in (*days, whole):
        assert sum(row[2] for row in books) == sum(row[3] for row in books) > 0
    assert sum(row[2] for books in days for row in books) == sum(row[2] for row in whole)
    assert _books(app, date(2026, 6, 17), date(2027, 1, 1)) == []


def test_a_posting_dated_back_is_in_the_books_of_the_day_it_was_posted(
    app: sa.Connection, months: list[Desk]
) -> None:
    before = _books(app, JUNE_14, JUNE_15)
    Desk(app, months[1].case_id).charge(
        "cost", 5_00, on=JUNE_16, now=datetime(2026, 6, 18, 12, tzinfo=UTC)
    )
    assert _books(app, JUNE_14, JUNE_15) == before
    assert _books(app, date(2026, 6, 18), date(2026, 6, 18)) == [
        ("receivable", "cost", 5_00, 0),
        ("revenue", "cost", 0, 5_00),
    ]


def test_deposits_say_what_came_in_by_each_way_and_what_was_sent_back(
    app: sa.Connection, months: list[Desk]
) -> None:
    assert months
    rows = [tuple(row) for row in app.execute(queries.deposits(first=JUNE_14, last=JUNE_16))]
    assert rows == [
        (JUNE_15, "cash", 2, 35_00, 0, 0, 0, 0),
        (JUNE_15, "cheque", 1, 120_00, 0, 0, 0, 0),
        (JUNE_16, "cheque", 0, 0, 1, 120_00, 0, 0),
    ]
    cash = [row for row in _books(app, JUNE_14, JUNE_16) if row[0] == "cash"]
    assert cash == [("cash", None, sum(row[3] for row in rows), sum(row[5] for row in rows))]
