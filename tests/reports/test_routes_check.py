from collections.abc import Callable
from dataclasses import replace

import pytest
import shapely
from day_on_the_grid import day, stop, with_shift
from grid_town import build_grid

from geo.streets.engine import Streets
from geo.streets.travel import Matrix
from reports.routes.check import check_plan
from reports.routes.errors import PlanFaultError
from reports.routes.plan import LeftOut, LeftReason, Plan, Risk
from reports.routes.planning import make_plan
from reports.routes.problem import Problem
from reports.routes.search import Effort

STOPS = [stop(str(x), x, 3 - x) for x in range(4)]
PROBLEM = day(*STOPS, replace(stop("late", 1.5, 1, minutes=400), must=True), hours=2)
STRANGER = stop("stranger", 0.5, 0)

type Good = tuple[Plan, Matrix]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    streets = Streets(build_grid(tmp_path_factory.mktemp("grid")))
    plan = make_plan(PROBLEM, streets, effort=Effort(iterations=200)).plan
    return plan, streets.matrix(PROBLEM.places())


def test_a_plan_that_can_be_driven_passes(good: Good) -> None:
    plan, matrix = good
    assert len(plan.visits) == 4
    _check(plan, matrix)


def _route(plan: Plan, **changes: object) -> Plan:
    return replace(plan, routes=(replace(plan.routes[0], **changes), *plan.routes[1:]))


def _visit(plan: Plan, index: int, **changes: object) -> Plan:
    visits = list(plan.visits)
    visits[index] = replace(visits[index], **changes)
    return _route(plan, visits=tuple(visits))


def _drive(plan: Plan, index: int, **changes: object) -> Plan:
    drives = list(plan.drives)
    drives[index] = replace(drives[index], **changes)
    return _route(plan, drives=tuple(drives))


def _swapped(plan: Plan) -> Plan:
    first, second, *rest = plan.visits
    swapped = (replace(first, stop=second.stop), replace(second, stop=first.stop), *rest)
    return _route(plan, visits=swapped)


def _moved(line: shapely.LineString) -> shapely.LineString:
    return shapely.transform(line, lambda points: points + 0.0005)


FAULTS: dict[str, tuple[Callable[[Plan], Plan], str]] = {
    "a stop forgotten": (lambda plan: replace(plan, left_out=()), "neither visited nor left"),
    "a stop both visited and left": (
        lambda plan: replace(
            plan, left_out=(*plan.left_out, LeftOut(plan.visits[0].stop, LeftReason.NO_TIME))
        ),
        "named 2 times",
    ),
    "a stop visited twice": (
        lambda plan: _route(
            plan,
            visits=(*plan.visits, plan.visits[0]),
            drives=(*plan.drives, plan.drives[0]),
        ),
        "named 2 times",
    ),
    "a stop nobody asked for": (
        lambda plan: _visit(plan, 0, stop=STRANGER),
        "stranger is not a stop that was asked for",
    ),
    "a stop made shorter": (
        lambda plan: _visit(plan, 0, stop=replace(plan.visits[0].stop, service_seconds=60)),
        "is not a stop that was asked for",
    ),
    "a must left as if nothing were lost": (
        lambda plan: replace(
            plan, left_out=tuple(replace(each, risk=Risk.WAITS) for each in plan.left_out)
        ),
        "late is left as if nothing were lost",
    ),
    "an alarm for nothing": (
        lambda plan: replace(
            plan,
            left_out=(*plan.left_out[:-1], replace(plan.left_out[-1], risk=Risk.APPOINTMENT)),
        ),
        "is said to miss an appointment it has not",
    ),
    "a drive missing": (lambda plan: _route(plan, drives=plan.drives[:-1]), "one drive more"),
    "two stops swapped": (_swapped, "by the streets"),
    "a drive too quick": (
        lambda plan: _drive(plan, 1, seconds=plan.drives[1].seconds - 1),
        "by the streets",
    ),
    "a drive too short": (
        lambda plan: _drive(plan, 1, metres=plan.drives[1].metres - 20),
        "m long, not",
    ),
    "an arrival too early": (
        lambda plan: _visit(plan, 1, arrive=plan.visits[1].arrive - 1),
        "is reached at",
    ),
    "a visit cut short": (
        lambda plan: _visit(plan, 1, leave=plan.visits[1].leave - 1),
        "is done at",
    ),
    "a start before the shift": (
        lambda plan: _route(
            plan, shift=replace(plan.routes[0].shift, start=plan.routes[0].shift.start - 60)
        ),
        "not the one asked for",
    ),
    "another day": (
        lambda plan: replace(plan, days=(plan.days[0].replace(day=3),)),
        "not those asked for",
    ),
    "a line elsewhere": (
        lambda plan: _drive(plan, 1, line=_moved(plan.drives[1].line)),
        "does not begin at its place",
    ),
    "a line backwards": (
        lambda plan: _drive(plan, 1, line=shapely.reverse(plan.drives[1].line)),
        "does not reach its place",
    ),
    "steps that do not add up": (
        lambda plan: _drive(plan, 1, steps=plan.drives[1].steps[1:]),
        "do not add up",
    ),
    "an estimate sold as streets": (
        lambda plan: replace(plan, estimated=True),
        "estimated",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_kind_of_fault_is_found_and_named(good: Good, fault: str) -> None:
    plan, matrix = good
    break_it, words = FAULTS[fault]
    with pytest.raises(PlanFaultError, match=words):
        _check(break_it(plan), matrix)


def test_a_plan_past_the_end_of_the_shift_is_refused(good: Good) -> None:
    plan, matrix = good
    _refused(plan, matrix, "the drive home", end=plan.routes[0].finish - 1)


def test_a_plan_with_too_many_stops_is_refused(good: Good) -> None:
    plan, matrix = good
    _refused(plan, matrix, "at most 3", max_stops=3)


def _refused(plan: Plan, matrix: Matrix, words: str, **changes: object) -> None:
    problem = with_shift(PROBLEM, **changes)
    with pytest.raises(PlanFaultError, match=words):
        _check(_route(plan, shift=problem.shifts[0]), matrix, problem=problem)


def test_a_drive_without_a_way_is_refused(good: Good) -> None:
    plan, matrix = good
    seconds = matrix.seconds.copy()
    seconds[0, 1:] = float("inf")
    with pytest.raises(PlanFaultError, match="drive 1 has no way"):
        _check(plan, replace(matrix, seconds=seconds))


def test_a_visit_that_was_never_measured_is_refused(good: Good) -> None:
    plan, matrix = good
    with pytest.raises(PlanFaultError, match="never measured"):
        check_plan(plan, problem=PROBLEM, matrix=matrix, rows={})


def _check(plan: Plan, matrix: Matrix, *, problem: Problem = PROBLEM) -> None:
    check_plan(plan, problem=problem, matrix=matrix, rows=problem.rows())
