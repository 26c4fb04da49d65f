"""Gi* on a grid: equal to esda, told apart where it cannot be, and honest about chance."""

import numpy as np
import pytest
from esda.getisord import G_Local
from hypothesis import given
from hypothesis import strategies as st
from libpysal.weights import W
from scipy import stats

from reports.errors import NothingToReportError, ReportError, TooLittleToSayError
from reports.stats.arrays import Floats, Marks
from reports.stats.discovery import Control, adjusted
from reports.stats.getis import Heat, HotSpots, Neighbourhood, heat_classes, hot_spots

SQUARE, DISC = Neighbourhood.square(1), Neighbourhood.disc(2.3)


def near(neighbourhood: Neighbourhood) -> set[tuple[int, int]]:
    reach = len(neighbourhood.half_widths) // 2
    return {
        (row - reach, column)
        for row, half in enumerate(neighbourhood.half_widths)
        for column in range(-half, half + 1)
    }


def by_esda(values: Floats, valid: Marks, neighbourhood: Neighbourhood) -> Floats:
    cells = [(int(row), int(column)) for row, column in np.argwhere(valid)]
    number = {cell: at for at, cell in enumerate(cells)}
    around = {
        number[row, column]: [
            number[row + up, column + across]
            for up, across in near(neighbourhood) - {(0, 0)}
            if (row + up, column + across) in number
        ]
        for row, column in cells
    }
    weights = W(around, silence_warnings=True)
    told = G_Local(values[valid], weights, transform="B", star=True, permutations=0)
    return np.asarray(told.Zs)


@pytest.mark.filterwarnings("ignore:The weights matrix is not fully connected")
@pytest.mark.parametrize("neighbourhood", [SQUARE, DISC, Neighbourhood.square(3)])
@pytest.mark.parametrize("seed", range(5))
def test_the_scores_are_those_of_esda_with_edges_and_holes(
    neighbourhood: Neighbourhood, seed: int
) -> None:
    dice = np.random.default_rng(seed)
    values = dice.gamma(0.3, 40.0, (19, 27)) if seed % 2 else dice.poisson(0.7, (19, 27)) * 1.0
    valid = dice.random(values.shape) < 0.8
    valid[5:9, 10:16] = False
    values[~valid] = np.nan
    ours = hot_spots(values, valid=valid, neighbourhood=neighbourhood)
    theirs = by_esda(values, valid, neighbourhood)
    assert np.abs(ours.z[valid] - theirs).max() < 1e-9
    assert np.isnan(ours.z[~valid]).all()
    assert ours.p[valid] == pytest.approx(2 * stats.norm.sf(np.abs(theirs)), rel=1e-8)


def test_a_disc_holds_the_cells_whose_centres_lie_within_reach() -> None:
    assert Neighbourhood.disc(1).half_widths == (0, 1, 0)
    assert Neighbourhood.disc(1.5).half_widths == (1, 1, 1)
    assert Neighbourhood.disc(0).half_widths == (0,)
    for reach in (2.0, 2.9, 5.0, 7.3):
        span = range(-8, 9)
        truth = {(up, over) for up in span for over in span if up**2 + over**2 <= reach**2}
        assert near(Neighbourhood.disc(reach)) == truth


def test_what_lies_outside_the_town_changes_nothing() -> None:
    dice = np.random.default_rng(4)
    town = dice.poisson(2.0, (8, 11)) * 1.0
    wide = np.full((20, 31), 1e9)
    wide[6:14, 9:20] = town
    valid = np.zeros(wide.shape, dtype=np.bool_)
    valid[6:14, 9:20] = True
    alone = hot_spots(town, neighbourhood=DISC)
    within = hot_spots(wide, valid=valid, neighbourhood=DISC)
    assert within.z[valid].reshape(town.shape) == pytest.approx(alone.z, abs=1e-12)
    assert within.q[valid].reshape(town.shape) == pytest.approx(alone.q, abs=1e-12)


@given(st.floats(0.01, 1000), st.floats(-1e4, 1e4), st.integers(0, 9))
def test_neither_the_unit_nor_the_zero_of_the_values_matters(
    scale: float, shift: float, seed: int
) -> None:
    values = np.random.default_rng(seed).poisson(3.0, (6, 7)) * 1.0
    plain = hot_spots(values, neighbourhood=SQUARE)
    other = hot_spots(values * scale + shift, neighbourhood=SQUARE)
    assert other.z == pytest.approx(plain.z, abs=1e-6)
    turned = hot_spots(-values, neighbourhood=SQUARE)
    assert turned.z == pytest.approx(-plain.z, abs=1e-9)
    assert turned.p == pytest.approx(plain.p, abs=1e-9)


def test_turning_the_map_turns_the_answer() -> None:
    values = np.random.default_rng(1).poisson(3.0, (9, 14)) * 1.0
    plain = hot_spots(values, neighbourhood=DISC)
    turned = hot_spots(np.rot90(values).copy(), neighbourhood=DISC)
    assert turned.z == pytest.approx(np.rot90(plain.z), abs=1e-9)


@pytest.mark.parametrize(
    ("values", "valid", "kind", "said"),
    [
        (np.zeros((0, 0)), None, NothingToReportError, "None of the cells lies"),
        (
            np.ones((2, 2)),
            np.zeros((2, 2), dtype=bool),
            NothingToReportError,
            "None of the cells lies",
        ),
        (np.ones((1, 1)), None, TooLittleToSayError, "only one of the cells"),
        (np.full((3, 4), 0.1), None, TooLittleToSayError, "Each of the 12 cells holds 0.1"),
        (np.array([[1.0, np.nan]]), None, ReportError, "1 of the 2 cells' values are missing"),
        (np.ones((2, 2)), np.ones((3, 2), dtype=bool), ReportError, r"shape \(3, 2\)"),
    ],
)
def test_a_grid_with_nothing_to_compare_says_so(
    values: Floats, valid: Marks | None, kind: type[ReportError], said: str
) -> None:
    with pytest.raises(ReportError, match=said) as refused:
        hot_spots(values, valid=valid, neighbourhood=SQUARE)
    assert type(refused.value) is kind


def test_a_cell_that_sees_the_whole_town_is_neither_hot_nor_cold() -> None:
    values = np.array([[1.0, 2.0, 9.0]])
    told = hot_spots(values, neighbourhood=SQUARE)
    assert told.z[0, 1] == 0
    assert told.p[0, 1] == 1
    assert np.isfinite(told.z).all()


def test_no_neighbourhood_reaches_less_than_nothing() -> None:
    with pytest.raises(ReportError, match="reach -1 cells"):
        Neighbourhood.square(-1)
    with pytest.raises(ReportError, match=r"reach -0\.5 cells"):
        Neighbourhood.disc(-0.5)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_false_discoveries_are_held_as_scipy_holds_them(p: list[float]) -> None:
    values = np.array(p)
    ours = adjusted(values)
    assert ours == pytest.approx(stats.false_discovery_control(values, method="bh"), abs=1e-12)
    dearer = adjusted(values, control=Control.BENJAMINI_YEKUTIELI)
    assert dearer == pytest.approx(stats.false_discovery_control(values, method="by"), abs=1e-12)
    assert (dearer >= ours - 1e-12).all()


def test_what_was_not_tested_does_not_count_among_the_tests() -> None:
    p = np.array([[0.01, np.nan], [0.04, 0.3]])
    assert adjusted(p)[0, 0] == pytest.approx(0.03)
    assert np.isnan(adjusted(p)[0, 1])
    assert adjusted(np.full(3, np.nan)).shape == (3,)


def test_classes_follow_the_controlled_rate_and_the_side() -> None:
    z = np.array([5.0, 3.0, 2.0, 0.1, -2.0, -3.0, -5.0, np.nan])
    q = np.array([0.01, 0.05, 0.1, 0.9, 0.1, 0.05, 0.009, np.nan])
    assert heat_classes(HotSpots(z, q, q)).tolist() == [
        Heat.HOT_99,
        Heat.HOT_95,
        Heat.HOT_90,
        Heat.NEITHER,
        Heat.COLD_90,
        Heat.COLD_95,
        Heat.COLD_99,
        Heat.NEITHER,
    ]


def test_chance_alone_makes_hardly_a_map_with_findings_and_a_real_spot_is_found() -> None:
    found = 0
    for seed in range(100):
        noise = np.random.default_rng(seed).normal(size=(40, 40))
        found += bool((hot_spots(noise, neighbourhood=SQUARE).q <= 0.05).any())
    assert found <= 10  # 5 expected
    noise[20:25, 10:15] += 2
    spots = hot_spots(noise, neighbourhood=SQUARE)
    hot = heat_classes(spots) == Heat.HOT_99
    assert hot[21:24, 11:14].all()
    assert hot.sum() <= 49
