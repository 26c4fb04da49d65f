from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from grid_town import at, grid_lines
from shapely import LineString, MultiLineString

from geo.streets.centerlines import write_osm
from geo.streets.errors import StreetFileError
from geo.streets.osm_layers import read_streets

OSM = """<?xml version="1.0"?>
<osm version="0.6" generator="test">
 <node id="1" lat="42.37" lon="-71.1" version="1"/>
 <node id="2" lat="42.38" lon="-71.1" version="1"/>
 {ways}
</osm>
"""


def test_streets_written_and_read_back_are_the_same_streets(tmp_path: Path) -> None:
    lines = grid_lines()
    write_osm(lines, tmp_path / "grid.osm")
    back = read_streets(tmp_path / "grid.osm")
    assert back.crs == lines.crs
    assert back["name"].tolist() == lines["name"].tolist()
    assert back["oneway"].tolist() == lines["oneway"].tolist()
    assert back["rank"].tolist() == lines["rank"].tolist()
    assert back.geometry.geom_equals_exact(lines.geometry, tolerance=1e-6).all()


def test_the_same_lines_give_the_same_file(tmp_path: Path) -> None:
    for name in ("one.osm.pbf", "two.osm.pbf"):
        write_osm(grid_lines(), tmp_path / name)
    assert (tmp_path / "one.osm.pbf").read_bytes() == (tmp_path / "two.osm.pbf").read_bytes()


def test_lines_in_the_towns_own_projection_are_written_in_degrees(tmp_path: Path) -> None:
    write_osm(grid_lines().to_crs(26986), tmp_path / "grid.osm")
    back = read_streets(tmp_path / "grid.osm")
    assert back.geometry.geom_equals_exact(grid_lines().geometry, tolerance=2e-6).all()


def test_parts_of_a_line_become_streets_of_their_own_and_empty_ones_none(tmp_path: Path) -> None:
    two = MultiLineString([at((0, 0), (1, 0)), at((2, 0), (3, 0))])
    none, dot = LineString(), LineString(at((1, 1), (1, 1)))
    write_osm(_frame([two, none, dot]), tmp_path / "parts.osm")
    assert len(read_streets(tmp_path / "parts.osm")) == 2


def test_a_posted_speed_is_kept_and_a_missing_one_is_the_usual(tmp_path: Path) -> None:
    lines = _frame([LineString(at((0, y), (1, y))) for y in range(3)])
    lines["maxspeed_kmh"] = pd.array([24, None, None], dtype="Int16")
    lines["rank"] = [3, 3, 1]
    write_osm(lines, tmp_path / "speeds.osm")
    assert read_streets(tmp_path / "speeds.osm")["maxspeed_kmh"].tolist() == [24, 40, 56]


def test_a_street_without_name_or_direction_is_two_way_and_nameless(tmp_path: Path) -> None:
    lines = _frame([LineString(at((0, 0), (1, 0)))])
    lines["name"], lines["oneway"] = None, float("nan")
    write_osm(lines, tmp_path / "plain.osm")
    (street,) = read_streets(tmp_path / "plain.osm").itertuples()
    assert pd.isna(street.name)
    assert street.oneway == 0


@pytest.mark.parametrize("lines", [[], [LineString()]])
def test_a_layer_without_any_line_is_refused(tmp_path: Path, lines: list[LineString]) -> None:
    with pytest.raises(StreetFileError, match="no line of any length"):
        write_osm(_frame(lines), tmp_path / "none.osm")


def test_lines_of_unknown_coordinate_system_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StreetFileError, match="--crs"):
        write_osm(grid_lines().set_crs(None, allow_override=True), tmp_path / "none.osm")


@pytest.mark.parametrize(
    ("tags", "rank", "oneway", "kmh"),
    [
        ({"highway": "motorway_link"}, 1, 0, None),
        ({"highway": "motorway"}, 1, 1, None),
        ({"highway": "motorway", "oneway": "no"}, 1, 0, None),
        ({"highway": "secondary", "oneway": "yes", "maxspeed": "30 mph"}, 2, 1, 48),
        ({"highway": "residential", "oneway": "-1", "maxspeed": "50"}, 3, -1, 50),
        ({"highway": "residential", "junction": "roundabout"}, 3, 1, None),
        ({"highway": "service", "maxspeed": "walk"}, 4, 0, None),
    ],
)
def test_tags_say_rank_direction_and_speed(
    tmp_path: Path, tags: dict[str, str], rank: int, oneway: int, kmh: int | None
) -> None:
    (street,) = read_streets(_osm(tmp_path, tags)).itertuples()
    assert (street.source_key, street.rank, street.oneway) == ("way/1", rank, oneway)
    assert (None if pd.isna(street.maxspeed_kmh) else street.maxspeed_kmh) == kmh


@pytest.mark.parametrize("kind", ["footway", "cycleway", "construction"])
def test_a_file_of_paths_has_no_streets(tmp_path: Path, kind: str) -> None:
    with pytest.raises(StreetFileError, match="no street that a car may drive on"):
        read_streets(_osm(tmp_path, {"highway": kind}))


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "torn.osm.pbf").write_bytes(b"\x00\x00\x00\x0dtorn")
    with pytest.raises(StreetFileError, match="torn"):
        read_streets(tmp_path / "torn.osm.pbf")


@pytest.mark.realdata
def test_baltimores_streets_are_read_for_the_map(realdata: Path) -> None:
    streets = read_streets(realdata / "baltimore" / "baltimore.osm.pbf")
    assert len(streets) == 3_289
    assert streets["source_key"].is_unique
    assert (streets["rank"] == 1).sum() == 579
    assert streets.to_crs(32618).length.sum() / 1000 == pytest.approx(770, abs=120)


def _frame(lines: list[LineString | MultiLineString]) -> gpd.GeoDataFrame:
    columns = {"name": "Elm St", "rank": 3, "oneway": 0, "maxspeed_kmh": None}
    frame = gpd.GeoDataFrame(geometry=lines, crs="EPSG:4326")
    return frame.assign(**columns)


def _osm(folder: Path, tags: dict[str, str]) -> Path:
    words = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
    way = f'<way id="1" version="1"><nd ref="1"/><nd ref="2"/>{words}</way>'
    (folder / "one.osm").write_text(OSM.format(ways=way), encoding="utf-8")
    return folder / "one.osm"
