"""Whether groups wait equally long: the published test, SciPy's, and chance."""

import numpy as np
import pytest
from scipy import stats

from reports.errors import NothingToReportError, ReportError, TooLittleToSayError
from reports.stats.arrays import Floats, Marks, Whole
from reports.stats.logrank import log_rank

SIX_MP = "6 6 6 -6 7 -9 10 -10 -11 13 16 -17 -19 -20 22 23 -25 -32 -32 -34 -35"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def of(*groups: str) -> tuple[Floats, Marks, Whole]:
    numbers = [np.array([float(week) for week in group.split()]) for group in groups]
    every = np.concatenate(numbers)
    return np.abs(every), every > 0, np.repeat(np.arange(len(groups)), [len(n) for n in numbers])


def test_remissions_on_6_mp_outlast_those_on_placebo_by_the_published_figures() -> None:
    """Chi-squared 16.79; 9 relapses against 19.25 expected, and 21 against 10.75."""
    told = log_rank(*of(SIX_MP, PLACEBO))
    assert told.chi2 == pytest.approx(16.79, abs=0.005)
    assert told.freedom == 1
    assert told.p == pytest.approx(4.17e-5, rel=0.01)
    assert told.observed.tolist() == [9, 21]
    assert told.expected == pytest.approx(np.array([19.25, 10.75]), abs=0.005)


@pytest.mark.parametrize("seed", range(6))
def test_two_groups_are_told_as_scipy_tells_them(seed: int) -> None:
    dice = np.random.default_rng(seed)
    durations, happened = dice.integers(0, 40, 90) * 1.0, dice.random(90) < 0.7
    groups = dice.integers(0, 2, 90)
    durations[groups == 1] *= 1.3
    data = [
        stats.CensoredData(
            uncensored=durations[(groups == group) & happened],
            right=durations[(groups == group) & ~happened],
        )
        for group in (0, 1)
    ]
    theirs = stats.logrank(*data)
    told = log_rank(durations, happened, groups)
    assert told.chi2 == pytest.approx(theirs.statistic**2)
    assert told.p == pytest.approx(theirs.pvalue)


def test_three_groups_that_are_one_differ_as_often_as_chance_has_it() -> None:
    ps = []
    for seed in range(500):
        dice = np.random.default_rng(seed)
        durations, happened = dice.exponential(30, 90), dice.random(90) < 0.7
        ps.append(log_rank(durations, happened, np.arange(90) % 3).p)
    assert np.mean(np.array(ps) <= 0.05) == pytest.approx(0.05, abs=0.03)
    assert np.mean(ps) == pytest.approx(0.5, abs=0.05)


def test_a_third_group_that_is_slower_is_found_and_the_names_of_groups_do_not_matter() -> None:
    dice = np.random.default_rng(1)
    durations = dice.exponential(np.repeat([20, 20, 45], 60))
    groups = np.repeat([7, 3, 100], 60)
    told = log_rank(durations, np.ones(180, dtype=np.bool_), groups)
    assert told.groups.tolist() == [3, 7, 100]
    assert told.freedom == 2
    assert told.p < 1e-4
    assert told.observed[2] < told.expected[2]
    assert told.observed.sum() == pytest.approx(told.expected.sum()) == 180
    again = log_rank(durations * 3, np.ones(180, dtype=np.bool_), -groups)
    assert again.chi2 == pytest.approx(told.chi2)


def test_a_group_that_left_before_anything_happened_counts_for_nothing() -> None:
    durations, happened, groups = of(SIX_MP, PLACEBO, "-0.5 -0.5")
    told = log_rank(durations, happened, groups)
    assert told.chi2 == pytest.approx(log_rank(*of(SIX_MP, PLACEBO)).chi2)
    assert told.freedom == 1


def test_what_cannot_be_compared_is_refused_in_a_sentence() -> None:
    with pytest.raises(NothingToReportError, match="There are no cases"):
        log_rank(np.zeros(0), np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.int64))
    with pytest.raises(TooLittleToSayError, match="All cases are of one group"):
        log_rank(*of(PLACEBO))
    with pytest.raises(TooLittleToSayError, match="The step never happened while"):
        log_rank(*of("-1 -2", "-3"))
    with pytest.raises(TooLittleToSayError, match="The step never happened while"):
        log_rank(*of("-1 -2", "9"))
    with pytest.raises(ReportError, match="as many as each other, not 2, 3"):
        log_rank(np.ones(2), np.ones(2, dtype=np.bool_), np.array([1, 2, 3]))
