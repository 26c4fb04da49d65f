"""A receipt made wrong is voided to the cent while its money is in the drawer, and never later."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from small_ledger import Desk, open_cases, rows_in, settle_constraints

from cases import cashier
from cases.actors import Actor
from cases.cashier import NotYoursError
from cases.deposits import Count, NotWaitingError, close_deposit
from cases.ledger.accounts import Method
from cases.ledger.errors import (
    CashReturnedError,
    DepositedError,
    NoPaymentError,
    NumberMissingError,
    ReturnedTwiceError,
    TextMissingError,
)
from cases.ledger.reading import Posting, owed
from cases.models import CaseEvent
from cases.story import events_of, told
from geo.database import Database

JUNE_15 = date(2026, 6, 15)


def _paid_in_cash(town: sa.Connection, case: int, cents: int) -> Posting:
    return cashier.receive_payment(
        town, case_id=case, cents=cents, method=Method.CASH, key=f"pay-{cents}", actor=CLERK,
        moment=day(6, 20),
    )  # fmt: skip


def _void(town: sa.Connection, case: int, payment: int, **changes: Any) -> Posting:
    said = {
        "payment_id": payment, "reason": "$50 typed for $5", "key": "void", "actor": CLERK,
        "moment": day(6, 20), **changes,
    }  # fmt: skip
    return cashier.void_receipt(town, case_id=case, **said)


def _deposit(connection: sa.Connection, receipt: int, cents: int) -> int:
    count = Count(
        taken_on=JUNE_15, method=Method.CASH, receipts=[receipt], counted_cents=cents, slip_no="S-1"
    )
    return close_deposit(connection, count, actor=CLERK, moment=day(6, 15))


@pytest.mark.usefixtures("cited")
def test_a_void_takes_back_just_what_the_receipt_did_and_says_why(
    town: sa.Connection, case: int
) -> None:
    before = owed(town, case)
    paid = _paid_in_cash(town, case, 5_000)
    void = _void(town, case, paid.id)
    settle_constraints(town)
    assert owed(town, case) == before  # and no fee
    assert {(*line[:2], -line[2]) for line in void.lines} == {tuple(line) for line in paid.lines}
    last = list(told(town.execute(events_of(case)).all(), law=None))[-1]
    assert f"Receipt {paid.id} of $50.00 was voided." in last.text
    assert "$50 typed for $5" in last.text
    with pytest.raises(ReturnedTwiceError, match="was voided on 2026-06-20 already"):
        _void(town, case, paid.id, key="again")


@pytest.mark.usefixtures("cited")
def test_a_void_sent_twice_is_made_once(town: sa.Connection, case: int) -> None:
    paid = _paid_in_cash(town, case, 5_000)
    first = _void(town, case, paid.id)
    before = rows_in(town)
    assert _void(town, case, paid.id) == first
    assert rows_in(town) == before


@pytest.mark.usefixtures("cited")
@pytest.mark.parametrize(
    ("actor", "on", "refused"),
    [
        (CLERK, 20, None), (CLERK, 21, "a clerk voids a receipt on its own day"),
        (MANAGER, 21, None), (OFFICER, 20, "is for the clerk or the manager"),
    ],
)  # fmt: skip
def test_a_clerk_voids_on_the_day_and_a_manager_until_it_is_deposited(
    town: sa.Connection, case: int, actor: Actor, on: int, refused: str | None
) -> None:
    paid = _paid_in_cash(town, case, 5_000)
    said: dict[str, Any] = {"actor": actor, "moment": day(6, on)}
    if refused is None:
        assert _void(town, case, paid.id, **said).cents == 5_000
        return
    before = rows_in(town)
    with pytest.raises(NotYoursError, match=refused):
        _void(town, case, paid.id, **said)
    assert rows_in(town) == before


@pytest.mark.usefixtures("cited")
def test_a_void_has_a_reason_and_a_receipt_of_the_case(town: sa.Connection, case: int) -> None:
    paid = _paid_in_cash(town, case, 5_000)
    with pytest.raises(TextMissingError, match="reason of the void"):
        _void(town, case, paid.id, reason=" ")
    with pytest.raises(NoPaymentError):
        _void(town, case, 999_999)


def test_what_is_deposited_is_not_voided_and_what_is_voided_not_deposited(desk: Desk) -> None:
    gone, wrong = (desk.pay(cents, method="cash").id for cents in (10_000, 2_500))
    _deposit(desk.connection, gone, 10_000)
    with pytest.raises(DepositedError, match="deposit S-1, so it cannot be voided: put that depos"):
        desk.void_payment(gone)
    desk.void_payment(wrong)
    with pytest.raises(NotWaitingError):
        _deposit(desk.connection, wrong, 2_500)


def test_no_bank_sends_cash_back_and_no_check_comes_without_its_number(
    desk: Desk, town: sa.Connection, case: int
) -> None:
    with pytest.raises(CashReturnedError, match="void the receipt"):
        desk.return_payment(desk.pay(10_000, method="cash").id)
    with pytest.raises(NumberMissingError):
        cashier.receive_payment(
            town, case_id=case, cents=1, method=Method.CHEQUE, reference=" ", key="k",
            actor=CLERK, moment=day(6, 20),
        )  # fmt: skip


def test_a_receipt_voided_and_deposited_at_once_is_one_of_both(fresh_database: Database) -> None:
    with fresh_database.app.begin() as connection:
        (case_id,) = open_cases(connection, count=1)
        receipts = [Desk(connection, case_id).pay(1_00 + n, method="cash").id for n in range(8)]

    def race(deed: Any, receipt: int) -> bool:
        try:
            with fresh_database.app.begin() as connection:
                deed(connection, receipt)
        except (DepositedError, NotWaitingError):
            return False
        return True

    def void(connection: sa.Connection, receipt: int) -> None:
        Desk(connection, case_id).void_payment(receipt)

    def deposit(connection: sa.Connection, receipt: int) -> None:
        count = Count(
            taken_on=JUNE_15, method=Method.CASH, receipts=[receipt], slip_no=f"S-{receipt}",
            counted_cents=1_00 + receipts.index(receipt),
        )  # fmt: skip
        close_deposit(connection, count, actor=CLERK, moment=day(6, 15))

    with ThreadPoolExecutor(4) as pool:
        done = [
            (pool.submit(race, void, receipt), pool.submit(race, deposit, receipt))
            for receipt in receipts
        ]
        assert [sum(each.result() for each in pair) for pair in done] == [1] * len(receipts)
    with fresh_database.app.connect() as connection:
        kinds = sa.select(sa.func.count()).where(CaseEvent.kind == "payment_voided")
        assert connection.scalar(kinds) == sum(pair[0].result() for pair in done)
