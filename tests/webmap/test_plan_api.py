"""Programs of the office read plans, ask for one, and see how far it is: managers' alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from alder_town import application
from field_town import MANAGER, RIVERA, add_person, now, settle_field
from flask.testing import FlaskClient
from seats import sit_down

from cases.workflow.roles import Role
from geo.database import Database
from reports.routes.adopting import adopt_draft
from webmap.plan_api.document import described
from webmap.worker.planning import make_by


@pytest.fixture
def manager(fresh_database: Database) -> Iterator[FlaskClient]:
    """A manager's program, in a town with four cases of Rivera's."""
    settle_field(fresh_database, cases=4)
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
    assert _adopted(manager, fresh_database, draft_id) == [(RIVERA, 4)]


def _adopted(manager: FlaskClient, database: Database, draft_id: int) -> list[tuple[str, int]]:
    with database.app.begin() as connection:
        adopt_draft(
            connection, draft_id, seen=1, zone=ZoneInfo("UTC"), instead_of={},
            key=uuid4(), actor=MANAGER, moment=now(),
        )  # fmt: skip
    said = manager.get(f"/api/v1/plans?day={_monday()}").json
    assert said is not None
    assert all(stop["items"][0]["number"] for plan in said["plans"] for stop in plan["stops"])
    return [(plan["officer"], len(plan["stops"])) for plan in said["plans"]]


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
        "/api/v1/drafts/{draft_id}/stop",
    }  # fmt: skip
    asking = described()["paths"]["/api/v1/drafts"]["post"]
    assert asking["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("Asking")
    assert {"202", "400", "401", "403"} <= set(asking["responses"])
