"""Every rule of a stop and of a shift, broken in a plan that was good, and named by the checker."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from random_days import HALL, HOUR, LUNCH, MONDAY

from geo.streets.estimate import CrowFlight
from reports.routes.check import plan_faults
from reports.routes.plan import Pause, Plan, Visit
from reports.routes.planning import make_plan
from reports.routes.problem import Problem, Shift, Stop, Window
from reports.routes.search import Effort

TUESDAY = date(2026, 3, 3)
DAYS = (MONDAY, TUESDAY)


def _stop(name: str, number: int, **rules: object) -> Stop:
    stop = Stop(
        id=name,
        label=f"{name} Elm St",
        lon=-71.11 + number * 0.002,
        lat=42.37 + number % 3 * 0.003,
        case_numbers=(name,),
        due_on=None,
        priority=3,
        service_seconds=1200,
        worth_seconds=1800,
        zone="N",
    )
    return replace(stop, **rules)


def _shift(officer: str, day: date) -> Shift:
    return Shift(
        day,
        8 * HOUR,
        16 * HOUR,
        start_place=HALL,
        end_place=HALL,
        officer=officer,
        lunch=LUNCH,
        zones=frozenset({"N"} if officer == "rivera" else {"N", "S"}),
        certifications=frozenset({"lead"} if officer == "rivera" else ()),
        max_stops=20,
    )


SHIFTS = tuple(_shift(officer, day) for officer in ("rivera", "okafor") for day in DAYS)
PROBLEM = Problem(
    DAYS,
    SHIFTS,
    (
        *(_stop(f"plain{number}", number) for number in range(24)),
        _stop("promised", 3, must=True, window=Window(14 * HOUR, 14 * HOUR + 900, MONDAY)),
        _stop("early", 4, must=True, due_by=MONDAY),
        _stop("later", 5, must=True, not_before=TUESDAY),
        _stop("bright", 6, must=True, daylight_only=True),
        _stop("leaded", 7, must=True, certifications=frozenset({"lead"})),
        _stop("southern", 8, must=True, zone="S"),
        _stop("both", 9, must=True, two_officers=True, due_by=MONDAY),
    ),
    daylight=dict.fromkeys(DAYS, (7 * HOUR, 15 * HOUR)),
)
MATRIX = CrowFlight().matrix(PROBLEM.places())


@pytest.fixture(scope="module")
def good() -> Plan:
    return make_plan(PROBLEM, CrowFlight(), effort=Effort(iterations=300), cores=1).plan


def test_a_plan_under_every_rule_is_good_and_serves_all_that_must_be(good: Plan) -> None:
    assert _faults(good) == ()
    assert not [left.stop.id for left in good.left_out if left.stop.must]
    assert len([visit for visit in good.visits if visit.stop.id == "both"]) == 2
    assert all(route.lunch for route in good.routes if route.finish > LUNCH.latest)


def _where(plan: Plan, name: str) -> tuple[int, int]:
    return next(
        (route, at)
        for route, each in enumerate(plan.routes)
        for at, visit in enumerate(each.visits)
        if visit.stop.id == name
    )


def _route(plan: Plan, number: int, **changes: object) -> Plan:
    routes = list(plan.routes)
    routes[number] = replace(routes[number], **changes)
    return replace(plan, routes=tuple(routes))


def _visit(plan: Plan, name: str, **changes: object) -> Plan:
    route, at = _where(plan, name)
    visits = list(plan.routes[route].visits)
    visits[at] = replace(visits[at], **changes)
    return _route(plan, route, visits=tuple(visits))


def _swapped(plan: Plan, one: str, other: str) -> Plan:
    """Put each of two stops where the other was; times and drives stay."""
    (a, i), (b, j) = _where(plan, one), _where(plan, other)
    first, second = plan.routes[a].visits[i].stop, plan.routes[b].visits[j].stop
    return _visit_at(_visit_at(plan, a, i, second), b, j, first)


def _visit_at(plan: Plan, route: int, at: int, stop: Stop) -> Plan:
    visits: list[Visit] = list(plan.routes[route].visits)
    visits[at] = replace(visits[at], stop=stop)
    return _route(plan, route, visits=tuple(visits))


def _plain(plan: Plan, officer: str, day: date) -> str:
    route = next(r for r in plan.routes if (r.shift.officer, r.shift.day) == (officer, day))
    return next(visit.stop.id for visit in route.visits if visit.stop.id.startswith("plain"))


def _other_day(plan: Plan, name: str) -> Plan:
    route = plan.routes[_where(plan, name)[0]]
    day = TUESDAY if route.shift.day == MONDAY else MONDAY
    return _swapped(plan, name, _plain(plan, route.shift.officer, day))


def _other_officer(plan: Plan, name: str) -> Plan:
    route = plan.routes[_where(plan, name)[0]]
    officer = "okafor" if route.shift.officer == "rivera" else "rivera"
    return _swapped(plan, name, _plain(plan, officer, route.shift.day))


def _with_lunch(plan: Plan, **changes: int) -> Plan:
    lunch = plan.routes[0].lunch
    assert lunch is not None
    return _route(plan, 0, lunch=replace(lunch, **changes))


def _one_alone(plan: Plan) -> Plan:
    route, at = _where(plan, "both")
    return _visit_at(plan, route, at, next(e.stop for e in plan.visits if e.stop.id == "early"))


def _same_officer(plan: Plan) -> Plan:
    route, _ = _where(plan, "both")
    visits = plan.routes[route].visits
    twice = next(visit for visit in visits if visit.stop.id.startswith("plain"))
    other = [r for r in range(4) if any(v.stop.id == "both" for v in plan.routes[r].visits)][1]
    at = [visit.stop.id for visit in plan.routes[other].visits].index("both")
    changed = _visit_at(plan, other, at, twice.stop)
    return _visit_at(changed, *_where_in(changed, route, twice.stop.id), _both(plan))


def _where_in(plan: Plan, route: int, name: str) -> tuple[int, int]:
    return route, [visit.stop.id for visit in plan.routes[route].visits].index(name)


def _both(plan: Plan) -> Stop:
    return next(visit.stop for visit in plan.visits if visit.stop.id == "both")


def _moved(plan: Plan, seconds: int) -> Plan:
    """Let one officer come at another time to a visit by two."""
    visit = next(visit for visit in plan.visits if visit.stop.id == "both")
    return _visit(plan, "both", start=visit.start + seconds, leave=visit.leave + seconds)


FAULTS: dict[str, tuple[Callable[[Plan], Plan], str]] = {
    "a stop forgotten": (
        lambda plan: (
            replace(plan, left_out=plan.left_out[1:])
            if plan.left_out
            else _visit(plan, "early", stop=_both(plan))
        ),
        "neither visited nor left out",
    ),
    "an appointment on another day": (
        lambda plan: _other_day(plan, "promised"),
        "promised has an appointment on 2026-03-02, not on 2026-03-03",
    ),
    "an appointment at another hour": (
        lambda plan: _visit(plan, "promised", start=14 * HOUR + 901),
        "promised begins at 51301 s, not between 50400 s and 51300 s",
    ),
    "after the last lawful day": (
        lambda plan: _other_day(plan, "early"),
        "early is visited on 2026-03-03, after its last day 2026-03-02",
    ),
    "before the first lawful day": (
        lambda plan: _other_day(plan, "later"),
        "later is visited on 2026-03-02, before 2026-03-03",
    ),
    "in the dark": (
        lambda plan: _visit(plan, "bright", start=14 * HOUR + 2401, leave=15 * HOUR + 1),
        "bright needs daylight, which lasts from 25200 s to 54000 s",
    ),
    "without the certification": (
        lambda plan: _other_officer(plan, "leaded"),
        "leaded needs lead, which okafor does not hold",
    ),
    "in a zone not served": (
        lambda plan: _other_officer(plan, "southern"),
        "southern lies in zone S, which rivera may not serve",
    ),
    "one officer where two are needed": (_one_alone, "both needs two officers and has one"),
    "two officers at different times": (
        lambda plan: _moved(plan, 300),
        "both needs two officers at once, and they come at different times",
    ),
    "the same officer twice": (_same_officer, "both needs two different officers"),
    "no lunch": (lambda plan: _route(plan, 0, lunch=None), "has no lunch"),
    "a lunch too short": (
        lambda plan: _with_lunch(plan, end=plan.routes[0].lunch.end - 60),
        "a lunch of 1800 s takes 1740 s",
    ),
    "a lunch too late": (
        lambda plan: _with_lunch(plan, start=14 * HOUR, end=14 * HOUR + 1800),
        "lunch begins at 50400 s, not between 41400 s and 46800 s",
    ),
    "a lunch during a visit": (
        lambda plan: _with_lunch(plan, after=len(plan.routes[0].visits)),
        "lunch begins before the visit ahead of it is done",
    ),
    "a lunch nobody asked for": (
        lambda plan: _asked(plan, lunch=None),
        "has a lunch that was not asked for",
    ),
    "an arrival too early": (
        lambda plan: _visit(plan, "early", arrive=8 * HOUR),
        "early is reached at",
    ),
    "a visit begun before the arrival": (
        lambda plan: _visit(plan, "early", start=8 * HOUR),
        "early begins at 28800 s, before the arrival",
    ),
    "a visit cut short": (
        lambda plan: _visit(plan, "later", leave=9 * HOUR),
        "later is done at",
    ),
    "idle time": (
        lambda plan: _visit(plan, "later", start=15 * HOUR),
        "later is waited at until 54000 s for nothing",
    ),
    "past the end of the shift": (lambda plan: _asked(plan, end=11 * HOUR), "the drive home at"),
    "too many stops": (lambda plan: _asked(plan, max_stops=1), "visits where at most 1"),
    "a shift nobody drives": (
        lambda plan: replace(plan, routes=plan.routes[1:]),
        "is planned 0 times",
    ),
    "a shift of another officer": (
        lambda plan: _route(plan, 0, shift=replace(SHIFTS[0], officer="nobody")),
        "the shift of nobody, 2026-03-02 is not the one asked for",
    ),
}


def _asked(plan: Plan, **changes: object) -> Plan:
    """Say that the first shift had been asked for with other rules."""
    return _route(plan, 0, shift=replace(plan.routes[0].shift, **changes))


def test_more_than_twenty_kinds_of_fault_are_tried() -> None:
    assert len(FAULTS) >= 20


@pytest.mark.parametrize("fault", FAULTS)
def test_every_rule_broken_is_named(good: Plan, fault: str) -> None:
    break_it, words = FAULTS[fault]
    broken = break_it(good)
    shifts = SHIFTS
    if fault in {"a lunch nobody asked for", "past the end of the shift", "too many stops"}:
        shifts = (broken.routes[0].shift, *SHIFTS[1:])
    assert any(words in each for each in _faults(broken, shifts=shifts)), _faults(broken)


def test_a_wait_for_the_other_officer_is_no_idle_time(good: Plan) -> None:
    assert not [each for each in _faults(good) if "waited" in each]


def test_a_lunch_after_a_visit_that_there_is_not_is_named(good: Plan) -> None:
    pause = Pause(12 * HOUR, 12 * HOUR + 1800, after=99)
    assert any("lunch comes after 99 of" in e for e in _faults(_route(good, 0, lunch=pause)))


def _faults(plan: Plan, *, shifts: tuple[Shift, ...] = SHIFTS) -> tuple[str, ...]:
    problem = replace(PROBLEM, shifts=shifts)
    return plan_faults(plan, problem=problem, matrix=MATRIX, rows=PROBLEM.rows())
