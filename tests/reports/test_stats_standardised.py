"""Units compared with what their own cases would have brought others, and rates in one mix."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.errors import NothingToReportError, ReportError, TooLittleToSayError
from reports.stats.arrays import Floats, Marks, Whole
from reports.stats.intervals import poisson_rate, wilson
from reports.stats.standardised import direct_rates, indirect_rates, indirect_shares


def officers(seed: int, cases: int = 900) -> tuple[Marks, Whole, Whole]:
    """Six officers who are alike, but of whom each has harder cases than the one before."""
    dice = np.random.default_rng(seed)
    who = dice.integers(0, 6, cases)
    kind = np.minimum(dice.poisson(who / 2), 4)
    return dice.random(cases) < np.array([0.9, 0.7, 0.5, 0.3, 0.2])[kind], who, kind


def test_two_officers_with_unlike_cases_by_hand() -> None:
    """Of ten easy cases 8 are done, of ten hard 3: easy 0.8, hard 0.3."""
    happened = np.array([1] * 7 + [0] + [1, 0] + [1] + [0] + [1, 1] + [0] * 6, dtype=np.bool_)
    who = np.array(["Ann"] * 8 + ["Bo"] * 2 + ["Ann"] * 2 + ["Bo"] * 8)
    kind = np.array(["easy"] * 10 + ["hard"] * 10)
    told = indirect_shares(happened, who, kind)
    assert told.units.tolist() == ["Ann", "Bo"]
    assert told.observed.tolist() == [8, 3]
    assert told.expected == pytest.approx(np.array([8 * 0.8 + 2 * 0.3, 2 * 0.8 + 8 * 0.3]))
    assert told.ratio == pytest.approx(np.array([8 / 7, 3 / 4]))
    # Hypergeometric variances: easy 8 * 2 * 8 * 2 / (100 * 9), hard 2 * 8 * 3 * 7 / (100 * 9).
    assert told.z[0] == pytest.approx(1 / np.sqrt((256 + 336) / 900))
    assert told.z[1] == pytest.approx(-told.z[0])
    assert told.comparable.tolist() == [1, 1]


@given(st.integers(1, 40), st.integers(0, 40), st.integers(1, 40), st.integers(1, 40))
def test_with_one_stratum_the_limits_are_wilsons(
    good: int, bad: int, others: int, others_bad: int
) -> None:
    happened = np.repeat([True, False, True, False], [good, bad, others, others_bad])
    who = np.repeat([0, 1], [good + bad, others + others_bad])
    told = indirect_shares(happened, who, np.zeros(len(who), dtype=np.int64))
    overall = happened.mean()
    plain = wilson(good, good + bad)
    assert told.lower[0] * overall == pytest.approx(float(plain.lower), abs=1e-9)
    assert told.upper[0] * overall == pytest.approx(float(plain.upper), abs=1e-9)


def test_harder_cases_make_no_worse_officer() -> None:
    far, near, ratios = 0, 0, []
    for seed in range(60):
        happened, who, kind = officers(seed)
        told = indirect_shares(happened, who, kind)
        plain = indirect_shares(happened, who, np.zeros(len(who), dtype=np.int64))
        far += int((plain.q <= 0.05).any())
        near += int((told.q <= 0.05).any())
        ratios.append(told.ratio)
    assert far == 60
    assert near <= 8  # 3 expected
    assert np.mean(ratios, axis=0) == pytest.approx(np.ones(6), abs=0.03)


def test_the_p_value_is_even_among_officers_who_are_alike() -> None:
    p = np.concatenate([indirect_shares(*officers(seed)).p for seed in range(120)])
    assert np.mean(p <= 0.05) == pytest.approx(0.05, abs=0.02)
    assert np.mean(p <= 0.5) == pytest.approx(0.5, abs=0.05)


def test_an_officer_who_does_less_is_found_and_the_limits_hold_the_truth() -> None:
    found, held = 0, []
    for seed in range(100):
        happened, who, kind = officers(seed)
        lazy = (who == 3) & (np.random.default_rng(seed).random(len(who)) < 0.4)
        told = indirect_shares(happened & ~lazy, who, kind)
        found += int(told.q[3] <= 0.05)
        # All together do less by what the one does less.
        together = np.average(1 - 0.4 * (np.arange(6) == 3), weights=told.expected)
        held.append(told.lower[3] <= 0.6 / together <= told.upper[3])
    assert found >= 80
    assert np.mean(held) >= 0.9


def test_an_officer_with_a_kind_of_cases_alone_is_told_to_be_compared_with_nobody() -> None:
    told = indirect_shares(
        np.array([True, False, True, True, False]),
        np.array([1, 1, 2, 2, 2]),
        np.array([7, 7, 8, 8, 7]),
    )
    assert told.comparable == pytest.approx(np.array([1, 1 / 3]))
    alone = indirect_shares(np.array([True, False, True]), np.array([1, 1, 2]), np.array([7, 7, 8]))
    assert alone.comparable.tolist() == [0, 0]
    assert alone.z.tolist() == [0, 0]
    assert alone.p.tolist() == [1, 1]


def test_where_nothing_was_to_be_expected_no_ratio_is_told() -> None:
    told = indirect_shares(np.array([False, False, True]), np.array([1, 2, 2]), np.array([7, 7, 8]))
    assert np.isnan(told.ratio[0])
    assert (told.lower[0], told.upper[0]) == (0, np.inf)
    assert told.ratio[1] == 1


def test_rates_have_the_limits_of_their_events_over_those_expected() -> None:
    events, hours = np.array([10.0, 5, 4, 21, 2]), np.array([100.0, 50, 20, 130, 0])
    who, kind = np.array([1, 1, 2, 2, 1]), np.array([1, 2, 1, 2, 2])
    told = indirect_rates(events, hours, who, kind)
    expected = np.array([100 * 14 / 120 + 50 * 28 / 180, 20 * 14 / 120 + 130 * 28 / 180])
    assert told.expected == pytest.approx(expected)
    assert told.observed.tolist() == [17, 25]
    plain = poisson_rate(told.observed, expected)
    assert told.lower == pytest.approx(plain.lower)
    assert told.upper == pytest.approx(plain.upper)
    part = np.array([100 / 120, 50 / 180])
    variance = (part * (1 - part) * [14, 28]).sum()
    assert told.z[0] == pytest.approx((17 - expected[0]) / np.sqrt(variance))


def test_expected_events_add_up_to_those_observed() -> None:
    happened, who, kind = officers(4)
    told = indirect_shares(happened, who, kind)
    assert told.expected.sum() == pytest.approx(told.observed.sum())
    mixed = np.random.default_rng(1).permutation(len(who))
    again = indirect_shares(happened[mixed], who[mixed], kind[mixed])
    assert again.ratio == pytest.approx(told.ratio)


# J. L. Fleiss, "Statistical Methods for Rates and Proportions" (2nd ed. 1981), chapter 14:
# Down's syndrome among first births in Michigan 1950-1964, by the mother's age.
BORN = np.array([230061.0, 329449, 114920, 39487, 14208, 3052])
DOWNS = np.array([107.0, 141, 60, 40, 39, 25])
ALL_BORN = np.array([319933.0, 931318, 786511, 488235, 237863, 61313])


def michigan(**given: Floats) -> tuple[float, float, float, float]:
    ages = np.arange(6)
    told = direct_rates(DOWNS, BORN, np.zeros(6, dtype=np.int64), ages, **given)
    return tuple(float(of[0]) * 1e5 for of in (told.crude, told.rate, told.lower, told.upper))  # type: ignore[return-value]


def test_first_births_in_michigan_have_the_published_adjusted_rate() -> None:
    """56.3 in 100,000 as they are; 92.3 had their mothers been as old as all."""
    crude, rate, lower, upper = michigan(standard=ALL_BORN)
    assert (crude, rate) == pytest.approx((56.3, 92.3), abs=0.06)
    each = ALL_BORN / ALL_BORN.sum() / BORN * 1e5
    variance, largest = (each**2 * DOWNS).sum(), each.max()
    low = stats.chi2.ppf(0.025, 2 * rate**2 / variance) * variance / (2 * rate)
    more, wider = rate + largest, variance + largest**2
    high = stats.chi2.ppf(0.975, 2 * more**2 / wider) * wider / (2 * more)
    assert (lower, upper) == pytest.approx((low, high))


def test_limits_of_adjusted_rates_hold_the_truth_at_least_as_often_as_they_say() -> None:
    dice = np.random.default_rng(1)
    exposure, truth = np.array([400.0, 90, 30]), np.array([0.02, 0.05, 0.2])
    counts = dice.poisson(exposure * truth, (3000, 3)) * 1.0
    area, kind = np.repeat(np.arange(3000), 3), np.tile(np.arange(3), 3000)
    standard = np.array([1.0, 1, 1])
    told = direct_rates(counts.ravel(), np.tile(exposure, 3000), area, kind, standard=standard)
    held = (told.lower <= truth.mean()) & (truth.mean() <= told.upper)
    assert 0.95 <= np.mean(held) <= 0.99


def test_a_unit_that_is_its_own_standard_has_its_crude_rate() -> None:
    crude, rate, lower, upper = michigan()
    assert rate == pytest.approx(crude)
    exact = poisson_rate(412, BORN.sum() / 1e5, mid_p=False)
    assert (lower, upper) == pytest.approx((float(exact.lower), float(exact.upper)))


def test_areas_alike_in_every_stratum_have_one_rate_whatever_their_mix() -> None:
    exposure = np.array([100.0, 900, 900, 100])
    area, kind = np.array([1, 1, 2, 2]), np.array(["old", "new", "old", "new"])
    told = direct_rates(exposure * [0.2, 0.05, 0.2, 0.05], exposure, area, kind)
    assert told.rate == pytest.approx(np.full(2, 0.125))
    assert told.crude == pytest.approx(np.array([0.065, 0.185]))
    assert (told.lower < told.rate).all()
    assert (told.rate < told.upper).all()


def test_an_area_that_lacks_a_stratum_has_no_rate() -> None:
    told = direct_rates(
        np.array([3.0, 4, 0]), np.array([10.0, 10, 10]), np.array([1, 1, 2]), np.array([1, 2, 1])
    )
    assert told.lacking.tolist() == [0, 1]
    assert told.rate[0] == pytest.approx(0.3 * 2 / 3 + 0.4 / 3)
    assert np.isnan(told.rate[1])
    assert (told.lower[1], told.upper[1]) == (0, np.inf)
    unweighted = direct_rates(
        np.array([3.0, 4, 0]),
        np.array([10.0, 10, 10]),
        np.array([1, 1, 2]),
        np.array([1, 2, 1]),
        standard=np.array([1.0, 0.0]),
    )
    assert unweighted.rate == pytest.approx(np.array([0.3, 0]))
    assert unweighted.lower[1] == 0
    assert unweighted.upper[1] == pytest.approx(0.3689, abs=1e-4)


def test_comparisons_that_cannot_be_made_are_refused_in_a_sentence() -> None:
    none, one = np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    with pytest.raises(NothingToReportError, match="There are no cases"):
        indirect_shares(none.astype(np.bool_), none, none)
    with pytest.raises(TooLittleToSayError, match="All cases are of one unit"):
        indirect_shares(one.astype(np.bool_), one, one)
    with pytest.raises(ReportError, match="as many as each other, not 1, 1, 0, 1"):
        indirect_shares(one.astype(np.bool_), none, one)
    with pytest.raises(ReportError, match="A stratum has events where there was no exposure"):
        indirect_rates(np.array([1.0, 1]), np.array([1.0, 0]), np.array([1, 2]), np.array([1, 2]))
    with pytest.raises(ReportError, match="events where there was no exposure"):
        direct_rates(np.array([1.0, 1]), np.array([1.0, 0]), np.array([1, 2]), np.array([1, 1]))
    with pytest.raises(ReportError, match="There are 6 strata and 2 weights"):
        michigan(standard=np.ones(2))
    with pytest.raises(ReportError, match="exposures go down to -1"):
        indirect_rates(np.ones(2), np.array([1.0, -1]), np.array([1, 2]), np.array([1, 2]))
