"""Trends of many series at once: equal to other libraries, tie by tie, and by hand."""

import itertools

import numpy as np
import pymannkendall
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.errors import NothingToReportError, ReportError, TooLittleToSayError
from reports.stats import trend
from reports.stats.arrays import Floats
from reports.stats.trend import mann_kendall


@pytest.fixture(scope="module")
def series() -> Floats:
    """Four hundred series of 17 steps: falling, rising, with and without ties."""
    dice = np.random.default_rng(5)
    slopes = dice.normal(0, 0.3, 400)
    values = dice.poisson(np.exp(1 + np.outer(np.linspace(-1, 1, 17), slopes))) * 1.0
    values[:, ::2] += dice.random((17, 200))
    return values


def test_each_series_is_told_as_pymannkendall_tells_it(series: Floats) -> None:
    told = mann_kendall(series)
    for at in range(series.shape[1]):
        theirs = pymannkendall.original_test(series[:, at])
        assert told.s[at] == theirs.s
        assert told.variance[at] == pytest.approx(theirs.var_s)
        assert told.z[at] == pytest.approx(theirs.z)
        assert told.p[at] == pytest.approx(theirs.p, abs=1e-12)
        assert told.slope[at] == pytest.approx(theirs.slope)


def test_tau_allows_for_ties_as_scipy_does(series: Floats) -> None:
    told = mann_kendall(series)
    steps = np.arange(len(series))
    theirs = [stats.kendalltau(steps, column).statistic for column in series.T]
    assert told.tau == pytest.approx(np.array(theirs))


def test_ten_years_by_hand() -> None:
    """Of 45 pairs 2 are ties (15 and 17, each twice), 37 rise and 6 fall."""
    years = np.array([12.0, 15, 11, 15, 18, 17, 20, 22, 17, 25])
    pairs = list(itertools.combinations(years, 2))
    rises = sum(later > earlier for earlier, later in pairs)
    falls = sum(later < earlier for earlier, later in pairs)
    told = mann_kendall(years[:, None])
    assert (rises, falls) == (37, 6)
    assert told.s.tolist() == [31]
    # 10 * 9 * 25 = 2250, less 2 * 1 * 9 for each of the two ties.
    assert told.variance[0] == pytest.approx((2250 - 18 - 18) / 18)
    assert told.z[0] == pytest.approx(30 / np.sqrt(123))
    assert told.tau[0] == pytest.approx(31 / np.sqrt(43 * 45))


def test_any_shape_may_follow_the_steps_and_is_computed_in_parts(
    series: Floats, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = mann_kendall(series)
    monkeypatch.setattr(trend, "MOST_AT_ONCE", 17 * 8 * 7)
    parts = mann_kendall(series.reshape(17, 20, 20))
    assert parts.z.shape == (20, 20)
    assert (parts.slope.ravel() == whole.slope).all()
    assert (parts.s.ravel() == whole.s).all()


@given(st.lists(st.integers(0, 5), min_size=4, max_size=12))
def test_turned_round_or_upside_down_a_series_has_the_opposite_trend(values: list[int]) -> None:
    series = np.array(values, dtype=np.float64)[:, None]
    plain = mann_kendall(series)
    for other in (mann_kendall(series[::-1]), mann_kendall(-series)):
        assert other.s == -plain.s
        assert other.p == pytest.approx(plain.p)
        assert other.slope == pytest.approx(-plain.slope)
    stretched = mann_kendall(series**3 + 7)
    assert (stretched.s, stretched.variance) == (plain.s, plain.variance)


def test_a_series_that_never_changes_has_no_trend() -> None:
    told = mann_kendall(np.full((8, 1), 3.0))
    numbers = (told.s, told.variance, told.z, told.p, told.tau, told.slope)
    assert [number[0] for number in numbers] == [0, 0, 0, 1, 0, 0]


def test_chance_finds_a_trend_about_as_often_as_it_says() -> None:
    noise = np.random.default_rng(2).random((14, 4000))
    assert np.mean(mann_kendall(noise).p <= 0.05) == pytest.approx(0.045, abs=0.01)


def test_what_has_no_trend_to_tell_is_refused_in_a_sentence() -> None:
    with pytest.raises(NothingToReportError, match="There are no series"):
        mann_kendall(np.zeros((5, 0)))
    with pytest.raises(TooLittleToSayError, match="at least 4 steps; there are 3"):
        mann_kendall(np.zeros((3, 2)))
    with pytest.raises(ReportError, match="1 of the 8 values of the series are missing"):
        mann_kendall(np.array([[1.0, 2.0, 3.0, np.nan], [1.0, 2.0, 3.0, 4.0]]).T)
