"""Amounts are read as people write them, and written as they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.money import MOST_CENTS, read_cents, write_cents


@pytest.mark.parametrize(
    ("cents", "text"),
    [(0, "$0.00"), (5, "$0.05"), (120_050, "$1,200.50"), (-400, "-$4.00"), (-1, "-$0.01")],
)
def test_cents_are_written_as_dollars(cents: int, text: str) -> None:
    assert write_cents(cents) == text


@given(st.integers(0, MOST_CENTS - 1))
def test_what_is_written_is_read_back(cents: int) -> None:
    assert read_cents(write_cents(cents)) == cents
