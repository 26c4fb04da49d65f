"""The command line and the phone take up the same day in the same way."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from field_town import MANAGER, OKAFOR, RIVERA, in_daytime, now, settle_field, staff_of
from planned_town import plan_through, put_in_force

from cases.visits.adopting import adopt_plan
from cases.visits.comparing import Adopted, adopted
from cases.visits.outcomes import skip
from cases.visits.planned import VisitsError
from cases.working.keeping import set_terms
from cases.working.terms import Hours, Lunch, Terms
from geo.database import Database
from geo.streets.estimate import CrowFlight
from reports.routes.adopting_rest import adopt_rest
from reports.routes.problem import Place
from reports.routes.replan import Anew
from reports.routes.rest import plan_rest
from reports.routes.rest_of_day import Where, take_up, take_up_day
from reports.routes.search import Effort

UTC = ZoneInfo("UTC")
HERE = Place("Here", -80.4, 27.3)


@pytest.fixture
def plan(fresh_database: Database) -> Adopted:
    """A plan of Rivera's through three cases, the first of which was skipped."""

    cases = settle_field(fresh_database, cases=3)
    plan_id = put_in_force(fresh_database, cases, begins=in_daytime(0))
    with fresh_database.app.begin() as connection:
        made = adopted(connection, plan_id)
        assert made is not None
        skip(connection, stop_id=made.stops[0].id, reason="dog", actor=MANAGER, moment=now())
        again = adopted(connection, plan_id)
    assert again is not None
    return again


def test_what_the_phone_says_is_left_and_what_the_plan_says_make_one_day(
    fresh_database: Database, plan: Adopted
) -> None:
    at = {"now": plan.plan.begins_at, "zone": UTC}
    left = [each.id for each in plan.stops[1:]]
    with fresh_database.app.connect() as connection:
        told = take_up(connection, plan, Where(here=HERE, left=left), **at)
        town = take_up_day(
            connection, on=plan.plan.on_day, officers={RIVERA: Where(here=HERE)}, **at
        )
    assert told == town
    assert told.held == {RIVERA: [f"stop-{each}" for each in left]}
    assert told.plans == {RIVERA: plan.plan.id}
    assert told.problem.shifts[0].start_place == HERE


def test_a_day_that_is_over_or_of_nobody_is_refused_in_words(
    fresh_database: Database, plan: Adopted
) -> None:
    over = plan.plan.ends_at.replace(hour=23, minute=59)
    on = {"on": plan.plan.on_day, "zone": UTC}
    with fresh_database.app.connect() as connection:
        with pytest.raises(VisitsError, match=f"day of {RIVERA} is over"):
            take_up_day(connection, now=over, **on)
        with pytest.raises(VisitsError, match=f"{OKAFOR} has no plan in force"):
            take_up_day(connection, now=over, officers={OKAFOR: Where()}, **on)
        with pytest.raises(VisitsError, match="none of this plan's"):
            take_up(connection, plan, Where(left=[999_999]), now=plan.plan.begins_at, zone=UTC)


HOUR = 3600
EVERY_DAY = Terms(
    week={
        weekday: Hours(
            begins_at=time(8), ends_at=time(17),
            lunch=Lunch(earliest=time(11), latest=time(14), minutes=30),
        )
        for weekday in range(7)
    },
    overtime_minutes=60,
)  # fmt: skip


def _worked(
    database: Database, *, begins: datetime, until: datetime, parameters: Mapping[str, Any]
) -> Adopted:
    """Put a day of Rivera's in force that ends at an hour, of whom it is said how they work."""
    cases = settle_field(database, cases=3)
    with database.app.begin() as connection:
        rivera = staff_of(connection, "rivera")
        set_terms(connection, EVERY_DAY, staff_id=rivera, seen=0, actor=MANAGER, moment=now())
        day = replace(
            plan_through(connection, cases, begins=begins), ends_at=until, parameters=parameters
        )
        plan_id = adopt_plan(connection, day, key=uuid4(), actor=MANAGER, moment=now())
        made = adopted(connection, plan_id)
    assert made is not None
    return made


def test_the_rest_of_a_day_has_no_more_overtime_than_its_officer(fresh_database: Database) -> None:
    begins = in_daytime(0).replace(hour=16, minute=20, second=0, microsecond=0)
    plan = _worked(
        fresh_database, begins=begins, until=begins + timedelta(minutes=80), parameters={}
    )
    with fresh_database.app.connect() as connection:
        day = take_up(connection, plan, Where(), now=begins, zone=UTC)
    (shift,) = day.problem.shifts
    assert shift.end + shift.max_overtime == 18 * HOUR


@pytest.mark.parametrize(("minutes", "has_lunch"), [(-20, True), (1, False)])
def test_a_lunch_that_is_over_by_the_plan_is_not_had_again(
    fresh_database: Database, minutes: int, has_lunch: bool
) -> None:
    begins = in_daytime(0).replace(hour=11, minute=30, second=0, microsecond=0)
    lunch = {"start": 41400, "end": 43200, "after": 0}
    plan = _worked(
        fresh_database, begins=begins, until=begins + timedelta(hours=3),
        parameters={"lunch": lunch},
    )  # fmt: skip
    over = begins + timedelta(minutes=30 + minutes)
    with fresh_database.app.connect() as connection:
        day = take_up(connection, plan, Where(), now=over, zone=UTC)
    assert (day.problem.shifts[0].lunch is not None) is has_lunch


def test_a_lunch_that_was_had_is_had_no_more_in_the_rest_of_the_rest(
    fresh_database: Database,
) -> None:
    begins = in_daytime(0).replace(hour=11, minute=30, second=0, microsecond=0)
    plan = _worked(
        fresh_database, begins=begins, until=begins + timedelta(hours=3), parameters={}
    )  # fmt: skip
    how = Anew(effort=Effort(iterations=20))
    with fresh_database.app.begin() as connection:
        day = take_up(connection, plan, Where(had_lunch=True), now=begins, zone=UTC)
        made = plan_rest(day, CrowFlight(), how=how).made
        (rest_id,) = adopt_rest(
            connection, day, made.plan, measured=(made.matrix, made.rows), zone=UTC, key=uuid4(),
            actor=MANAGER, moment=now(),
        )  # fmt: skip
        rest = adopted(connection, rest_id)
        assert rest is not None
        again = take_up(connection, rest, Where(), now=begins, zone=UTC)
    assert again.problem.shifts[0].lunch is None
