"""Shares, their differences and rates with the limits that were published for them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.errors import ReportError
from reports.stats.intervals import newcombe, poisson_rate, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "lower", "upper"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_shares_have_newcombes_published_score_limits(
    successes: int, trials: int, lower: float, upper: float
) -> None:
    told = wilson(successes, trials)
    assert (told.lower, told.upper) == pytest.approx((lower, upper), abs=0.00006)
    assert told.value == pytest.approx(successes / trials)


@given(st.integers(0, 300), st.integers(0, 300), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_shares_have_scipys_score_limits(good: int, bad: int, confidence: float) -> None:
    if not good + bad:
        return
    told = wilson(good, good + bad, confidence=confidence)
    theirs = stats.binomtest(good, good + bad).proportion_ci(confidence, method="wilson")
    assert (told.lower, told.upper) == pytest.approx((theirs.low, theirs.high), abs=1e-10)
    other = wilson(bad, good + bad, confidence=confidence)
    assert (other.lower, other.upper) == pytest.approx((1 - told.upper, 1 - told.lower), abs=1e-10)


def test_of_nothing_every_share_is_possible() -> None:
    told = wilson([0, 3], [0, 4])
    assert np.isnan(told.value[0])
    assert (told.lower[0], told.upper[0]) == (0, 1)
    assert told.value[1] == 0.75


@pytest.mark.parametrize(
    ("first", "second", "lower", "upper"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_differences_have_newcombes_published_limits(
    first: tuple[int, int], second: tuple[int, int], lower: float, upper: float
) -> None:
    told = newcombe(first, second)
    assert (told.lower, told.upper) == pytest.approx((lower, upper), abs=0.00006)
    turned = newcombe(second, first)
    assert (turned.lower, turned.upper) == pytest.approx((-told.upper, -told.lower))


def test_a_difference_to_a_group_nobody_is_in_is_as_wide_as_it_can_be() -> None:
    told = newcombe((9, 10), (0, 0))
    one = wilson(9, 10)
    assert np.isnan(told.value)
    assert (told.lower, told.upper) == pytest.approx((float(one.lower) - 1, float(one.upper)))
    nobody = newcombe((0, 0), (0, 0))
    assert (nobody.lower, nobody.upper) == (-1, 1)


@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.390), (20, 12.217, 30.888)],
)
def test_exact_limits_are_garwoods_published_ones(events: int, lower: float, upper: float) -> None:
    told = poisson_rate(events, mid_p=False)
    assert (told.lower, told.upper) == pytest.approx((lower, upper), abs=0.0006)


@given(st.integers(0, 400), st.sampled_from([0.8, 0.95, 0.99]))
def test_mid_p_limits_solve_the_equations_that_define_them(events: int, confidence: float) -> None:
    told, exact = (
        poisson_rate(events, confidence=confidence, mid_p=mid_p) for mid_p in (True, False)
    )
    tail = (1 - confidence) / 2
    upper = stats.poisson(told.upper)
    assert upper.cdf(events) - upper.pmf(events) / 2 == pytest.approx(tail, rel=1e-8)
    if events:
        lower = stats.poisson(told.lower)
        assert lower.sf(events - 1) - lower.pmf(events) / 2 == pytest.approx(tail, rel=1e-8)
        assert exact.lower < told.lower < events < told.upper < exact.upper
    else:
        assert told.lower == 0
        assert told.upper == pytest.approx(-math.log(1 - confidence))


def test_limits_hold_the_truth_as_often_as_they_say() -> None:
    dice = np.random.default_rng(1)
    counts = dice.poisson(6.3, 20_000)
    mid, exact = poisson_rate(counts), poisson_rate(counts, mid_p=False)
    assert np.mean((mid.lower <= 6.3) & (mid.upper >= 6.3)) == pytest.approx(0.95, abs=0.015)
    assert np.mean((exact.lower <= 6.3) & (exact.upper >= 6.3)) >= 0.95
    truth = dice.random(20_000)
    shares = wilson(dice.binomial(25, truth), 25)
    held = (shares.lower <= truth) & (truth <= shares.upper)
    assert np.mean(held) == pytest.approx(0.95, abs=0.015)


@given(st.integers(0, 50), st.floats(0.01, 1e4))
def test_a_rate_is_in_the_unit_of_its_exposure(events: int, exposure: float) -> None:
    told, plain = poisson_rate(events, exposure), poisson_rate(events)
    assert told.value == pytest.approx(events / exposure)
    assert told.upper == pytest.approx(plain.upper / exposure)
    assert told.lower == pytest.approx(plain.lower / exposure)


def test_without_exposure_any_rate_is_possible() -> None:
    told = poisson_rate([0, 2], [0, 4])
    assert np.isnan(told.value[0])
    assert (told.lower[0], told.upper[0]) == (0, math.inf)
    assert told.value[1] == 0.5
    assert poisson_rate([], []).value.shape == (0,)


def test_numbers_that_cannot_be_are_refused_in_a_sentence() -> None:
    with pytest.raises(ReportError, match="more successes than trials in 1 of the shares"):
        wilson([3, 5], [4, 4])
    with pytest.raises(ReportError, match="successes go down to -1"):
        wilson(-1, 4)
    with pytest.raises(ReportError, match="events where there was no exposure"):
        poisson_rate(1, 0)
    with pytest.raises(ReportError, match="confidence of 1 means nothing"):
        poisson_rate(1, confidence=1)
    with pytest.raises(ReportError, match="1 of the 1 events are missing"):
        poisson_rate(math.nan)
