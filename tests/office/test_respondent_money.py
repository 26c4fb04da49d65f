"""Whoever holds the code of a letter reads what a case costs, and what tomorrow adds to it."""

import pytest

from webmap.respondent.money import Money


@pytest.mark.parametrize(
    "amount", ["owed_cents", "per_diem_cents", "potential_cents", "potential_per_diem_cents"]
)
def test_nothing_is_owed_only_where_nothing_is_nor_comes_to_be_tomorrow(amount: str) -> None:
    nothing = dict.fromkeys(
        ("owed_cents", "uncharged_cents", "per_diem_cents", "potential_cents",
         "potential_per_diem_cents", "credit_cents"), 0,
    )  # fmt: skip
    assert Money(parts={}, disputes=[], **nothing).is_none
    assert not Money(parts={}, disputes=[], **nothing | {amount: 25_000}).is_none
