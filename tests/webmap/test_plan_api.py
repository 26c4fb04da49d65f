"""Programs of the office read plans, ask for one, and see how far it is: managers' alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alder_town import application
from field_town import MANAGER, RIVERA, add_person, in_light, now, settle_field, staff_of
from flask.testing import FlaskClient
from planned_town import put_in_force
from seats import sit_down
from staffed import StoppedClock

from cases.models import Case
from cases.workflow.roles import Role
from geo.database import Database
from webmap.plan_api.document import described
from webmap.worker.planning import make_by


@pytest.fixture
def cases(fresh_database: Database) -> list[int]:
    """Four cases of Rivera's."""
    return settle_field(fresh_database, cases=4)


@pytest.fixture
def manager(fresh_database: Database, cases: list[int]) -> Iterator[FlaskClient]:
    """A manager's program."""
    assert cases
    with fresh_database.app.begin() as connection:
        staff_id = add_person(connection, "manager", name=MANAGER.name, role=Role.MANAGER)
    with application(fresh_database) as app:
        client = app.test_client()
        sit_down(fresh_database, client, staff_id)
        yield client


def _monday() -> str:
    today = now().on
    return (today + timedelta(days=7 - today.weekday())).isoformat()


def _send(client: FlaskClient, path: str, body: Any = None) -> Any:
    guard = client.get("/api/v1/plans/guard").json
    assert guard is not None
    return client.post(path, json=body, headers={"X-CSRFToken": guard["token"]})


def test_a_plan_is_asked_for_followed_and_read(
    manager: FlaskClient, fresh_database: Database, tmp_path: Path
) -> None:
    asked = {"key": str(uuid4()), "first": _monday(), "seconds": 1}
    first = _send(manager, "/api/v1/drafts", asked)
    assert first.status_code == 202, first.text
    assert (first.json["state"], first.json["others"]) == ("queued", [])
    draft_id = first.json["id"]
    assert _send(manager, "/api/v1/drafts", asked).json["id"] == draft_id
    second = _send(manager, "/api/v1/drafts", {**asked, "key": str(uuid4())}).json
    assert second["others"] == [draft_id]
    stopped = _send(manager, f"/api/v1/drafts/{second['id']}/stop").json
    assert stopped["state"] == "stopped"
    make_by(fresh_database.app, tmp_path, draft_id, cores=1)
    told = manager.get(f"/api/v1/drafts/{draft_id}")
    assert told.json is not None
    assert (told.json["state"], told.json["totals"]["stops"]) == ("done", 4)
    stops = [stop for route in told.json["plan"]["routes"] for stop in route["stops"]]
    assert len(stops) == 4
    assert told.headers["Cache-Control"] == "no-store"
    listed = manager.get("/api/v1/drafts").json
    assert listed is not None
    assert [each["id"] for each in listed["drafts"]] == [second["id"], draft_id]
    assert _adopted(manager, draft_id) == [(RIVERA, 4)]


def _adopted(manager: FlaskClient, draft_id: int, **said: Any) -> list[tuple[str, int]]:
    there, body = f"/api/v1/drafts/{draft_id}/adopt", {"key": str(uuid4()), "version": 1, **said}
    plans = [_send(manager, there, body) for _twice in range(2)]
    assert [each.status_code for each in plans] == [200, 200], plans[0].text
    assert plans[0].json == plans[1].json
    told = manager.get(f"/api/v1/plans?day={_monday()}").json
    assert told is not None
    assert [plan["id"] for plan in told["plans"]] == plans[0].json["plans"]
    assert all(stop["items"][0]["number"] for plan in told["plans"] for stop in plan["stops"])
    return [(plan["officer"], len(plan["stops"])) for plan in told["plans"]]


def _made(manager: FlaskClient, database: Database, folder: Path, **said: Any) -> int:
    asked = {"key": str(uuid4()), "first": _monday(), "iterations": 60, **said}
    draft_id = int(_send(manager, "/api/v1/drafts", asked).json["id"])
    make_by(database.app, folder, draft_id, cores=1)
    return draft_id


def test_a_plan_takes_the_place_of_one_that_is_known_alone(
    manager: FlaskClient, fresh_database: Database, tmp_path: Path
) -> None:
    first, second = (_made(manager, fresh_database, tmp_path, seed=seed) for seed in (1, 2))
    rivera = [{"officer": RIVERA, "day": _monday()}]
    assert _adopted(manager, first, days=rivera) == [(RIVERA, 4)]
    there, body = f"/api/v1/drafts/{second}/adopt", {"key": str(uuid4()), "version": 1}
    blind = _send(manager, there, body)
    assert (blind.status_code, "has a plan for" in blind.text) == (400, True)
    assert "is called Nobody" in _send(
        manager, there, {**body, "days": [{"officer": "Nobody", "day": _monday()}]}
    ).text  # fmt: skip
    plans = manager.get(f"/api/v1/plans?day={_monday()}").json
    assert plans is not None
    known = [plan["id"] for plan in plans["plans"]]
    assert _adopted(manager, second, instead_of=known) == [(RIVERA, 4)]


def test_a_plan_is_held_against_orders_by_hand(
    manager: FlaskClient, fresh_database: Database, tmp_path: Path
) -> None:
    draft_id = _made(manager, fresh_database, tmp_path)
    told = manager.get(f"/api/v1/drafts/{draft_id}/compare").json
    assert told is not None
    plan, *by_hand = told["ways"]
    assert (plan["how"], plan["stops"]) == ("plan", 4)
    assert [each["how"] for each in by_hand] == ["by_deadline", "zone_sweep", "nearest_neighbour"]
    assert all(each["drive_seconds"] >= plan["drive_seconds"] for each in by_hand)
    assert manager.get("/api/v1/drafts/999999/compare").status_code == 404


def test_what_is_urgent_is_put_into_the_rest_of_the_day_and_in_force_once(
    manager: FlaskClient, fresh_database: Database, cases: list[int]
) -> None:
    moment = in_light()
    manager.application.extensions["lotline_clock"] = StoppedClock(moment.now)
    with fresh_database.app.connect() as connection:
        sit_down(fresh_database, manager, staff_of(connection, "manager"), now=moment.now)
    before = put_in_force(fresh_database, cases[:2], begins=moment.now, moment=moment)
    with fresh_database.app.connect() as connection:
        number = connection.scalar(sa.select(Case.number).where(Case.id == cases[3]))
    there, asked = "/api/v1/plans/rest", {"key": str(uuid4()), "urgent": number}
    told = _send(manager, there, asked)
    assert told.status_code == 200, told.text
    assert (told.json["inserted"]["officer"], told.json["adopted"]) == (RIVERA, [])
    assert told.json["replaces"] == {RIVERA: before}
    assert [len(each["stops"]) for each in told.json["plan"]["routes"]] == [3]
    put = _send(manager, there, {**asked, "adopt": True})
    (plan_id,) = put.json["adopted"]
    plans = manager.get("/api/v1/plans").json
    assert plans is not None
    assert [(each["id"], len(each["stops"])) for each in plans["plans"]] == [(plan_id, 3)]
    again = _send(manager, there, {**asked, "adopt": True})
    assert (again.status_code, again.json) == (200, put.json)  # as if the first had been lost
    other = _send(manager, there, {**asked, "adopt": True, "officer": RIVERA})
    assert (other.status_code, "Something else was asked" in other.text) == (400, True)
    again = _send(manager, there, {**asked, "key": str(uuid4()), "adopt": True})
    assert (again.status_code, "is in the plan already" in again.text) == (400, True)
    whose = _send(manager, there, {"key": str(uuid4())})
    assert (whose.status_code, "name the officer" in whose.text) == (400, True)
    anew = _send(manager, there, {"key": str(uuid4()), "officer": RIVERA, "adopt": True})
    assert (anew.status_code, anew.json["dropped"]) == (200, [])


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "body: key"),
        ({"key": "x", "first": "2026-06-15"}, "body: key"),
        ({"key": str(uuid4()), "first": "soon"}, "body: first"),
        ({"key": str(uuid4()), "first": "2026-06-15", "days": 11}, "body: days"),
        ({"key": str(uuid4()), "first": "2026-06-15", "zones": []}, "body: zones"),
        ({"key": str(uuid4()), "first": "2026-06-15", "why": 1}, "body: why"),
        ("nothing", "body: all of it"),
    ],
)
def test_every_mistake_is_told_where_it_is(manager: FlaskClient, body: Any, where: str) -> None:
    told = _send(manager, "/api/v1/drafts", body)
    assert (told.status_code, told.mimetype) == (400, "application/problem+json")
    assert where in [each["where"] for each in told.json["errors"]]


def test_it_is_for_managers_alone(manager: FlaskClient, fresh_database: Database) -> None:
    with fresh_database.app.connect() as connection:
        officer = connection.scalar(
            sa.text("SELECT id FROM lotline.staff WHERE name = :name"), {"name": RIVERA}
        )
    stranger, rivera = (manager.application.test_client() for _ in range(2))
    sit_down(fresh_database, rivera, int(officer or 0))
    for client, code in ((stranger, 401), (rivera, 403)):
        told = client.get("/api/v1/plans")
        assert (told.status_code, told.mimetype) == (code, "application/problem+json")
    assert manager.get("/api/v1/drafts/999999").status_code == 404
    assert manager.post("/api/v1/drafts", json={}).status_code == 400  # without the guard


def test_the_document_tells_of_every_operation(manager: FlaskClient) -> None:
    told = manager.get("/api/v1/plans/openapi.json")
    assert told.json is not None
    assert set(told.json["paths"]) == {
        "/api/v1/plans", "/api/v1/plans/guard", "/api/v1/drafts", "/api/v1/drafts/{draft_id}",
        "/api/v1/drafts/{draft_id}/stop", "/api/v1/drafts/{draft_id}/adopt",
        "/api/v1/drafts/{draft_id}/compare", "/api/v1/plans/rest",
    }  # fmt: skip
    asking = described()["paths"]["/api/v1/drafts"]["post"]
    assert asking["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("Asking")
    assert {"202", "400", "401", "403"} <= set(asking["responses"])
