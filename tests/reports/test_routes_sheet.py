import json
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from day_on_the_grid import day, stop
from grid_town import build_grid
from shapely.geometry import shape

from geo.streets.engine import Streets
from reports.routes.plan import Plan
from reports.routes.planning import make_plan
from reports.routes.search import Effort
from reports.routes.sheet import clock_time, to_geojson, to_gpx, write_plan

GPX = {"gpx": "http://www.topografix.com/GPX/1/1"}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    streets = Streets(build_grid(tmp_path_factory.mktemp("grid")))
    stops = [stop("12 & 14", 2, 0.5), stop("3", 0, 2), stop("abroad", 90, 90)]
    return make_plan(day(*stops), streets, effort=Effort(iterations=100)).plan


def test_the_legs_add_up_to_the_total(plan: Plan) -> None:
    collection = to_geojson(plan)
    legs = [each for each in _properties(collection) if each["role"] == "leg"]
    assert sum(leg["seconds"] for leg in legs) == collection["properties"]["total_seconds"]
    assert sum(leg["metres"] for leg in legs) == collection["properties"]["total_metres"]
    assert sum(step["metres"] for step in legs[0]["steps"]) == pytest.approx(
        legs[0]["metres"], abs=1
    )


def test_features_come_in_the_order_of_the_day(plan: Plan) -> None:
    roles = [each["role"] for each in _properties(to_geojson(plan))]
    assert roles == ["depot", "leg", "stop", "leg", "stop", "leg", "depot"]


def test_a_stop_tells_its_number_case_and_times(plan: Plan) -> None:
    stops = [each for each in _properties(to_geojson(plan)) if each["role"] == "stop"]
    first = plan.visits[0]
    assert stops[0] == {
        "role": "stop",
        "officer": "rivera",
        "date": "2026-03-02",
        "order": 1,
        "case": first.stop.case_numbers[0],
        "cases": list(first.stop.case_numbers),
        "label": first.stop.label,
        "arrive": clock_time(first.arrive),
        "begin": clock_time(first.start),
        "leave": clock_time(first.leave),
        "service_minutes": 15,
        "due_on": "2026-02-01",
        "priority": 3,
    }
    assert [each["order"] for each in stops] == [1, 2]


def test_every_leg_ends_where_the_next_begins_and_lies_in_the_box(plan: Plan) -> None:
    collection = to_geojson(plan)
    lines = [
        shape(each["geometry"])
        for each in collection["features"]
        if each["properties"]["role"] == "leg"
    ]
    for line, after in pairwise(lines):
        assert line.coords[-1] == after.coords[0]
    west, south, east, north = collection["bbox"]
    for line in lines:
        assert west <= line.bounds[0] <= line.bounds[2] <= east
        assert south <= line.bounds[1] <= line.bounds[3] <= north


def test_the_summary_names_what_was_left_and_why(plan: Plan, tmp_path: Path) -> None:
    write_plan(plan, tmp_path)
    told = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert told["stops_planned"] == 2
    assert told["left_by_reason"] == {"off_streets": 1}
    assert told["left_out"][0]["why"] == "abroad Elm St is too far from any street"


def test_the_three_files_are_written_where_asked(plan: Plan, tmp_path: Path) -> None:
    files = write_plan(plan, tmp_path / "new" / "folder")
    assert [file.name for file in files] == ["plan.geojson", "plan.json", "plan.gpx"]
    assert json.loads(files[0].read_text(encoding="utf-8")) == json.loads(
        json.dumps(to_geojson(plan))
    )


def test_gpx_holds_the_stops_and_the_way(plan: Plan) -> None:
    root = ET.fromstring(to_gpx(plan))  # noqa: S314 - our own text
    names = [name.text for name in root.findall("gpx:wpt/gpx:name", GPX)]
    assert names == [f"{order}. {visit.stop.label}" for order, visit in enumerate(plan.visits, 1)]
    points = root.findall("gpx:trk/gpx:trkseg/gpx:trkpt", GPX)
    assert len(points) == sum(len(drive.line.coords) for drive in plan.drives)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "00:00"), (8 * 3600 + 59, "08:00"), (59_999, "16:39")]
)
def test_times_of_day_are_cut_to_the_minute(seconds: int, text: str) -> None:
    assert clock_time(seconds) == text


def _properties(collection: dict) -> list[dict]:
    return [feature["properties"] for feature in collection["features"]]
