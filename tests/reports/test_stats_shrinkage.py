"""Rankings that know how sure they are: fitted as others fit, and held to the truth they hide."""

import math

import numpy as np
import pytest
from esda.smoothing import Empirical_Bayes
from scipy import optimize, stats

from reports.errors import NothingToReportError, ReportError, TooLittleToSayError
from reports.stats import shrinkage
from reports.stats.arrays import Floats
from reports.stats.shrinkage import Fit, fitted, ranking


def landlords(seed: int, units: int = 150, shape: float = 1.5) -> tuple[Floats, Floats, Floats]:
    """Events and exposures of units whose true rates are gamma, and these rates."""
    dice = np.random.default_rng(seed)
    truth = dice.gamma(shape, 0.4 / shape, units)
    exposure = dice.integers(1, 40, units) * 1.0
    return dice.poisson(truth * exposure) * 1.0, exposure, truth


@pytest.mark.parametrize("seed", range(5))
def test_the_likeliest_spread_is_the_one_a_search_by_scipys_distribution_finds(seed: int) -> None:
    events, exposure, _ = landlords(seed)

    def surprise(logs: Floats) -> float:
        shape, mean = np.exp(logs)
        return -stats.nbinom.logpmf(events, shape, shape / (shape + mean * exposure)).sum()

    best = optimize.minimize(surprise, [0.0, -1.0], method="Nelder-Mead", options={"xatol": 1e-6})
    told = fitted(events, exposure)
    assert told.shape == pytest.approx(np.exp(best.x[0]), rel=1e-3)
    assert told.mean == pytest.approx(np.exp(best.x[1]), rel=1e-3)


@pytest.mark.parametrize("seed", range(5))
def test_by_moments_the_rates_are_shrunk_as_esda_shrinks_them(seed: int) -> None:
    events, exposure, _ = landlords(seed)
    told = ranking(events, exposure, fit=Fit.MOMENTS, draws=200)
    assert told.shrunk == pytest.approx(Empirical_Bayes(events, exposure).r.ravel())


def test_the_spread_that_was_put_in_is_found_again() -> None:
    found = [fitted(*landlords(seed, 400)[:2]) for seed in range(20)]
    assert np.mean([spread.shape for spread in found]) == pytest.approx(1.5, rel=0.1)
    assert np.mean([spread.mean for spread in found]) == pytest.approx(0.4, rel=0.05)
    assert found[0].scatter == pytest.approx(found[0].shape ** -0.5)


def test_limits_and_ranks_hold_the_truth_as_often_as_they_say() -> None:
    rates, ranks, sure = [], [], []
    for seed in range(40):
        events, exposure, truth = landlords(seed)
        told = ranking(events, exposure, k=15, draws=500, seed=seed)
        rates.append((told.lower <= truth) & (truth <= told.upper))
        rank = stats.rankdata(-truth)
        ranks.append((told.best <= rank) & (rank <= told.worst))
        sure.append(np.column_stack([told.top, rank <= 15]))
    assert np.mean(rates) == pytest.approx(0.95, abs=0.015)
    assert np.mean(ranks) == pytest.approx(0.95, abs=0.015)
    told_top, true_top = np.vstack(sure).T
    for low, high in ((0.05, 0.3), (0.3, 0.7), (0.7, 0.95)):
        among = (told_top >= low) & (told_top < high)
        assert true_top[among].mean() == pytest.approx(told_top[among].mean(), abs=0.06)


def test_one_parcel_with_two_violations_does_not_lead_the_list_of_the_worst() -> None:
    events, exposure, _ = landlords(3)
    events[:2], exposure[:2] = (2, 80), (1, 40)
    told = ranking(events, exposure)
    assert told.rate[0] == told.rate[1] == 2
    assert told.shrunk[0] < told.shrunk[1] < 2
    assert told.own[0] < 0.5 < told.own[1]
    assert told.top[0] < told.top[1]
    assert told.rank[1] < told.rank[0]
    assert told.worst[1] < told.worst[0]


def test_who_ranks_where_adds_up() -> None:
    told = ranking(*landlords(4)[:2], k=12)
    assert told.top.sum() == pytest.approx(12)
    assert told.rank.mean() == pytest.approx(75.5)
    assert (told.best <= told.rank).all()
    assert (told.rank <= told.worst).all()
    assert (told.lower < told.shrunk).all()
    assert (told.shrunk < told.upper).all()


def test_the_same_seed_gives_the_same_ranks_and_the_unit_of_exposure_does_not_matter() -> None:
    events, exposure, _ = landlords(5)
    plain, again = ranking(events, exposure), ranking(events, exposure)
    assert (plain.top == again.top).all()
    assert (ranking(events, exposure, seed=2).top != plain.top).any()
    months = ranking(events, exposure * 12)
    assert months.shrunk * 12 == pytest.approx(plain.shrunk, rel=1e-4)
    assert months.top == pytest.approx(plain.top, abs=0.01)


def test_units_that_differ_by_chance_alone_are_not_told_apart() -> None:
    events, exposure = np.array([4.0, 5, 6, 5, 4]), np.full(5, 10.0)
    for fit in Fit:
        told = ranking(events, exposure, k=2, fit=fit)
        assert math.isinf(told.spread.shape)
        assert told.spread.scatter == 0
        assert told.shrunk == pytest.approx(np.full(5, 24 / 50))
        assert told.lower[0] < 24 / 50 < told.upper[0]
        assert told.top == pytest.approx(np.full(5, 0.4))
        assert (told.best.tolist(), told.worst.tolist()) == ([1] * 5, [5] * 5)
        assert told.rank.tolist() == [3] * 5
        assert told.own.tolist() == [0] * 5


def test_a_unit_without_exposure_is_what_the_others_are() -> None:
    events, exposure, _ = landlords(6)
    events[0], exposure[0] = 0, 0
    told = ranking(events, exposure)
    assert np.isnan(told.rate[0])
    assert told.own[0] == 0
    assert told.shrunk[0] == pytest.approx(told.spread.mean)


@pytest.mark.parametrize(
    ("events", "exposure", "kind", "said"),
    [
        ([], [], NothingToReportError, "There are no units"),
        ([1, 2], [1, 2], TooLittleToSayError, "at least 3 units .* 2 could"),
        ([1, 2, 0], [1, 2, 0], TooLittleToSayError, "at least 3 units .* 2 could"),
        ([0, 0, 0], [1, 2, 3], TooLittleToSayError, "None of the 3 units had an event"),
        ([1, 2, 3], [1, 2], ReportError, "as many as each other, not 3, 2"),
        ([1, 2, 3, 4], [1, 2, 3, 0], ReportError, "events where there was no exposure"),
        ([1, -2, 3], [1, 2, 3], ReportError, "events go down to -2"),
    ],
)
def test_units_that_cannot_be_ranked_are_refused_in_a_sentence(
    events: list[float], exposure: list[float], kind: type[ReportError], said: str
) -> None:
    with pytest.raises(ReportError, match=said) as refused:
        ranking(np.array(events) * 1.0, np.array(exposure) * 1.0)
    assert type(refused.value) is kind


def test_lists_and_draws_that_make_no_sense_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    events, exposure, _ = landlords(1)
    with pytest.raises(ReportError, match="A list of 0 is none"):
        ranking(events, exposure, k=0)
    with pytest.raises(ReportError, match="199 draws are too few"):
        ranking(events, exposure, draws=199)
    monkeypatch.setattr(shrinkage, "MOST_RANKS", 150 * 250)
    assert ranking(events, exposure).draws == 250
    monkeypatch.setattr(shrinkage, "MOST_RANKS", 20_000)
    with pytest.raises(ReportError, match="150 units are too many to rank; ask for 100 or fewer"):
        ranking(events, exposure)
