"""How long steps take: the published remission times, SciPy, and what must hold of any cases."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.errors import NothingToReportError, ReportError
from reports.stats.arrays import Floats, Marks
from reports.stats.survival import Between, Survival, survival

# E. J. Freireich and others, Blood 21 (1963), 699-716: weeks of remission; below 0 still in it.
SIX_MP = "6 6 6 -6 7 -9 10 -10 -11 13 16 -17 -19 -20 22 23 -25 -32 -32 -34 -35"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def weeks(written: str) -> tuple[Floats, Marks]:
    numbers = np.array([float(week) for week in written.split()])
    return np.abs(numbers), numbers > 0


@pytest.fixture(scope="module")
def treated() -> Survival:
    return survival(*weeks(SIX_MP))


def test_the_remissions_on_6_mp_are_the_published_table(treated: Survival) -> None:
    """Klein and Moeschberger's and many another textbook's table, with Greenwood's errors."""
    assert treated.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert treated.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert treated.events.tolist() == [3, 1, 1, 1, 1, 1, 1]
    published = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert treated.share == pytest.approx(np.array(published), abs=0.0005)
    errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    assert np.sqrt(treated.variance) == pytest.approx(np.array(errors), abs=0.0001)
    assert (treated.lower[5], treated.upper[5]) == pytest.approx((0.2678, 0.7468), abs=0.0001)
    assert (treated.cases, treated.longest) == (21, 35)


def test_the_median_remissions_are_the_published_ones(treated: Survival) -> None:
    assert treated.quantile(0.5) == Between(23, 13, None)
    untreated = survival(*weeks(PLACEBO))
    assert untreated.quantile(0.5) == Between(8, 4, 11)
    assert treated.quantile(0.25) == Between(13, 6, 22)
    assert treated.quantile(0.9) == Between(None, None, None)


def test_where_all_have_ended_the_curve_is_the_plain_share() -> None:
    durations, happened = weeks(PLACEBO)
    told = survival(durations, happened)
    for time, share, variance in zip(told.times, told.share, told.variance, strict=True):
        plain = np.mean(durations > time)
        assert share == pytest.approx(plain, abs=1e-12)
        assert variance == pytest.approx(plain * (1 - plain) / 21, abs=1e-12)
    assert told.share[-1] == 0
    assert told.lower[-1] == 0
    assert told.upper[-1] == told.upper[-2] > 0
    assert told.restricted_mean(100).value == pytest.approx(durations.mean())


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@pytest.mark.parametrize("seed", range(8))
def test_shares_and_limits_are_those_of_scipy(seed: int) -> None:
    dice = np.random.default_rng(seed)
    durations, happened = dice.integers(0, 60, 150) * 1.0, dice.random(150) < 0.6
    told = survival(durations, happened, confidence=0.9)
    data = stats.CensoredData(uncensored=durations[happened], right=durations[~happened])
    theirs = stats.ecdf(data).sf
    band = theirs.confidence_interval(0.9, method="log-log")
    inner = told.share > 0
    assert told.share == pytest.approx(theirs.evaluate(told.times), abs=1e-12)
    assert told.lower[inner] == pytest.approx(band.low.evaluate(told.times)[inner], abs=1e-9)
    assert told.upper[inner] == pytest.approx(band.high.evaluate(told.times)[inner], abs=1e-9)


def test_the_restricted_mean_is_the_area_under_the_curve(treated: Survival) -> None:
    fine = np.linspace(0, 30, 300_001)
    area = treated.at(fine[:-1] + 5e-5).mean() * 30
    told = treated.restricted_mean(30)
    assert told.value == pytest.approx(area, abs=1e-3)
    assert told.lower is not None
    assert told.upper is not None
    assert told.lower < area < told.upper


def test_the_mean_of_cases_that_have_all_ended_has_the_deviation_of_a_mean() -> None:
    durations, happened = weeks(PLACEBO)
    told = survival(durations, happened).restricted_mean(23)
    half = 1.959964 * durations.std() / math.sqrt(21)
    assert told.value is not None
    assert told.lower == pytest.approx(told.value - half, abs=1e-5)


def test_limits_hold_the_truth_as_often_as_they_say() -> None:
    within, medians, means = [], [], []
    for seed in range(600):
        dice = np.random.default_rng(seed)
        waits, seen = dice.exponential(30, 80), dice.uniform(0, 120, 80)
        told = survival(np.minimum(waits, seen), waits <= seen)
        row = np.searchsorted(told.times, 30, side="right") - 1
        within.append(told.lower[row] <= math.exp(-1) <= told.upper[row])
        median = told.quantile(0.5)
        medians.append((median.lower or 0) <= 30 * math.log(2) <= (median.upper or math.inf))
        mean = told.restricted_mean(40)
        assert mean.lower is not None
        assert mean.upper is not None
        means.append(mean.lower <= 30 * (1 - math.exp(-4 / 3)) <= mean.upper)
    for held in (within, medians, means):
        assert np.mean(held) == pytest.approx(0.95, abs=0.025)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=40),
    st.randoms(use_true_random=False),
)
def test_neither_the_order_of_cases_nor_the_unit_of_time_matters(
    cases: list[tuple[int, bool]], dice: st.DataObject
) -> None:
    def told(cases: list[tuple[int, bool]], unit: float) -> Survival:
        durations, happened = zip(*cases, strict=True)
        return survival(np.array(durations) * unit, np.array(happened, dtype=np.bool_))

    plain = told(cases, 1.0)
    mixed = list(cases)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    other = told(mixed, 7.0)
    assert other.share.tolist() == plain.share.tolist()
    assert other.upper.tolist() == plain.upper.tolist()
    assert other.times == pytest.approx(plain.times * 7)
    assert (np.diff(np.concatenate([[1.0], plain.share])) < 0).all()
    assert (plain.lower <= plain.share).all()
    assert (plain.share <= plain.upper).all()


def test_where_the_step_never_happened_everyone_seen_waits() -> None:
    told = survival(np.array([5.0, 9.0]), np.array([False, False]))
    assert len(told.times) == 0
    assert told.quantile(0.5) == Between(None, None, None)
    assert told.restricted_mean(9) == Between(9, 9, 9)
    read = told.at(np.array([0.0, 9.0, 9.1]))
    assert read[:2].tolist() == [1, 1]
    assert np.isnan(read[2])


def test_one_case_alone_has_a_curve_without_a_limit_worth_the_name() -> None:
    told = survival(np.array([3.0]), np.array([True]))
    assert (told.share.tolist(), told.lower.tolist(), told.upper.tolist()) == ([0], [0], [1])
    assert told.quantile(0.5) == Between(3, 3, None)
    assert told.at(np.array([2.9, 3.0, 50.0])).tolist() == [1, 0, 0]


def test_nine_of_ten_is_reached_with_the_ninth_whatever_rounding_says() -> None:
    told = survival(np.arange(1.0, 11.0), np.ones(10, dtype=np.bool_))
    assert [told.quantile(done / 10).value for done in range(1, 10)] == list(range(1, 10))


def test_a_step_on_the_very_first_day_counts() -> None:
    told = survival(np.array([0.0, 0.0, 5.0, 8.0]), np.array([True, True, True, False]))
    assert told.share == pytest.approx(np.array([0.5, 0.25]))
    assert told.at(np.array([0.0]))[0] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("durations", "happened", "kind", "said"),
    [
        ([], [], NothingToReportError, "There are no cases"),
        ([-1.0], [True], ReportError, "durations go down to -1"),
        ([np.nan], [True], ReportError, "1 of the 1 durations are missing"),
        ([1.0, 2.0], [True], ReportError, "as many as each other, not 2, 1"),
    ],
)
def test_durations_that_cannot_be_are_refused_in_a_sentence(
    durations: list[float], happened: list[bool], kind: type[ReportError], said: str
) -> None:
    with pytest.raises(ReportError, match=said) as refused:
        survival(np.array(durations), np.array(happened, dtype=np.bool_))
    assert type(refused.value) is kind


def test_times_that_the_cases_cannot_tell_of_are_refused(treated: Survival) -> None:
    with pytest.raises(ReportError, match="at most 35, the longest that was seen"):
        treated.restricted_mean(36)
    with pytest.raises(ReportError, match="up to 0 cannot be told"):
        treated.restricted_mean(0)
    with pytest.raises(ReportError, match="A share of 1 has no time"):
        treated.quantile(1.0)
    with pytest.raises(ReportError, match="confidence of 95 means nothing"):
        survival(*weeks(PLACEBO), confidence=95)
