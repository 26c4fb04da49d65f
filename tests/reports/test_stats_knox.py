"""Near repeats: counted as by hand, dealt out fairly, found where they were laid."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.errors import NothingToReportError, ReportError, TooLittleToSayError
from reports.stats import knox as knox_module
from reports.stats import near_pairs
from reports.stats.arrays import Floats, Whole
from reports.stats.knox import Knox, expected_pairs, knox

DISTANCES, SPANS = (50.0, 120.0), (3, 10, 30)


def small_town(seed: int, cases: int = 60, places: int = 25) -> tuple[Floats, Whole]:
    dice = np.random.default_rng(seed)
    lots = dice.integers(0, 30, (places, 2)) * 10.0
    return lots[dice.integers(0, places, cases)], dice.integers(0, 90, cases)


def by_hand(points: Floats, days: Whole) -> list[list[int]]:
    counts = [[0] * len(SPANS) for _ in range(len(DISTANCES) + 1)]
    for one, other in itertools.combinations(range(len(days)), 2):
        apart = math.dist(points[one], points[other])
        between = abs(int(days[one]) - int(days[other]))
        rows = [apart == 0, 0 < apart <= 50, 50 < apart <= 120]
        columns = [between <= 3, 3 < between <= 10, 10 < between <= 30]
        if any(rows) and any(columns):
            counts[rows.index(True)][columns.index(True)] += 1
    return counts


def told(points: Floats, days: Whole, *, permutations: int = 99, seed: int = 1) -> Knox:
    return knox(
        points, days, distances=DISTANCES, spans=SPANS, permutations=permutations, seed=seed
    )


@pytest.mark.parametrize("seed", range(6))
def test_pairs_are_counted_as_by_hand(seed: int) -> None:
    points, days = small_town(seed)
    assert told(points, days).observed.tolist() == by_hand(points, days)


def test_an_edge_belongs_to_the_band_before_it() -> None:
    points = np.array([[0.0, 0.0], [30.0, 40.0], [0.0, 0.0], [30.0, 40.1]])
    observed = told(points, np.array([0, 3, 10, 40])).observed
    assert observed.tolist() == [[0, 1, 0], [1, 1, 0], [0, 0, 1]]


def test_the_expectation_is_the_mean_over_all_orders() -> None:
    points, days = small_town(3, cases=6, places=3)
    orders = [np.array(order) for order in itertools.permutations(days)]
    mean = np.mean([by_hand(points, order) for order in orders], axis=0)
    assert told(points, days).expected == pytest.approx(mean)


def test_the_lot_agrees_with_the_expectation() -> None:
    points, days = small_town(5, cases=150)
    found = told(points, days, permutations=999)
    assert found.simulated == pytest.approx(found.expected, rel=0.05, abs=0.4)


def test_the_expectation_of_knoxs_own_leukaemia_figures() -> None:
    """Of 96 cases in Northumberland 25 pairs within 1 km, 152 within 59 days: 0.83 both, 5 seen."""
    expected = expected_pairs(np.array([25]), np.array([152]), cases=96)
    assert expected[0, 0] == pytest.approx(0.83, abs=0.005)


def test_the_p_value_counts_the_observed_order_in() -> None:
    points, days = small_town(2)
    found = told(points, days, permutations=19)
    assert found.p * 20 == pytest.approx(np.round(found.p * 20))
    assert found.p.min() >= 0.05
    dice = np.random.default_rng(1)
    orders = [dice.permutation(_by_place(points, days)) for _ in range(19)]
    sorted_ = points[np.lexsort(points.T[::-1])]
    counts = np.array([by_hand(sorted_, order) for order in orders])
    assert found.p == pytest.approx(((counts >= found.observed).sum(axis=0) + 1) / 20)
    assert found.simulated == pytest.approx(counts.mean(axis=0))


def _by_place(points: Floats, days: Whole) -> Whole:
    return days[np.lexsort(points.T[::-1])]


def test_the_same_seed_gives_the_same_answer_in_parts_of_any_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    points, days = small_town(7, cases=200, places=60)
    whole = told(points, days)
    monkeypatch.setattr(knox_module, "AT_ONCE", 7)
    monkeypatch.setattr(near_pairs, "PAIRS_AT_ONCE", 255)
    parts = told(points, days)
    assert (parts.p == whole.p).all()
    assert (parts.observed == whole.observed).all()
    assert (told(points, days, seed=2).p != whole.p).any()


@given(st.integers(0, 20), st.floats(-1e5, 1e5), st.integers(-40_000, 40_000))
def test_neither_where_the_town_lies_nor_when_its_days_begin_matters(
    seed: int, shift: float, later: int
) -> None:
    points, days = small_town(seed)
    plain = told(points, days, permutations=19)
    # A quarter turn and a whole number of metres keep every distance to the bit.
    turned = points[:, ::-1] * (1, -1) + round(shift)
    moved = told(turned, days + later, permutations=19)
    assert (moved.observed == plain.observed).all()
    assert moved.expected == pytest.approx(plain.expected)


def test_the_order_of_the_cases_does_not_matter_to_what_is_counted() -> None:
    points, days = small_town(4)
    mixed = np.random.default_rng(1).permutation(len(days))
    plain, other = told(points, days), told(points[mixed], days[mixed])
    assert (other.observed == plain.observed).all()
    assert (other.expected == plain.expected).all()


def test_under_chance_alone_the_p_value_is_even() -> None:
    """Ten in a hundred below 0.1, and so on, in a band of many pairs."""
    ps = []
    for seed in range(400):
        dice = np.random.default_rng(seed)
        points, days = dice.random((100, 2)) * 400, dice.integers(0, 365, 100)
        found = knox(points, days, distances=(80.0,), spans=(30,), permutations=99, seed=seed)
        ps.append(found.p[1, 0])
    below = np.array([np.mean(np.array(ps) <= level) for level in (0.05, 0.1, 0.25, 0.5, 0.75)])
    # Ties count for chance, which keeps a little below the level.
    assert below == pytest.approx(np.array([0.05, 0.1, 0.25, 0.5, 0.75]), abs=0.065)
    assert below[0] <= 0.075


def test_near_repeats_laid_into_a_town_are_found_in_their_band_alone() -> None:
    dice = np.random.default_rng(11)
    points, days = dice.random((1200, 2)) * 3000, dice.integers(0, 700, 1200)
    chosen = dice.choice(1200, 60, replace=False)
    angle = dice.random(60) * 2 * np.pi
    away = np.column_stack([np.cos(angle), np.sin(angle)]) * dice.uniform(60, 110, (60, 1))
    points = np.vstack([points, points[chosen] + away])
    days = np.concatenate([days, days[chosen] + dice.integers(4, 11, 60)])
    found = told(points, days, permutations=199)
    assert found.p[2, 1] == 1 / 200
    assert found.ratio[2, 1] > 1.5
    others = np.delete(found.p.ravel(), [0, 1, 2, 7])
    assert (others > 0.01).all()


def test_the_same_lot_again_is_a_band_of_its_own() -> None:
    dice = np.random.default_rng(1)
    points, days = dice.random((300, 2)) * 2000, dice.integers(0, 900, 300)
    points, days = np.vstack([points, points[:30]]), np.concatenate([days, days[:30] + 2])
    found = told(points, days, permutations=99)
    assert found.observed[0, 0] == 30
    assert found.p[0, 0] == 0.01
    assert found.p[1:].min() >= 0.02


def test_bands_in_which_no_pair_lies_say_so() -> None:
    points = np.array([[0.0, 0.0], [5000.0, 0.0], [9000.0, 0.0]])
    found = told(points, np.array([1, 2, 3]))
    assert found.observed.sum() == 0
    assert np.isnan(found.ratio).all()
    assert (found.p == 1).all()


def test_a_century_of_days_is_counted_too() -> None:
    points = np.array([[0.0, 0.0], [10.0, 0.0], [20.0, 0.0]])
    found = told(points, np.array([0, 36_500, 36_502]))
    assert found.observed.tolist() == [[0, 0, 0], [1, 0, 0], [0, 0, 0]]


def test_how_far_it_is_gets_told() -> None:
    points, days = small_town(1)
    shares: list[float] = []
    knox(points, days, permutations=600, told=shares.append)
    assert shares == pytest.approx([256 / 600, 512 / 600, 1])


@pytest.mark.parametrize(
    ("points", "days", "kind", "said"),
    [
        ([], [], NothingToReportError, "There are no cases"),
        ([[1, 1]], [1], TooLittleToSayError, "one case only"),
        ([[1, 1], [2, 2]], [5, 5], TooLittleToSayError, "All 2 cases are of one day"),
        ([[1, 1], [1, 1]], [5, 6], TooLittleToSayError, "All 2 cases are of one place"),
        ([[1, 1], [2, np.nan]], [5, 6], ReportError, "1 of the 4 points' coordinates"),
        ([[1, 1], [2, 2]], [5, 6, 7], ReportError, "as many as each other, not 2, 3"),
    ],
)
def test_cases_that_tell_nothing_are_refused_in_a_sentence(
    points: list[list[float]], days: list[int], kind: type[ReportError], said: str
) -> None:
    with pytest.raises(ReportError, match=said) as refused:
        told(np.array(points, dtype=np.float64).reshape(-1, 2), np.array(days, dtype=np.int64))
    assert type(refused.value) is kind


def test_questions_that_make_no_sense_are_refused() -> None:
    points, days = small_town(1)
    with pytest.raises(ReportError, match=r"distances \[50, 50\] must rise"):
        knox(points, days, distances=(50, 50))
    with pytest.raises(ReportError, match=r"distances \[0\] must rise"):
        knox(points, days, distances=(0,))
    with pytest.raises(ReportError, match=r"spans \[\] must rise"):
        knox(points, days, spans=())
    with pytest.raises(ReportError, match="18 permutations tell nothing; give at least 19"):
        knox(points, days, permutations=18)


def test_more_pairs_than_can_be_counted_are_refused_before_they_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    points, days = small_town(1)
    monkeypatch.setattr(near_pairs, "MOST_PAIRS", 100)
    with pytest.raises(ReportError, match=r"pairs of cases lie within 120 m .* more than 100"):
        told(points, days)
