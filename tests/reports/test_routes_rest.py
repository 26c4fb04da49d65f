"""The rest of a day is planned anew, or an urgent stop put into it: driven, and checked."""

import json
from dataclasses import replace
from random import Random

import pytest
from random_days import HALL, HOUR, LUNCH, MONDAY

from geo.streets.estimate import CrowFlight
from geo.streets.travel import Matrix, Places
from reports.routes.check import plan_faults
from reports.routes.errors import RoutePlanError
from reports.routes.plan import LeftReason
from reports.routes.planning import make_plan
from reports.routes.problem import Place, Problem, Shift, Stop
from reports.routes.replan import Anew
from reports.routes.rest import Rest, plan_rest
from reports.routes.search import Effort
from reports.routes.under_way import UnderWay, rest_of

QUICK = Effort(iterations=200)
HOW = Anew(effort=QUICK, most_moves=2)


def _problem(*, officers: int = 2, stops: int = 24, seed: int = 1) -> Problem:
    random = Random(seed)  # noqa: S311 - the same each time
    shifts = tuple(
        Shift(MONDAY, 8 * HOUR, 16 * HOUR, HALL, HALL, officer=f"O{n}", lunch=LUNCH)
        for n in range(officers)
    )
    made = tuple(
        Stop(
            f"s{n}", f"{n} Elm St", HALL.lon + random.uniform(-0.03, 0.03),
            HALL.lat + random.uniform(-0.03, 0.03), (str(n),), None, 3, 1200, 2400,
        )
        for n in range(stops)
    )  # fmt: skip
    return Problem((MONDAY,), shifts, made)


def _half_done(problem: Problem) -> UnderWay:
    """Return the rest of the day after noon, with what each officer still has."""
    plan = make_plan(problem, CrowFlight(), effort=QUICK, cores=1).plan
    held, done, shifts = {}, set(), []
    for route in plan.routes:
        past = [visit for visit in route.visits if visit.leave <= 12 * HOUR]
        done |= {visit.stop.id for visit in past}
        held[route.shift.officer] = [visit.stop.id for visit in route.visits[len(past) :]]
        here = Place("Here", past[-1].stop.lon, past[-1].stop.lat)
        shifts.append(rest_of(route.shift, now=12 * HOUR, here=here, had_lunch=False))
    left = tuple(stop for stop in problem.stops if stop.id not in done)
    return UnderWay(problem=replace(problem, shifts=tuple(shifts), stops=left), held=held)


def _with(day: UnderWay, stop: Stop, **asked: object) -> UnderWay:
    """Return the day with one stop more."""
    problem = replace(day.problem, stops=(*day.problem.stops, stop))
    return replace(day, problem=problem, **asked)


def _holds(rest: Rest, problem: Problem) -> bool:
    made = rest.made
    return not plan_faults(made.plan, problem=problem, matrix=made.matrix, rows=made.rows)


def test_the_rest_of_a_day_is_driven_and_checked() -> None:
    day = _half_done(_problem(stops=40))
    rest, held = plan_rest(day, CrowFlight(), how=HOW), day.held
    assert _holds(rest, day.problem)
    assert len(rest.moves) <= 2
    visited = {visit.stop.id for visit in rest.made.plan.visits}
    assert set(rest.dropped) == {each for had in held.values() for each in had} - visited
    assert len(rest.made.plan.routes) == 2
    assert all(drive.steps for drive in rest.made.plan.drives)


def test_an_urgent_stop_changes_no_other_order() -> None:
    day = _half_done(_problem())
    urgent = Stop("urgent", "9 Oak St", HALL.lon + 0.01, HALL.lat, ("9",), None, 1, 900, 9000)
    day = _with(day, urgent, urgent=["urgent"], anew=False)
    rest = plan_rest(day, CrowFlight(), how=HOW)
    assert _holds(rest, day.problem)
    assert [each.stop_id for each in rest.inserted] == ["urgent"]
    assert not rest.moves
    for route in rest.made.plan.routes:
        kept = [visit.stop.id for visit in route.visits if visit.stop.id != "urgent"]
        assert kept == [each for each in day.held[route.shift.officer] if each in kept]
    assert "urgent" in {visit.stop.id for visit in rest.made.plan.visits}


def test_an_urgent_stop_that_nobody_may_visit_is_named() -> None:
    day = _half_done(_problem())
    never = Stop(
        "never", "9 Oak St", HALL.lon, HALL.lat, ("9",), None, 1, 900, 9000,
        certifications=frozenset({"lead"}),
    )  # fmt: skip
    day = _with(day, never)
    with pytest.raises(
        RoutePlanError, match="9 Oak St cannot be put into the day: it needs a cert"
    ):
        plan_rest(replace(day, urgent=["never"], anew=False), CrowFlight(), how=HOW)
    rest = plan_rest(day, CrowFlight(), how=HOW)
    assert {each.stop.id: each.reason for each in rest.made.plan.left_out}["never"] is (
        LeftReason.NO_CERTIFIED
    )


def test_an_officer_in_the_water_is_idle_and_the_others_go_on() -> None:
    class Shore(CrowFlight):
        def matrix(self, places: Places) -> Matrix:
            measured = super().matrix(places)
            far = places[:, 0] > 0
            measured.off_streets[far] = True
            measured.seconds[far] = measured.seconds[:, far] = float("inf")
            return measured

    day = _half_done(_problem())
    sea = replace(day.problem.shifts[0], start_place=Place("Ferry", 1.0, 42.0))
    problem = replace(day.problem, shifts=(sea, *day.problem.shifts[1:]))
    rest = plan_rest(replace(day, problem=problem), Shore(), how=HOW)
    assert [shift.officer for shift, _ in rest.made.plan.idle] == ["O0"]
    assert "nearest street" in rest.made.plan.idle[0][1]
    assert _holds(rest, problem)


def test_pinned_stops_of_several_officers_keep_their_places() -> None:
    day = _half_done(_problem(stops=40))
    held = {each for stops in day.held.values() for each in stops}
    stops = tuple(each for each in day.problem.stops if each.id in held)
    long = tuple(replace(shift, end=shift.end + 2 * HOUR) for shift in day.problem.shifts)
    day = replace(day, problem=replace(day.problem, stops=stops, shifts=long))
    pinned = {officer: stops[1] for officer, stops in day.held.items()}
    rest = plan_rest(replace(day, pinned=[*pinned.values()]), CrowFlight(), how=HOW)
    for route in rest.made.plan.routes:
        assert route.visits[1].stop.id == pinned[route.shift.officer]
    assert _holds(rest, day.problem)


def test_what_is_asked_of_a_day_under_way_is_written_and_read_again() -> None:
    day = replace(_half_done(_problem()), pinned=["s3"], plans={"O0": 7})
    read = UnderWay.read(json.loads(json.dumps(day.told())))
    assert (read.problem, read.held, read.pinned) == (day.problem, day.held, ["s3"])
    assert (read.anew, read.plans) == (True, {"O0": 7})
