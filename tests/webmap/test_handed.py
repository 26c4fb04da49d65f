"""Officers see what came and went with a zone: on their first page, in lists and calendars."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import sqlalchemy as sa
from alder_town import application
from field_town import CLERK, OKAFOR, add_person, in_daytime, now, settle_field, sign_in, staff_of
from flask import Flask
from flask.testing import FlaskClient
from small_town import write

from cases import inspections
from cases.actors import Actor
from cases.assigning import assign
from cases.field.calendar import give_address
from cases.models import Case
from cases.workflow.roles import Role
from cases.zone_files import take_in_zones
from geo.database import Database
from geo.loading.runs import Request


class Zoned:
    """The town with three open cases of Rivera's, an officer expected in the first."""

    def __init__(self, app: Flask, database: Database, cases: list[int]) -> None:
        self.app = app
        self.database = database
        self.cases = cases

    def seat(self, login: str) -> FlaskClient:
        return sign_in(self.app.test_client(), self.database, login)

    def calendar(self, login: str) -> str:
        """What a calendar elsewhere reads of somebody's appointments."""
        with self.database.app.begin() as connection:
            staff_id = staff_of(connection, login)
            token = give_address(connection, staff_id, now=now().now)
        return self.app.test_client().get(f"/field/calendar/{token}.ics").text

    def number(self, case_id: int) -> str:
        with self.database.app.connect() as connection:
            return str(connection.scalar(sa.select(Case.number).where(Case.id == case_id)))


@pytest.fixture
def town(fresh_database: Database, tmp_path: Path) -> Iterator[Zoned]:
    cases = settle_field(fresh_database)
    with fresh_database.app.begin() as connection:
        add_person(connection, "stone", name="A. Stone", role=Role.MANAGER)
        inspections.book(connection, case_id=cases[0], at=in_daytime(2), actor=CLERK, moment=now())
    with application(fresh_database) as app:
        app.config["HOME"] = tmp_path
        yield Zoned(app, fresh_database, cases)


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found[1]


def _give_zone_1_to_okafor(town: Zoned) -> str:
    """Give it away by its page; returns what was told before."""
    manager = town.seat("stone")
    page = manager.get("/office/zones/1").text
    corners = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.DOTALL)
    assert corners
    okafor = re.search(rf'value="(\d+)">{OKAFOR}', page)
    assert okafor
    form = {
        "csrf_token": _value(page, "csrf_token"), "seen": _value(page, "seen"),
        "name": "Zone 1", "corners": corners[1], "officer": okafor[1],
    }  # fmt: skip
    told = manager.post("/office/zones/1", data=form).text
    form |= {"told": _value(told, "told"), "save": "1"}
    saved = manager.post("/office/zones/1", data=form, follow_redirects=True).text
    assert "Zone 1 is saved." in saved
    handed = re.search(r'href="(/office/cases\?[^"]*drawing=\d+[^"]*)"', saved)
    assert handed
    assert town.number(town.cases[2]) in manager.get(unescape(handed[1])).text
    return told


def _told(page: str) -> list[tuple[str, list[str]]]:
    """The words of each line about what was handed over, and where its links lead."""
    section = page.partition('aria-labelledby="handed"')[2].partition("</section>")[0]
    lines = re.findall(r"<li>(.*?)</li>", section, re.DOTALL)
    words = (" ".join(re.sub(r"<[^>]*>", "", line).split()) for line in lines)
    links = ([unescape(each) for each in re.findall(r'href="([^"]*)"', line)] for line in lines)
    return list(zip(words, links, strict=True))


def test_before_a_zone_is_given_away_its_page_tells_what_goes_with_it(town: Zoned) -> None:
    told = _give_zone_1_to_okafor(town)
    assert "From M. Rivera to J. Okafor: 3 cases, 1 appointment</summary>" in told
    assert f">{town.number(town.cases[0])}</a>" in told


def test_after_it_both_officers_find_it_on_their_first_page_with_the_lists(town: Zoned) -> None:
    assert _told(town.seat("rivera").get("/office/").text) == []
    _give_zone_1_to_okafor(town)
    ((came, links),) = _told(town.seat("okafor").get("/office/").text)
    assert came.startswith("Yours since Zone 1 was changed on")
    assert "3 cases, 1 appointment from M. Rivera" in came
    numbers = [town.number(case_id) for case_id in town.cases]
    listed = [town.seat("okafor").get(link).text for link in links[:2]]
    assert [[each in page for each in numbers] for page in listed] == [
        [True, True, True], [True, False, False],
    ]  # fmt: skip
    ((went, links),) = _told(town.seat("rivera").get("/office/").text)
    assert went.startswith("Gone from you to J. Okafor since Zone 1 was changed on")
    assert "3 cases, 1 appointment" in went
    assert all(town.seat("rivera").get(link).status_code == 200 for link in links)
    case = town.seat("okafor").get(f"/office/case/{numbers[0]}").text
    assert ": handed from M. Rivera to J. Okafor with Zone 1, as A. Stone drew it." in case


def test_appointments_go_to_the_calendar_of_whoever_has_the_case_since(town: Zoned) -> None:
    first = town.number(town.cases[0])
    assert first in town.calendar("rivera")
    _give_zone_1_to_okafor(town)
    assert first in town.calendar("okafor")
    assert first not in town.calendar("rivera")
    with town.database.app.begin() as connection:
        rivera = staff_of(connection, "rivera")
        assign(
            connection, case_id=town.cases[0], officer_id=rivera,
            actor=Actor("A. Stone", Role.MANAGER), moment=now(),
        )  # fmt: skip
    assert first in town.calendar("rivera")  # given by name, in whosever zone it lies
    assert first not in town.calendar("okafor")


def test_cases_given_at_once_stand_in_one_line_on_the_first_page_with_their_list(
    town: Zoned,
) -> None:
    manager = town.seat("stone")
    page = manager.get("/office/cases").text
    okafor = re.search(rf'<option value="(\d+)">{OKAFOR}</option>', page)
    assert okafor
    form = {
        "csrf_token": _value(page, "csrf_token"), "what": "assign", "officer": okafor[1],
        "case": [str(each) for each in town.cases[:2]], "keep": "1",
    }  # fmt: skip
    assert "Done in 2 cases" in manager.post("/office/cases/many", data=form).text
    ((came, links),) = _told(town.seat("okafor").get("/office/").text)
    assert re.fullmatch(r"A\. Stone gave you on \w+ \d+, \d+: 2 cases from M\. Rivera", came)
    listed = town.seat("okafor").get(links[0]).text
    numbers = [town.number(case_id) for case_id in town.cases]
    assert [each in listed for each in numbers] == [True, True, False]
    assert ", by A. Stone" in listed
    ((went, gone),) = _told(town.seat("rivera").get("/office/").text)
    assert re.fullmatch(
        r"A\. Stone gave away on \w+ \d+, \d+: 2 cases of yours to J\. Okafor", went
    )
    listed = town.seat("rivera").get(gone[0]).text
    assert [each in listed for each in numbers] == [True, True, False]
    assert "M. Rivera had them before" in listed
    # Given again to whoever has them, they are told as before; given back, no longer.
    manager.post("/office/cases/many", data=form)
    assert _told(town.seat("okafor").get("/office/").text) == [(came, links)]
    manager.post("/office/cases/many", data=form | {"officer": ""})
    ((went, _links),) = _told(town.seat("okafor").get("/office/").text)
    assert went.endswith("2 cases of yours to M. Rivera")
    ((back, _links),) = _told(town.seat("rivera").get("/office/").text)
    assert back.startswith("A. Stone gave you on")


def test_the_officers_day_says_by_whom_and_when_a_case_came_to_them(town: Zoned) -> None:
    def came(login: str) -> dict:
        stops = town.seat(login).get("/field/day.json").json["stops"]
        return {each["case"]: each["handed"] for each in stops}

    assert set(came("rivera").values()) == {None}
    _give_zone_1_to_okafor(town)
    on = now().on.isoformat()
    drawn = {"by": "A. Stone", "on": on, "zone": "Zone 1", "file": None, "before": "M. Rivera"}
    assert came("okafor") == dict.fromkeys(town.cases, drawn)
    with town.database.app.begin() as connection:
        rivera = staff_of(connection, "rivera")
        assign(connection, case_id=town.cases[0], officer_id=rivera, actor=CLERK, moment=now())
    assert came("rivera") == {
        town.cases[0]: {"by": CLERK.name, "on": on, "zone": None, "file": None, "before": OKAFOR}
    }


def test_of_what_came_by_a_file_of_zones_the_file_is_told_and_no_account(
    town: Zoned, tmp_path: Path
) -> None:
    with town.database.owner.begin() as connection:
        wkt = connection.exec_driver_sql("SELECT ST_AsText(geom) FROM lotline.zone WHERE id = 1")
        row = {"kind": "officer", "code": "1", "name": "Zone 1", "officer_name": OKAFOR}
        path = write(tmp_path / "zones.csv", [row | {"wkt": wkt.scalar_one()}])
        take_in_zones(connection, Request(path=path, today=now().on, actor="root", crs="EPSG:4326"))
    clerk = town.seat("okafor")
    case = clerk.get(f"/office/case/{town.number(town.cases[0])}").text
    assert ": handed from M. Rivera to J. Okafor with Zone 1 by the file zones.csv." in case
    drawn = clerk.get("/office/zones").text.partition("How they were drawn")[2]
    words = " ".join(re.sub(r"<[^>]*>", "", drawn).split())
    assert "· the file zones.csv: gave Zone 1 from M. Rivera to J. Okafor." in words
    stops = clerk.get("/field/day.json").json["stops"]
    assert {each["handed"]["file"] for each in stops} == {"zones.csv"}
    assert "root" not in case + words
