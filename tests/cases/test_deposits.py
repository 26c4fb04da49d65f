"""A day's receipts go to the bank once, counted; what differs is explained and never hidden."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from desk import CLERK, MANAGER, OFFICER, day
from small_ledger import Desk, settle_constraints

from cases.actors import Actor
from cases.deposits import (
    ClearedError,
    Count,
    DepositError,
    NotWaitingError,
    NotYourDepositError,
    Side,
    SlipUsedError,
    UnexplainedError,
    clear_deposit,
    close_deposit,
    correct_deposit,
)
from cases.ledger import deposited
from cases.ledger.accounts import Method
from cases.models import Deposit
from cases.once import UnusableKeyError

JUNE_15 = date(2026, 6, 15)


def _close(desk: Desk, *receipts: int, actor: Actor = CLERK, **changes: Any) -> int:
    said = {
        "taken_on": JUNE_15, "method": Method.CASH, "receipts": receipts, "counted_cents": 12_500,
        "slip_no": "S-1", **changes,
    }  # fmt: skip
    made = close_deposit(desk.connection, Count(**said), actor=actor, moment=day(6, 16))
    settle_constraints(desk.connection)
    return made


@pytest.fixture
def taken(desk: Desk) -> list[int]:
    """Two payments in cash, of $100 and of $25."""
    return [desk.pay(cents, method="cash").id for cents in (10_000, 2_500)]


def _correct(desk: Desk, side: Side, *, key: UUID | None = None, **said: Any) -> int:
    return correct_deposit(desk.connection, side=side, form_key=key or uuid4(), **said)


def _waiting(desk: Desk) -> list[tuple[Any, ...]]:
    rows = desk.connection.execute(deposited.waiting(first=JUNE_15, last=JUNE_15))
    return [tuple(row) for row in rows]


def _deposit(desk: Desk, deposit_id: int) -> sa.Row[Any]:
    return desk.connection.execute(deposited.deposit(deposit_id)).one()


def test_what_is_deposited_waits_no_more_and_what_was_left_out_still_does(
    desk: Desk, taken: list[int]
) -> None:
    check = desk.pay(4_000, reference="1044").id
    assert _waiting(desk) == [(JUNE_15, "cash", 2, 12_500), (JUNE_15, "cheque", 1, 4_000)]
    row = _deposit(desk, _close(desk, taken[0], counted_cents=10_000))
    assert (row.receipts, row.counted, row.difference, row.returned) == (1, 10_000, 0, 0)
    assert _waiting(desk) == [(JUNE_15, "cash", 1, 2_500), (JUNE_15, "cheque", 1, 4_000)]
    _close(desk, check, method=Method.CHEQUE, counted_cents=4_000)
    _close(desk, taken[1], counted_cents=2_500, slip_no="S-2")
    assert _waiting(desk) == []


def test_a_count_that_differs_is_closed_with_its_reason_alone(desk: Desk, taken: list[int]) -> None:
    with pytest.raises(UnexplainedError, match=r"\$125\.00 and \$124\.00 were .* of -\$1\.00"):
        _close(desk, *taken, counted_cents=12_400, reason="  ")
    row = _deposit(desk, _close(desk, *taken, counted_cents=12_400, reason="Wrong change given"))
    assert (row.difference, row.difference_reason) == (-100, "Wrong change given")


@pytest.mark.parametrize(
    "changes",
    [{"method": Method.CHEQUE}, {"taken_on": date(2026, 6, 14)}, {"receipts": [999_999]}],
    ids=["of other means", "of another day", "of nobody"],
)
def test_a_receipt_that_is_not_there_to_be_deposited_is_refused(
    desk: Desk, taken: list[int], changes: dict[str, Any]
) -> None:
    with pytest.raises(NotWaitingError, match="does not wait for the bank"):
        _close(desk, *taken, **changes)
    assert desk.connection.scalar(sa.select(sa.func.count()).select_from(Deposit)) == 0


def test_a_receipt_goes_with_one_deposit_and_a_slip_closes_one(
    desk: Desk, taken: list[int]
) -> None:
    _close(desk, taken[0], counted_cents=10_000)
    with pytest.raises(NotWaitingError):
        _close(desk, *taken, slip_no="S-2")
    with pytest.raises(SlipUsedError, match="S-1 closes another deposit"):
        _close(desk, taken[1], counted_cents=2_500)


def test_what_was_voided_before_it_was_deposited_left_the_drawer_as_it_came(
    desk: Desk, taken: list[int]
) -> None:
    desk.void_payment(taken[1])
    assert _waiting(desk) == [(JUNE_15, "cash", 1, 10_000)]
    with pytest.raises(NotWaitingError):
        _close(desk, *taken)


def test_what_comes_back_afterwards_shows_beside_the_deposit_which_stays(desk: Desk) -> None:
    check = desk.pay(4_000).id
    made = _close(desk, check, method=Method.CHEQUE, counted_cents=4_000)
    desk.return_payment(check, on=date(2026, 6, 20))
    row = _deposit(desk, made)
    assert (row.ledger_cents, row.counted, row.returned) == (4_000, 4_000, 4_000)
    (receipt,) = desk.connection.execute(deposited.receipts_in(made))
    assert receipt.returned_on == date(2026, 6, 20)
    assert receipt.returned_because == "Insufficient funds"


def test_the_banks_word_is_held_to_the_count_and_an_entry_puts_either_right(
    desk: Desk, taken: list[int]
) -> None:
    made = _close(desk, *taken)
    who = {"deposit_id": made, "actor": MANAGER, "moment": day(6, 18)}
    entry = {"cents": -500, "reason": "A counterfeit note", **who}
    with pytest.raises(ClearedError, match="not noted yet"):
        _correct(desk, Side.BANK, **entry)
    clear_deposit(desk.connection, bank_cents=12_000, cleared_on=date(2026, 6, 17), **who)
    row = _deposit(desk, made)
    assert (row.bank, row.bank_difference, row.cleared_on) == (12_000, -500, date(2026, 6, 17))
    _correct(desk, Side.COUNTED, **entry)
    row = _deposit(desk, made)
    assert (row.counted_cents, row.counted, row.difference) == (12_500, 12_000, -500)
    assert row.bank_difference == 0
    with pytest.raises(ClearedError, match="noted already"):
        clear_deposit(desk.connection, bank_cents=1, cleared_on=date(2026, 6, 17), **who)


def test_an_entry_says_why_and_takes_off_no_more_than_there_is(
    desk: Desk, taken: list[int]
) -> None:
    who = {"deposit_id": _close(desk, *taken), "actor": CLERK, "moment": day(6, 18)}
    for cents, reason, why in (
        (100, " ", "Say what was wrong"),
        (0, "x", "cannot be made"),
        (-12_501, "x", r"where \$125\.00 stand"),
    ):
        with pytest.raises(DepositError, match=why):
            _correct(desk, Side.COUNTED, cents=cents, reason=reason, **who)
    for cleared_on in (date(2026, 6, 14), date(2026, 6, 19)):
        with pytest.raises(DepositError, match="give a day from"):
            clear_deposit(desk.connection, bank_cents=12_500, cleared_on=cleared_on, **who)


def test_an_entry_sent_twice_is_booked_once_and_another_sum_in_it_is_refused(
    desk: Desk, taken: list[int]
) -> None:
    who = {"deposit_id": _close(desk, *taken), "actor": CLERK, "moment": day(6, 18)}
    sent = {"key": uuid4(), "reason": "Counterfeit", **who}
    # All that was counted: a second time there is nothing left to take off.
    first = _correct(desk, Side.COUNTED, cents=-12_500, **sent)
    assert _correct(desk, Side.COUNTED, cents=-12_500, **sent) == first
    assert _deposit(desk, who["deposit_id"]).counted == 0
    with pytest.raises(UnusableKeyError, match="was sent before"):
        _correct(desk, Side.COUNTED, cents=-500, **sent)


def test_the_clerk_makes_deposits_and_nobody_else(desk: Desk, taken: list[int]) -> None:
    for actor in (MANAGER, OFFICER):
        with pytest.raises(NotYourDepositError, match="for the clerk"):
            _close(desk, *taken, actor=actor)
    made = _close(desk, *taken)
    with pytest.raises(NotYourDepositError):
        clear_deposit(
            desk.connection, deposit_id=made, bank_cents=1, cleared_on=JUNE_15, actor=OFFICER,
            moment=day(6, 18),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"receipts": []}, "Nothing is chosen"),
        ({"slip_no": " \0"}, "number of the slip"),
        ({"counted_cents": -1, "reason": "x"}, "nothing that can be counted"),
    ],
)
def test_a_deposit_of_nothing_without_slip_or_count_is_refused(
    desk: Desk, taken: list[int], changes: dict[str, Any], why: str
) -> None:
    with pytest.raises(DepositError, match=why):
        _close(desk, **({"receipts": taken} | changes))
