import itertools
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from day_on_the_grid import HOUR, day, place, stop, with_ends
from grid_town import build_grid

from geo.streets.engine import Streets
from geo.streets.estimate import CrowFlight
from geo.streets.travel import Leg, Matrix, Places
from reports.routes.check_drives import TIE_SECONDS
from reports.routes.errors import PlanFaultError, RoutePlanError
from reports.routes.plan import LeftReason
from reports.routes.planning import make_plan
from reports.routes.search import Effort

EFFORT = Effort(iterations=300)
SIX = tuple(
    stop(str(number), x, y)
    for number, (x, y) in enumerate([(2.5, 0), (0.5, 3), (3, 1.5), (1, 1.6), (0, 2.4), (1.5, 2)])
)


@pytest.fixture(scope="module")
def streets(tmp_path_factory: pytest.TempPathFactory) -> Streets:
    return Streets(build_grid(tmp_path_factory.mktemp("grid")))


def test_all_stops_that_fit_are_visited_in_the_shortest_order(streets: Streets) -> None:
    problem = day(*SIX)
    plan = make_plan(problem, streets, effort=EFFORT).plan
    assert len(plan.visits) == 6
    assert plan.left_out == ()
    assert plan.total_seconds == _shortest(streets.matrix(problem.places()))


def test_the_clock_runs_from_door_to_door(streets: Streets) -> None:
    plan = make_plan(day(*SIX), streets, effort=EFFORT).plan
    assert plan.visits[0].arrive == 8 * HOUR + plan.drives[0].seconds
    for before, after, drive in zip(plan.visits, plan.visits[1:], plan.drives[1:], strict=False):
        assert before.leave - before.arrive == 15 * 60
        assert after.arrive == before.leave + drive.seconds
    assert plan.routes[0].finish == 8 * HOUR + plan.total_seconds + plan.service_seconds


def test_a_short_shift_takes_what_is_worth_most_and_says_what_did_not_fit(
    streets: Streets,
) -> None:
    stops = [replace(each, worth_seconds=3600 if each.id in "14" else 600) for each in SIX]
    plan = make_plan(day(*stops, hours=0.75), streets, effort=EFFORT).plan
    assert {visit.stop.id for visit in plan.visits} == {"1", "4"}
    assert plan.left_by_reason() == {LeftReason.NO_TIME: 4}
    assert plan.routes[0].finish <= plan.routes[0].shift.end


def test_no_more_stops_are_visited_than_asked_for_and_that_is_said(streets: Streets) -> None:
    plan = make_plan(day(*SIX, max_stops=2), streets, effort=EFFORT).plan
    assert len(plan.visits) == 2
    assert plan.left_by_reason() == {LeftReason.MOST_STOPS: 4}


def test_what_costs_more_than_it_is_worth_is_left_for_that_and_not_for_time(
    streets: Streets,
) -> None:
    far = replace(stop("far", 2.9, 2.9), worth_seconds=1)
    plan = make_plan(day(*SIX[:2], far), streets, effort=EFFORT).plan
    assert plan.left_by_reason() == {LeftReason.NOT_WORTH: 1}


def test_the_same_seed_and_iterations_give_the_same_plan(streets: Streets) -> None:
    problem = day(*SIX, hours=1)
    assert (
        make_plan(problem, streets, effort=EFFORT, seed=4).plan
        == make_plan(problem, streets, effort=EFFORT, seed=4).plan
    )


def test_a_search_by_time_ends_in_time(streets: Streets) -> None:
    assert len(make_plan(day(*SIX), streets, effort=Effort(seconds=0.2)).plan.visits) == 6


def test_a_day_without_stops_is_a_drive_home(streets: Streets) -> None:
    plan = make_plan(day(), streets, effort=EFFORT).plan
    assert (plan.visits, plan.left_out, len(plan.drives)) == ((), (), 1)


def test_a_single_stop_is_planned(streets: Streets) -> None:
    assert len(make_plan(day(SIX[0]), streets, effort=EFFORT).plan.visits) == 1


def test_stops_that_cannot_be_driven_to_are_named_and_the_rest_planned(streets: Streets) -> None:
    island, abroad = stop("island", 1.5, 1.5), stop("abroad", 90, 90)
    plan = make_plan(day(SIX[0], island, abroad, SIX[1]), streets, effort=EFFORT).plan
    assert {visit.stop.id for visit in plan.visits} == {"0", "1"}
    assert {left.stop.id: left.reason for left in plan.left_out} == {
        "island": LeftReason.UNREACHABLE,
        "abroad": LeftReason.OFF_STREETS,
    }


def test_of_too_many_stops_those_worth_most_after_the_way_there_are_considered(
    streets: Streets,
) -> None:
    far, dear = stop("far", 3, 0, worth=1800), stop("dear", 3, 0.1, worth=3600)
    near = [stop(f"near{number}", 0.1 * number, 0) for number in range(3)]
    plan = make_plan(day(far, dear, *near), streets, effort=EFFORT, most_candidates=4).plan
    assert [left.stop.id for left in plan.left_out] == ["far"]
    assert plan.left_out[0].reason is LeftReason.LESS_PRESSING


def test_thousands_of_stops_are_planned_and_every_one_accounted_for(streets: Streets) -> None:
    random = np.random.default_rng(1)
    corners = random.uniform(0, 3, (5_000, 2)).tolist()
    stops = [stop(str(number), x, y) for number, (x, y) in enumerate(corners)]
    plan = make_plan(day(*stops), streets, effort=Effort(iterations=50)).plan
    assert len(plan.visits) + len(plan.left_out) == 5_000
    assert len(plan.visits) > 20


def test_of_thousands_that_must_be_visited_those_due_first_are_considered() -> None:
    random = np.random.default_rng(1)
    (today,) = day().days
    later = today + timedelta(days=3)
    stops = [
        replace(stop(str(number), x, y), must=True, due_by=today if number < 30 else later)
        for number, (x, y) in enumerate(random.uniform(0, 3, (5_000, 2)).tolist())
    ]
    plan = make_plan(day(*stops), CrowFlight(), effort=Effort(iterations=5)).plan
    assert len({visit.stop.id for visit in plan.visits}) + len(plan.left_out) == 5_000
    pressing = {each.stop.id for each in plan.left_out if each.reason is LeftReason.LESS_PRESSING}
    assert len(pressing) == 4_000
    assert not pressing & {str(number) for number in range(30)}


def test_a_depot_in_the_water_is_named(streets: Streets) -> None:
    sea = place("Lighthouse", 60, 60)
    with pytest.raises(
        RoutePlanError,
        match=r"Lighthouse .* mi from the nearest street.*LON,LAT: the longitude first",
    ):
        make_plan(with_ends(day(*SIX), sea, place("Depot", 3, 3)), streets, effort=EFFORT)


def test_streets_of_another_place_are_named(streets: Streets) -> None:
    away = [stop(str(n), 60 + n, 60) for n in range(3)]
    sea = place("Lighthouse", 60, 60)
    with pytest.raises(
        RoutePlanError, match=r"None of the 4 places is near a street: .* streets that are loaded"
    ):
        make_plan(with_ends(day(*away), sea, sea), streets, effort=EFFORT)


def test_a_depot_one_cannot_leave_is_named(streets: Streets) -> None:
    island = place("Island Yard", 1.5, 1.5)
    with pytest.raises(RoutePlanError, match="No way leads from Island Yard to Depot"):
        make_plan(with_ends(day(*SIX), island, place("Depot", 3, 3)), streets, effort=EFFORT)


def test_a_shift_that_ends_before_it_starts_is_refused(streets: Streets) -> None:
    with pytest.raises(RoutePlanError, match="no time"):
        make_plan(day(*SIX, hours=-1), streets, effort=EFFORT)


def test_a_shift_too_short_to_drive_home_is_refused_in_words(streets: Streets) -> None:
    with pytest.raises(RoutePlanError, match="takes longer than the shift"):
        make_plan(day(*SIX, hours=0.01), streets, effort=EFFORT)


def test_without_streets_the_plan_is_marked_as_an_estimate() -> None:
    plan = make_plan(day(*SIX), CrowFlight(), effort=EFFORT).plan
    assert plan.estimated
    assert len(plan.visits) == 6


class _SlowerOnTheRoad:
    """Streets whose first drive takes some seconds more than the matrix had said."""

    def __init__(self, streets: Streets, *, seconds: float) -> None:
        self.streets = streets
        self.seconds = seconds
        self.asked = 0

    def matrix(self, places: Places) -> Matrix:
        return self.streets.matrix(places)

    def route(self, places: Places) -> tuple[Leg, ...]:
        self.asked += 1
        first, *rest = self.streets.route(places)
        step, *others = first.steps
        steps = (replace(step, seconds=step.seconds + self.seconds), *others)
        return (replace(first, seconds=first.seconds + self.seconds, steps=steps), *rest)


def test_where_the_drive_and_the_matrix_differ_by_a_tie_the_drive_counts(
    streets: Streets,
) -> None:
    slower = _SlowerOnTheRoad(streets, seconds=TIE_SECONDS - 1)
    plan = make_plan(day(SIX[0]), slower, effort=EFFORT).plan
    assert slower.asked == 1
    told = streets.matrix(day(SIX[0]).places()).seconds[0, 2]
    assert plan.drives[0].seconds == round(told + TIE_SECONDS - 1)


@pytest.mark.parametrize("seconds", [TIE_SECONDS + 2, -2])
def test_a_plan_whose_drive_is_slower_than_a_tie_or_quicker_than_the_streets_is_refused(
    streets: Streets, seconds: float
) -> None:
    slower = _SlowerOnTheRoad(streets, seconds=seconds)
    with pytest.raises(PlanFaultError, match=r"drive 1 takes .* s by the streets, not"):
        make_plan(day(SIX[0]), slower, effort=EFFORT)


def _shortest(matrix: Matrix) -> int:
    def driven(order: tuple[int, ...]) -> int:
        return sum(round(matrix.seconds[pair]) for pair in itertools.pairwise((0, *order, 1)))

    return min(driven(order) for order in itertools.permutations(range(2, 8)))
