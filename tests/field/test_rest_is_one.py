"""The command line and the phone take up the same day in the same way."""

from zoneinfo import ZoneInfo

import pytest
from field_town import MANAGER, OKAFOR, RIVERA, in_daytime, now, settle_field
from planned_town import put_in_force

from cases.visits.comparing import Adopted, adopted
from cases.visits.outcomes import skip
from cases.visits.planned import VisitsError
from geo.database import Database
from reports.routes.problem import Place
from reports.routes.rest_of_day import Where, take_up, take_up_day

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
