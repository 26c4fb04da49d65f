"""The office's map and zones as pages: for whom they are, and what a drawing tells before."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alder_town import application, settle
from flask import Flask
from flask.testing import FlaskClient
from seats import hire, seat

from cases.models import ZoneDrawing
from cases.outlines import UnusableOutlineError
from cases.workflow.roles import Role
from geo.database import Database
from geo.layers import Zone
from webmap.office import corners

WIDER = "27.296, -80.402\n27.296, -80.396\n27.302, -80.396\n27.302, -80.402"


class Town:
    """The town of alder.sql, with an officer for each of its zones and a manager."""

    def __init__(self, app: Flask, database: Database) -> None:
        self.app = app
        self.database = database
        with database.owner.begin() as connection:
            self.rivera = hire(connection, Role.OFFICER)
            self.okafor = hire(connection, Role.OFFICER, name="J. Okafor")
            self.manager = hire(connection, Role.MANAGER)
            self.admin = hire(connection, Role.ADMIN)

    def seat(self, staff_id: int) -> FlaskClient:
        return seat(self.app, self.database, staff_id)


@pytest.fixture
def town(fresh_database: Database) -> Iterator[Town]:
    settle(fresh_database)
    with application(fresh_database) as app:
        yield Town(app, fresh_database)


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found[1]


def _form(client: FlaskClient, path: str) -> dict[str, str]:
    page = client.get(path).text
    shown = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.DOTALL)
    assert shown
    return {
        "csrf_token": _hidden(page, "csrf_token"), "seen": _hidden(page, "seen"),
        "name": _hidden(page, "name"), "corners": shown[1],
    }  # fmt: skip


def test_list_panel_and_points_beside_the_map_are_of_the_same_question(town: Town) -> None:
    client = town.seat(town.rivera)
    page = client.get("/office/map?stage=overdue").text
    assert "data-office-map" in page
    assert re.findall(r'data-case="([\d-]+)"', page) == ["2026-0003"]
    found = client.get("/office/map/found.json?stage=overdue").get_json()
    (case,) = found["features"]
    assert (case["properties"]["number"], case["properties"]["age"]) == ("2026-0003", 30)
    assert not found["more"]
    panel = client.get("/office/map/case/2026-0003").text
    assert "108 Alder St" in panel
    assert "<html" not in panel
    assert "2026-0008" in panel  # what else was at its parcel
    assert "<html" not in client.get("/office/parcel/12-5?fragment=1").text
    assert client.get("/office/map/case/none").status_code == 404


def test_the_box_in_view_narrows_the_list_and_its_table_alike(town: Town) -> None:
    client = town.seat(town.rivera)
    west = "-80.41,27.29;-80.3991,27.29;-80.3991,27.31;-80.41,27.31"
    beside = client.get("/office/map/list", query_string={"area": west}).text
    numbers = set(re.findall(r'data-case="([\d-]+)"', beside))
    table = re.search(r'class="more"><a href="([^"]+)"', beside)
    assert table
    rows = client.get(table[1].replace("&amp;", "&")).text
    assert numbers
    assert set(re.findall(r'<tr data-case="([\d-]+)"', rows)) == numbers


@pytest.mark.parametrize("path", ["map", "map/list", "map/found.json", "map/case/2026-0001"])
def test_the_map_is_for_whoever_may_read_cases(town: Town, path: str) -> None:
    assert town.app.test_client().get(f"/office/{path}").status_code == 302
    assert town.seat(town.admin).get(f"/office/{path}").status_code == 403
    assert town.seat(town.manager).get(f"/office/{path}").status_code == 200


def test_only_a_manager_comes_to_draw_a_zone(town: Town) -> None:
    officer, manager = town.seat(town.rivera), town.seat(town.manager)
    assert "Draw a new zone" not in officer.get("/office/zones").text
    assert "Draw a new zone" in manager.get("/office/zones").text
    for path in ("/office/zones/new", "/office/zones/1"):
        assert officer.get(path).status_code == 403
        assert manager.get(path).status_code == 200
    assert manager.get("/office/zones/3").status_code == 404  # the town's outline


def test_what_follows_is_told_before_a_zone_is_saved(town: Town) -> None:
    manager = town.seat(town.manager)
    form = _form(manager, "/office/zones/1") | {"officer": str(town.rivera), "corners": WIDER}
    hasty = manager.post("/office/zones/1", data=form | {"save": "1"})
    assert hasty.status_code == 200
    assert "Save the zone" in hasty.text
    assert "J. Okafor" in hasty.text
    with town.database.app.connect() as connection:
        assert connection.execute(sa.select(ZoneDrawing.id)).all() == []
    told = form | {"told": _hidden(hasty.text, "told"), "save": "1"}
    other = manager.post("/office/zones/1", data=told | {"name": "Another"})
    assert other.status_code == 200  # not what was told: it is told anew
    saved = manager.post("/office/zones/1", data=told, follow_redirects=True)
    assert "Zone 1 is saved." in saved.text
    assert "moved the boundary of Zone 1" in saved.text
    with town.database.app.connect() as connection:
        shape = connection.scalar(sa.select(sa.func.ST_XMax(Zone.geom)).where(Zone.id == 1))
    assert shape == pytest.approx(-80.396)


def test_a_new_zone_is_named_and_given_to_an_officer(town: Town) -> None:
    manager = town.seat(town.manager)
    form = {
        "csrf_token": _form_token(manager), "name": "Harbor", "officer": str(town.okafor),
        "corners": WIDER, "seen": "",
    }  # fmt: skip
    told = manager.post("/office/zones/new", data=form)
    assert "holds" in told.text  # it lies over both zones
    again = form | {"told": _hidden(told.text, "told"), "save": "1"}
    page = manager.post("/office/zones/new", data=again, follow_redirects=True).text
    assert "drew Harbor" in page


def _form_token(client: FlaskClient) -> str:
    return _hidden(client.get("/office/zones/new").text, "csrf_token")


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("27.296 -80.402", "Line 1 is"),
        ("27.3, -80.4\n27.3, -80.39", "at least three"),
        ("27.3, -80.4\n27.3, nan\n27.31, -80.39", "no latitude and longitude"),
        ("27.3, -80.4\n<script>\n27.31, -80.39", "Line 2 is"),
        ("\n".join(f"27.{n:04d}, -80.4" for n in range(5_000)), "2,000 at most"),
    ],
)
def test_what_makes_no_outline_is_said_where_it_was_typed(
    town: Town, text: str, because: str
) -> None:
    manager = town.seat(town.manager)
    form = _form(manager, "/office/zones/1") | {"officer": "", "corners": text}
    answer = manager.post("/office/zones/1", data=form)
    assert answer.status_code == 200
    assert because in answer.text
    assert "<script>\n" not in answer.text


def test_corners_are_read_back_as_they_were_written() -> None:
    rings = [[(-80.4, 27.3), (-80.39, 27.3), (-80.39, 27.31)], [(-80.1234567, 27.0), (0.0, 1.0)]]
    assert corners.read(corners.written(rings)) == rings
    assert corners.read("\n\n") == []
    with pytest.raises(UnusableOutlineError, match="Line 3 is"):
        corners.read("1, 2\n\n1, 2, 3")


def test_a_manager_finds_figures_that_lead_to_lists_and_an_officer_piles_alone(town: Town) -> None:
    page = town.seat(town.manager).get("/office/").text
    manager = town.seat(town.manager)
    assert "Within how many days half the cases get" in page
    assert "Counted from the day a case was opened" in page
    links = re.findall(r'<a href="(/office/cases[^"]*)" aria-describedby', page)
    assert len(links) == 14
    for link in links:
        assert manager.get(link.replace("&amp;", "&")).status_code == 200, link
    assert "How soon" not in town.seat(town.rivera).get("/office/").text


@pytest.mark.parametrize("query", ["age=ancient", "opened=2026", "lien=none", "owing=2", "end=x"])
def test_a_question_that_cannot_be_is_refused(town: Town, query: str) -> None:
    assert town.seat(town.rivera).get(f"/office/cases?{query}").status_code == 400
