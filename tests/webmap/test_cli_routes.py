import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from due_town import add_case, lay_out
from grid_town import build_grid

from geo.database import Database, open_database
from reports.errors import UnknownNameError
from reports.routes.errors import RoutePlanError
from reports.routes.search import Watch
from webmap.cli import main, routes_watch
from webmap.cli.routes import routes

ON_GRID = ["--date", "2026-03-02", "--start", "-71.1,42.37", "--iterations", "50"]


@pytest.fixture
def home(fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with streets, and the settings that name it and a town with one due case."""
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
    for key in ("app", "owner", "public"):
        name = "DATABASE_URL" if key == "app" else f"DATABASE_URL_{key.upper()}"
        monkeypatch.setenv(name, getattr(fresh_database, f"{key}_url"))
    monkeypatch.setenv("LOTLINE_HOME", str(tmp_path))
    build_grid(tmp_path)
    return tmp_path


def test_a_plan_is_written_and_told_in_a_sentence(home: Path) -> None:
    told = _run("plan", *ON_GRID, "--zone", "4", "--out", str(home / "monday"))
    assert told.exit_code == 0
    assert "1 stop on 2026-03-02, 08:00 to" in told.output
    assert " mi of driving" in told.output
    assert "middle of the due cases" not in told.output
    route = json.loads((home / "monday" / "plan.geojson").read_text(encoding="utf-8"))
    assert (home / "monday" / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert (home / "monday" / "plan.ics").read_text(encoding="utf-8").count("BEGIN:VEVENT") == 1
    assert route["properties"]["estimated"] is False
    assert [feature["properties"]["role"] for feature in route["features"]] == [
        "depot",
        "leg",
        "stop",
        "leg",
        "depot",
    ]


def test_a_plan_is_written_though_nobody_keeps_the_database_running(
    upgraded_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "DATABASE_URL_OWNER", "DATABASE_URL_PUBLIC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOTLINE_HOME", str(upgraded_home))
    with open_database(upgraded_home, os.environ) as town, town.owner.begin() as connection:
        lay_out(connection)
    build_grid(upgraded_home)
    told = _run("plan", *ON_GRID, "--zone", "4", "--out", str(upgraded_home / "monday"))
    assert told.exit_code == 0, told.output
    assert (upgraded_home / "monday" / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_ctrl_c_keeps_the_best_plan_so_far(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def interrupted(*, stops: int) -> Iterator[Watch]:
        with routes_watch.searching(stops=stops) as watch:
            signal.raise_signal(signal.SIGINT)
            yield watch

    monkeypatch.setattr("webmap.cli.routes.searching", interrupted)
    out = str(home / "monday")
    told = _run("plan", *ON_GRID[:4], "--seconds", "60", "--json", "--out", out)
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["stops_planned"] == 1
    assert routes_watch.STOPPED in told.stderr
    assert (home / "monday" / "plan.json").is_file()


def test_without_a_folder_the_plan_goes_into_the_home_under_its_day_and_zone(home: Path) -> None:
    _run("plan", *ON_GRID)
    assert (home / "plans" / "2026-03-02-town" / "plan.geojson").is_file()


def test_a_zone_by_its_name_is_the_zone_of_its_code(home: Path) -> None:
    assert "1 stop on" in _run("plan", *ON_GRID, "--zone", "north").output
    assert (home / "plans" / "2026-03-02-4" / "plan.geojson").is_file()


def test_without_a_start_the_route_begins_amid_the_cases(home: Path) -> None:
    told = _run("plan", "--date", "2026-03-02", "--seconds", "0.1", "--out", str(home))
    assert "in the middle of the due cases; give --start LON,LAT" in told.output
    route = json.loads((home / "plan.geojson").read_text(encoding="utf-8"))
    assert route["features"][0]["properties"]["label"] == "Middle of the due cases"


@pytest.mark.usefixtures("home")
def test_what_is_left_out_is_told_with_the_reason(fresh_database: Database) -> None:
    with fresh_database.owner.begin() as connection:
        add_case(connection, "another")
    told = _run("plan", *ON_GRID, "--max-stops", "1")
    assert (
        "Left for another day: 1 stop; each finds every day full of as many stops as are allowed."
        in told.output
    )


def test_without_streets_the_plan_says_that_it_is_an_estimate(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOTLINE_HOME", str(home / "bare"))
    told = _run("plan", *ON_GRID)
    assert "straight-line estimate" in told.stdout
    assert "lotline import streets" in told.stderr


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--shift", "9-5"], "give its start and end as in 08:00-16:30"),
        (["--shift", "16:30-08:00"], "give its start and end as in 08:00-16:30"),
        (["--start", "42.37"], "give longitude,latitude"),
        (["--start", "-71.1,420"], "give longitude,latitude"),
        (["--start", "nan,nan"], "give longitude,latitude"),
        (["--date", "tomorrow"], "tomorrow"),
        (["--seconds", "inf"], "'inf' is no number"),
    ],
)
def test_wrong_words_are_refused_before_anything_is_opened(words: list[str], fault: str) -> None:
    told = _run("plan", *words)
    assert told.exit_code == 2
    assert fault in told.output


def test_a_folder_that_cannot_be_written_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "taken").touch()
    out = str(home / "taken" / "monday")
    monkeypatch.setattr("sys.argv", ["lotline", "routes", "plan", *ON_GRID, "--out", out])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert capsys.readouterr().err.endswith(f"Error: {out}: Not a directory.\n")


@pytest.mark.usefixtures("home")
def test_an_unknown_zone_and_an_idle_day_are_named() -> None:
    for words, fault, error in (
        (["--zone", "99"], r"no officer's zone '99'. The zones are: 4 \(North\)", UnknownNameError),
        (["--date", "2026-03-01"], "No case is due", RoutePlanError),
    ):
        with pytest.raises(error, match=fault):
            CliRunner().invoke(routes, ["plan", *words], catch_exceptions=False)


def _run(*words: str) -> Result:
    return CliRunner().invoke(routes, words)
