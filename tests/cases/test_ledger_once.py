"""A deed asked for twice by one key is done once, and a key stands for one deed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from small_ledger import ORDER, Desk, rows_in

from cases.ledger.errors import KeyReusedError
from cases.ledger.limits import Authority
from cases.ledger.reading import Posting

DEEDS: list[Callable[..., Posting]] = [
    lambda d, **more: d.charge("penalty", 10_00, **more),
    lambda d, **more: d.pay(10_00, **more),
    lambda d, **more: d.waive("penalty", 10_00, **more),
    lambda d, **more: d.refund(10_00, **more),
    lambda d, **more: d.apply_credit(10_00, **more),
    lambda d, **more: d.return_payment(
        d.statement()[0].id, fee_cents=25_00, fee_authority="s. 832.08(5)", **more
    ),
]
LATER = datetime(2026, 6, 20, 9, tzinfo=UTC)


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A case that has paid ahead and owes again."""
    desk.pay(30_00)
    desk.charge("penalty", 100_00)
    return desk


@pytest.mark.parametrize("deed", DEEDS)
def test_the_same_key_again_answers_with_the_first_posting_and_writes_nothing(
    busy: Desk, deed: Callable[..., Posting]
) -> None:
    first = deed(busy, key="K-1")
    before = rows_in(busy.connection)
    assert deed(busy, key="K-1", now=LATER) == first
    assert rows_in(busy.connection) == before


@pytest.mark.parametrize("deed", DEEDS)
def test_without_a_common_key_the_same_deed_is_another_deed_or_refused(
    busy: Desk, deed: Callable[..., Posting]
) -> None:
    busy.pay(110_00)
    busy.charge("penalty", 20_00)
    first = deed(busy)
    if first.kind != "payment_returned":
        assert deed(busy).id != first.id


def test_a_deed_asked_for_again_is_known_though_it_could_no_longer_be_done(busy: Desk) -> None:
    first = busy.refund(30_00, key="K-1", on=date(2026, 6, 15))
    busy.charge("fee", 5_00, on=date(2026, 6, 18))
    assert busy.credit() == 0
    assert busy.refund(30_00, key="K-1", on=date(2026, 6, 15), now=LATER) == first


PAYMENT = {"cents": 10_00, "key": "K-1", "reference": "No. 7"}
OTHER_DEEDS: list[tuple[str, Callable[[Desk], Any]]] = [
    ("cents was 1000 and is now 1001", lambda d: d.pay(**{**PAYMENT, "cents": 10_01})),
    ("method was 'cheque' and is now 'cash'", lambda d: d.pay(**PAYMENT, method="cash")),
    ("reference was 'No. 7' and is now ''", lambda d: d.pay(**{**PAYMENT, "reference": ""})),
    (r"order was \['penalty'", lambda d: d.pay(**PAYMENT, order=ORDER[::-1])),
    ("actor was 'J. Ortega' and is now 'B. Lee'", lambda d: d.pay(**PAYMENT, actor="B. Lee")),
    ("on was '2026-06-15' and is now '2026-06-20'", lambda d: d.pay(**PAYMENT, on=LATER.date())),
    ("kind was 'paid' and is now 'charged'", lambda d: d.charge("fee", 10_00, key="K-1")),
]


@pytest.mark.parametrize(("words", "deed"), OTHER_DEEDS)
def test_a_key_that_stands_for_another_deed_is_refused_by_what_differs(
    busy: Desk, words: str, deed: Callable[[Desk], Any]
) -> None:
    first = busy.pay(**PAYMENT)
    before = rows_in(busy.connection)
    with pytest.raises(KeyReusedError, match=f"K-1 stands for posting {first.id} .*{words}"):
        deed(busy)
    assert rows_in(busy.connection) == before


def test_a_key_is_one_deeds_over_all_cases(busy: Desk, desks: list[Desk]) -> None:
    busy.pay(**PAYMENT)
    with pytest.raises(KeyReusedError, match=f"case_id was {busy.case_id} and is now"):
        desks[1].pay(**PAYMENT)


def test_a_limit_raised_since_makes_no_other_deed_of_a_waiver(busy: Desk) -> None:
    first = busy.waive("penalty", 5_00, key="K-1", authority=Authority("Clerk", 5_00))
    again = busy.waive("penalty", 5_00, key="K-1", authority=Authority("Clerk", 50_00))
    assert again == first
