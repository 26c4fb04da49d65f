"""In the hours of the rush a drive takes longer: the clock, the plan, the checker and the slack."""

from dataclasses import replace

import pytest
from random_days import HALL, HOUR, LUNCH, MONDAY, random_problem

from geo.streets.estimate import CrowFlight
from reports.routes.changes import Change, Deed
from reports.routes.check import plan_faults
from reports.routes.comparison import compare
from reports.routes.editing import effect
from reports.routes.plan import Plan
from reports.routes.planning import Made, make_plan
from reports.routes.problem import Policy, Problem, Rush, Shift, Stop
from reports.routes.redrive import redrive
from reports.routes.search import Effort
from reports.routes.slack import slacks
from reports.routes.timing import Hop, set_clock
from reports.routes.written import plan_from_json, plan_to_json, problem_from_json, problem_to_json

RUSH = (Rush(8 * HOUR, 10 * HOUR, 150), Rush(10 * HOUR, 15 * HOUR, 90))
SHIFT = Shift(MONDAY, 8 * HOUR, 16 * HOUR, HALL, HALL, officer="O", lunch=LUNCH)


def _problem(*, rush: tuple[Rush, ...] = RUSH, count: int = 14) -> Problem:
    stops = tuple(
        Stop(
            f"s{n}", f"{n} Elm St", HALL.lon + 0.02 * (n % 5), HALL.lat + 0.01 * (n % 3), (str(n),),
            None, 3, 1200, 2400,
        )
        for n in range(count)
    )  # fmt: skip
    return Problem((MONDAY,), (SHIFT,), stops, policy=Policy(rush=rush))


def _made(problem: Problem) -> Made:
    return make_plan(problem, CrowFlight(), effort=Effort(iterations=60), cores=1)


def _faults(plan: Plan, made: Made, problem: Problem) -> tuple[str, ...]:
    return plan_faults(plan, problem=problem, matrix=made.matrix, rows=made.rows)


def test_a_drive_takes_as_long_as_the_hour_at_which_it_begins_says() -> None:
    hops = [Hop(600, 0, 24 * HOUR, 2 * HOUR), Hop(600, 0, 24 * HOUR, 900)]
    timed = set_clock(replace(SHIFT, lunch=None), hops, home=600, rush=RUSH)
    assert timed is not None
    assert timed.drives == (900, 540, 540)
    assert timed.arrive == (8 * HOUR + 900, 10 * HOUR + 900 + 540)
    assert timed.finish == 10 * HOUR + 900 + 540 + 900 + 540
    free = set_clock(replace(SHIFT, lunch=None), hops, home=600)
    assert free is not None
    assert free.drives == (600, 600, 600)


def test_a_plan_keeps_the_clock_of_the_rush_and_what_the_streets_say() -> None:
    problem = _problem()
    made = _made(problem)
    (route,) = made.plan.routes
    assert route.drives[0].free_seconds < route.drives[0].seconds
    assert sum(step.seconds for step in route.drives[0].steps) == pytest.approx(
        route.drives[0].free_seconds, abs=1
    )
    again = problem_from_json(problem_to_json(problem))
    assert again == problem
    assert plan_from_json(plan_to_json(made.plan, problem=problem), problem=again) == made.plan
    ways = compare(problem, made)
    assert ways[0].drive_seconds == made.plan.total_seconds
    assert min(each.drive_seconds for each in ways[1:]) >= 0.9 * ways[0].drive_seconds


def test_the_checker_reckons_the_rush_by_itself() -> None:
    problem = _problem()
    made = _made(problem)
    assert not _faults(made.plan, made, problem)
    calm = replace(problem, policy=Policy())
    assert any("at that hour" in each for each in _faults(made.plan, made, calm))
    blind = _made(calm)
    assert any("at that hour" in each for each in _faults(blind.plan, blind, problem))


@pytest.mark.parametrize("seed", range(12))
def test_random_days_in_the_rush_pass_the_checker(seed: int) -> None:
    problem = random_problem(seed)
    make_plan(
        replace(problem, policy=replace(problem.policy, rush=RUSH)), CrowFlight(),
        effort=Effort(iterations=40), cores=1,
    )  # fmt: skip


def test_a_change_by_hand_is_driven_at_its_hours() -> None:
    problem = _problem()
    made = _made(problem)
    last = made.plan.visits[-1].stop.id
    change = Change(deed=Deed.MOVE, stop_id=last, officer="O", day=MONDAY, position=0)
    told = effect(problem, made.matrix, made.plan, change, rows=made.rows)
    assert told.plan is not None
    driven = redrive(
        told.plan, CrowFlight(), problem=told.problem, matrix=made.matrix, rows=made.rows
    )  # fmt: skip
    assert driven.visits[0].stop.id == last
    assert driven.routes[0].drives[0].seconds == -(
        -driven.routes[0].drives[0].free_seconds * 150 // 100
    )


def test_nobody_is_told_to_leave_late_into_a_slower_hour() -> None:
    slow = (Rush(9 * HOUR, 10 * HOUR, 300),)
    problem = replace(_problem(rush=slow, count=2), shifts=(replace(SHIFT, lunch=None),))
    made = _made(problem)
    (route,) = made.plan.routes
    slack = slacks(route, problem)
    for visit, late in zip(route.visits, slack, strict=True):
        if visit.leave < 9 * HOUR:
            assert visit.leave + late < 9 * HOUR
