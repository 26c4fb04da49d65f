"""Programs of the office ask for reports: the same question gives the same number everywhere."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from alder_town import application, settle
from field_town import add_person
from flask.testing import FlaskClient
from seats import sit_down

from cases.workflow.roles import Role
from geo.database import Database
from reports.answers.options import read
from reports.registry import REPORTS, make
from webmap.report_api.document import described
from webmap.worker.reporting import make_by

API = "/api/v1/reports"


@pytest.fixture
def manager(fresh_database: Database) -> Iterator[FlaskClient]:
    """A manager's program."""
    settle(fresh_database)
    with fresh_database.app.begin() as connection:
        staff_id = add_person(connection, "manager", name="A. Stone", role=Role.MANAGER)
    with application(fresh_database) as app:
        client = app.test_client()
        sit_down(fresh_database, client, staff_id)
        yield client


def ask(client: FlaskClient, path: str) -> Any:
    guard = client.get(f"{API}/guard").json
    assert guard is not None
    return client.post(f"{API}/{path}", headers={"X-CSRFToken": guard["token"]})


@pytest.mark.parametrize("name", REPORTS)
def test_page_program_and_direct_answer_give_the_same_numbers(
    manager: FlaskClient, fresh_database: Database, name: str
) -> None:
    asked = ask(manager, name)
    assert asked.status_code == 202, asked.text
    assert asked.json["state"] == "queued"
    run_id = asked.json["id"]
    assert ask(manager, name).json["id"] == run_id, "it is being made already"
    make_by(fresh_database.app, run_id)
    told = manager.get(f"{API}/runs/{run_id}").json
    assert told is not None
    assert (told["state"], told["failed_because"]) == ("done", None)
    question = read(name, REPORTS[name].options, now=datetime.now(UTC), said={})
    with fresh_database.app.connect() as connection:
        direct = make(connection, question)
    figures = {each["key"]: each for each in told["answer"]["figures"]}
    assert {key: each["value"] for key, each in figures.items()} == {
        each.key: each.value for each in direct.figures
    }
    page = manager.get(f"/office/reports/runs/{run_id}").text
    first = direct.figures[0]
    assert f"<b>{first.value:,}</b>" in page
    listed = manager.get(f"{API}/runs/{run_id}/cases/{first.key}").json
    assert listed is not None
    assert listed["count"] == len(listed["cases"]) == first.value
    if first.value:
        href = re.findall(r'<a href="([^"]+)" aria-describedby="means-' + first.key + '"', page)[0]
        in_list = manager.get(href.replace("&amp;", "&")).text
        numbers = set(re.findall(r'href="/office/case/([^"/?]+)"', in_list))
        assert numbers <= set(listed["cases"])


def test_a_cell_of_a_table_lists_its_cases(manager: FlaskClient, fresh_database: Database) -> None:
    run_id = ask(manager, "repeat").json["id"]
    make_by(fresh_database.app, run_id)
    told = manager.get(f"{API}/runs/{run_id}").json
    assert told is not None
    row = told["answer"]["tables"][0]["rows"][0]
    listed = manager.get(f"{API}/runs/{run_id}/cases/parcels/{row['key']}/cases").json
    assert listed is not None
    assert listed["count"] == row["cells"]["cases"] == row["cases"]["cases"]
    assert manager.get(f"{API}/runs/{run_id}/cases/parcels/nothing/cases").status_code == 404
    assert manager.get(f"{API}/runs/999999/cases/cases").status_code == 404


def test_what_cannot_be_asked_is_refused_with_what_to_do(manager: FlaskClient) -> None:
    told = ask(manager, "repeat?years=0&colour=red")
    assert told.status_code == 400
    wheres = [each["where"] for each in told.json["errors"]]
    assert wheres == ["query parameter colour", "query parameter years"]


def test_days_turned_round_are_refused_in_words(manager: FlaskClient) -> None:
    told = ask(manager, "heatmap?since=2026-03-02&until=2026-03-01")
    assert told.status_code == 400
    assert "before they begin on 2026-03-02: turn them round." in told.json["detail"]
    assert manager.get(f"{API}/runs").json == {"runs": []}


def test_without_the_guard_nothing_is_made(manager: FlaskClient) -> None:
    assert manager.post(f"{API}/repeat").status_code == 400
    assert manager.get(f"{API}/runs").json == {"runs": []}


def test_the_document_tells_of_every_report_and_its_options(manager: FlaskClient) -> None:
    assert manager.get(f"{API}/openapi.json").status_code == 200
    paths = described()["paths"]
    for name, report in REPORTS.items():
        named = {each["name"] for each in paths[f"/api/v1/reports/{name}"]["post"]["parameters"]}
        assert named == {each.key for each in report.options}
    told = manager.get(API).json
    assert told is not None
    assert [each["name"] for each in told["reports"]] == [*REPORTS]
