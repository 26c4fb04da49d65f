"""What became of hot spots: each pattern by its rule, and the scores of a cube as esda has them."""

import itertools

import numpy as np
import pytest
from esda.getisord import G_Local
from hypothesis import given
from hypothesis import strategies as st
from libpysal.weights import W

from reports.errors import NothingToReportError, TooLittleToSayError
from reports.stats.arrays import Floats
from reports.stats.emerging import Pattern, emerging_hot_spots, patterns
from reports.stats.getis import Neighbourhood
from reports.stats.trend import mann_kendall

NEAR = Neighbourhood.square(1)


def of(history: str, *, rising: int = 0) -> Pattern | int:
    """Tell a place of one letter a step: h for hot, c for cold, a dot for neither."""
    steps = np.array(list(history))
    told = int(patterns(steps == "h", steps == "c", rising=np.array(rising, dtype=np.int8)))
    swapped = int(patterns(steps == "c", steps == "h", rising=np.array(-rising, dtype=np.int8)))
    assert swapped == -told
    return Pattern(told) if told >= 0 else told


@pytest.mark.parametrize(
    ("history", "rising", "expected"),
    [
        (".........h", 0, Pattern.NEW),
        ("..c......h", 0, Pattern.NEW),
        ("ccccccccch", 0, Pattern.NEW),
        ("........hh", 0, Pattern.CONSECUTIVE),
        ("..hhhhhhhh", 1, Pattern.CONSECUTIVE),
        ("c.......hh", 0, Pattern.CONSECUTIVE),
        (".hhhhhhhhh", 1, Pattern.INTENSIFYING),
        (".hhhhhhhhh", -1, Pattern.DIMINISHING),
        ("hhhh.hhhhh", 0, Pattern.PERSISTENT),
        ("hhhhhhhhhh", 0, Pattern.PERSISTENT),
        ("..h......h", 0, Pattern.SPORADIC),
        ("..hh...hhh", 1, Pattern.SPORADIC),
        ("c.h......h", 0, Pattern.OSCILLATING),
        ("h.c.....hh", 0, Pattern.OSCILLATING),
        ("hhhhhhhhh.", 1, Pattern.HISTORICAL),
        ("hhhhhhhh..", 0, Pattern.NONE),
        ("..........", 1, Pattern.NONE),
        ("..hhhh....", 0, Pattern.NONE),
        ("hhhhhhhhhc", 0, -Pattern.NEW),
    ],
)
def test_each_pattern_has_its_rule_and_cold_mirrors_hot(
    history: str, rising: int, expected: int
) -> None:
    assert of(history, rising=rising) == expected


def test_nearly_always_is_nine_in_ten_exactly() -> None:
    assert of("." * 2 + "h" * 17) == Pattern.CONSECUTIVE  # 17 of 19 are less than 90 %
    assert of("." * 2 + "h" * 18) == Pattern.PERSISTENT  # 18 of 20 are just that


@given(st.text("hc.", min_size=10, max_size=24), st.sampled_from([-1, 0, 1]))
def test_a_place_hot_in_the_last_step_is_some_hot_spot_and_no_other_is_but_history(
    history: str, rising: int
) -> None:
    told = of(history, rising=rising)
    if history[-1] == "h":
        assert Pattern.NEW <= told <= Pattern.OSCILLATING
    elif history[-1] == ".":
        assert abs(told) in {Pattern.NONE, Pattern.HISTORICAL}


@pytest.mark.filterwarnings("ignore:The weights matrix is not fully connected")
@pytest.mark.parametrize("back", [0, 1, 2])
def test_a_bin_is_scored_with_its_step_and_those_before_as_esda_does(back: int) -> None:
    dice = np.random.default_rng(back)
    cube = dice.poisson(2.0, (10, 6, 5)) * 1.0
    valid = np.ones((6, 5), dtype=np.bool_)
    valid[1, 2] = valid[5, 0] = False
    bins = [bin_ for bin_ in np.ndindex(10, 6, 5) if valid[bin_[1:]]]
    number = {bin_: at for at, bin_ in enumerate(bins)}
    around: dict[int, list[int]] = {}
    offsets = list(itertools.product(range(-back, 1), (-1, 0, 1), (-1, 0, 1)))
    for bin_, at in number.items():
        near = (tuple(np.add(bin_, offset)) for offset in offsets)
        around[at] = [number[other] for other in near if other in number and other != bin_]
    values = np.array([cube[bin_] for bin_ in bins])
    weights = W(around, silence_warnings=True)
    theirs = G_Local(values, weights, transform="B", star=True, permutations=0).Zs
    told = emerging_hot_spots(cube, neighbourhood=NEAR, valid=valid, back=back)
    assert np.array([told.z[bin_] for bin_ in bins]) == pytest.approx(theirs, abs=1e-9)
    assert np.isnan(told.z[:, 1, 2]).all()
    assert np.isnan(told.trend_p[1, 2])
    assert told.pattern[1, 2] == Pattern.NONE
    assert told.trend_z[0, 0] == pytest.approx(mann_kendall(told.z[:, :1, :1]).z[0, 0])


def town(steps: int = 12) -> Floats:
    return np.random.default_rng(8).poisson(2.0, (steps, 24, 24)) * 1.0


def test_spots_laid_into_a_quiet_town_are_found_as_what_they_are() -> None:
    cube = town()
    cube[-1, 2:6, 2:6] += 12
    cube[:, 10:14, 2:6] += 9
    cube[:, 2:6, 10:14] += np.linspace(10, 40, 12)[:, None, None]
    cube[:, 10:14, 10:14] += np.linspace(40, 10, 12)[:, None, None]
    cube[:-1, 18:22, 2:6] += 9
    told = emerging_hot_spots(cube, neighbourhood=NEAR, back=0).pattern
    assert (told[3:5, 3:5] == Pattern.NEW).all()
    assert (told[11:13, 3:5] == Pattern.PERSISTENT).all()
    assert (told[3:5, 11:13] == Pattern.INTENSIFYING).all()
    assert (told[11:13, 11:13] == Pattern.DIMINISHING).all()
    assert (told[19:21, 3:5] == Pattern.HISTORICAL).all()


def test_chance_alone_makes_hardly_a_pattern() -> None:
    told = emerging_hot_spots(town(20), neighbourhood=NEAR)
    assert np.count_nonzero(told.pattern) <= 3
    assert told.hot_steps.sum() == (told.q <= 0.05)[told.z > 0].sum()
    assert told.cold_steps.max() <= 1


def test_a_town_turned_upside_down_has_cold_spots_for_hot() -> None:
    cube = town()
    cube[6:, 3:8, 3:8] += 10
    told = emerging_hot_spots(cube, neighbourhood=NEAR)
    other = emerging_hot_spots(-cube, neighbourhood=NEAR)
    assert (other.pattern == -told.pattern).all()
    assert (other.cold_steps == told.hot_steps).all()


def test_a_cube_too_short_or_too_even_says_so() -> None:
    with pytest.raises(TooLittleToSayError, match="at least 10 steps; there are 9"):
        emerging_hot_spots(town(9), neighbourhood=NEAR)
    with pytest.raises(TooLittleToSayError, match="Each of the 40 bins holds 0"):
        emerging_hot_spots(np.zeros((10, 2, 2)), neighbourhood=NEAR)
    with pytest.raises(NothingToReportError, match="None of the bins lies"):
        emerging_hot_spots(
            np.ones((10, 2, 2)), neighbourhood=NEAR, valid=np.zeros((2, 2), dtype=np.bool_)
        )
    with pytest.raises(NothingToReportError, match="None of the bins lies"):
        emerging_hot_spots(np.zeros((0, 2, 2)), neighbourhood=NEAR)


def test_one_place_alone_is_compared_with_its_own_past() -> None:
    short = np.array([0.0] * 10 + [50.0] * 2).reshape(12, 1, 1)
    told = emerging_hot_spots(short, neighbourhood=NEAR, back=0)
    assert told.z[-1, 0, 0] == pytest.approx(np.sqrt(5))  # (50 - 25 / 3) / 18.6
    assert told.pattern[0, 0] == Pattern.NONE
    rare = np.array([0.0] * 30 + [50.0]).reshape(31, 1, 1)
    assert emerging_hot_spots(rare, neighbourhood=NEAR, back=0).pattern[0, 0] == Pattern.NEW
