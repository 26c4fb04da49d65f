"""What each deed with money does to a case, told as a clerk would tell it."""

from collections.abc import Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from small_ledger import MANAGER, ORDER, Desk

from cases.history import faults
from cases.ledger.limits import Authority
from cases.ledger.reading import Posting
from cases.models import LedgerEntry, LedgerPosting


def _lines(posting: Posting) -> Sequence[tuple[str, str | None, int]]:
    return [(str(line.account), line.component, line.cents) for line in posting.lines]


def test_a_charge_is_owed_and_earned(desk: Desk) -> None:
    posting = desk.charge("penalty", 250_00)
    assert _lines(posting) == [
        ("receivable", "penalty", 250_00),
        ("revenue", "penalty", -250_00),
    ]
    assert desk.owed() == {"penalty": 250_00}


def test_a_payment_covers_penalty_cost_interest_and_fee_in_the_order_given(desk: Desk) -> None:
    for component, cents in (("fee", 15_00), ("cost", 40_00), ("penalty", 250_00)):
        desk.charge(component, cents)
    posting = desk.pay(270_00)
    assert _lines(posting) == [
        ("cash", None, 270_00),
        ("receivable", "penalty", -250_00),
        ("receivable", "cost", -20_00),
    ]
    assert desk.owed() == {"cost": 20_00, "fee": 15_00}
    desk.pay(16_00, order=ORDER[::-1])
    assert desk.owed() == {"cost": 19_00}


def test_what_is_paid_beyond_what_is_owed_becomes_credit_and_no_balance_goes_below_zero(
    desk: Desk,
) -> None:
    desk.charge("penalty", 100_00)
    assert _lines(desk.pay(130_00))[-1] == ("unapplied_credit", None, -30_00)
    assert (desk.owed(), desk.credit()) == ({}, 30_00)


def test_a_payment_where_nothing_is_owed_is_credit_whole(desk: Desk) -> None:
    assert _lines(desk.pay(50_00)) == [("cash", None, 50_00), ("unapplied_credit", None, -50_00)]


def test_credit_covers_a_later_charge_once_somebody_applies_it(desk: Desk) -> None:
    desk.pay(50_00)
    desk.charge("cost", 30_00)
    assert (desk.owed(), desk.credit()) == ({"cost": 30_00}, 50_00)
    desk.apply_credit(30_00)
    assert (desk.owed(), desk.credit()) == ({}, 20_00)


def test_a_refund_of_credit_becomes_payable_by_the_treasury(desk: Desk) -> None:
    desk.pay(50_00)
    assert _lines(desk.refund(20_00)) == [
        ("unapplied_credit", None, 20_00),
        ("refunds_payable", None, -20_00),
    ]
    assert desk.credit() == 30_00


def test_a_waiver_gives_up_part_of_a_component_and_hides_no_revenue(desk: Desk) -> None:
    desk.charge("penalty", 250_00)
    assert _lines(desk.waive("penalty", 60_00)) == [
        ("waivers", "penalty", 60_00),
        ("receivable", "penalty", -60_00),
    ]
    assert desk.owed() == {"penalty": 190_00}


def test_waivers_in_parts_count_together_against_a_limit_and_others_have_their_own(
    desk: Desk,
) -> None:
    desk.charge("penalty", 500_00)
    desk.waive("penalty", 60_00)
    desk.waive("penalty", 40_00)
    assert MANAGER.limit_cents == 100_00
    desk.waive("penalty", 400_00, authority=Authority("Special Magistrate", 400_00))
    assert desk.owed() == {}


def test_a_returned_cheque_takes_back_exactly_what_it_had_paid_and_costs_a_fee(desk: Desk) -> None:
    desk.charge("penalty", 100_00)
    desk.charge("cost", 20_00)
    payment = desk.pay(110_00)
    desk.pay(5_00, method="cash")
    returned = desk.return_payment(payment.id, fee_cents=25_00, fee_authority="s. 832.08(5)")
    assert _lines(returned) == [
        ("cash", None, -110_00),
        ("receivable", "penalty", 100_00),
        ("receivable", "cost", 10_00),
    ]
    assert desk.owed() == {"penalty": 100_00, "cost": 15_00, "fee": 25_00}


def test_a_cheque_that_comes_back_after_its_credit_was_used_undoes_the_uses_latest_first(
    desk: Desk,
) -> None:
    first = desk.pay(30_00, method="card")
    cheque = desk.pay(50_00)
    desk.charge("cost", 25_00)
    applied, refunded = desk.apply_credit(25_00), desk.refund(40_00)
    assert desk.credit() == 15_00
    returned = desk.return_payment(cheque.id)
    assert (desk.owed(), desk.credit()) == ({}, 5_00)
    query = sa.select(LedgerPosting.kind, LedgerPosting.reverses).order_by(LedgerPosting.id)
    undone = desk.connection.execute(query.where(LedgerPosting.reverses.is_not(None))).all()
    assert undone == [("refund_cancelled", refunded.id), ("payment_returned", cheque.id)]
    assert desk.events()[-1][1]["undone"] == [refunded.id]
    desk.return_payment(first.id)
    assert (desk.owed(), desk.credit()) == ({"cost": 25_00}, 0)
    assert desk.events()[-1][1]["undone"] == [applied.id]
    assert returned.cents == 50_00


def test_a_cheque_whose_credit_was_used_in_parts_has_every_part_undone(desk: Desk) -> None:
    cheque = desk.pay(50_00)
    desk.charge("cost", 25_00)
    uses = [desk.apply_credit(10_00), desk.refund(25_00), desk.apply_credit(15_00)]
    assert (desk.owed(), desk.credit()) == ({}, 0)
    desk.return_payment(cheque.id)
    assert (desk.owed(), desk.credit()) == ({"cost": 25_00}, 0)
    assert desk.events()[-1][1]["undone"] == [use.id for use in reversed(uses)]
    payable = sa.select(sa.func.sum(LedgerEntry.cents))
    assert desk.connection.scalar(payable.where(LedgerEntry.account == "refunds_payable")) == 0


def test_each_deed_is_told_once_in_the_cases_history_and_the_chain_holds(desk: Desk) -> None:
    desk.charge("penalty", 100_00)
    payment = desk.pay(130_00, reference="No. 1041")
    desk.refund(10_00)
    desk.charge("fee", 5_00)
    desk.apply_credit(5_00)
    desk.charge("penalty", 7_00)
    desk.waive("penalty", 7_00)
    desk.return_payment(payment.id, fee_cents=25_00, fee_authority="s. 832.08(5)")
    kinds = [kind for kind, _ in desk.events()]
    assert kinds == [
        "charged",
        "paid",
        "refunded",
        "charged",
        "credit_applied",
        "charged",
        "waived",
        "payment_returned",
    ]
    assert desk.events()[1][1] == {
        "posting": payment.id,
        "cents": 130_00,
        "method": "cheque",
        "order": list(ORDER),
        "reference": "No. 1041",
        "memo": "",
    }
    assert list(faults(desk.connection)) == []


def test_what_was_owed_on_an_earlier_day_stays_what_it_was(desk: Desk) -> None:
    desk.charge("penalty", 100_00, on=date(2026, 6, 1))
    desk.pay(40_00, on=date(2026, 6, 3))
    desk.charge("cost", 20_00, on=date(2026, 6, 3))
    desk.pay(90_00, on=date(2026, 6, 8))
    told = {day: (desk.owed(day), desk.credit(day)) for day in map(_june, (0, 1, 2, 3, 7, 8, 30))}
    assert told == {
        _june(0): ({}, 0),
        _june(1): ({"penalty": 100_00}, 0),
        _june(2): ({"penalty": 100_00}, 0),
        _june(3): ({"penalty": 60_00, "cost": 20_00}, 0),
        _june(7): ({"penalty": 60_00, "cost": 20_00}, 0),
        _june(8): ({}, 10_00),
        _june(30): ({}, 10_00),
    }


def _june(day: int) -> date:
    return date(2026, 5, 31) + timedelta(days=day)
