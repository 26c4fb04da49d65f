"""A payoff adds up by its lines, from balances and fines that run on."""

from datetime import date

from cases.fines.clock import fine
from cases.fines.orders import Rate
from cases.fines.rules import FineKind
from cases.fines.terms import FineTerms
from cases.lawpack.reading import DEFAULT, read_pack
from cases.ledger.accounts import Component, Part, Side
from cases.payoff import CertifiedFine, draw_up

BY = date(2026, 10, 15)
TERMS = FineTerms(
    reference="Order 7", kind=FineKind.FIRST, comply_by=date(2026, 9, 1),
    rates=(Rate(date(2026, 9, 1), 250_00),), certified_on=date(2026, 9, 25),
)  # fmt: skip


def _fine(charged_cents: int) -> CertifiedFine:
    counted = fine(TERMS, read_pack(DEFAULT).fines, as_of=BY)
    return CertifiedFine(reference="Order 7", fine=counted, charged_cents=charged_cents)


def test_a_payoff_is_what_is_owed_what_accrues_until_then_and_credit_off() -> None:
    made_of = [
        Part(Component.FEE, Side.CHARGED, "Section 68.065", 30_00),
        Part(Component.PENALTY, Side.CHARGED, "Citation 12", 100_00),
        Part(Component.PENALTY, Side.CHARGED, "Order 7", 6_000_00),
        Part(Component.PENALTY, Side.PAID, None, -40_00),
        Part(Component.PENALTY, Side.WAIVED, None, -60_00),
        Part(Component.COST, Side.CHARGED, "Order 7", 80_00),
        Part(Component.COST, Side.PAID, None, -80_00),
    ]
    drawn = draw_up(made_of, [_fine(6_000_00)], credit_cents=50_00, good_through=BY)
    # 2 September to 15 October are 44 days: $11,000, of which $6,000 are charged.
    assert [(line.label, line.cents) for line in drawn.lines] == [
        ("Citation 12: fine, as charged", 100_00),
        ("Order 7: fine, as charged", 6_000_00),
        ("Paid on the fine", -40_00),
        ("Given up of the fine", -60_00),
        ("Section 68.065: fee, as charged", 30_00),
        ("Order 7: fine to October 15, 2026, beyond what is charged", 5_000_00),
        ("Credit", -50_00),
    ]
    assert (drawn.total_cents, drawn.per_diem_cents) == (10_980_00, 250_00)
    assert "44 days at $250.00 a day" in drawn.lines[5].because[0]
    adds_up = "$11,000.00 in all, of which $6,000.00 is charged already and $5,000.00 is not."
    assert drawn.lines[5].because[-1] == adds_up
    assert drawn.per_diem_in_words == "Add $250.00 for each day after October 15, 2026."


def test_credit_that_covers_it_all_leaves_nothing_to_pay() -> None:
    fee = Part(Component.FEE, Side.CHARGED, "Section 68.065", 30_00)
    drawn = draw_up([fee], [], credit_cents=50_00, good_through=BY)
    assert drawn.total_cents == 0
    assert drawn.per_diem_in_words.startswith("No fine adds to it after October 15, 2026")
