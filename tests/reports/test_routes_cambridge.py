"""Cambridge's own cases become five days of six officers, well used and cheaper than by hand."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from real_cities import build_city
from seats import hire

from cases.workflow.roles import Role
from geo.loading.kinds import ZONES
from geo.loading.mapping import load_mapping
from geo.loading.runs import Request
from geo.loading.zones import load_zones
from geo.streets.engine import Streets
from reports.routes.check import plan_faults
from reports.routes.comparison import Compared, compare
from reports.routes.from_town import TownProblem, town_problem
from reports.routes.planning import Made, make_plan
from reports.routes.search import Effort

pytestmark = [pytest.mark.full, pytest.mark.timeout(1_800)]

MONDAY = date(2016, 4, 4)
EASTERN = ZoneInfo("America/New_York")
MAPPING = Path(__file__).parents[2] / "data" / "mappings" / "cambridge-zones.toml"
OFFICERS = 6
HALL = """INSERT INTO lotline.office_place (label, lon, lat, set_at, set_by)
    VALUES ('City Hall', -71.1056, 42.3671, now(), 'x')"""


@dataclass(frozen=True)
class Week:
    """The week planned."""

    there: TownProblem
    made: Made
    ways: list[Compared]


@pytest.fixture(scope="module")
def week(cambridge: sa.Connection, realdata: Path) -> Week:
    path = realdata / "cambridge" / "PUBLICSAFETY_PoliceCarRoutes.geojson"
    mapping = load_mapping(MAPPING, kind=ZONES)
    load_zones(cambridge, Request(path=path, today=MONDAY, actor="clerk", mapping=mapping))
    cambridge.exec_driver_sql(HALL)
    zones = cambridge.execute(
        sa.text("SELECT id FROM lotline.zone WHERE kind = 'officer' ORDER BY code")
    ).scalars()
    names = [f"Officer {number}" for number in range(1, OFFICERS + 1)]
    for name in names:
        hire(cambridge, Role.OFFICER, name=name)
    give = sa.text("UPDATE lotline.zone SET officer_name = :name WHERE id = :id")
    for number, zone in enumerate(zones):
        cambridge.execute(give, {"name": names[number % OFFICERS], "id": zone})
    there = town_problem(cambridge, first=MONDAY, days=5, zone=EASTERN)
    streets = Streets(build_city("cambridge", realdata=realdata))
    made = make_plan(there.problem, streets, effort=Effort(seconds=20), cores=2)
    ways = compare(there.problem, made)
    return Week(there, made, ways)


def test_every_stop_is_visited_or_left_with_a_reason_and_the_plan_holds(week: Week) -> None:
    made = week.made
    assert not plan_faults(
        made.plan, problem=week.there.problem, matrix=made.matrix, rows=made.rows
    )  # fmt: skip
    assert len(made.plan.routes) == OFFICERS * 5
    assert not made.plan.idle
    assert len(made.plan.visits) > 100


def test_the_shifts_are_used_while_work_remains(week: Week) -> None:
    routes = week.made.plan.routes
    used = sum(route.finish - route.shift.start for route in routes if route.visits)
    share = used / sum(route.shift.end - route.shift.start for route in routes)
    assert len(week.made.plan.visits) == len(week.there.problem.stops) or share >= 0.85, share


def test_it_takes_less_driving_for_each_stop_than_any_order_by_hand(week: Week) -> None:
    plan, *naive = week.ways
    assert plan.minutes_a_stop is not None
    for each in naive:
        assert each.minutes_a_stop is not None
        assert plan.missed <= each.missed
        assert plan.minutes_a_stop <= each.minutes_a_stop or plan.stops > each.stops
        assert plan.whole_seconds < each.whole_seconds, each


def test_the_week_is_fullest_at_its_front(week: Week) -> None:
    made = Counter(route.shift.day for route in week.made.plan.routes for _ in route.visits)
    assert made[week.there.problem.days[0]] == max(made.values())
