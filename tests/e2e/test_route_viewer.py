"""A route plan opened from the reader's own disk."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

ODD = "<img src=x onerror=alert(1)>"


def _feature(kind: str, coordinates: object, **properties: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": coordinates},
        "properties": properties,
    }


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    start, stop = [-80.4, 27.2999], [-80.397, 27.2999]
    features = [
        _feature("Point", start, role="depot", label="Town hall", time="08:00", end_of_day=False),
        _feature(
            "LineString", [start, stop], role="leg", order=1, to="108 Alder St", seconds=600,
            metres=1609, steps=[{"text": "Head east on Alder St", "metres": 1609, "seconds": 600}],
        ),
        _feature(
            "Point", stop, role="stop", order=1, case="2026-0003", label=ODD, arrive="08:10",
            leave="13:25", service_minutes=15, due_on="2026-05-01",
        ),
        _feature(
            "LineString", [stop, start], role="leg", order=2, to="Town hall", seconds=600,
            metres=1609, steps=[],
        ),
    ]  # fmt: skip
    properties = {"date": "2026-05-02", "estimated": False}
    file = tmp_path / "plan.geojson"
    file.write_text(
        json.dumps({"type": "FeatureCollection", "properties": properties, "features": features})
    )
    return file


def test_a_plan_is_read_here_and_shown_with_stops_times_and_turns(desk: Page, plan: Path) -> None:
    desk.goto("/route")
    expect(desk.locator("body.map-ready")).to_be_attached()
    sent: list[str] = []
    desk.on("request", lambda request: sent.append(request.method))
    desk.locator("input[type=file]").set_input_files(plan)
    listed = desk.locator(".route-plan")
    expect(listed).to_contain_text("1 stop · Sat, May 2, 2026")
    expect(listed).to_contain_text("20 min of driving, 2.0 mi.")
    expect(listed).to_contain_text("8:10 AM to 1:25 PM")
    desk.get_by_text("10 min, 1.0 mi to drive").first.click()
    expect(listed).to_contain_text("Head east on Alder St")
    assert "POST" not in sent


def test_what_a_plan_holds_is_text_never_markup(desk: Page, plan: Path) -> None:
    desk.goto("/route")
    desk.locator("input[type=file]").set_input_files(plan)
    expect(desk.locator(".stop .where", has_text=ODD)).to_be_visible()
    assert desk.locator(".route-plan img").count() == 0


def test_a_file_that_is_no_plan_is_refused_in_a_sentence(desk: Page, tmp_path: Path) -> None:
    other = tmp_path / "notes.json"
    other.write_text("{}")
    desk.goto("/route")
    desk.locator("input[type=file]").set_input_files(other)
    expect(desk.locator(".route-plan")).to_contain_text("“notes.json” is not a route plan.")


def test_a_file_that_is_no_plan_takes_the_plan_before_it_away(desk: Page, plan: Path) -> None:
    desk.goto("/route")
    desk.locator("input[type=file]").set_input_files(plan)
    expect(desk.get_by_role("button", name="Print")).to_be_visible()
    bad = plan.with_name("notes.json")
    bad.write_text("{}")
    desk.locator("input[type=file]").set_input_files(bad)
    expect(desk.locator(".route-plan")).to_contain_text("“notes.json” is not a route plan.")
    expect(desk.locator(".stop")).to_have_count(0)
    expect(desk.get_by_role("button", name="Print")).to_be_hidden()
