"""Reports from the command line: a command for each, a table there or a file, and a sentence."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.database import Database
from reports.answers.files.formats import FORMATS
from reports.errors import NothingToReportError
from reports.heatmap import DEFAULT_BANDWIDTH_M
from reports.registry import REPORTS
from webmap.cli.report import report

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
    assert "Where open cases are, Alder, as of " in told.stdout
    assert "Open cases on the map: 7" in told.stdout
    assert "does not show where risk is" in told.stdout
    assert f"Wrote {page.name}" in told.stdout


@pytest.mark.parametrize("kind", ["csv", "geojson", "gpkg"])
def test_the_cells_of_the_heat_map_are_written_for_a_gis(alder: Path, kind: str) -> None:
    told = _run("heatmap", "--format", kind, "--status", "all", "--out", f"cells.{kind}")
    assert told.exit_code == 0, told.output
    assert "Verified cases on the map: 9" in told.stdout
    path = alder / f"cells.{kind}"
    assert path.stat().st_size > 1000
    if kind == "csv":
        with path.open(encoding="utf-8") as file:
            head = next(csv.reader(file))
        assert head == ["lon", "lat", "cases_per_hectare", "cases_per_100_parcels"]


def test_another_table_of_it_is_written_where_it_is_asked_for(alder: Path) -> None:
    asked = ("heatmap", "--status", "all", "--out", "top.csv", "--table")
    assert _run(*asked, "parcels").exit_code == 0
    with (alder / "top.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["address"], row["cases"]) == ("108 Alder St", "3")
    refused = _run(*asked, "zones")
    assert refused.exit_code == 2
    assert "has no table 'zones'. Its tables are: parcels, cells." in refused.output


@pytest.mark.usefixtures("alder")
def test_the_repeat_list_is_a_table_on_the_terminal() -> None:
    told = _run("repeat", "--date", "2026-03-02")
    assert told.exit_code == 0, told.output
    assert "1 parcel with 2 or more cases opened in the 5 years up to 2026-03-02" in told.stdout
    assert "a finding against the same violator" in told.stdout
    assert "Last day looked at: 2026-03-02" in told.stdout
    assert "Florida" not in told.stdout  # a town may lie anywhere
    assert "162.04(5)" in _run("repeat", "--help").stdout
    (row,) = [
        line for line in told.stdout.splitlines() if "108 Alder St" in line and "12-5" in line
    ]
    assert row.split()[:15] == [
        "1", "108", "Alder", "St", "12-5", "1", "3", "1", "3", "0", "4", "2", "2026-01-31",
        "2026-01-31", "0",
    ]  # fmt: skip
    assert "Verified cases opened in the years looked at, on the parcels listed." in told.stdout


def test_the_repeat_list_as_csv_has_a_row_a_parcel(alder: Path) -> None:
    assert _run("repeat", "--date", "2026-03-02", "--format", "csv").exit_code == 0
    with (alder / "repeat-2026-03-02.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["parcel_no"], row["address"], row["cases"]) == ("12-5", "108 Alder St", "3")


def test_a_file_is_of_the_kind_its_name_ends_in(alder: Path) -> None:
    told = _run("repeat", "--date", "2026-03-02", "--out", "repeat.json")
    assert told.exit_code == 0, told.output
    said = json.loads((alder / "repeat.json").read_text(encoding="utf-8"))
    assert said["figures"][0]["value"] == 3


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_a_command_of_the_options_it_takes(name: str) -> None:
    told = _run(name, "--help")
    assert told.exit_code == 0
    words = " ".join(told.stdout.split())
    for each in REPORTS[name].options:
        assert f"--{each.key.replace('_', '-')}" in words
        assert " ".join((each.means or each.words).split()[:4]) in words
    assert "|".join(FORMATS) in told.stdout.replace("\n", "").replace(" ", "")
    assert f"Example: lotline report {name} {REPORTS[name].example}" in words


@pytest.mark.parametrize("name", REPORTS)
def test_a_town_without_cases_has_every_file_and_each_says_so(
    alder: Path, fresh_database: Database, name: str
) -> None:
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE lotline.case_file SET published = false")
    first = _run(name, "--format", "table").stdout.splitlines()[1]
    for kind in FORMATS:
        if name in {"adhoc", "performance"} and FORMATS[kind].of_shapes:
            continue  # they count what nobody verified too, by kinds and steps without shapes
        told = _run(name, "--out", f"x.{kind}")
        assert told.exit_code == 0, (kind, told.output)
        assert told.stdout.splitlines()[1] == first
        assert (alder / f"x.{kind}").stat().st_size > 0


@pytest.mark.parametrize("words", [["heatmap"], ["repeat"], ["repeat", "--format", "html"]])
def test_with_no_town_nothing_is_written_and_it_says_what_to_load(
    here: Path, words: list[str]
) -> None:
    told = _run(*words)
    assert isinstance(told.exception, NothingToReportError)
    assert "lotline import parcels" in str(told.exception)
    assert list(here.iterdir()) == []


def test_the_bandwidth_on_offer_is_the_reports_own() -> None:
    offered = {each.key: each for each in REPORTS["heatmap"].options}
    assert offered["bandwidth"].default == DEFAULT_BANDWIDTH_M
    assert "[default: 150.0; 10<=x<=5000]" in " ".join(_run("heatmap", "--help").stdout.split())


@pytest.mark.usefixtures("alder")
@pytest.mark.parametrize("words", [["heatmap", "--out", "x.html"], ["repeat", "--at-least", "2"]])
def test_a_zone_is_asked_for_by_its_code_or_its_name(words: list[str]) -> None:
    date = ["--date", "2026-03-02"] if words[0] == "repeat" else []
    by_code = _run(*words, *date, "--zone", "1")
    assert by_code.exit_code == 0, by_code.output
    by_name = _run(*words, *date, "--zone", "zone 1").stdout
    assert by_name.replace("Zone: zone 1", "Zone: 1") == by_code.stdout


def test_a_window_with_no_cases_is_written_and_says_when_the_newest_was(alder: Path) -> None:
    told = _run("repeat", "--date", "2010-01-01", "--format", "csv")
    assert told.exit_code == 0, told.output
    assert "0 parcels with 2 or more cases" in told.stdout
    assert "The newest case was opened on 2026-01-31" in told.stdout
    (path,) = alder.iterdir()
    (head,) = path.read_text(encoding="utf-8").splitlines()
    assert head.startswith("rank,address,parcel_no,zone,cases,open_cases,last_year,year_before,")


def test_a_long_table_is_cut_on_the_terminal_and_says_where_the_rest_is(
    alder: Path, fresh_database: Database
) -> None:
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql(
            """INSERT INTO lotline.case_file (id, number, category, phase, open_violations,
                   published, opened_on, parcel_id, parcel_period_id, tie_method, tie_confidence)
               SELECT 100 * n + id, id || '-' || n, '[bold]Trash[/bold]', 'open', 1, true,
                   '2026-02-01', id, id, 'parcel_no', 1
               FROM lotline.parcel_period, generate_series(1, 3) n"""
        )
        connection.exec_driver_sql(
            "UPDATE lotline.parcel_period SET situs_address = '[red]9 Elm' WHERE id = 30"
        )
    told = _run("repeat", "--date", "2026-03-02", "--category", "[bold]Trash[/bold]")
    assert told.exit_code == 0, told.output
    assert "23 more: --format csv --table parcels writes all." in told.stdout
    assert "category [bold]Trash[/bold]" in told.stdout
    assert told.stdout.count("Alder St") + told.stdout.count("Birch Ave") <= 27
    assert list(alder.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["repeat", "--out", "x.txt"], "give --format html, pdf, csv, xlsx, gpkg, geojson, "),
        (["repeat", "--table", "x", "--format", "xml"], "'xml' is not one of 'table', 'html'"),
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
