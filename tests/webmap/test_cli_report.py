"""Reports from the command line: a file and a sentence, or a sentence and no file."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.database import Database
from reports.errors import NothingToReportError
from reports.heatmap import DEFAULT_BANDWIDTH_M
from webmap.cli.report import BANDWIDTH_M, report

ALDER = Path(__file__).parents[1] / "alder.sql"


@pytest.fixture
def here(fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and settings that name an empty database."""
    for key, url in (
        ("DATABASE_URL", fresh_database.app_url),
        ("DATABASE_URL_OWNER", fresh_database.owner_url),
        ("DATABASE_URL_PUBLIC", fresh_database.public_url),
    ):
        monkeypatch.setenv(key, url)
    monkeypatch.setenv("LOTLINE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def alder(here: Path, fresh_database: Database) -> Path:
    """The same with the town of alder.sql as of 2 March 2026."""
    script = ALDER.read_text(encoding="utf-8").replace(":today", "DATE '2026-03-02'")
    with fresh_database.owner.begin() as connection:
        connection.connection.cursor().execute(script)
    return here


def _run(*words: str) -> Result:
    return CliRunner().invoke(report, words)


def test_the_heat_map_is_written_here_and_told(alder: Path) -> None:
    told = _run("heatmap")
    assert told.exit_code == 0, told.output
    (page,) = alder.glob("heatmap-*.html")
    assert "Open cases, as of" in told.stdout
    assert "7 on the map." in told.stdout
    assert f"Wrote {page.name}" in told.stdout


@pytest.mark.parametrize("kind", ["csv", "geojson", "gpkg"])
def test_the_cells_of_the_heat_map_are_written_for_a_gis(alder: Path, kind: str) -> None:
    told = _run("heatmap", "--format", kind, "--status", "all", "--out", f"cells.{kind}")
    assert told.exit_code == 0, told.output
    assert "All verified cases, open or closed" in told.stdout
    assert (alder / f"cells.{kind}").stat().st_size > 1000


@pytest.mark.usefixtures("alder")
def test_the_repeat_list_is_a_table_on_the_terminal() -> None:
    told = _run("repeat", "--date", "2026-03-02")
    assert told.exit_code == 0, told.output
    assert "1 parcel with 2 or more cases opened in the 5 years up to 2026-03-02" in told.stdout
    assert "a finding against the same violator" in told.stdout
    assert "Florida" not in told.stdout  # a town may lie anywhere
    assert "162.04(5)" in _run("repeat", "--help").stdout
    (row,) = [line.split() for line in told.stdout.splitlines() if "108 Alder St" in line]
    assert row[:6] == ["1", "3", "1", "4", "2", "0"]


def test_the_repeat_list_as_csv_has_a_row_a_parcel(alder: Path) -> None:
    assert _run("repeat", "--date", "2026-03-02", "--format", "csv").exit_code == 0
    with (alder / "repeat-2026-03-02.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["parcel_no"], row["address"], row["cases"]) == ("12-5", "108 Alder St", "3")


@pytest.mark.parametrize("words", [["heatmap"], ["repeat"], ["repeat", "--format", "html"]])
def test_with_no_town_nothing_is_written_and_it_says_what_to_load(
    here: Path, words: list[str]
) -> None:
    told = _run(*words)
    assert isinstance(told.exception, NothingToReportError)
    assert "lotline import parcels" in str(told.exception)
    assert list(here.iterdir()) == []


def test_the_bandwidth_on_offer_is_the_reports_own() -> None:
    assert BANDWIDTH_M == DEFAULT_BANDWIDTH_M


@pytest.mark.usefixtures("alder")
@pytest.mark.parametrize("words", [["heatmap", "--out", "x.html"], ["repeat", "--at-least", "2"]])
def test_a_zone_is_asked_for_by_its_code_or_its_name(words: list[str]) -> None:
    date = ["--date", "2026-03-02"] if words[0] == "repeat" else []
    by_code = _run(*words, *date, "--zone", "1")
    assert by_code.exit_code == 0, by_code.output
    assert _run(*words, *date, "--zone", "zone 1").stdout == by_code.stdout


def test_a_window_with_no_cases_writes_nothing(alder: Path) -> None:
    told = _run("repeat", "--date", "2010-01-01", "--format", "csv")
    assert isinstance(told.exception, NothingToReportError)
    assert list(alder.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["repeat", "--out", "x.txt"], "give --format html, csv, geojson or gpkg"),
        (["repeat", "--at-least", "1"], "x>=2"),
        (["heatmap", "--bandwidth", "0"], "10<=x<=5000"),
        (["heatmap", "--bandwidth", "nan"], "'nan' is no number"),
        (["heatmap", "--since", "yesterday"], "yesterday"),
        (
            ["heatmap", "--since", "2026-03-02", "--until", "2026-03-01"],
            "--since 2026-03-02 lies after --until 2026-03-01",
        ),
    ],
)
def test_wrong_words_are_answered_with_the_right_ones(words: list[str], fault: str) -> None:
    told = _run(*words)
    assert told.exit_code == 2
    assert fault in told.output
