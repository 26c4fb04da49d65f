"""Cases in proportion to parcels, and why a hot spot is sought in the deviate."""

import numpy as np
import pytest
from esda.smoothing import assuncao_rate

from reports.errors import NothingToReportError, ReportError, TooLittleToSayError
from reports.stats.getis import Heat, Neighbourhood, heat_classes, hot_spots
from reports.stats.rates import cell_rates


@pytest.mark.parametrize("seed", range(4))
def test_the_deviate_is_the_published_index_as_esda_has_it(seed: int) -> None:
    dice = np.random.default_rng(seed)
    parcels = dice.integers(5, 60, (9, 8)) * 1.0
    cases = dice.poisson(dice.gamma(2, 0.4, parcels.shape) * parcels) * 1.0
    told = cell_rates(cases, parcels)
    published = assuncao_rate(cases.ravel(), parcels.ravel())
    assert told.deviate.ravel() == pytest.approx(published, abs=1e-10)
    assert told.overall == pytest.approx(cases.sum() / parcels.sum())
    assert told.rate == pytest.approx(cases / parcels)


def test_a_town_more_even_than_chance_still_has_finite_deviates() -> None:
    parcels = np.array([1.0, 1000.0, 1000.0, 1000.0])
    told = cell_rates(parcels * 2, parcels, least_parcels=1)
    assert told.deviate == pytest.approx(np.zeros(4))


def test_cells_with_few_parcels_have_no_rate_and_their_cases_are_told() -> None:
    told = cell_rates(np.array([[3.0, 2.0], [1.0, 7.0]]), np.array([[4.0, 5.0], [0.0, 10.0]]))
    assert told.valid.tolist() == [[False, True], [False, True]]
    assert told.left_out == 4
    assert told.overall == pytest.approx(9 / 15)
    assert told.rate.tolist() == [[0, 0.4], [0, 0.7]]
    assert told.deviate[0, 0] == 0


def test_a_cell_without_parcels_is_never_valid() -> None:
    told = cell_rates(np.array([1.0, 1.0]), np.array([0.0, 2.0]), least_parcels=0)
    assert told.valid.tolist() == [False, True]


@pytest.mark.parametrize(
    ("cases", "parcels", "kind", "said"),
    [
        ([], [], NothingToReportError, "No cell holds 5 parcels"),
        ([1.0], [4.0], NothingToReportError, "No cell holds 5 parcels"),
        ([0.0, 3.0], [9.0, 1.0], TooLittleToSayError, "no case in any of the 1 cells"),
        ([-1.0], [9.0], ReportError, "go down to -1"),
        ([1.0], [np.inf], ReportError, "missing or infinite"),
        ([1.0, 2.0], [9.0], ReportError, "as many as each other, not 2, 1"),
    ],
)
def test_rates_that_cannot_be_had_are_refused_in_a_sentence(
    cases: list[float], parcels: list[float], kind: type[ReportError], said: str
) -> None:
    with pytest.raises(ReportError, match=said) as refused:
        cell_rates(np.array(cases), np.array(parcels))
    assert type(refused.value) is kind


def test_many_parcels_are_no_hot_spot_but_many_cases_a_parcel_are() -> None:
    dice = np.random.default_rng(3)
    parcels = np.full((30, 30), 10.0)
    parcels[5:12, 5:12] = 60
    rate = np.full(parcels.shape, 0.3)
    rate[20:26, 20:26] = 0.9
    cases = dice.poisson(rate * parcels) * 1.0
    near = Neighbourhood.square(1)
    counts = heat_classes(hot_spots(cases, neighbourhood=near))
    told = cell_rates(cases, parcels)
    rates = heat_classes(hot_spots(told.deviate, valid=told.valid, neighbourhood=near))
    assert (counts[6:11, 6:11] == Heat.HOT_99).all()
    assert not (rates[5:12, 5:12] > Heat.NEITHER).any()
    assert (rates[21:25, 21:25] == Heat.HOT_99).all()
