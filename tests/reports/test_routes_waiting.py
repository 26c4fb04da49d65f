"""Waiting costs: a week is filled from its front, and what people are told is what is searched."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from random_days import HALL, HOUR, LUNCH, MONDAY, random_problem

from geo.streets.estimate import CrowFlight
from reports.routes import apart
from reports.routes.changes import Change, Deed
from reports.routes.comparison import PLAN, compare
from reports.routes.dealing import deal
from reports.routes.editing import effect
from reports.routes.encode import encode
from reports.routes.errors import RoutePlanError
from reports.routes.ground import Ground, Orders, lay_ground
from reports.routes.plan import Plan
from reports.routes.planning import make_plan
from reports.routes.problem import Pin, Policy, Problem, Shift, Stop, Window
from reports.routes.search import Effort, Watch
from reports.routes.tally import tally
from reports.routes.waiting import left_charge, wait_charge, waited

WEEK = tuple(MONDAY + timedelta(days=number) for number in range(5))
TUESDAY, WEDNESDAY, FRIDAY = WEEK[1], WEEK[2], WEEK[4]
EFFORT = Effort(iterations=400)
TWO_MINUTES = Policy(wait_seconds=120)


def _stop(number: int, **rules: object) -> Stop:
    stop = Stop(
        id=f"s{number}", label=f"{number} Elm St", lon=-71.11 + 0.05 * (number % 2) - 0.025,
        lat=42.37 + number * 0.0015, case_numbers=(f"26-{number}",),
        due_on=MONDAY - timedelta(days=9), priority=3, service_seconds=900, worth_seconds=1800,
    )  # fmt: skip
    return replace(stop, **rules)  # type: ignore[arg-type]


def _shift(officer: str, day: date, **rules: object) -> Shift:
    shift = Shift(day, 8 * HOUR, 16 * HOUR, HALL, HALL, officer=officer, lunch=LUNCH)
    return replace(shift, **rules)  # type: ignore[arg-type]


def _week(*stops: Stop, officers: int = 2, **rules: object) -> Problem:
    shifts = [_shift(f"officer {who}", day, **rules) for day in WEEK for who in range(officers)]
    return Problem(WEEK, tuple(shifts), stops, policy=TWO_MINUTES)


def _zoned(week: Problem, zones: str, **rules: object) -> Problem:
    """Give the officers a zone each, one after another."""
    shifts = [
        replace(shift, zones=frozenset(zones[number % len(zones)]), **rules)  # type: ignore[arg-type]
        for number, shift in enumerate(week.shifts)
    ]
    return replace(week, shifts=tuple(shifts))


def _planned(problem: Problem, *, seed: int = 0) -> Plan:
    return make_plan(problem, CrowFlight(), effort=EFFORT, seed=seed, cores=1).plan


def _days(plan: Plan) -> Counter[date]:
    return Counter(route.shift.day for route in plan.routes for _ in route.visits)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("fair", [None, 0.1])
def test_a_week_of_few_overdue_visits_is_planned_on_its_first_day(
    seed: int, fair: float | None
) -> None:
    problem = _week(*(_stop(number) for number in range(18)))
    problem = replace(problem, policy=replace(TWO_MINUTES, fair_margin=fair))
    assert _days(_planned(problem, seed=seed)) == {MONDAY: 18}


def test_what_is_too_much_for_a_day_fills_the_next_and_leaves_the_end_of_the_week_free() -> None:
    problem = _week(*(_stop(number) for number in range(40)), max_stops=10)
    assert _days(_planned(problem)) == {MONDAY: 20, TUESDAY: 20}


def test_a_deadline_that_must_be_kept_goes_before_what_is_only_overdue() -> None:
    must = [_stop(number, must=True, due_by=TUESDAY, due_on=TUESDAY) for number in range(6)]
    overdue = [_stop(number) for number in range(6, 18)]
    plan = _planned(_week(*must, *overdue, officers=1, max_stops=3))
    days = {visit.stop.id: r.shift.day for r in plan.routes for visit in r.visits}
    assert all(days[stop.id] <= TUESDAY for stop in must)
    assert len(plan.visits) == 15


def test_what_is_due_weeks_from_now_makes_room_for_what_is_overdue() -> None:
    stops = [_stop(number, lon=-71.1, lat=42.38 + number * 0.0001) for number in range(20)]
    far = [replace(stop, due_on=MONDAY + timedelta(days=40)) for stop in stops[:10]]
    overdue = stops[10:]
    plan = _planned(_week(*far, *overdue, officers=1, max_stops=10))
    days = {visit.stop.id: r.shift.day for r in plan.routes for visit in r.visits}
    assert {days[stop.id] for stop in overdue} == {MONDAY}
    assert {days[stop.id] for stop in far} == {TUESDAY}


def test_rounds_on_each_others_days_are_dealt_anew_and_equal_ones_stay() -> None:
    far = [_stop(number, due_on=MONDAY + timedelta(days=40)) for number in range(4)]
    problem = _week(*far, *(_stop(number) for number in range(4, 8)))
    ground = lay_ground(problem, CrowFlight().matrix(problem.places()))
    empty: Orders = [[] for _ in range(6)]
    dealt = deal(ground, [[], [0, 1, 2, 3], [], [4, 5, 6, 7], *empty])
    assert dealt == [[4, 5, 6, 7], [0, 1, 2, 3], [], [], *empty]
    assert deal(ground, dealt) == dealt
    assert deal(ground, [dealt[1], dealt[0], *dealt[2:]]) == [dealt[1], dealt[0], *dealt[2:]]
    held = replace(problem.stops[4], pin=Pin("officer 1", TUESDAY))
    pinned = replace(problem, stops=(*far, held, *problem.stops[5:]))
    ground = lay_ground(pinned, CrowFlight().matrix(pinned.places()))
    assert deal(ground, [[], [0, 1, 2, 3], [], [4, 5, 6, 7], *empty])[3] == [4, 5, 6, 7]


def test_a_day_is_not_worth_a_long_drive() -> None:
    """Beside an appointment of Tuesday far out a visit waits for it."""
    promised = Window(10 * HOUR, 12 * HOUR, TUESDAY)
    out = _stop(0, lon=-71.4, must=True, window=promised)
    beside = _stop(1, lon=-71.401, lat=42.37)
    plan = _planned(_week(out, beside, officers=1))
    assert _days(plan) == {TUESDAY: 2}


def test_without_a_price_nothing_is_charged_and_a_plan_of_one_day_is_as_it_was() -> None:
    problem = _week(_stop(1))
    free = replace(problem, policy=Policy())
    assert wait_charge(problem.stops[0], FRIDAY, free) == 0
    one = replace(problem, days=(MONDAY,), shifts=problem.shifts[:2])
    assert left_charge(one.stops[0], one) == 0
    ground = lay_ground(one, CrowFlight().matrix(one.places()))
    assert ground.value(0) == one.stops[0].worth_seconds
    assert not ground.charges.any()


@pytest.mark.parametrize(
    ("rules", "charges"),
    [
        ({}, [0, 120, 240, 360, 480]),
        ({"due_on": None}, [0, 120, 240, 360, 480]),
        ({"due_on": MONDAY + timedelta(days=7)}, [0, 120, 240, 360, 480]),
        ({"due_on": MONDAY + timedelta(days=8)}, [0, 30, 60, 90, 120]),
        ({"due_on": MONDAY + timedelta(days=8), "due_by": FRIDAY}, [0, 120, 240, 360, 480]),
        ({"not_before": WEDNESDAY}, [0, 0, 0, 120, 240]),
        ({"window": Window(0, 1, FRIDAY)}, [0, 0, 0, 0, 0]),
        ({"two_officers": True}, [0, 60, 120, 180, 240]),
        ({"pin": Pin("officer 0", FRIDAY)}, [0, 120, 240, 360, 480]),
    ],
)
def test_each_day_that_a_stop_waits_is_charged(
    rules: dict[str, object], charges: list[int]
) -> None:
    stop = _stop(1, **rules)
    problem = _week(stop)
    assert [wait_charge(stop, day, problem) for day in WEEK] == charges
    assert left_charge(stop, problem) == charges[-1] * (2 if stop.two_officers else 1)


def test_a_visit_on_the_last_day_is_worth_what_it_is_worth_by_itself() -> None:
    stop = _stop(1)
    problem = _week(stop)
    ground = lay_ground(problem, CrowFlight().matrix(problem.places()))
    net = [ground.value(0) - charge for charge in ground.charges[0, ::2]]
    assert net == [2280, 2160, 2040, 1920, 1800]


@pytest.mark.parametrize("seed", range(4))
def test_what_is_told_of_a_plan_is_what_the_search_makes_small(seed: int) -> None:
    stops = [
        _stop(number, due_on=MONDAY + timedelta(days=number % 20 - 6), zone="NS"[number % 2])
        for number in range(36)
    ]
    week = _week(*stops, officers=1, max_stops=6, lunch=None)
    shifts = [replace(each, zones=frozenset("N"), outside_seconds=600) for each in week.shifts]
    problem = replace(week, shifts=tuple(shifts))
    told: list[int] = []
    plan = make_plan(
        problem, CrowFlight(), effort=EFFORT, seed=seed, cores=1, watch=Watch(on_best=told.append)
    ).plan
    counted = tally(plan, problem=problem)
    assert counted.waiting > 0
    assert counted.outside > 0
    assert counted.missed > 0
    ground, orders = _orders(problem, plan)
    encoded = encode(ground, stops=range(36), shifts=range(5))
    solution = encoded.start(ground, orders)
    assert solution.is_feasible()
    searched = solution.distance_cost() + solution.duration_cost() + solution.uncollected_prizes()
    assert counted.objective == searched <= told[-1]


def _orders(problem: Problem, plan: Plan) -> tuple[Ground, Orders]:
    place = {stop.id: number for number, stop in enumerate(problem.stops)}
    orders = [[place[visit.stop.id] for visit in route.visits] for route in plan.routes]
    return lay_ground(problem, CrowFlight().matrix(problem.places())), orders


def test_what_is_told_of_random_days_is_what_their_ground_costs() -> None:
    waits = 0
    for seed in range(20):
        problem = replace(
            random_problem(seed), policy=Policy(wait_seconds=120, help_seconds=None)
        )  # fmt: skip
        try:
            made = make_plan(problem, CrowFlight(), effort=Effort(iterations=60), cores=1)
        except RoutePlanError:
            continue
        plan = made.plan
        kept = replace(problem, shifts=tuple(route.shift for route in plan.routes))
        ground, orders = _orders(kept, plan)
        charged = sum(ground.charges[stop, n] for n, order in enumerate(orders) for stop in order)
        left = sum(left_charge(each.stop, problem) for each in plan.left_out)
        counted = tally(plan, problem=problem)
        assert counted.outside + counted.waiting == charged + left
        waits += counted.waiting
    assert waits > 0


def test_a_change_by_hand_tells_what_it_lets_wait() -> None:
    problem = _week(*(_stop(number) for number in range(6)))
    made = make_plan(problem, CrowFlight(), effort=EFFORT, cores=1)

    def told(deed: Deed, **where: object) -> int:
        change = Change(deed=deed, stop_id="s3", **where)  # type: ignore[arg-type]
        found = effect(problem, made.matrix, made.plan, change, rows=made.rows)
        assert found.plan is not None
        before = waited(made.plan, problem=problem)
        assert found.waiting_seconds == waited(found.plan, problem=found.problem) - before
        return found.waiting_seconds

    assert told(Deed.MOVE, officer="officer 1", day=FRIDAY) == 4 * 120
    assert told(Deed.REMOVE) == 4 * 120
    assert told(Deed.PIN) == 0


def test_what_is_added_by_hand_without_a_day_goes_to_an_early_one() -> None:
    problem = _week(*(_stop(number) for number in range(6)))
    made = make_plan(problem, CrowFlight(), effort=EFFORT, cores=1)
    out = effect(
        problem, made.matrix, made.plan, Change(deed=Deed.REMOVE, stop_id="s3"), rows=made.rows
    )
    assert out.plan is not None
    back = effect(
        out.problem, made.matrix, out.plan, Change(deed=Deed.ADD, stop_id="s3"), rows=made.rows
    )
    assert back.day == MONDAY


def test_an_order_made_by_hand_is_told_with_what_it_lets_wait() -> None:
    problem = _week(*(_stop(number) for number in range(30)), officers=1, max_stops=6)
    made = make_plan(problem, CrowFlight(), effort=EFFORT, cores=1)
    plan, *naive = compare(problem, made)
    assert plan.how == PLAN
    assert plan.waiting_seconds == waited(made.plan, problem=problem)
    assert plan.waiting_seconds == 6 * 120 * (1 + 2 + 3 + 4)
    assert all(each.waiting_seconds == plan.waiting_seconds for each in naive)


def test_a_week_too_large_for_one_search_is_searched_officer_by_officer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stops = [
        _stop(number, zone="NSE"[number % 3], two_officers=number == 7, must=number in {7, 8})
        for number in range(40)
    ]
    week = _week(*stops, officers=3)
    problem = _zoned(week, "NSE", outside_seconds=600)
    ground = lay_ground(problem, CrowFlight().matrix(problem.places()))
    calm = ground.unhurried()
    assert {*calm.charges.ravel().tolist()} == {0, 600}
    assert calm.value(0) == stops[0].worth_seconds
    whole = tally(_planned(problem), problem=problem)
    monkeypatch.setattr(apart, "MOST_CELLS", 1000)
    assert apart.is_heavy(ground, [*range(40)], [*range(15)])
    assert not apart.is_heavy(calm, [*range(40)], [*range(15)])
    plan = _planned(problem)
    alone = tally(plan, problem=problem)
    assert not alone.missed + alone.musts_missed
    assert alone.objective < 1.1 * whole.objective
    assert {*_days(plan)} <= {MONDAY, TUESDAY}


def test_what_nobody_has_is_offered_to_an_officer_who_may_make_the_visit() -> None:
    stops = [_stop(number, zone="NS"[number % 2]) for number in range(6)]
    week = _week(*stops)
    problem = _zoned(week, "NS")
    ground = lay_ground(problem, CrowFlight().matrix(problem.places()))
    orders: Orders = [[2], [1], *([] for _ in range(8))]
    found = apart.by_officer(ground, [*range(6)], [*range(10)], orders=orders)
    assert found == [([0, 2, 4], [0, 2, 4, 6, 8]), ([1, 3, 5], [1, 3, 5, 7, 9])]


def test_the_solver_keeps_one_profile_for_each_day_and_kind_of_officer() -> None:
    stops = [_stop(number, zone="NS"[number % 2]) for number in range(20)]
    week = _week(*stops, officers=6)
    problem = _zoned(week, "NS", outside_seconds=600)
    ground = lay_ground(problem, CrowFlight().matrix(problem.places()))
    data = encode(ground, stops=range(20), shifts=range(30)).data
    assert len(data.distance_matrices()) == 5 * 2
