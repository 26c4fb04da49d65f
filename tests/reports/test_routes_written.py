"""A problem, its matrix and its plan are read again as they were written."""

import json

import numpy as np
import pytest
from random_days import random_problem

from cases.visiting.kinds import Kind
from geo.streets.estimate import CrowFlight
from reports.routes.errors import RoutePlanError
from reports.routes.names import Item, Names
from reports.routes.packed import pack, unpack
from reports.routes.planning import make_plan
from reports.routes.search import Effort
from reports.routes.slack import slacks
from reports.routes.written import (
    names_from_json,
    plan_from_json,
    plan_to_json,
    problem_from_json,
    problem_to_json,
)


@pytest.mark.parametrize("seed", range(12))
def test_a_problem_and_its_plan_are_read_as_they_were_written(seed: int) -> None:
    problem = random_problem(seed)
    told = json.loads(json.dumps(problem_to_json(problem)))
    assert problem_from_json(told) == problem
    try:
        plan = make_plan(problem, CrowFlight(), effort=Effort(iterations=60), cores=1).plan
    except RoutePlanError:
        return
    said = json.loads(json.dumps(plan_to_json(plan, problem=problem)))
    assert plan_from_json(said, problem=problem_from_json(told)) == plan


def test_whom_and_what_a_problem_stands_for_is_kept() -> None:
    problem = random_problem(3)
    item = Item(kind=Kind.ORDER, subject_id=4, case_id=9, complaint_id=None, number="26-4")
    names = Names(
        officers={problem.shifts[0].officer: 7},
        items={stop.id: (item,) for stop in problem.stops},
        spots={stop.id: "parcel-1" for stop in problem.stops},
    )
    assert names_from_json(json.loads(json.dumps(problem_to_json(problem, names=names)))) == names


def test_a_matrix_is_unpacked_as_it_was_packed() -> None:
    problem = random_problem(5)
    matrix = CrowFlight().matrix(problem.places())
    matrix.seconds[0, 1] = np.inf
    again, rows = unpack(pack(matrix, problem.rows()))
    np.testing.assert_array_equal(again.seconds, matrix.seconds)
    np.testing.assert_array_equal(again.off_streets, matrix.off_streets)
    assert again.estimated
    assert rows == problem.rows()


def test_a_visit_may_be_as_late_as_its_slack_and_no_more() -> None:
    checked = 0
    for seed in range(20, 32):
        problem = random_problem(seed)
        try:
            plan = make_plan(problem, CrowFlight(), effort=Effort(iterations=40), cores=1).plan
        except RoutePlanError:
            continue
        for route in plan.routes:
            for visit, slack in zip(route.visits, slacks(route, problem), strict=True):
                assert slack >= 0
                if visit.stop.window is not None and not visit.stop.two_officers:
                    assert visit.start + slack <= visit.stop.window.latest
                    checked += 1
                assert slack <= route.shift.end + route.shift.max_overtime - visit.leave
    assert checked
