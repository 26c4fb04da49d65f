"""Small counts are left out, and whatever they could be reckoned from."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.fairness.suppressing import LEAST, suppressed


def test_a_small_count_takes_the_least_beside_it_and_zeros_are_told() -> None:
    counts = np.array([[3, 40, 0], [20, 30, 0], [60, 70, 9]])
    hidden = suppressed(counts)
    assert hidden.counts.tolist() == [
        [True, True, False], [True, True, False], [False, False, False],
    ]  # fmt: skip
    assert not hidden.rows.any()
    assert not hidden.columns.any()


def test_where_nothing_is_small_nothing_is_left_out() -> None:
    hidden = suppressed(np.array([[5, 0], [0, 9], [12, 33]]))
    assert not hidden.counts.any()


def test_an_area_with_too_few_cases_is_left_out_whole_and_so_is_another_sum() -> None:
    hidden = suppressed(np.array([[2, 1], [50, 60], [8, 9]]))
    assert hidden.rows.tolist() == [True, False, True]
    assert hidden.counts[0].all()
    assert hidden.counts[2].all()


TABLES = st.integers(1, 3).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 9), min_size=columns, max_size=columns), min_size=1, max_size=3
    )
)


@given(TABLES)
def test_no_small_count_follows_from_what_is_shown(table: list[list[int]]) -> None:
    """Each count that is left out could be another by all that the table tells in its own line."""
    counts = np.array(table)
    hidden = suppressed(counts)
    assert not ((counts > 0) & (counts < LEAST) & ~hidden.counts).any()
    for line, of, sum_hidden in (
        *zip(hidden.counts, counts, hidden.rows, strict=True),
        *zip(hidden.counts.T, counts.T, hidden.columns, strict=True),
    ):
        if not line.any() or sum_hidden:
            continue
        assert line.all() or (line.sum() > 1 and of[line].sum() >= LEAST)


@pytest.mark.parametrize(("one", "other"), list(product((0, 4, 5), repeat=2)))
def test_sums_are_kept_to_as_counts_are(one: int, other: int) -> None:
    hidden = suppressed(np.array([[one, 100], [other, 100]]))
    assert hidden.columns.any() == (0 < one + other < LEAST)
