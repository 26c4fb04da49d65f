import numpy as np
import pytest
import shapely
from grid_town import BLOCK_M, at, build_grid

from geo.streets import engine
from geo.streets.dataset import StreetsDataset
from geo.streets.engine import Streets
from geo.streets.errors import NoRouteError
from geo.streets.estimate import CrowFlight
from geo.streets.workers import StreetWorkers


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> StreetsDataset:
    return build_grid(tmp_path_factory.mktemp("grid"))


@pytest.fixture(scope="module")
def streets(dataset: StreetsDataset) -> Streets:
    return Streets(dataset)


def test_one_block_against_a_one_way_takes_three(streets: Streets) -> None:
    along, against = at((0.1, 1), (1.9, 1)), at((1.9, 1), (0.1, 1))
    assert streets.route(along)[0].metres == pytest.approx(1.8 * BLOCK_M, rel=0.01)
    assert streets.route(against)[0].metres > 3 * BLOCK_M
    assert streets.matrix(against).seconds[0, 1] > 1.5 * streets.matrix(along).seconds[0, 1]


def test_a_one_way_digitised_against_its_traffic_is_driven_with_its_traffic(
    streets: Streets,
) -> None:
    north, south = at((1, 0.1), (1, 1.9)), at((1, 1.9), (1, 0.1))
    assert streets.route(north)[0].metres == pytest.approx(1.8 * BLOCK_M, rel=0.01)
    assert streets.route(south)[0].metres > 3 * BLOCK_M


def test_a_route_takes_what_the_matrix_said(streets: Streets) -> None:
    places = at((0.3, 0), (2.6, 3), (1, 1.5), (2.5, 1), (0, 2.2), (0.3, 0))
    matrix, legs = streets.matrix(places), streets.route(places)
    here, there = np.arange(5), np.arange(1, 6)
    assert [leg.seconds for leg in legs] == matrix.seconds[here, there].tolist()


def test_the_steps_of_a_leg_add_up_to_it(streets: Streets) -> None:
    for leg in streets.route(at((0.3, 0), (2.6, 3), (1, 1.5))):
        assert sum(step.metres for step in leg.steps) == pytest.approx(leg.metres, abs=0.5)
        assert sum(step.seconds for step in leg.steps) == pytest.approx(leg.seconds, abs=0.5)


def test_the_line_is_as_long_as_the_leg_and_joins_the_next(streets: Streets) -> None:
    legs = streets.route(at((0.3, 0), (2.6, 3), (1, 1.5)))
    for leg in legs:
        assert _metres(leg.line) == pytest.approx(leg.metres, rel=0.01)
    assert legs[0].line.coords[-1] == legs[1].line.coords[0]


def test_instructions_name_the_turns_and_the_streets(streets: Streets) -> None:
    (leg,) = streets.route(at((0, 0.5), (1.5, 2)))
    texts = [step.text for step in leg.steps]
    assert texts[:2] == ["Head north on A St", "Turn right onto 3rd Ave"]
    assert texts[-1].startswith("Arrive at your stop")


def test_a_place_across_the_ocean_is_off_the_streets_and_has_no_times(streets: Streets) -> None:
    places = np.vstack([at((0, 0), (3, 3)), [[2.35, 48.85]]])
    matrix = streets.matrix(places)
    assert matrix.off_streets.tolist() == [False, False, True]
    assert matrix.snap_metres[2] > 1_000_000
    assert np.isinf(matrix.seconds[2]).all()
    assert np.isinf(matrix.seconds[:, 2]).all()
    assert np.isfinite(matrix.seconds[:2, :2]).all()


def test_a_route_to_a_place_off_the_streets_is_refused_by_its_coordinates(
    streets: Streets,
) -> None:
    with pytest.raises(NoRouteError, match=r"2\.35000, 48\.85000"):
        streets.route(np.vstack([at((0, 0)), [[2.35, 48.85]]]))


def test_a_street_that_meets_no_other_cannot_be_driven_to(streets: Streets) -> None:
    places = at((0, 0), (1.5, 1.5))
    matrix = streets.matrix(places)
    assert not matrix.off_streets.any()
    assert np.isinf(matrix.seconds[0, 1])
    with pytest.raises(NoRouteError):
        streets.route(places)


def test_a_large_matrix_asked_in_parts_is_the_same(
    streets: Streets, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = at(*((x / 2, y) for x in range(6) for y in range(4)))
    whole = streets.matrix(places)
    monkeypatch.setattr(engine, "PAIRS_AT_ONCE", 70)
    parts = streets.matrix(places)
    assert np.array_equal(whole.seconds, parts.seconds)
    assert np.array_equal(whole.snap_metres, parts.snap_metres)


def test_places_in_another_order_have_the_same_times(streets: Streets) -> None:
    places = at(*((x / 2, y) for x in range(6) for y in range(4)))
    places[::3, 1] += 0.0001
    mixed = np.random.default_rng(0).permutation(len(places))
    told, expected = streets.matrix(places[mixed]), streets.matrix(places)
    assert np.array_equal(told.seconds, expected.seconds[np.ix_(mixed, mixed)])
    assert np.array_equal(told.snap_metres, expected.snap_metres[mixed])


def test_workers_answer_as_the_streets_do(streets: Streets, dataset: StreetsDataset) -> None:
    places = np.vstack([at(*((x / 2, y) for x in range(6) for y in range(4))), [[2.35, 48.85]]])
    with StreetWorkers(dataset, count=2) as workers:
        matrix, legs = workers.matrix(places), workers.route(places[:3])
    expected = streets.matrix(places)
    assert np.array_equal(matrix.seconds, expected.seconds)
    assert np.array_equal(matrix.off_streets, expected.off_streets)
    assert legs == streets.route(places[:3])


def test_two_stops_at_one_door_have_a_leg_of_no_length(streets: Streets) -> None:
    (leg,) = streets.route(at((0.5, 0), (0.5, 0)))
    assert (leg.seconds, leg.metres) == (0, 0)
    assert len(leg.line.coords) == 2


def test_a_matrix_among_some_places_keeps_their_figures(streets: Streets) -> None:
    whole = streets.matrix(at((0, 0), (1, 0), (2, 3), (3, 1)))
    some = whole.among([3, 0])
    assert some.seconds[0, 1] == whole.seconds[3, 0]
    assert some.seconds.shape == (2, 2)
    assert some.snap_metres.tolist() == whole.snap_metres[[3, 0]].tolist()


def test_the_estimate_is_marked_and_grows_with_distance() -> None:
    places = at((0, 0), (1, 0), (3, 0))
    matrix = CrowFlight().matrix(places)
    assert matrix.estimated
    assert matrix.seconds[0, 2] == pytest.approx(3 * matrix.seconds[0, 1], rel=0.01)
    legs = CrowFlight().route(places)
    assert [leg.seconds for leg in legs] == [matrix.seconds[0, 1], matrix.seconds[1, 2]]
    assert legs[0].metres == pytest.approx(1.4 * BLOCK_M, rel=0.01)
    assert "estimate" in legs[0].steps[0].text


def _metres(line: shapely.LineString) -> float:
    degrees = np.diff(np.asarray(line.coords), axis=0)
    return float(np.hypot(degrees[:, 0] * 82_260, degrees[:, 1] * 111_080).sum())
