from dataclasses import replace
from random import Random

import pytest
from random_days import HALL, HOUR, LUNCH, MONDAY

from geo.streets.estimate import CrowFlight
from geo.streets.travel import Matrix
from reports.routes.errors import RoutePlanError
from reports.routes.ground import lay_ground
from reports.routes.problem import Place, Problem, Shift, Stop, Window
from reports.routes.replan import Anew, insert_urgent, orders_of, replan
from reports.routes.search import Effort
from reports.routes.under_way import rest_of

NOW = 10 * HOUR
OFFICERS = ("rivera", "okafor")
EFFORT = Effort(iterations=300)


def _stop(number: int, **rules: object) -> Stop:
    random = Random(number)  # noqa: S311 - the same each time
    stop = Stop(
        id=f"s{number}",
        label=f"{number} Elm St",
        lon=-71.11 + random.uniform(-0.03, 0.03),
        lat=42.37 + random.uniform(-0.02, 0.02),
        case_numbers=(str(number),),
        due_on=None,
        priority=3,
        service_seconds=900,
        worth_seconds=2400,
    )
    return replace(stop, **rules)


def _rest(officer: str) -> Shift:
    whole = Shift(
        MONDAY,
        8 * HOUR,
        16 * HOUR,
        start_place=HALL,
        end_place=HALL,
        officer=officer,
        lunch=LUNCH,
    )
    here = Place(f"Where {officer} is", -71.12 if officer == "rivera" else -71.10, 42.37)
    return rest_of(whole, now=NOW, here=here, had_lunch=False)


SHIFTS = tuple(_rest(officer) for officer in OFFICERS)
STOPS = tuple(_stop(number) for number in range(14))
HELD = {"rivera": [f"s{n}" for n in range(7)], "okafor": [f"s{n}" for n in range(7, 14)]}
PROBLEM = Problem((MONDAY,), SHIFTS, STOPS)


def test_the_rest_of_a_shift_begins_now_and_here() -> None:
    had = rest_of(SHIFTS[0], now=13 * HOUR, here=HALL, had_lunch=True)
    assert (had.start, had.start_place, had.lunch, had.end) == (13 * HOUR, HALL, None, 16 * HOUR)
    assert rest_of(SHIFTS[0], now=7 * HOUR, here=HALL, had_lunch=False).start == NOW


def test_an_urgent_stop_goes_where_it_costs_least_and_nothing_else_moves() -> None:
    problem = replace(PROBLEM, stops=(*STOPS, _stop(99, must=True)))
    told = insert_urgent(problem, _matrix(problem), held=HELD, stop_id="s99")
    before = orders_of(problem, HELD)
    shift = OFFICERS.index(told.officer)
    assert told.orders[shift][told.position] == 14
    assert [[n for n in order if n != 14] for order in told.orders] == before
    assert told.pushed_out == ()
    ground = lay_ground(problem, _matrix(problem))
    for number in range(2):
        for at in range(len(before[number]) + 1):
            other = [*before[number][:at], 14, *before[number][at:]]
            timed, now = ground.time(number, other), ground.time(number, before[number])
            assert timed is not None
            assert now is not None
            added = ground.cost(number, other, timed) - ground.cost(number, before[number], now)
            assert told.added_seconds <= added


def test_an_urgent_stop_may_push_out_an_optional_one_and_says_so() -> None:
    problem = replace(PROBLEM, stops=(*STOPS, _stop(99, must=True, service_seconds=HOUR)))
    late = tuple(replace(shift, end=12 * HOUR + 2700) for shift in SHIFTS)
    told = insert_urgent(replace(problem, shifts=late), _matrix(problem), held=HELD, stop_id="s99")
    assert told.pushed_out
    assert set(told.pushed_out) < {stop.id for stop in STOPS}


def test_an_urgent_stop_that_nobody_can_reach_in_time_is_named() -> None:
    gone = _stop(99, must=True, window=Window(8 * HOUR, 9 * HOUR, MONDAY))
    problem = replace(PROBLEM, stops=(*STOPS, gone))
    with pytest.raises(RoutePlanError, match="99 Elm St fits into nobody's day any more"):
        insert_urgent(problem, _matrix(problem), held=HELD, stop_id="s99")


def test_a_plan_anew_is_no_worse_and_can_be_driven() -> None:
    ground, before = lay_ground(PROBLEM, _matrix(PROBLEM)), orders_of(PROBLEM, HELD)
    told = replan(PROBLEM, _matrix(PROBLEM), held=HELD, how=Anew(effort=EFFORT, move_seconds=0))
    assert told.dropped == ()
    costs = []
    for orders in (before, told.orders):
        timed = [ground.time(shift, order) for shift, order in enumerate(orders)]
        assert None not in timed
        costs.append(sum(ground.cost(n, orders[n], t) for n, t in enumerate(timed) if t))
    assert costs[1] < costs[0]


def test_giving_a_stop_to_another_officer_is_told_and_can_be_limited() -> None:
    free = replan(PROBLEM, _matrix(PROBLEM), held=HELD, how=Anew(effort=EFFORT, move_seconds=0))
    assert len(free.moves) > 2
    for move in free.moves:
        assert move.stop_id in HELD[move.officer_before or ""]
        assert move.officer != move.officer_before
    limited = replan(
        PROBLEM,
        _matrix(PROBLEM),
        held=HELD,
        how=Anew(effort=EFFORT, move_seconds=0, most_moves=0),
    )
    assert limited.moves == ()
    dear = replan(PROBLEM, _matrix(PROBLEM), held=HELD, how=Anew(effort=EFFORT, move_seconds=5_000))
    assert len(dear.moves) < len(free.moves)


def test_a_plan_anew_is_the_same_each_time() -> None:
    one, other = (
        replan(PROBLEM, _matrix(PROBLEM), held=HELD, how=Anew(effort=EFFORT, seed=2)) for _ in "ab"
    )
    assert one.orders == other.orders


def _matrix(problem: Problem) -> Matrix:
    return CrowFlight().matrix(problem.places())
