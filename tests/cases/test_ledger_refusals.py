"""What the ledger refuses: by a named error, in words that help, and with nothing changed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from small_ledger import ORDER, TODAY, Desk, rows_in

from cases.errors import CaseError
from cases.ledger.errors import (
    AmountError,
    ComponentError,
    DateError,
    KeyFormError,
    MethodError,
    NoCaseError,
    NoPaymentError,
    OrderError,
    OverBalanceError,
    OverCreditError,
    OverLimitError,
    ReturnedTwiceError,
    TextMissingError,
)
from cases.ledger.limits import Authority

HIGH = Authority("Special Magistrate", 10**9)
JUNE_9, JUNE_16 = date(2026, 6, 9), date(2026, 6, 16)

# The desk's case owes 100 dollars of penalty since 10 June and has 30 dollars in credit.
REFUSED: list[tuple[type[CaseError], str, Callable[[Desk], Any]]] = [
    (
        AmountError,
        "\\$0\\.00 was given for the amount: give more than nothing",
        lambda d: d.charge("penalty", 0),
    ),
    (AmountError, "-\\$0\\.05 was given for the amount", lambda d: d.pay(-5)),
    (AmountError, r"9\.5 was given for the amount", lambda d: d.pay(9.5)),  # type: ignore[arg-type]
    (AmountError, "True was given for the amount", lambda d: d.waive("penalty", True)),
    (
        AmountError,
        "\\$100,000,000,000\\.00 was given for the amount",
        lambda d: d.charge("penalty", 10**13),
    ),
    (AmountError, r"\$0\.00 was given for the amount", lambda d: d.refund(0)),
    (AmountError, "-\\$0\\.01 was given for the amount", lambda d: d.apply_credit(-1)),
    (AmountError, "-\\$0\\.01 was given for the fee", lambda d: d.return_payment(0, fee_cents=-1)),
    (ComponentError, "'fine' is no component .* penalty, cost", lambda d: d.charge("fine", 5)),
    (ComponentError, "'' is no component", lambda d: d.waive("", 5)),
    (MethodError, "'shells' is no way of paying: .* cheque", lambda d: d.pay(5, method="shells")),
    (OrderError, "order is penalty: it has to name", lambda d: d.pay(5, order=["penalty"])),
    (OrderError, "has to name each", lambda d: d.apply_credit(5, order=(*ORDER, "fee"))),
    (TextMissingError, "authority of the charge", lambda d: d.charge("fee", 5, authority=" ")),
    (TextMissingError, "reason of the waiver is empty", lambda d: d.waive("fee", 5, reason="\n")),
    (
        TextMissingError,
        "authority of the waiver",
        lambda d: d.waive("penalty", 5, authority=Authority("", 500)),
    ),
    (TextMissingError, "payee is empty", lambda d: d.refund(5, payee="")),
    (TextMissingError, "reason of the refund", lambda d: d.refund(5, reason="")),
    (TextMissingError, "reason of the return", lambda d: d.return_payment(1, reason="")),
    (TextMissingError, "authority of the fee", lambda d: d.return_payment(1, fee_cents=25_00)),
    (TextMissingError, "actor is empty", lambda d: d.pay(5, actor=" ")),
    (KeyFormError, "The key '' cannot name", lambda d: d.pay(5, key="")),
    (KeyFormError, "letters, digits", lambda d: d.pay(5, key="one/fee")),
    (KeyFormError, "1 to 200", lambda d: d.pay(5, key="k" * 201)),
    (
        OverLimitError,
        r"\$100\.01 were to be waived, .*Manager may waive \$100\.00 .* \$100\.00 are left",
        lambda d: d.waive("penalty", 100_01),
    ),
    (
        OverBalanceError,
        r"\$100\.01 of fine .* but \$100\.00 are owed",
        lambda d: d.waive("penalty", 100_01, authority=HIGH),
    ),
    (OverBalanceError, r"of cost .* but \$0\.00 are", lambda d: d.waive("cost", 1)),
    (OverCreditError, r"\$30\.01 .* refunded, but the case has \$30\.00", lambda d: d.refund(3001)),
    (OverCreditError, r"\$30\.01 .* applied, but", lambda d: d.apply_credit(30_01)),
    (NoPaymentError, "Posting 999999 is no payment", lambda d: d.return_payment(999_999)),
    (DateError, "2026-06-09 lies before .* of 2026-06-10", lambda d: d.pay(5, on=JUNE_9)),
    (
        DateError,
        "2026-06-16 has not come yet: it is 2026-06-15 in town",
        lambda d: d.pay(5, on=JUNE_16, now=datetime(2026, 6, 16, 3, 59, tzinfo=UTC)),
    ),
]


@pytest.fixture
def owing(desk: Desk) -> Desk:
    desk.pay(30_00, on=date(2026, 6, 10))
    desk.charge("penalty", 100_00, on=date(2026, 6, 10))
    return desk


@pytest.mark.parametrize(("error", "words", "deed"), REFUSED)
def test_a_deed_that_cannot_be_is_refused_in_words_and_changes_nothing(
    owing: Desk, error: type[CaseError], words: str, deed: Callable[[Desk], Any]
) -> None:
    before = rows_in(owing.connection)
    with pytest.raises(error, match=words):
        deed(owing)
    assert rows_in(owing.connection) == before
    assert (owing.owed(), owing.credit()) == ({"penalty": 100_00}, 30_00)


def test_the_second_part_of_a_waiver_counts_with_the_first(owing: Desk) -> None:
    owing.waive("penalty", 70_00)
    with pytest.raises(OverLimitError, match=r"has waived \$70\.00: \$30\.00 are left"):
        owing.waive("penalty", 30_01)
    assert owing.owed() == {"penalty": 30_00}


def test_more_credit_than_is_owed_is_not_applied(owing: Desk) -> None:
    owing.waive("penalty", 90_00)
    with pytest.raises(OverBalanceError, match=r"\$10\.01 .* but \$10\.00 are owed: apply at most"):
        owing.apply_credit(10_01)


def test_a_payment_comes_back_once(owing: Desk) -> None:
    payment = owing.pay(40_00)
    owing.return_payment(payment.id)
    before = rows_in(owing.connection)
    with pytest.raises(ReturnedTwiceError, match=f"Payment {payment.id} came back on {TODAY}"):
        owing.return_payment(payment.id, fee_cents=5_00, fee_authority="s. 832.08(5)")
    assert rows_in(owing.connection) == before


def test_a_waiver_or_another_cases_payment_does_not_come_back(
    owing: Desk, desks: list[Desk]
) -> None:
    others = desks[1].pay(40_00)
    waiver = owing.waive("penalty", 5_00)
    for posting in (others, waiver):
        with pytest.raises(NoPaymentError, match="no payment on this case"):
            owing.return_payment(posting.id)


def test_no_deed_is_done_on_a_case_there_is_not(desk: Desk) -> None:
    with pytest.raises(NoCaseError, match="There is no case 999999"):
        Desk(desk.connection, 999_999).charge("penalty", 5)
