"""A plan is changed by hand: what that costs is told at once, and the plan stays one that holds."""

import time
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

import pytest
from random_days import HALL, HOUR, LUNCH, MONDAY, random_problem

from geo.streets.estimate import CrowFlight
from reports.routes.changes import Change, ChangeError, Deed, Effect
from reports.routes.check import plan_faults
from reports.routes.editing import effect
from reports.routes.errors import RoutePlanError
from reports.routes.planning import Made, make_plan
from reports.routes.problem import Pin, Place, Policy, Problem, Shift, Stop, Window
from reports.routes.redrive import redrive
from reports.routes.search import Effort


@dataclass
class Desk:
    """A plan, and what it was made of."""

    problem: Problem
    made: Made

    def effect(self, deed: Deed, stop_id: str, **where: object) -> Effect:
        change = Change(deed=deed, stop_id=stop_id, **where)  # type: ignore[arg-type]
        return effect(
            self.problem, self.made.matrix, self.made.plan, change, rows=self.made.rows
        )  # fmt: skip

    def save(self, told: Effect) -> None:
        assert told.plan is not None, told.why
        plan = redrive(
            told.plan, CrowFlight(), problem=told.problem, matrix=self.made.matrix,
            rows=self.made.rows,
        )  # fmt: skip
        self.problem, self.made = told.problem, replace(self.made, plan=plan)
        assert not plan_faults(
            plan, problem=self.problem, matrix=self.made.matrix, rows=self.made.rows
        )

    def order(self, officer: str) -> list[str]:
        return [
            visit.stop.id
            for route in self.made.plan.routes if route.shift.officer == officer
            for visit in route.visits
        ]  # fmt: skip


def _plan(problem: Problem) -> Desk:
    made = make_plan(problem, CrowFlight(), effort=Effort(iterations=200), cores=1)
    return Desk(problem, made)


def _stop(name: str, east: float, **changes: object) -> Stop:
    stop = Stop(
        name, f"{name} St", HALL.lon + east, HALL.lat, (name,), None, 3, 1800, 3600, zone="W"
    )
    return replace(stop, **changes)  # type: ignore[arg-type]


def _shift(officer: str, zone: str, **changes: object) -> Shift:
    shift = Shift(
        MONDAY, 8 * HOUR, 17 * HOUR, start_place=HALL, end_place=HALL, officer=officer,
        lunch=LUNCH, zones=frozenset({zone}),
    )  # fmt: skip
    return replace(shift, **changes)  # type: ignore[arg-type]


@pytest.fixture
def desk() -> Desk:
    """Two officers with a zone each: A has four stops in the west, B one in the east."""
    west = [_stop(f"w{n}", -0.01 * n) for n in range(1, 5)]
    east = [_stop("e1", 0.02, zone="E")]
    return _plan(Problem((MONDAY,), (_shift("A", "W"), _shift("B", "E")), (*west, *east)))


def test_a_stop_given_to_another_officer_is_pinned_there_whatever_the_zones(desk: Desk) -> None:
    told = desk.effect(Deed.MOVE, "w1", officer="B", day=MONDAY)
    assert told.plan is not None
    assert (told.officer, told.day) == ("B", MONDAY)
    assert set(told.changed) == {("A", MONDAY), ("B", MONDAY)}
    assert told.finishes["B", MONDAY][0] < told.finishes["B", MONDAY][1]
    before = desk.made.plan.total_seconds
    assert told.added_seconds == told.plan.total_seconds - before
    assert not told.pushed_out
    desk.save(told)
    assert "w1" in desk.order("B")
    assert next(stop for stop in desk.problem.stops if stop.id == "w1").pin == Pin("B", MONDAY)
    unpinned = desk.effect(Deed.UNPIN, "w1")
    assert (unpinned.plan, unpinned.why) == (
        None, "w1 St lies outside B's zones: B has it by hand alone."
    )  # fmt: skip
    desk.save(desk.effect(Deed.MOVE, "w1", officer="A", day=MONDAY))
    desk.save(desk.effect(Deed.UNPIN, "w1"))
    assert "w1" in desk.order("A")


def test_a_day_is_put_into_another_order(desk: Desk) -> None:
    first, *rest = desk.order("A")
    told = desk.effect(Deed.MOVE, first, officer="A", day=MONDAY, position=3)
    assert told.added_seconds >= 0
    desk.save(told)
    assert desk.order("A") == [*rest, first]


def test_a_stop_taken_out_is_left_with_its_risk_and_can_be_added_where_it_costs_least(
    desk: Desk,
) -> None:
    told = desk.effect(Deed.REMOVE, "w4")
    assert told.added_seconds < 0
    desk.save(told)
    assert [each.stop.id for each in desk.made.plan.left_out] == ["w4"]
    with pytest.raises(ChangeError, match="already"):
        desk.effect(Deed.REMOVE, "w4")
    with pytest.raises(ChangeError, match="add it instead"):
        desk.effect(Deed.MOVE, "w4")
    added = desk.effect(Deed.ADD, "w4")
    assert added.officer == "A"
    assert added.added_seconds == -told.added_seconds
    desk.save(added)
    assert not desk.made.plan.left_out


def test_what_gives_way_and_what_would_be_late_is_told_before_it_is_saved() -> None:
    long = [_stop(f"w{n}", -0.001 * n, service_seconds=2 * HOUR) for n in range(1, 4)]
    promised = _stop("w9", -0.004, window=Window(15 * HOUR, 15 * HOUR + 900), must=True)
    away = _stop("e1", 0.02, zone="E", service_seconds=2 * HOUR)
    desk = _plan(
        Problem((MONDAY,), (_shift("A", "W"), _shift("B", "E")), (*long, promised, away))
    )  # fmt: skip
    assert set(desk.order("A")) == {"w1", "w2", "w3", "w9"}
    told = desk.effect(Deed.MOVE, "e1", officer="A", day=MONDAY, position=0)
    assert [each.stop_id for each in told.late] == ["w9"] or told.overrun_seconds > 0
    assert len(told.pushed_out) == 1
    assert "w9" not in told.pushed_out
    desk.save(told)
    assert "w9" in desk.order("A")
    for stop in desk.order("A"):
        if stop != "e1":
            desk.save(desk.effect(Deed.PIN, stop))
    full = desk.effect(Deed.ADD, told.pushed_out[0], officer="A", day=MONDAY)
    assert full.plan is None
    assert "does not fit into this day" in full.why


def test_a_lost_lunch_is_told() -> None:
    all_day = _stop("w1", -0.001, service_seconds=6 * HOUR)
    stops = (_stop("w2", -0.002), replace(all_day, zone="E"))
    early = _shift("B", "E", start=7 * HOUR, lunch=None)
    desk = _plan(Problem((MONDAY,), (_shift("A", "W"), early), stops))
    assert (desk.order("A"), desk.order("B")) == (["w2"], ["w1"])
    told = desk.effect(Deed.MOVE, "w1", officer="A", day=MONDAY, position=0)
    assert told.lunch_lost
    assert told.plan is None or told.pushed_out


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"stop_id": "nowhere"}, "There is no stop nowhere"),
        ({"stop_id": "w1", "officer": "C", "day": MONDAY}, "C has no day on 2026-03-02"),
        ({"stop_id": "w1", "officer": "A", "day": MONDAY + timedelta(1)}, "A has no day on"),
    ],
)
def test_what_there_is_not_is_named(desk: Desk, change: dict[str, object], fault: str) -> None:
    with pytest.raises(ChangeError, match=fault):
        desk.effect(Deed.MOVE, **change)  # type: ignore[arg-type]


def test_a_visit_the_officer_may_not_make_is_refused_in_words() -> None:
    lead = _stop("w1", -0.01, certifications=frozenset({"lead"}))
    able = _shift("A", "W", certifications=frozenset({"lead"}))
    desk = _plan(Problem((MONDAY,), (able, _shift("B", "E")), (lead,)))
    told = desk.effect(Deed.MOVE, "w1", officer="B", day=MONDAY)
    assert told.plan is None
    assert "needs a certification" in told.why


def test_any_change_of_any_plan_gives_one_that_holds_or_says_why_not() -> None:
    made = refused = 0
    for seed in range(24):
        random = Random(seed)  # noqa: S311 - the same each time
        try:
            desk = _plan(random_problem(1000 + seed))
        except RoutePlanError:
            continue
        for _ in range(6):
            if not desk.problem.stops:
                break
            stop = random.choice(desk.problem.stops)
            route = random.choice(desk.made.plan.routes)
            where = random.choice([
                {}, {"officer": route.shift.officer, "day": route.shift.day},
                {"officer": route.shift.officer, "day": route.shift.day, "position": 1},
            ])  # fmt: skip
            try:
                told = desk.effect(random.choice([*Deed]), stop.id, **where)
            except ChangeError:
                continue
            if told.plan is None:
                assert told.why
                refused += 1
            else:
                desk.save(told)
                made += 1
    assert made > 30
    assert refused


def test_the_effect_is_told_in_milliseconds() -> None:
    random = Random(1)  # noqa: S311 - the same each time
    stops = tuple(
        _stop(str(n), random.uniform(-0.04, 0.04), lat=HALL.lat + random.uniform(-0.03, 0.03),
              service_seconds=600, zone="W")
        for n in range(300)
    )  # fmt: skip
    days = tuple(MONDAY + timedelta(days=n) for n in range(5))
    shifts = tuple(
        replace(_shift(f"O{n}", "W"), day=day, start_place=Place("Hall", HALL.lon, HALL.lat))
        for n in range(2) for day in days
    )  # fmt: skip
    desk = _plan(Problem(days, shifts, stops))
    one, other = desk.made.plan.routes[0], desk.made.plan.routes[-1]
    began = time.perf_counter()
    told = desk.effect(
        Deed.MOVE, one.visits[3].stop.id, officer=other.shift.officer, day=other.shift.day
    )
    assert time.perf_counter() - began < 0.25
    assert told.plan is not None or told.why


def _lent() -> Desk:
    """A of the west has a stop of the east, whose own officer is far away, because that pays."""
    far = Place("Far", HALL.lon + 0.2, HALL.lat)
    ours = _shift("A", "W", helps=frozenset({"E"}))
    theirs = _shift("B", "E", start_place=far, end_place=far)
    stops = (_stop("w1", -0.01), _stop("e1", -0.011, zone="E"), _stop("e2", 0.19, zone="E"))
    return _plan(Problem((MONDAY,), (ours, theirs), stops, policy=Policy(help_seconds=300)))


def test_why_an_officer_helps_is_still_said_once_a_stop_was_pinned_and_unpinned() -> None:
    desk = _lent()
    (why,) = desk.made.plan.helped
    assert (why.stop.id, why.officer) == ("e1", "A")
    assert why.own_seconds is not None
    desk.save(desk.effect(Deed.PIN, "e1"))
    assert [each.extra_seconds for each in desk.made.plan.helped] == [why.extra_seconds]
    desk.save(desk.effect(Deed.UNPIN, "e1"))
    assert desk.made.plan.helped == (why,)


def test_what_somebody_gave_to_a_helper_has_its_own_reason_once_it_is_unpinned() -> None:
    desk = _lent()
    (why,) = desk.made.plan.helped
    desk.save(desk.effect(Deed.MOVE, "e1", officer="B", day=MONDAY))
    assert desk.made.plan.helped == ()
    desk.save(desk.effect(Deed.MOVE, "e1", officer="A", day=MONDAY, position=1))
    assert desk.made.plan.helped == ()  # by hand
    desk.save(desk.effect(Deed.UNPIN, "e1"))
    (anew,) = desk.made.plan.helped
    assert (anew.stop, anew.own_seconds) == (why.stop, why.own_seconds)


def test_the_checker_refuses_a_help_that_is_none_or_is_not_told() -> None:
    desk = _lent()
    plan, said = desk.made.plan, {"matrix": desk.made.matrix, "rows": desk.made.rows}
    (why,) = plan.helped
    near = next(stop for stop in desk.problem.stops if stop.id == "w1")
    for helped, fault in (
        ((), "nobody says why A helps at e1"),
        ((why, why), "why A helps at e1 is said 2 times"),
        ((replace(why, officer="B"), why), "B is said to help at e1, where they do not go"),
        ((replace(why, stop=near), why), "A is said to help at w1, which is no other zone's"),
        ((replace(why, own_seconds=-1),), "the zone's own officer would drive -1 s to e1"),
    ):
        told = plan_faults(replace(plan, helped=helped), problem=desk.problem, **said)  # type: ignore[arg-type]
        assert fault in told
