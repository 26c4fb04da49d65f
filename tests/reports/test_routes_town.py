"""A town's cases become a plan: asked for, made by a worker, changed, and put in force."""

import json
import threading
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from field_town import MANAGER, OFFICER, OKAFOR, RIVERA, now, settle_field
from mail_town import wait_until

from cases.business_days import TownCalendar
from cases.field import hazards
from cases.field.hazards import HazardKind
from cases.models import Case, VisitPlan, WorkingException
from cases.visiting.setting import set_visits
from cases.visiting.settings import DAY_WAITING
from cases.visits import drafts
from cases.visits.adopting import PlanThereError
from cases.visits.asked import Asked
from cases.visits.comparing import adopted, plans_of_day
from cases.visits.drafts import DraftMovedError, State
from cases.working.keeping import set_terms
from cases.working.needed import Need, say_needed
from cases.working.reading import mark_of, terms_or_usual
from cases.working.town import name_certifications
from geo.database import Database
from geo.streets.estimate import CrowFlight
from reports.routes.adopting import adopt_draft, days_in_force, planned_days
from reports.routes.changes import Change, Deed
from reports.routes.editing import effect
from reports.routes.errors import RoutePlanError
from reports.routes.from_town import TownProblem, town_problem
from reports.routes.packed import unpack
from reports.routes.plan import LeftReason
from reports.routes.planning import make_plan
from reports.routes.problem import Rush
from reports.routes.search import Effort
from reports.routes.written import (
    names_from_json,
    plan_from_json,
    plan_to_json,
    problem_from_json,
    problem_to_json,
)
from webmap.worker.planning import make_by

UTC_ZONE = ZoneInfo("UTC")
STAFF = sa.text("SELECT id FROM lotline.staff WHERE name = :name")


def _monday() -> date:
    today = now().on
    return today + timedelta(days=7 - today.weekday())


@dataclass
class Town:
    """A town with nine cases in Rivera's zone."""

    database: Database
    monday: date

    def problem(self, **said: object) -> TownProblem:
        asked = {"first": self.monday, "days": 1, "zone": UTC_ZONE, **said}
        with self.database.app.connect() as connection:
            return town_problem(connection, **asked)  # type: ignore[arg-type]

    def asks(self, **said: object) -> int:
        asked = Asked(**{"first": self.monday, "iterations": 60, **said})  # type: ignore[arg-type]
        with self.database.app.begin() as connection:
            return drafts.ask_draft(
                connection, asked, key=uuid4(), calendar=TownCalendar(), actor=MANAGER, moment=now()
            ).id

    def made(self, folder: Path, **said: object) -> sa.Row[tuple[object, ...]]:
        draft_id = self.asks(**said)
        make_by(self.database.app, folder, draft_id, cores=1)
        return self.draft(draft_id)

    def draft(self, draft_id: int) -> sa.Row[tuple[object, ...]]:
        with self.database.app.connect() as connection:
            row = drafts.draft(connection, draft_id)
        assert row is not None
        return row

    def adopt(self, row: sa.Row[tuple[object, ...]], **instead: object) -> list[int]:
        said: dict[str, object] = {
            "seen": row.version, "instead_of": {}, "key": uuid4(), **instead
        }  # fmt: skip
        with self.database.app.begin() as connection:
            return adopt_draft(
                connection, row.id, zone=UTC_ZONE, actor=MANAGER, moment=now(),
                **said,  # type: ignore[arg-type]
            )  # fmt: skip


@pytest.fixture
def town(fresh_database: Database) -> Town:
    settle_field(fresh_database, cases=9)
    return Town(fresh_database, _monday())


def test_a_case_to_be_looked_at_is_a_stop_of_its_place(town: Town) -> None:
    there = town.problem()
    assert len(there.problem.stops) == 9
    stop = there.problem.stops[0]
    (visit,) = there.visits[stop.id]
    assert (stop.id, stop.label) == (f"parcel-{visit.parcel_id}", visit.address)
    assert stop.kinds == (visit.kind,)
    assert stop.daylight_only
    assert stop.zone == "1"
    assert {shift.officer for shift in there.problem.shifts} == {RIVERA, OKAFOR}
    assert there.officers.keys() == {RIVERA, OKAFOR}
    assert there.problem.daylight.keys() == {town.monday}
    assert "Nobody has said where the office is" in there.notes[0]
    own = {shift.officer: shift.zones for shift in there.problem.shifts}
    assert own == {RIVERA: {"1"}, OKAFOR: {"2"}}


def test_what_the_law_sets_a_last_day_for_must_be_visited_by_it(town: Town) -> None:
    stops = town.problem(first=now().on, days=10).problem.stops
    assert all(stop.must and stop.due_by is not None for stop in stops)


def test_drives_take_longer_at_the_hours_a_manager_has_set(town: Town) -> None:
    assert town.problem().problem.policy.rush == ()
    with town.database.app.begin() as connection:
        set_visits(
            connection, {"drive_morning": 140, "drive_midday": 100}, actor=MANAGER, moment=now()
        )
    assert town.problem().problem.policy.rush == (Rush(7 * 3600, 9 * 3600, 140),)


def test_a_place_where_nobody_goes_alone_needs_two(town: Town) -> None:
    with town.database.app.begin() as connection:
        parcel = connection.scalar(sa.select(sa.func.min(Case.parcel_id)))
        hazards.flag(
            connection, parcel_id=parcel, kind=HazardKind.THREAT, note="x", actor=OFFICER,
            moment=now(),
        )  # fmt: skip
    assert sum(stop.two_officers for stop in town.problem().problem.stops) == 1


def test_nobody_on_shift_is_said_with_the_reason(town: Town) -> None:
    saturday = town.monday + timedelta(days=5)
    with pytest.raises(RoutePlanError, match=rf"No officer is on shift on {saturday}.*{RIVERA}"):
        town.problem(first=saturday)


def test_an_officer_on_leave_is_told_and_the_others_are_planned(town: Town) -> None:
    with town.database.app.begin() as connection:
        okafor = int(connection.execute(STAFF, {"name": OKAFOR}).scalar_one())
        connection.execute(sa.insert(WorkingException).values(_leave(okafor, town.monday)))
    there = town.problem()
    assert {shift.officer for shift in there.problem.shifts} == {RIVERA}
    assert [(each.officer, str(each.because)) for each in there.away] == [(OKAFOR, "leave")]


def _leave(staff_id: int, day: date) -> dict[str, object]:
    return {
        "staff_id": staff_id, "kind": "leave", "first_day": day, "last_day": day, "noted_by": "x",
        "noted_at": datetime.now(UTC), "form_key": uuid4(),
    }  # fmt: skip


def test_two_days_of_a_zone_are_planned_for_its_officer_alone(town: Town) -> None:
    with town.database.app.connect() as connection:
        zone = connection.scalar(
            sa.text("SELECT id FROM lotline.zone WHERE code = '1' AND kind = 'officer'")
        )
    there = town.problem(days=2, zone_ids=[zone])
    assert [(shift.officer, shift.day) for shift in there.problem.shifts] == [
        (RIVERA, town.monday), (RIVERA, town.monday + timedelta(days=1))
    ]  # fmt: skip


def test_a_week_of_little_work_is_planned_on_its_monday_by_the_price_of_waiting(
    town: Town,
) -> None:
    there = town.problem(days=5)
    assert there.problem.policy.wait_seconds == 120
    plan = make_plan(there.problem, CrowFlight(), effort=Effort(iterations=200), cores=1).plan
    assert {route.shift.day for route in plan.routes if route.visits} == {town.monday}
    with town.database.app.begin() as connection:
        set_visits(connection, {DAY_WAITING: 0}, actor=MANAGER, moment=now())
    assert town.problem(days=5).problem.policy.wait_seconds == 0


def test_a_plan_of_the_town_is_read_as_it_was_written(town: Town) -> None:
    there = town.problem()
    told = json.loads(json.dumps(problem_to_json(there.problem, names=there.names)))
    problem = problem_from_json(told)
    assert (problem, names_from_json(told)) == (there.problem, there.names)
    plan = make_plan(problem, CrowFlight(), effort=Effort(iterations=60), cores=1).plan
    said = json.loads(json.dumps(plan_to_json(plan, problem=problem, names=there.names)))
    assert plan_from_json(said, problem=problem) == plan
    stops = [stop for route in said["routes"] for stop in route["stops"]]
    assert all(stop["items"] and stop["items"][0]["number"] for stop in stops)


def test_a_worker_makes_the_plan_and_it_is_put_in_force(town: Town, tmp_path: Path) -> None:
    row = town.made(tmp_path)
    assert (row.state, row.failed_because) == (State.DONE, None)
    assert row.plan["totals"]["stops"] == 9
    assert row.plan["estimated"]
    assert row.told["stops"] == 9
    matrix, rows = unpack(row.matrix)
    assert len(rows) == len(matrix.seconds)
    (plan_id,) = town.adopt(row)
    assert town.adopt(row) == [plan_id]
    with town.database.app.connect() as connection:
        day = adopted(connection, plan_id)
        in_force = [each.id for each in connection.execute(plans_of_day(town.monday))]
    assert in_force == [plan_id]
    assert day is not None
    assert (day.plan.officer, len(day.stops)) == (RIVERA, 9)
    assert all(stop.items for stop in day.stops)
    assert day.plan.parameters["draft"] == row.id
    assert day.plan.legs is None  # it is an estimate
    assert len(day.plan.drives) == 11
    driven = [leg["seconds"] for each in row.plan["routes"] for leg in each["legs"] if leg]
    assert all(each[at + 1] in driven for at, each in enumerate(day.plan.drives[:-1]))


def test_the_second_of_two_plans_is_put_in_force_by_whoever_knows_the_first(
    town: Town, tmp_path: Path
) -> None:
    first, second = town.made(tmp_path), town.made(tmp_path, max_stops=3)
    (before,) = town.adopt(first)
    with pytest.raises(PlanThereError):
        town.adopt(second)
    assert town.draft(second.id).adopted_at is None
    plan = plan_from_json(second.plan, problem=problem_from_json(second.problem))
    names = names_from_json(second.problem)
    with town.database.app.connect() as connection:
        there = days_in_force(connection, planned_days(plan, names=names, zone=UTC_ZONE))
    (whose,) = there
    assert there[whose].id == before
    after = town.adopt(second, instead_of={whose: before})
    with town.database.app.connect() as connection:
        told = [adopted(connection, each) for each in after]
        rows = connection.execute(sa.select(VisitPlan.id, VisitPlan.superseded_at)).all()
    days = [each for each in told if each is not None]
    assert [len(each.stops) for each in days] == [3, 3]  # Okafor is lent from the next zone
    left = [item for each in days for item in each.left]
    assert len(left) == 3
    assert {each.left_because for each in left} == {
        "finds every day full of as many stops as are allowed"
    }
    assert {row.id for row in rows if row.superseded_at is not None} == {before}


def test_a_plan_changed_by_hand_is_the_one_put_in_force(town: Town, tmp_path: Path) -> None:
    row = town.made(tmp_path)
    problem = problem_from_json(row.problem)
    plan, (matrix, rows) = plan_from_json(row.plan, problem=problem), unpack(row.matrix)
    route = next(each for each in plan.routes if each.visits)
    change = Change(
        deed=Deed.MOVE, stop_id=route.visits[0].stop.id, officer=OKAFOR, day=town.monday
    )
    told = effect(problem, matrix, plan, change, rows=rows)
    assert told.plan is not None
    names = names_from_json(row.problem)
    with town.database.app.begin() as connection:
        version = drafts.change_draft(
            connection, row.id, problem=problem_to_json(told.problem, names=names),
            plan=plan_to_json(told.plan, problem=told.problem, names=names), seen=row.version,
            actor=MANAGER, moment=now(),
        )  # fmt: skip
    with pytest.raises(DraftMovedError):
        town.adopt(row)
    assert len(town.adopt(row, seen=version)) == 2


def test_a_plan_that_cannot_be_made_says_why(town: Town, tmp_path: Path) -> None:
    row = town.made(tmp_path, first=town.monday + timedelta(days=5))
    assert row.state == State.FAILED
    assert row.failed_because.startswith("No officer is on shift")


def test_a_search_that_is_stopped_keeps_the_best(town: Town, tmp_path: Path) -> None:
    draft_id = town.asks(iterations=None, seconds=100)
    worker = threading.Thread(
        target=make_by, args=(town.database.app, tmp_path, draft_id), kwargs={"cores": 1}
    )
    worker.start()
    wait_until(lambda: town.draft(draft_id).told.get("stops") == 9)
    with town.database.app.begin() as connection:
        drafts.ask_stop(connection, draft_id, actor=MANAGER, moment=now())
    worker.join(30)
    assert not worker.is_alive()
    row = town.draft(draft_id)
    assert row.state == State.STOPPED
    assert row.plan["totals"]["stops"] == 9


def _needs(town: Town, code: str, *categories: str, held: bool = False) -> None:
    """Say that a certification is needed, and, where it is held, that Rivera holds it."""
    who = {"actor": MANAGER, "moment": now()}
    with town.database.app.begin() as connection:
        name_certifications(connection, [code], **who)  # type: ignore[arg-type]
        need = Need(categories=frozenset(categories))
        say_needed(connection, code, need, **who)  # type: ignore[arg-type]
        if held:
            staff_id = connection.scalar(STAFF, {"name": RIVERA}) or 0
            terms = replace(
                terms_or_usual(connection, staff_id), certifications=frozenset({code})
            )  # fmt: skip
            seen = mark_of(connection, staff_id)
            set_terms(
                connection, terms, staff_id=staff_id, seen=seen,
                **who,  # type: ignore[arg-type]
            )  # fmt: skip


def test_what_needs_a_certification_goes_to_who_holds_it_and_else_is_left_for_that(
    town: Town,
) -> None:
    stop = town.problem().problem.stops[0]
    category = next(iter(town.problem().visits[stop.id])).category
    _needs(town, "Pools", category)
    needing = town.problem()
    needed = {each.id for each in needing.problem.stops if each.certifications == {"Pools"}}
    assert stop.id in needed
    plan = make_plan(needing.problem, CrowFlight(), effort=Effort(iterations=20)).plan
    left = {each.stop.id: each.reason for each in plan.left_out}
    assert {left[each] for each in needed} == {LeftReason.NO_CERTIFIED}
    _needs(town, "Pools", category, held=True)
    plan = make_plan(town.problem().problem, CrowFlight(), effort=Effort(iterations=20)).plan
    assert LeftReason.NO_CERTIFIED not in {each.reason for each in plan.left_out}
    assert stop.id in {visit.stop.id for route in plan.routes for visit in route.visits}
