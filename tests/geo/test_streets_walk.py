from pathlib import Path

import networkx as nx
import numpy as np
import pytest
import shapely
import street_walk
from numpy.typing import NDArray
from real_cities import build_city

from geo.streets.engine import Streets
from geo.streets.travel import Leg

PLACES = 251
ONE_WAYS, LONG_M = 200, 40
type City = tuple[nx.DiGraph, Streets, NDArray[np.float64]]

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module", params=["cambridge", "baltimore"])
def city(request: pytest.FixtureRequest, realdata: Path) -> City:
    graph = getattr(street_walk, request.param)(realdata)
    streets = Streets(build_city(request.param, realdata=realdata))
    # Beside the streets, as lots are: never exactly on a vertex.
    component = sorted(max(nx.strongly_connected_components(graph), key=len))
    random = np.random.default_rng(7)
    chosen = np.array(component)[random.integers(len(component), size=PLACES)]
    return graph, streets, chosen / street_walk.MICRO + random.normal(0, 2e-4, (PLACES, 2))


@pytest.fixture(scope="module")
def legs(city: City) -> tuple[Leg, ...]:
    _, streets, places = city
    return streets.route(places)


def test_250_random_drives_follow_the_streets_and_never_a_one_way_backwards(
    city: City, legs: tuple[Leg, ...]
) -> None:
    graph = city[0]
    assert len(legs) == PLACES - 1
    assert [street_walk.faults(graph, leg.line) for leg in legs] == [[]] * len(legs)


def test_the_walk_would_have_seen_every_drive_turned_round(
    city: City, legs: tuple[Leg, ...]
) -> None:
    reversed_lines = [shapely.reverse(leg.line) for leg in legs if leg.metres > 2_000]
    caught = [bool(street_walk.faults(city[0], line)) for line in reversed_lines]
    assert len(caught) > 50
    assert np.mean(caught) > 0.9


def test_a_routes_legs_take_what_the_matrix_said(city: City, legs: tuple[Leg, ...]) -> None:
    _, streets, places = city
    matrix = streets.matrix(places)
    here, there = np.arange(PLACES - 1), np.arange(1, PLACES)
    assert [leg.seconds for leg in legs] == matrix.seconds[here, there].tolist()


def test_a_legs_length_is_that_of_its_line_within_two_percent(legs: tuple[Leg, ...]) -> None:
    lengths = np.array([street_walk.metres(leg.line) for leg in legs])
    told = np.array([leg.metres for leg in legs])
    assert (np.abs(lengths - told) <= 1 + 0.02 * told).all()
    assert lengths.sum() == pytest.approx(told.sum(), rel=0.01)


def test_a_drive_from_the_end_of_a_one_way_street_to_its_start_goes_round(realdata: Path) -> None:
    """Cambridge's `Direction`: the drive is lawful, and longer than the street is."""
    graph = street_walk.cambridge(realdata)
    streets = Streets(build_city("cambridge", realdata=realdata))
    there_and_back = max(nx.strongly_connected_components(graph), key=len)
    long = [
        each
        for each in street_walk.one_ways(realdata)
        if street_walk.metres(each) > LONG_M
        and there_and_back.issuperset(street_walk.vertex(x, y) for x, y, *_ in each.coords)
    ]
    chosen = np.random.default_rng(11).choice(len(long), size=ONE_WAYS, replace=False)
    round_it = 0
    for way in (long[n] for n in chosen):
        # Off the crossings, whose other streets might be meant.
        last, first = (way.interpolate(share, normalized=True) for share in (0.9, 0.1))
        (leg,) = streets.route(np.array([(last.x, last.y), (first.x, first.y)]))
        assert street_walk.faults(graph, leg.line) == []
        assert leg.metres > street_walk.metres(way)
        round_it += 1
    assert round_it == ONE_WAYS
