"""Seasons and forecasts: found again where they were put in, and as sure as they say they are."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import optimize

from reports.errors import NothingToReportError, ReportError, TooLittleToSayError
from reports.stats.arrays import Floats
from reports.stats.drift import MANNERS, Drift, covariance
from reports.stats.seasons import back_test, forecast, seasons

YEAR = np.array([0.6, 0.65, 0.85, 1.1, 1.4, 1.5, 1.35, 1.2, 1.05, 0.95, 0.8, 0.7])
YEAR = YEAR / np.exp(np.log(YEAR).mean())


def intake(seed: int, months: int, *, level: float = 60.0, drift: float = 0.04) -> Floats:
    """Make up counts from January on: a level that walks at random, seasons, and chance."""
    dice = np.random.default_rng(seed)
    walk = np.exp(np.cumsum(dice.normal(0, drift, months)))
    return dice.poisson(level * walk * YEAR[np.arange(months) % 12]) * 1.0


def test_the_seasons_put_in_are_found_again() -> None:
    told = seasons(intake(1, 96), first_month=1)
    assert told.factor == pytest.approx(YEAR, rel=0.12)
    assert told.even < 1e-6
    assert told.months == 96
    assert (told.lower < told.factor).all()
    assert (told.factor < told.upper).all()
    assert np.log(told.factor).mean() == pytest.approx(0, abs=0.01)


def test_the_first_month_may_be_any() -> None:
    counts = intake(1, 96)
    told, later = seasons(counts, first_month=1), seasons(counts[6:], first_month=7)
    assert later.factor == pytest.approx(told.factor, rel=0.05)


def test_the_limits_of_the_seasons_hold_the_truth_about_as_often_as_they_say() -> None:
    held = [
        (told.lower <= YEAR) & (told.upper >= YEAR)
        for told in (seasons(intake(seed, 60), first_month=1) for seed in range(60))
    ]
    assert np.mean(held) == pytest.approx(0.95, abs=0.04)


def test_months_that_do_not_differ_are_told_so() -> None:
    counts = np.random.default_rng(3).poisson(40, 96) * 1.0
    told = seasons(counts, first_month=1)
    assert told.even > 0.7
    assert np.sum((told.lower < 1) & (told.upper > 1)) >= 10
    assert told.factor == pytest.approx(np.ones(12), abs=0.15)


def test_the_limits_of_the_forecast_hold_what_comes_about_as_often_as_they_say() -> None:
    """Nine in ten, over five hundred towns."""
    held, totals = [], []
    for seed in range(500):
        counts = intake(seed, 48)
        told = forecast(counts[:36], first_month=1)
        held.append((told.lower <= counts[36:]) & (counts[36:] <= told.upper))
        totals.append(told.total_lower <= counts[36:].sum() <= told.total_upper)
    assert np.mean(held) == pytest.approx(0.91, abs=0.03)
    assert np.mean(held, axis=0).min() > 0.85
    assert np.mean(totals) == pytest.approx(0.9, abs=0.04)


def test_the_forecast_errs_less_than_last_years_month() -> None:
    ours, naive = [], []
    for seed in range(25):
        counts = intake(seed, 72)
        told = forecast(counts[:60], first_month=1)
        ours.append(np.abs(told.value - counts[60:]).mean())
        naive.append(np.abs(counts[48:60] - counts[60:]).mean())
    assert np.mean(ours) < 0.9 * np.mean(naive)


def test_a_forecast_starts_after_the_last_month_and_adds_up() -> None:
    told = forecast(intake(2, 50), first_month=11, ahead=14)
    assert told.month.tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2]
    assert told.total == pytest.approx(told.value.sum(), rel=0.05)
    assert told.total_lower < told.total < told.total_upper
    assert told.upper[-1] - told.lower[-1] > told.upper[0] - told.lower[0]
    assert told.confidence == 0.9


def test_the_same_seed_gives_the_same_forecast() -> None:
    counts = intake(2, 50)
    one, same = forecast(counts, first_month=1), forecast(counts, first_month=1)
    assert one.upper.tolist() == same.upper.tolist()
    other = forecast(counts, first_month=1, seed=2)
    assert other.total == pytest.approx(one.total, rel=0.03)


def test_a_month_nobody_counted_is_no_month_without_cases() -> None:
    counts = intake(4, 72)
    gaps, zeros = counts.copy(), counts.copy()
    gaps[[5, 17, 40, 41]] = np.nan
    zeros[[5, 17, 40, 41]] = 0
    whole, told = seasons(counts, first_month=1), seasons(gaps, first_month=1)
    assert told.months == 68
    assert told.factor == pytest.approx(whole.factor, rel=0.12)
    assert seasons(zeros, first_month=1).factor[5] < 0.8 * whole.factor[5]
    ahead = forecast(gaps, first_month=1)
    assert ahead.total == pytest.approx(forecast(counts, first_month=1).total, rel=0.1)


def test_after_months_nobody_counted_the_forecast_goes_on_from_the_last_that_was() -> None:
    counts = np.concatenate([intake(5, 60), np.full(6, np.nan)])
    told, plain = forecast(counts, first_month=1), forecast(counts[:60], first_month=1, ahead=18)
    assert told.month[0] == 7
    assert told.value == pytest.approx(plain.value[6:], rel=0.1)


@pytest.mark.parametrize(
    ("counts", "least", "most"),
    [
        (np.concatenate([np.zeros(59), [1.0]]), 0, 12),
        (np.random.default_rng(1).poisson(0.3, 60) * 1.0, 0, 12),
        (np.random.default_rng(1).poisson(1e6, 60) * 1.0, 11.9e6, 12.1e6),
        (np.full(60, 7.0), 60, 110),
        (np.where(np.arange(60) % 12 == 6, 3000.0, 0.0), 2700, 3300),
        (np.concatenate([np.full(30, 5000.0), np.zeros(30)]), 0, 500),
        (np.concatenate([np.zeros(30), [1e6], np.zeros(29)]), 0, 1e5),
    ],
)
def test_counts_of_any_size_and_shape_are_borne(counts: Floats, least: float, most: float) -> None:
    told = forecast(counts, first_month=1)
    assert least <= told.total <= most
    assert (told.lower <= told.value).all()
    assert (told.value <= told.upper).all()


def test_only_the_last_eight_years_count() -> None:
    counts = intake(6, 120)
    assert seasons(counts, first_month=1).months == 96
    older = np.concatenate([np.full(36, 9000.0), counts])
    assert forecast(older, first_month=1).total == forecast(counts, first_month=1).total


def test_months_in_which_records_were_only_filling_up_are_left_out_and_told() -> None:
    counts = intake(7, 60)
    begun = np.concatenate([[1.0, 4.0, 9.0], counts[3:]])
    told, plain = seasons(begun, first_month=1), seasons(counts[3:], first_month=4)
    assert (told.left_out, told.months) == (3, 57)
    assert (plain.left_out, plain.months) == (0, 57)
    assert told.factor == pytest.approx(plain.factor)
    winters = np.where(np.arange(48) % 12 < 3, 2.0, 90.0)
    assert seasons(winters, first_month=1).left_out == 0


def test_the_likeliest_logarithms_are_those_a_general_search_finds() -> None:
    counts, at = intake(7, 30), np.arange(30)
    fitted = Drift.fitted(counts, at=at, month=at % 12)
    manner = int(np.flatnonzero((MANNERS == (0.3, 0.2, 0.93, 0.3)).all(axis=1))[0])
    prior = covariance(at, at % 12, at, at % 12)[manner]
    precision = np.linalg.inv(prior)

    def surprise(logs: Floats) -> tuple[float, Floats]:
        away = precision @ (logs - fitted.middle)
        chance = (np.exp(logs) - counts * logs).sum()
        return chance + away @ (logs - fitted.middle) / 2, np.exp(logs) - counts + away

    found = optimize.minimize(
        surprise, np.log(counts), jac=True, method="BFGS", options={"gtol": 1e-6}
    )
    assert fitted.middle + prior @ fitted.pull[manner] == pytest.approx(found.x, abs=1e-4)
    assert fitted.pull[manner] == pytest.approx(counts - np.exp(found.x), abs=1e-3)
    assert fitted.weights.sum() == pytest.approx(1)


def test_with_one_count_of_a_month_the_evidence_is_laplaces_for_poisson_counts() -> None:
    """Held against the integral itself, where it can be taken: one month, one logarithm."""
    ratios = []
    for count in (3.0, 30.0):
        fitted = Drift.fitted(np.array([count]), at=np.array([0]), month=np.array([0]))
        logs = np.linspace(-12, 12, 200_001) + fitted.middle
        variance = covariance(np.array([0]), np.array([0]), np.array([0]), np.array([0]))[:, 0, 0]
        away = (logs - fitted.middle)[None] ** 2 / (2 * variance[:, None])
        heights = count * logs - np.exp(logs) - away - np.log(variance[:, None]) / 2
        likely = np.exp(heights - heights.max()).sum(axis=1)
        ratios.append(np.abs(fitted.weights / (likely / likely.sum()) - 1).max())
    assert ratios[0] < 0.02
    assert ratios[1] < 0.002


def test_the_past_tells_how_far_to_trust_a_forecast() -> None:
    counts = intake(8, 72)
    told = back_test(counts, first_month=1)
    assert told.starts == 13  # of the last 24 months these have a whole year after them
    assert told.forecasts == 12 * 13 + sum(range(1, 12))
    assert 0.75 < told.held <= 1
    assert 0.4 < told.ratio < 1.2
    assert told.error == pytest.approx(told.ratio * told.naive_error)
    assert 0 < told.total_error < 0.5
    by_hand = [
        np.abs(forecast(counts[:start], first_month=1).value - counts[start : start + 12])
        for start in range(48, 61)
    ]
    by_hand += [
        np.abs(forecast(counts[:start], first_month=1).value[: 72 - start] - counts[start:])
        for start in range(61, 72)
    ]
    assert told.error == pytest.approx(np.concatenate(by_hand).mean())


def test_a_town_that_repeats_itself_is_hard_to_beat_and_is_told_so() -> None:
    counts = np.tile(np.round(60 * YEAR), 6)
    told = back_test(counts, first_month=1)
    assert told.naive_error == 0
    assert math.isinf(told.ratio)
    assert told.error < 3


def test_what_comes_later_does_not_change_what_would_have_been_told() -> None:
    counts = intake(9, 61)
    plain = back_test(counts[:60], first_month=1, starts=1, ahead=1)
    changed = counts.copy()
    changed[60] = 9999
    other = back_test(changed, first_month=1, starts=2, ahead=1)
    assert plain.forecasts == 1
    assert other.forecasts == 2
    assert other.error * 2 - plain.error == pytest.approx(
        abs(9999 - forecast(counts[:60], first_month=1, ahead=1).value[0])
    )


@pytest.mark.parametrize(
    ("counts", "kind", "said"),
    [
        (np.zeros(0), NothingToReportError, "There are no months"),
        (np.ones(23), TooLittleToSayError, "from 23 months: at least 24"),
        (np.append(np.ones(23), np.nan), TooLittleToSayError, "from 23 months"),
        (np.zeros(30), TooLittleToSayError, "no case in any of 30 months"),
        (np.where(np.arange(40) % 12 == 3, np.nan, 1), TooLittleToSayError, "1 months of the year"),
        (np.append(np.ones(30), -1), ReportError, "below 0 or infinite"),
        (np.append(np.ones(30), np.inf), ReportError, "below 0 or infinite"),
    ],
)
def test_counts_that_have_no_season_to_tell_are_refused_in_a_sentence(
    counts: Floats, kind: type[ReportError], said: str
) -> None:
    for told in (seasons, forecast, back_test):
        with pytest.raises(ReportError, match=said) as refused:
            told(counts, first_month=1)
        assert type(refused.value) is kind


def test_questions_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ReportError, match="There is no month 13"):
        seasons(np.ones(30), first_month=13)
    with pytest.raises(ReportError, match="A forecast of 25 months cannot be made"):
        forecast(np.ones(30), first_month=1, ahead=25)
    with pytest.raises(ReportError, match="confidence of 90 means nothing"):
        forecast(np.ones(30), first_month=1, confidence=90)
    with pytest.raises(TooLittleToSayError, match="Nothing counted could have been forecast"):
        back_test(np.ones(24), first_month=1)


@pytest.mark.realdata
def test_the_complaints_of_cambridge_have_seasons_and_a_forecast(realdata: Path) -> None:
    cases = pd.read_csv(
        realdata / "cambridge" / "violations.csv.gz", dtype=str, parse_dates=["complaint_date"]
    )
    days = cases.drop_duplicates("complaint_no")["complaint_date"]
    monthly = days.dt.to_period("M").value_counts().sort_index()
    # The first month and the last are not whole.
    counts = monthly.reindex(pd.period_range(monthly.index[1], monthly.index[-2], freq="M"))
    values = counts.fillna(0).to_numpy(dtype=np.float64)
    first = counts.index[0].month
    told = seasons(values, first_month=first)
    assert (told.months, told.left_out) == (len(values) - 2, 2)
    assert told.factor.argmax() + 1 in {4, 5, 6, 7, 8}
    tested = back_test(values, first_month=first)
    assert tested.held > 0.8
    # With two to four years of a level that wanders it is no better than the year before, and
    # says so.
    assert 1 < tested.ratio < 1.5
