import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from grid_town import build_grid, grid_lines

from geo.streets.centerlines import write_osm
from geo.streets.dataset import build_from_osm, open_dataset, replacing
from geo.streets.engine import Streets
from geo.streets.errors import StreetFileError, StreetsError, StreetsMissingError

NO_STREETS = """<?xml version="1.0"?>
<osm version="0.6" generator="test">
 <node id="1" lat="42.37" lon="-71.1" version="1"/>
 <node id="2" lat="42.38" lon="-71.1" version="1"/>
 <way id="1" version="1"><nd ref="1"/><nd ref="2"/><tag k="waterway" v="river"/></way>
</osm>
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grid")
    build_grid(folder)
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_the_dataset_built_last_is_found_again(folder: Path) -> None:
    dataset = open_dataset(folder / "streets")
    assert dataset.source_name == "grid.osm"
    assert dataset.base.is_relative_to(folder)
    Streets(dataset)


def test_the_same_file_again_is_not_built_again(folder: Path) -> None:
    stages: list[str] = []
    again = build_from_osm(folder / "grid.osm", folder / "streets", progress=stages.append)
    assert again == open_dataset(folder / "streets")
    assert stages == []


def test_another_file_replaces_the_dataset_and_the_old_build_is_removed(folder: Path) -> None:
    before = open_dataset(folder / "streets")
    write_osm(grid_lines().iloc[:-1], folder / "fewer.osm.pbf")
    stages: list[str] = []
    after = build_from_osm(folder / "fewer.osm.pbf", folder / "streets", progress=stages.append)
    assert len(stages) == 2
    assert open_dataset(folder / "streets") == after != before
    assert [build.name for build in (folder / "streets").glob("build-*")] == [
        after.base.parent.name
    ]


def test_what_a_killed_builder_of_our_number_left_is_no_hindrance(folder: Path) -> None:
    content = hashlib.sha256((folder / "grid.osm").read_bytes()).hexdigest()
    left = folder / "streets" / f"build-{content[:16]}-{os.getpid()}"
    (folder / "streets" / "dataset.json").unlink()
    left.mkdir(exist_ok=True)
    (left / "streets.osrm.half").touch()
    Streets(build_from_osm(folder / "grid.osm", folder / "streets"))
    assert not (left / "streets.osrm.half").exists()


def test_a_folder_without_streets_says_how_to_load_them(tmp_path: Path) -> None:
    with pytest.raises(StreetsMissingError, match="lotline import streets"):
        open_dataset(tmp_path)


def _cut_short(folder: Path) -> Path:
    write_osm(grid_lines(), folder / "whole.osm.pbf")
    cut = folder / "cut.osm.pbf"
    cut.write_bytes((folder / "whole.osm.pbf").read_bytes()[:-200])
    return cut


def _no_osm(folder: Path) -> Path:
    (folder / "letter.osm.pbf").write_text("Dear town,", encoding="utf-8")
    return folder / "letter.osm.pbf"


def _cut_xml(folder: Path) -> Path:
    (folder / "cut.osm").write_text(NO_STREETS[:200], encoding="utf-8")
    return folder / "cut.osm"


def _river(folder: Path) -> Path:
    (folder / "river.osm").write_text(NO_STREETS, encoding="utf-8")
    return folder / "river.osm"


def _shapefile(folder: Path) -> Path:
    (folder / "streets.shp").write_bytes(b"")
    return folder / "streets.shp"


def _absent(folder: Path) -> Path:
    return folder / "absent.osm"


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (_cut_short, "cut short"),
        (_no_osm, "cannot be read as OpenStreetMap data"),
        (_cut_xml, "cannot be read as OpenStreetMap data"),
        (_river, "no street that a car may drive on"),
        (_shapefile, "not named as OpenStreetMap data"),
        (_absent, "There is no street file"),
    ],
)
def test_a_bad_file_is_named_and_the_old_streets_stay(
    folder: Path, make: Callable[[Path], Path], fault: str
) -> None:
    before = open_dataset(folder / "streets")
    with pytest.raises(StreetFileError, match=fault):
        build_from_osm(make(folder), folder / "streets")
    assert open_dataset(folder / "streets") == before
    assert len(list((folder / "streets").glob("build-*"))) == 1
    Streets(before)


def test_a_dataset_whose_files_are_gone_says_to_import_again(folder: Path) -> None:
    record = folder / "streets" / "dataset.json"
    content = json.loads(record.read_text()) | {"base": "build-gone/streets.osrm"}
    record.write_text(json.dumps(content))
    with pytest.raises(StreetsError, match="Import the streets again"):
        Streets(open_dataset(folder / "streets"))


def test_new_streets_are_on_the_road_only_when_all_else_went_well(folder: Path) -> None:
    before = open_dataset(folder / "streets")
    write_osm(grid_lines().iloc[:-1], folder / "fewer.osm.pbf")

    def replace(*, refused: bool) -> None:
        with replacing(folder / "streets") as replacement:
            replacement.build(folder / "fewer.osm.pbf")
            assert open_dataset(folder / "streets") == before
            Streets(before)
            if refused:
                msg = "the database is gone"
                raise ConnectionError(msg)

    with pytest.raises(ConnectionError):
        replace(refused=True)
    assert open_dataset(folder / "streets") == before
    assert len(list((folder / "streets").glob("build-*"))) == 1
    replace(refused=False)
    assert open_dataset(folder / "streets").source_name == "fewer.osm.pbf"
    assert len(list((folder / "streets").glob("build-*"))) == 1


@pytest.mark.parametrize("content", ["", "[]", "{", '{"base": "x"}', "null"])
def test_a_damaged_record_is_one_sentence(folder: Path, content: str) -> None:
    (folder / "streets" / "dataset.json").write_text(content)
    with pytest.raises(StreetsError, match=r"dataset\.json is damaged\. Remove it"):
        open_dataset(folder / "streets")
