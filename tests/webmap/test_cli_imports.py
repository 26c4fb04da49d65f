"""lotline import: every mistake is one sentence, and the database is as it was."""

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
import sqlalchemy as sa
from click.testing import CliRunner, Result
from few_lots import WEST, lots, written

from geo.database import Database
from geo.errors import LotlineError
from webmap.cli.imports import import_

EVERYTHING = sa.text("""
    SELECT (SELECT array_agg(p.* ORDER BY p.id)::text FROM lotline.parcel p),
           (SELECT array_agg(p.* ORDER BY p.id)::text FROM lotline.parcel_period p),
           (SELECT array_agg(t.*)::text FROM lotline.town t),
           (SELECT count(*) FROM lotline.import_run),
           (SELECT sum(bumps) FROM lotline.layer_change)""")


@pytest.fixture
def town(fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database with three parcels, which the command line is told of by its URLs."""
    monkeypatch.setenv("LOTLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATABASE_URL", fresh_database.app_url)
    monkeypatch.setenv("DATABASE_URL_OWNER", fresh_database.owner_url)
    monkeypatch.setenv("DATABASE_URL_PUBLIC", fresh_database.public_url)
    assert _run("parcels", written(lots(3), tmp_path, "first.gpkg")).exit_code == 0
    return fresh_database


def _run(*words: object) -> Result:
    return CliRunner().invoke(import_, [str(word) for word in words])


def _everything(database: Database) -> tuple[Any, ...]:
    with database.owner.connect() as connection:
        return tuple(connection.execute(EVERYTHING).one())


def _broken_off(folder: Path) -> Path:
    path = written(lots(300), folder, "half.gpkg")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def _noise(folder: Path) -> Path:
    path = folder / "notes.xyz"
    path.write_bytes(os.urandom(4096))
    return path


def _no_numbers(folder: Path) -> Path:
    frame = lots(2)
    with np.errstate(invalid="ignore"):
        nowhere = shapely.from_wkt(f"POLYGON(({WEST} 27.3,nan 27.3,{WEST} 27.4,{WEST} 27.3))")
    return written(frame.set_geometry([nowhere, nowhere]), folder)


def _lacking(folder: Path) -> Path:
    return written(lots(2).drop(columns="parcel_no"), folder)


MISTAKES: dict[str, tuple[Callable[[Path], Path], tuple[str, ...], str]] = {
    "a wrong CRS": (
        lambda folder: written(lots(2), folder),
        ("--crs", "EPSG:2249"),
        "counts in US survey foot, but the coordinates (-80.4, 27.3) are degrees",
    ),
    "a CRS of elsewhere": (
        lambda folder: written(lots(2).to_crs("EPSG:2236"), folder),
        ("--crs", "EPSG:26986"),
        "outside that system's area",
    ),
    "no such CRS": (
        lambda folder: written(lots(2), folder),
        ("--crs", "EPSG:1"),
        '"EPSG:1" names no coordinate system',
    ),
    "a truncated file": (_broken_off, (), "half.gpkg is damaged or breaks off"),
    "a missing column": (_lacking, (), "No column of parcels.gpkg is known to be the parcel_no"),
    "an empty layer": (lambda folder: written(lots(0), folder), (), "parcels.gpkg has no rows"),
    "NaN coordinates": (_no_numbers, (), "No row of parcels.gpkg could be used (not_finite 2)"),
    "an unknown format": (_noise, (), "notes.xyz is in no format Lotline reads: Shapefile"),
    "no such file": (lambda folder: folder / "none.shp", (), "There is no file"),
    "no such mapping": (
        lambda folder: written(lots(2), folder),
        ("--mapping", "none.toml"),
        "Cannot read the mapping none.toml",
    ),
    "a day yet to come": (
        lambda folder: written(lots(2), folder),
        ("--as-of", "2999-01-01"),
        "parcels.gpkg cannot speak of 2999-01-01, which is yet to come (today is",
    ),
    "no such layer": (
        lambda folder: written(lots(2), folder),
        ("--layer", "roads"),
        'None is called "roads"',
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_sentence_and_changes_nothing(
    town: Database, tmp_path: Path, mistake: str
) -> None:
    make, options, told = MISTAKES[mistake]
    before = _everything(town)
    result = _run("parcels", make(tmp_path), *options)
    assert isinstance(result.exception, LotlineError), result.output
    assert told in str(result.exception)
    assert "\n" not in str(result.exception)
    assert _everything(town) == before


@pytest.mark.usefixtures("town")
def test_what_became_of_every_row_is_told_and_the_rejected_are_named(tmp_path: Path) -> None:
    frame = lots(5, parcel_no=["P1", "P2", None, "P4", "P4"])
    result = _run("parcels", written(frame, tmp_path))
    assert result.exit_code == 0
    assert result.output.splitlines()[1:8] == [
        "  read                 5 rows",
        "  rejected             2 rows",
        "    no_key                       1",
        "    repeated_key                 1",
        "  good                 3 rows, of them",
        "    stored             1 new or different from what is on record",
        "    unchanged          2 on record already, just so",
    ]
    assert "1 new parcel, 0 changed." in result.output
    (named,) = (tmp_path / "home" / "imports").iterdir()
    rows = list(csv.DictReader(named.read_text().splitlines()))
    assert [(row["row"], row["key"], row["code"]) for row in rows] == [
        ("3", "", "no_key"),
        ("5", "P4", "repeated_key"),
    ]
    assert "merge_same_key = true" in rows[1]["reason"]


@pytest.mark.usefixtures("town")
def test_the_repaired_rows_are_named_with_their_change_of_area(tmp_path: Path) -> None:
    frame = lots(3)
    corners = np.array([(0, 0), (1, 1), (1, 0), (0, 1)]) * 0.0003 + (WEST, 27.3)
    frame.loc[1, "geometry"] = shapely.Polygon(corners)
    frame.loc[1, "parcel_no"] = "=P2"
    result = _run("parcels", written(frame, tmp_path))
    assert result.exit_code == 0, result.output
    (named,) = (tmp_path / "home" / "imports").iterdir()
    assert named.name.endswith("-parcels-repairs.csv")
    (row,) = csv.DictReader(named.read_text().splitlines())
    assert (row["row"], row["key"]) == ("2", "'=P2")
    assert row["how"].startswith("make_valid")
    told = f"{float(row['change_m2']):+,.2f} m2, row 2)"
    assert f"Repaired rows: {named} (largest change of area {told}" in result.output


def test_a_dry_run_tells_all_and_keeps_nothing(town: Database, tmp_path: Path) -> None:
    before = _everything(town)
    result = _run("parcels", written(lots(9), tmp_path), "--dry-run", "--rejects", tmp_path / "r")
    assert result.exit_code == 0
    assert "dry run: nothing kept" in result.output
    assert "6 new parcels" in result.output
    assert _everything(town) == before


def test_the_same_file_again_changes_nothing_but_the_record_of_runs(
    town: Database, tmp_path: Path
) -> None:
    before = _everything(town)
    assert _run("parcels", tmp_path / "first.gpkg").exit_code == 0
    after = _everything(town)
    assert after[:3] == before[:3]
    assert (after[3], after[4]) == (before[3] + 1, before[4])


@pytest.mark.usefixtures("town")
def test_the_command_itself_says_one_sentence_and_exits_1_or_2(tmp_path: Path) -> None:
    lotline = Path(sys.executable).with_name("lotline")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [lotline, "import", *words], capture_output=True, text=True, check=False
        )

    broken = run("parcels", str(_broken_off(tmp_path)))
    assert broken.returncode == 1
    assert broken.stderr.startswith("Error: half.gpkg is damaged or breaks off")
    assert broken.stderr.count("\n") == 1
    assert run("rivers", "x.shp").returncode == 2


@pytest.mark.parametrize("kind", ["parcels", "zones", "streets", "addresses"])
def test_a_file_of_nothing_but_bad_rows_leaves_all_as_it_was(
    town: Database, tmp_path: Path, kind: str
) -> None:
    before = _everything(town)
    frame = lots(2, code=["1", "2"], label=["1 A St", "2 A St"]).drop(columns="parcel_no")
    frame["pin"] = ["X1", "X2"]
    result = _run(kind, written(frame.set_geometry([None, None]), tmp_path, "bad.gpkg"))
    assert isinstance(result.exception, LotlineError), result.output
    assert "(no_shape 2); nothing was changed" in str(result.exception)
    assert _everything(town) == before


def test_streets_the_database_would_not_commit_are_not_driven_on(
    town: Database, tmp_path: Path
) -> None:
    lines = lots(2).set_geometry(lots(2).boundary).drop(columns="parcel_no")
    with town.owner.begin() as connection:
        connection.exec_driver_sql("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE integrity_constraint_violation USING MESSAGE = 'refused'; END $$;
            CREATE CONSTRAINT TRIGGER late AFTER INSERT ON lotline.import_run
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()""")
    path = written(lines.rename(columns={"situs_address": "name"}), tmp_path, "s.gpkg")
    result = _run("streets", path)
    assert "The database refused the file (refused" in str(result.exception), result.output
    network = tmp_path / "home" / "streets"
    assert not (network / "dataset.json").exists()
    assert list(network.glob("build-*")) == []


CASE = "case_no,parcel_no,category,section,status,comply_by\nC-1,P1,Grass,Sec. 1,open,2026-06-10\n"


def _mapped(folder: Path, kind: str, **columns: str) -> Path:
    path = folder / f"my-{kind}.toml"
    lines = [f"{ours} = '{theirs}'" for ours, theirs in columns.items()]
    path.write_text("\n".join([f"kind = '{kind}'", "[columns]", *lines, ""]))
    return path


def test_what_came_through_a_mapping_is_never_guessed_over(town: Database, tmp_path: Path) -> None:
    file = tmp_path / "v.csv"
    file.write_text(CASE)
    columns = ("case_no", "parcel_no", "category", "section", "status")
    mapping = _mapped(tmp_path, "cases", **{name: name for name in columns})
    assert _run("cases", file, "--mapping", mapping).exit_code == 0
    cases = "SELECT string_agg(c.*::text, ' ') FROM lotline.case_file c"
    with town.owner.connect() as connection:
        before = connection.scalar(sa.text(cases))
    result = _run("cases", file)
    assert result.exit_code == 1
    assert str(result.exception) == (
        "The cases on record came from v.csv through the mapping my-cases.toml, and without one "
        "the columns of v.csv would only be guessed and could change them: give the same "
        "--mapping (my-cases.toml); nothing was changed."
    )
    with town.owner.connect() as connection:
        assert connection.scalar(sa.text(cases)) == before
    assert _run("cases", file, "--mapping", mapping).exit_code == 0
    assert _run("parcels", tmp_path / "first.gpkg").exit_code == 0  # guessed the first time too


def test_a_run_from_before_mappings_were_kept_tells_by_its_notes(
    town: Database, tmp_path: Path
) -> None:
    old = """UPDATE lotline.import_run SET details = jsonb_build_object('notes', {notes})"""
    with town.owner.begin() as connection:
        connection.exec_driver_sql(old.format(notes="details->'notes'"))
    assert _run("parcels", tmp_path / "first.gpkg").exit_code == 0
    with town.owner.begin() as connection:
        connection.exec_driver_sql(old.format(notes="'[]'::jsonb"))
    result = _run("parcels", tmp_path / "first.gpkg")
    assert "came from first.gpkg through a mapping, and without one" in str(result.exception)
