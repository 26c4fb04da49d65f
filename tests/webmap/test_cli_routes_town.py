"""From the command line all officers' days are planned, planned anew, and compared."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from field_town import MANAGER, OKAFOR, RIVERA, now, settle_field

from cases.business_days import TownCalendar
from cases.visits import drafts
from cases.visits.asked import Asked
from cases.visits.comparing import adopted, plans_of_day
from cases.visits.outcomes import arrive, leave, skip
from cases.visits.planned import VisitsError
from geo.database import Database
from reports.routes.adopting import adopt_draft
from reports.routes.errors import RoutePlanError
from webmap.cli.routes import routes
from webmap.worker.planning import make_by

HERE = ZoneInfo("UTC")
QUICK = ["--iterations", "60"]


def _monday() -> date:
    today = now().on
    return today + timedelta(days=7 - today.weekday())


@pytest.fixture
def home(fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without streets, of a town with nine cases in Rivera's zone."""
    settle_field(fresh_database, cases=9)
    for key in ("app", "owner", "public"):
        name = "DATABASE_URL" if key == "app" else f"DATABASE_URL_{key.upper()}"
        monkeypatch.setenv(name, getattr(fresh_database, f"{key}_url"))
    monkeypatch.setenv("LOTLINE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def in_force(home: Path, fresh_database: Database) -> int:
    """The plan of Rivera's Monday."""
    engine = fresh_database.app
    asked = Asked(first=_monday(), iterations=60)
    who = {"actor": MANAGER, "moment": now()}
    with engine.begin() as connection:
        draft_id = drafts.ask_draft(
            connection, asked, key=uuid4(), calendar=TownCalendar(), **who
        ).id
    make_by(engine, home, draft_id, cores=1)
    with engine.begin() as connection:
        (plan_id,) = adopt_draft(
            connection, draft_id, seen=1, zone=HERE, instead_of={}, key=uuid4(), **who
        )  # fmt: skip
    return plan_id


def _run(*words: str) -> Result:
    return CliRunner().invoke(routes, words, catch_exceptions=False)


def test_with_officers_known_all_of_them_are_planned(home: Path) -> None:
    told = _run("plan", "--date", str(_monday()), "--days", "2", *QUICK)
    assert told.exit_code == 0
    assert f"{RIVERA}: " in told.output
    assert f"{OKAFOR}: 0 stops on" in told.output
    assert "Together 9 stops" in told.output
    assert "Nobody has said where the office is" in told.output
    summary = json.loads((home / "plans" / f"{_monday()}-town" / "plan.json").read_text())
    assert len(summary["routes"]) == 4
    assert summary["stops_planned"] == 9


@pytest.mark.usefixtures("home")
def test_the_figures_are_told_as_json() -> None:
    told = json.loads(_run("plan", "--date", str(_monday()), "--json", *QUICK).stdout)
    assert {each["officer"] for each in told["routes"]} == {RIVERA, OKAFOR}
    assert told["stops_planned"] == 9


@pytest.mark.usefixtures("home")
def test_a_start_or_a_shift_plans_one_officer_by_hand() -> None:
    told = _run(
        "plan", "--date", str(_monday()), "--shift", "08:00-12:00", "--start", "-80.4,27.3", *QUICK
    )
    assert told.exit_code == 0
    assert RIVERA not in told.output
    refused = _run("plan", "--shift", "08:00-12:00", "--days", "2")
    assert refused.exit_code == 2
    assert "--days plans the officers who have accounts" in refused.output


@pytest.mark.usefixtures("home")
def test_a_day_on_which_nobody_works_is_named() -> None:
    with pytest.raises(RoutePlanError, match="No officer is on shift"):
        _run("plan", "--date", str(_monday() + timedelta(days=5)), *QUICK)


def test_the_rest_of_a_day_is_planned_from_where_the_officer_is(
    home: Path, fresh_database: Database, in_force: int
) -> None:
    with fresh_database.app.begin() as connection:
        day = adopted(connection, in_force)
        assert day is not None
        first, second, *_ = day.stops
        # The second is said to be skipped; of the first nobody has said that it was visited.
        at = second.arrives_at + timedelta(minutes=1)
        skip(connection, stop_id=second.id, reason="dog", actor=MANAGER, moment=now())
    words = ["--date", str(_monday()), "--at", f"{at:%H:%M}", "--here", f"{first.lon},{first.lat}"]
    told = _run("replan", *words, "--officer", RIVERA, "--seconds", "0.2")
    assert told.exit_code == 0
    assert f"{RIVERA}: 8 stops on {_monday()}" in told.output
    assert (home / "plans" / f"{_monday()}-rest" / "plan.gpx").is_file()
    said = json.loads(
        _run("replan", *words, "--officer", RIVERA, "--seconds", "0.2", "--json").stdout
    )
    assert (said["stops_planned"], said["moves"], said["inserted"]) == (8, [], None)
    assert said["replaces"] == {RIVERA: in_force}


def test_the_rest_of_a_day_is_put_in_force_in_place_of_the_plan(
    fresh_database: Database, in_force: int
) -> None:
    with fresh_database.app.begin() as connection:
        day = adopted(connection, in_force)
    assert day is not None
    at, last = day.stops[1].arrives_at + timedelta(minutes=1), day.stops[-1]
    words = ["--date", str(_monday()), "--at", f"{at:%H:%M}", "--here", f"{last.lon},{last.lat}"]
    words = [*words, "--officer", RIVERA, "--seconds", "0.2", "--json"]
    assert json.loads(_run("replan", *words).stdout)["adopted"] == []
    told = json.loads(_run("replan", *words, "--adopt").stdout)
    (plan_id,) = told["adopted"]
    with fresh_database.app.begin() as connection:
        rest = adopted(connection, plan_id)
        (row,) = connection.execute(plans_of_day(_monday()))
    assert rest is not None
    assert (row.id, row.supersedes) == (plan_id, in_force)
    assert len(rest.stops) == told["stops_planned"]
    # Nobody has said that any was visited, whatever the hour.
    assert {each.label for each in rest.stops} == {each.label for each in day.stops}


@pytest.mark.usefixtures("in_force")
def test_whoever_has_no_plan_is_told_to_adopt_one() -> None:
    day = ["--date", str(_monday()), "--at", "09:00"]
    with pytest.raises(VisitsError, match=f"{OKAFOR} has no plan in force"):
        _run("replan", *day, "--officer", OKAFOR)
    with pytest.raises(RoutePlanError, match="Nothing of C-0 can be visited"):
        _run("replan", *day, "--urgent", "C-0")
    assert _run("replan", *day).exit_code == 2
    assert "Say whose day it is" in _run("replan", *day).output
    assert "no time of day" in _run("replan", "--at", "25:00").output


def test_an_urgent_case_goes_where_it_costs_least(
    home: Path, fresh_database: Database
) -> None:  # fmt: skip
    engine, who = fresh_database.app, {"actor": MANAGER, "moment": now()}
    asked = Asked(first=_monday(), iterations=60, max_stops=4)
    with engine.begin() as connection:
        draft_id = drafts.ask_draft(
            connection, asked, key=uuid4(), calendar=TownCalendar(), **who
        ).id
    make_by(engine, home, draft_id, cores=1)
    with engine.begin() as connection:
        adopt_draft(connection, draft_id, seen=1, zone=HERE, instead_of={}, key=uuid4(), **who)
        left = connection.scalar(sa.text("""
            SELECT number FROM lotline.visit_item JOIN lotline.case_file c ON c.id = case_id
            WHERE left_because IS NOT NULL LIMIT 1"""))  # fmt: skip
    assert left is not None
    told = json.loads(
        _run("replan", "--date", str(_monday()), "--at", "08:00", "--urgent", left, "--json").stdout
    )
    assert told["inserted"]["officer"] in {RIVERA, OKAFOR}
    assert told["moves"] == []
    assert left in {case for stop in told["stops"] for case in stop["cases"]}


@pytest.mark.usefixtures("home")
def test_a_plan_is_held_against_orders_made_by_hand() -> None:
    told = _run("compare", "--date", str(_monday()), *QUICK)
    assert told.exit_code == 0
    rows = [line.split("  ")[0].strip() for line in told.output.splitlines()]
    assert rows[-7:-3] == ["This plan", "By deadline", "Round the zone", "Nearest first"]
    for line in told.output.splitlines()[-7:-3]:
        *parts, whole = (int(each.replace(",", "")) for each in re.findall(r"([\d,]+) min", line))
        assert len(parts) == 3
        assert abs(sum(parts) - whole) <= 2
    said = json.loads(_run("compare", "--date", str(_monday()), "--json", *QUICK).stdout)
    assert [each["how"] for each in said] == [
        "plan", "by_deadline", "zone_sweep", "nearest_neighbour"
    ]  # fmt: skip
    assert all(each["drive_seconds"] >= said[0]["drive_seconds"] for each in said[1:])


def test_a_past_day_tells_what_was_promised_and_what_happened(
    home: Path, fresh_database: Database, in_force: int
) -> None:
    assert home
    yesterday = now().on - timedelta(days=1)
    shift = sa.text("""UPDATE lotline.visit_plan SET on_day = :day,
        begins_at = begins_at - :by, ends_at = ends_at - :by WHERE id = :id""")
    with fresh_database.owner.begin() as connection:
        connection.execute(
            shift, {"day": yesterday, "by": _monday() - yesterday, "id": in_force}
        )  # fmt: skip
    with fresh_database.app.begin() as connection:
        assert connection.execute(plans_of_day(yesterday)).first() is not None
        day = adopted(connection, in_force)
        assert day is not None
        one, two = day.stops[0].id, day.stops[1].id
        at = datetime.combine(yesterday, time(9), UTC)
        arrive(connection, stop_id=one, at=at, actor=MANAGER, moment=now())
        leave(
            connection, stop_id=one, at=at + timedelta(minutes=30), actor=MANAGER, moment=now()
        )  # fmt: skip
        skip(connection, stop_id=two, reason="dog", actor=MANAGER, moment=now())
    told = _run("compare", "--date", str(yesterday))
    assert f"{RIVERA} on {yesterday}: 9 stops" in told.output
    assert "1 made, 1 skipped, 7 of which nobody has said anything" in told.output
    (said,) = json.loads(_run("compare", "--date", str(yesterday), "--json").stdout)
    assert (said["stops"], said["made"], said["skipped"], said["unsaid"]) == (9, 1, 1, 7)
    none = _run("compare", "--date", str(yesterday - timedelta(days=1)))
    assert "nothing was promised" in none.output
