"""Files of a report: what a spreadsheet, a GIS and a full disk make of them."""

import csv
from datetime import date
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

from reports.errors import ReportError
from reports.export import write_frame, write_text


@pytest.fixture
def frame() -> gpd.GeoDataFrame:
    rows = {"parcel_no": ["=1+1", "12-1"], "cases": [3, -2]}
    shapes = [
        shapely.Point(236_000, 900_000).buffer(10),
        shapely.Point(236_100, 900_000).buffer(10),
    ]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=26986)


def test_plain_text_and_numbers_stay_as_they_are(tmp_path: Path, frame: gpd.GeoDataFrame) -> None:
    write_frame(frame, tmp_path / "x.csv", kind="csv", layer="x")
    with (tmp_path / "x.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows == [["parcel_no", "cases"], ["'=1+1", "3"], ["12-1", "-2"]]


def test_geojson_is_in_degrees_and_a_geopackage_in_the_frames_system(
    tmp_path: Path, frame: gpd.GeoDataFrame
) -> None:
    for kind in ("geojson", "gpkg"):
        write_frame(frame, tmp_path / f"x.{kind}", kind=kind, layer="cells")
    degrees, own = (gpd.read_file(tmp_path / f"x.{kind}") for kind in ("geojson", "gpkg"))
    assert degrees.crs == 4326
    assert degrees.total_bounds[0] == pytest.approx(-71.06, abs=0.02)
    assert own.crs == 26986
    assert own.area.sum() == pytest.approx(frame.area.sum())
    assert list(own["parcel_no"]) == ["=1+1", "12-1"]


def test_a_failed_file_leaves_the_old_one_and_nothing_half_done(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    write_text("old", page)
    with pytest.raises(UnicodeEncodeError):
        write_text("new \ud800", page)
    assert page.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [page]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="nowhere is no folder"):
        write_text("x", tmp_path / "nowhere" / "page.html")


def test_a_day_is_a_day_in_a_geopackage_and_what_is_unknown_stays_empty(
    tmp_path: Path, frame: gpd.GeoDataFrame
) -> None:
    frame["opened_on"] = [date(2026, 3, 2), None]
    frame["closed_on"] = [None, None]
    write_frame(frame, tmp_path / "x.gpkg", kind="gpkg", layer="cases")
    told = pyogrio.read_info(tmp_path / "x.gpkg")
    kinds = dict(zip(told["fields"], told["dtypes"], strict=True))
    assert kinds["opened_on"] == "datetime64[D]"
    assert "closed_on" in kinds
    back = gpd.read_file(tmp_path / "x.gpkg")
    assert back["opened_on"].dt.date.to_list()[0] == date(2026, 3, 2)
    assert back["closed_on"].isna().all()
    assert list(back["cases"]) == [3, -2]
