"""The books of another system open here: each entry once, what changed by a posting of its own."""

from datetime import date

import pytest
import sqlalchemy as sa
from small_ledger import ORDER, TODAY, Desk, noon, settle_constraints

from cases.ledger.accounts import Component, Kind
from cases.ledger.deposited import waiting
from cases.ledger.opening import OldEntry, Opening, open_books
from cases.ledger.queries import general_ledger

PENALTY, FEE = Component.PENALTY, Component.FEE


def charge(desk: Desk, number: str, cents: int, *, on: int = 1, of: Component = PENALTY) -> Opening:
    entry = OldEntry("charges", number, Kind.CHARGE_MOVED_IN, of, None)
    return _opening(desk, entry, cents, on=on)


def pay(desk: Desk, number: str, cents: int, *, on: int = 2) -> Opening:
    entry = OldEntry("payments", number, Kind.PAYMENT_MOVED_IN, None, None)
    return _opening(desk, entry, cents, on=on)


def _opening(desk: Desk, entry: OldEntry, cents: int, *, on: int) -> Opening:
    return Opening(
        case_id=desk.case_id, entry=entry, cents=cents, on=date(2026, 3, on),
        reference="Order 9", memo=None,
    )  # fmt: skip


def opened(desk: Desk, *entries: Opening) -> int:
    """Bring the books to the entries, and have the database check them as at a commit."""
    posted = open_books(
        desk.connection, entries, case_ids=[desk.case_id], order=tuple(map(Component, ORDER)),
        actor="it", today=TODAY, now=noon(TODAY),
    )  # fmt: skip
    settle_constraints(desk.connection)
    return posted


def test_the_books_open_with_what_is_owed_and_with_nothing_in_the_drawer(desk: Desk) -> None:
    assert opened(desk, charge(desk, "1", 100_00), pay(desk, "1", 30_01)) == 2
    assert (desk.owed(), desk.credit()) == ({"penalty": 69_99}, 0)
    assert desk.owed(on=date(2026, 3, 1)) == {"penalty": 100_00}
    assert desk.connection.execute(waiting(first=TODAY, last=TODAY)).all() == []
    books = desk.connection.execute(general_ledger(first=TODAY, last=TODAY)).all()
    assert {row.account for row in books} == {"receivable", "opening"}


def test_the_same_books_again_post_nothing(desk: Desk) -> None:
    entries = (charge(desk, "1", 100_00), pay(desk, "1", 30_01))
    opened(desk, *entries)
    assert opened(desk, *entries) == 0


@pytest.mark.parametrize(
    ("later", "owed", "credit"),
    [
        ((120_00, 30_00), 90_00, 0),
        ((80_00, 30_00), 50_00, 0),
        ((20_00, 30_00), 0, 10_00),
        ((100_00, 0), 100_00, 0),
        ((100_00, 130_00), 0, 30_00),
    ],
)
def test_what_a_later_export_says_otherwise_is_posted_as_the_difference(
    desk: Desk, later: tuple[int, int], owed: int, credit: int
) -> None:
    opened(desk, charge(desk, "1", 100_00), pay(desk, "1", 30_00))
    charged, paid = later
    opened(desk, charge(desk, "1", charged), pay(desk, "1", paid))
    assert sum(desk.owed().values()) == owed
    assert desk.credit() == credit


def test_an_entry_that_is_gone_is_taken_back(desk: Desk) -> None:
    opened(desk, charge(desk, "1", 100_00), charge(desk, "2", 18_50, of=FEE), pay(desk, "1", 40_00))
    opened(desk, charge(desk, "1", 100_00))
    assert (desk.owed(), desk.credit()) == ({"penalty": 100_00}, 0)


def test_money_paid_ahead_covers_what_was_charged_after(desk: Desk) -> None:
    opened(desk, pay(desk, "1", 50_00, on=1), charge(desk, "1", 80_00, on=9))
    assert (desk.owed(), desk.credit()) == ({"penalty": 30_00}, 0)


def test_what_came_in_goes_on_as_any_other_debt(desk: Desk) -> None:
    opened(desk, charge(desk, "1", 100_00), pay(desk, "1", 30_00))
    desk.pay(20_00)
    assert desk.owed() == {"penalty": 50_00}
    assert isinstance(desk.connection, sa.Connection)
