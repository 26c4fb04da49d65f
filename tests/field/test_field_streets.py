"""The phone asks the town's own streets for its way and for the rest of its day."""

from pathlib import Path

import pytest
from field_phone import Phone
from field_town import settle_field
from flask import Flask
from grid_town import SOUTH, WEST, grid_lines
from planned_town import HALL, put_in_force

from cases.actors import Moment
from geo.database import Database
from geo.streets.centerlines import write_osm
from geo.streets.dataset import build_from_osm

CORNER = -80.4035, 27.2985
"""Where the grid's south-west corner is laid: its blocks lie about the field town's lots."""


@pytest.fixture
def cases(fresh_database: Database) -> list[int]:
    return settle_field(fresh_database)


@pytest.fixture
def streets(app: Flask, tmp_path: Path) -> None:
    lines = grid_lines()
    lines.geometry = lines.translate(CORNER[0] - WEST, CORNER[1] - SOUTH)
    write_osm(lines, tmp_path / "grid.osm")
    build_from_osm(tmp_path / "grid.osm", app.config["HOME"] / "streets")


@pytest.mark.usefixtures("streets")
def test_a_way_is_driven_along_the_streets_and_told_turn_by_turn(phone: Phone) -> None:
    there = [CORNER[0] + 0.006, CORNER[1] + 0.003]
    answer = phone.send("POST", "/field/way", json={"places": [[HALL.lon, HALL.lat], there]})
    assert answer.status_code == 200, answer.text
    told = answer.json
    assert not told["estimated"]
    (leg,) = told["legs"]
    assert leg["metres"] > 400
    assert told["drives"][0][1] == leg["seconds"] > 30
    named = [step["street"] for step in leg["steps"] if step["street"]]
    assert named
    assert all(name.endswith((" Ave", " St")) for name in named)


@pytest.mark.usefixtures("streets")
def test_the_rest_of_the_day_is_measured_on_the_streets_and_drawn_along_them(
    phone: Phone, fresh_database: Database, cases: list[int], by_day: Moment
) -> None:
    plan_id = put_in_force(fresh_database, cases[:2], begins=by_day.now, moment=by_day)
    stops = [each["id"] for each in phone.day()["plan"]["stops"]]
    asked = {
        "plan": plan_id, "here": [HALL.lon, HALL.lat], "left": stops,
        "add": [f"case-{cases[2]}"], "anew": True, "had_lunch": True,
    }  # fmt: skip
    told = phone.send("POST", "/field/rest", json=asked).json
    assert not told["estimated"]
    assert len(told["stops"]) == 3
    take = {"proposal": told["proposal"], "key": "0190aaaa-0000-7000-8000-000000000009"}
    assert phone.send("POST", "/field/rest/take", json=take).status_code == 200
    plan = phone.day()["plan"]
    assert not plan["estimated"]
    assert len(plan["legs"]) == len(told["stops"]) + 1
    assert all(leg["steps"] for leg in plan["legs"] if leg["metres"] > 200)
