"""What a search of days begins with."""

from itertools import chain

import pytest
from random_days import HALL, HOUR, MONDAY, random_problem

from geo.streets.estimate import CrowFlight
from reports.routes.beginning import begin
from reports.routes.ground import Ground, lay_ground
from reports.routes.problem import Problem, Shift, Stop


def _ground(problem: Problem) -> Ground:
    return lay_ground(problem, CrowFlight().matrix(problem.places()))


def _stop(number: int, *, east: float, worth: int) -> Stop:
    return Stop(
        id=f"s{number}", label=f"{number} Elm St", lon=HALL.lon + east, lat=HALL.lat,
        case_numbers=(f"26-{number}",), due_on=MONDAY, priority=3, service_seconds=900,
        worth_seconds=worth,
    )  # fmt: skip


def _day(*stops: Stop, hours: int = 8) -> Ground:
    shift = Shift(MONDAY, 8 * HOUR, (8 + hours) * HOUR, HALL, HALL, officer="Kirk")
    return _ground(Problem((MONDAY,), (shift,), stops))


@pytest.mark.parametrize("seed", range(40))
def test_every_day_can_be_driven_and_none_is_visited_twice(seed: int) -> None:
    ground = _ground(random_problem(seed))
    orders = begin(ground)
    visited = list(chain(*orders))
    assert len(visited) == len(set(visited))
    assert len(orders) == len(ground.problem.shifts)
    for shift, order in enumerate(orders):
        assert ground.time(shift, order) is not None
        assert all(ground.may(stop, shift) for stop in order)


def test_a_day_goes_from_one_to_the_nearest() -> None:
    away = [0.04, 0.01, 0.03, 0.02]
    ground = _day(*(_stop(n, east=east, worth=3600) for n, east in enumerate(away)))
    assert begin(ground) == [[1, 3, 2, 0]]


def test_of_more_than_there_is_time_for_the_worthiest_are_taken_though_they_are_far() -> None:
    near = [_stop(n, east=0.001 * n, worth=600) for n in range(20)]
    far = [_stop(20 + n, east=0.03 + 0.001 * n, worth=7200) for n in range(6)]
    ground = _day(*near, *far, hours=2)
    visited = set(chain(*begin(ground)))
    assert len(visited & {*range(20, 26)}) >= 5
    assert len(visited) < 10


def test_nothing_due_or_nobody_allowed_gives_empty_days() -> None:
    assert begin(_day()) == [[]]
    shift = Shift(MONDAY, 8 * HOUR, 16 * HOUR, HALL, HALL, officer="Kirk", max_stops=0)
    problem = Problem((MONDAY,), (shift,), (_stop(1, east=0.01, worth=900),))
    assert begin(_ground(problem)) == [[]]
