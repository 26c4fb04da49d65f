"""Steps that another ending may forestall: by hand, and against what they come down to."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.errors import NothingToReportError, ReportError
from reports.stats.arrays import Floats, Whole
from reports.stats.incidence import cumulative_incidence
from reports.stats.survival import survival


def cases(seed: int, many: int = 200) -> tuple[Floats, Whole]:
    dice = np.random.default_rng(seed)
    notice, unfounded = dice.exponential(40, many), dice.exponential(60, many)
    seen = dice.uniform(5, 100, many)
    first = np.argmin([seen, notice, unfounded], axis=0)
    return np.ceil(np.min([seen, notice, unfounded], axis=0)), first


def test_six_complaints_by_hand() -> None:
    """Days 1 notice, 2 unfounded, 3 waits, 4 notice, 4 unfounded, 6 notice.

    The share that waits is 1, 5/6, 4/6, then (of 3) 1/3 of 4/6, then 0.
    """
    told = cumulative_incidence(np.array([1.0, 2, 3, 4, 4, 6]), np.array([1, 2, 0, 1, 2, 1]))
    notice, unfounded = told
    assert (notice.ending, unfounded.ending) == (1, 2)
    assert notice.times.tolist() == [1, 2, 4, 6]
    assert notice.share == pytest.approx(np.array([1 / 6, 1 / 6, 1 / 6 + 2 / 9, 1 / 6 + 4 / 9]))
    assert unfounded.share == pytest.approx(np.array([0, 1 / 6, 1 / 6 + 2 / 9, 1 / 6 + 2 / 9]))
    assert notice.events.tolist() == [1, 0, 1, 1]
    assert notice.at(np.array([0.5, 4.0, 5.9, 99])) == pytest.approx([0, 7 / 18, 7 / 18, 11 / 18])


@pytest.mark.parametrize("seed", range(5))
def test_one_ending_alone_is_what_kaplan_and_meier_leave(seed: int) -> None:
    durations, endings = cases(seed)
    happened = endings == 1
    (told,) = cumulative_incidence(durations, happened.astype(np.int64))
    plain = survival(durations, happened)
    assert told.share == pytest.approx(1 - plain.share, abs=1e-12)
    assert told.variance == pytest.approx(plain.variance, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_where_all_have_ended_each_share_is_the_plain_one(seed: int) -> None:
    durations, endings = cases(seed)
    durations, endings = durations[endings > 0], endings[endings > 0]
    for told in cumulative_incidence(durations, endings):
        plain = [np.mean((durations <= time) & (endings == told.ending)) for time in told.times]
        assert told.share == pytest.approx(np.array(plain), abs=1e-12)
        variance = np.array(plain) * (1 - np.array(plain)) / len(durations)
        assert told.variance == pytest.approx(variance, abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3)), min_size=1, max_size=30))
def test_all_endings_and_those_who_wait_add_up_to_everyone(drawn: list[tuple[int, int]]) -> None:
    durations, endings = (np.array(column) for column in zip(*drawn, strict=True))
    told = cumulative_incidence(durations * 1.0, endings)
    waits = survival(durations * 1.0, endings > 0)
    ended = sum((one.share for one in told), start=np.zeros(len(waits.times)))
    assert ended + waits.share == pytest.approx(np.ones(len(waits.times)), abs=1e-9)
    for one in told:
        assert (one.lower <= one.share + 1e-12).all()
        assert (one.share <= one.upper + 1e-12).all()
        assert (np.diff(one.share) >= 0).all()


def test_taking_the_unfounded_for_out_of_sight_tells_too_much() -> None:
    durations, endings = cases(3)
    notice = cumulative_incidence(durations, endings)[0]
    naive = 1 - survival(durations, endings == 1).at(notice.times[:40])
    assert (naive >= notice.share[:40] - 1e-12).all()
    assert naive[-1] > notice.share[39] + 0.03


def test_the_limits_hold_the_truth_as_often_as_they_say() -> None:
    truth = 0.6 * (1 - np.exp(-30 * (1 / 40 + 1 / 60)))
    held, shares, variances = [], [], []
    for seed in range(600):
        told = cumulative_incidence(*cases(seed, 120))[0]
        row = np.searchsorted(told.times, 30, side="right") - 1
        held.append(told.lower[row] <= truth <= told.upper[row])
        shares.append(told.share[row])
        variances.append(told.variance[row])
    assert np.mean(held) == pytest.approx(0.95, abs=0.025)
    assert np.var(shares) == pytest.approx(np.mean(variances), rel=0.15)


def test_rounding_short_of_everyone_is_everyone() -> None:
    """The shares of 761 cases that all came to it add up to a hair less than one."""
    durations = np.repeat(np.arange(9.0), [97, 78, 109, 60, 73, 116, 87, 76, 65])
    (inspected,) = cumulative_incidence(durations, np.ones(len(durations), dtype=np.int64))
    assert inspected.share[-1] == pytest.approx(1)
    assert inspected.lower[-1] == pytest.approx(1)
    assert inspected.upper[-1] == pytest.approx(1)


def test_where_every_case_waits_there_is_no_ending() -> None:
    assert cumulative_incidence(np.array([3.0, 4.0]), np.array([0, 0])) == ()


def test_endings_that_cannot_be_are_refused_in_a_sentence() -> None:
    with pytest.raises(NothingToReportError, match="There are no cases"):
        cumulative_incidence(np.zeros(0), np.zeros(0, dtype=np.int64))
    with pytest.raises(ReportError, match="numbered -1"):
        cumulative_incidence(np.ones(2), np.array([-1, 1]))
    with pytest.raises(ReportError, match="durations go down to -2"):
        cumulative_incidence(np.array([-2.0]), np.array([1]))
