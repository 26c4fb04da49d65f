"""lotline import moving-in: a dry run keeps nothing, a fault has its place, the move is ended."""

import csv
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from moving_export import export
from small_town import lay_out

from cases.models import Case
from geo.database import Database
from webmap.cli.imports import import_
from webmap.cli.law import law

PLACES = [(f"A-{n}", f"{100 + n} Alder St") for n in range(1, 7)]


@pytest.fixture
def town(fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The small town, which the command line is told of by its URLs."""
    monkeypatch.setenv("LOTLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATABASE_URL", fresh_database.app_url)
    monkeypatch.setenv("DATABASE_URL_OWNER", fresh_database.owner_url)
    monkeypatch.setenv("DATABASE_URL_PUBLIC", fresh_database.public_url)
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
    return fresh_database


def _run(*words: object) -> Result:
    return CliRunner().invoke(import_, ["moving-in", *map(str, words)])


def _cases(database: Database) -> int:
    with database.owner.connect() as connection:
        return connection.scalars(sa.select(sa.func.count()).select_from(Case)).one()


def test_a_town_moves_in_and_ends_the_move(town: Database, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    export(folder, PLACES, count=16)
    lawless = _run(folder)
    assert lawless.exit_code == 1
    assert "lotline law adopt" in str(lawless.exception)
    adopted = CliRunner().invoke(law, ["adopt"])
    assert "florida-town 2026.1 is in force for cases opened from" in adopted.output

    dry = _run(folder, "--dry-run")
    assert "(dry run: nothing kept)" in dry.output
    assert "15 new cases" in dry.output
    assert _cases(town) == 0
    assert not any((tmp_path / "home" / name).exists() for name in ("documents", "imports"))
    beside = tmp_path / "beside.csv"
    assert f"To settle: {beside}" in _run(folder, "--dry-run", "--exceptions", beside).output
    assert "by_hand" in beside.read_text(encoding="utf-8")

    listed = tmp_path / "aside.csv"
    told = _run(folder, "--exceptions", listed)
    assert told.exit_code == 0, told.exception
    assert _cases(town) == 15
    assert [line.split() for line in told.output.splitlines() if line.startswith("balance")] == [
        ["balance", *["$4,003.17"] * 2, *["$0.00"] * 3]
    ]
    with listed.open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["file"], row["line"], row["code"]) == ("cases.csv", "17", "by_hand")

    over = _run(folder, "--cut-over")
    assert "15 unchanged" in over.output
    assert "The cut-over from CodeTrak is made" in over.output
    again = _run(folder)
    assert again.exit_code == 1
    assert "no export is taken in any more" in str(again.exception)


def test_a_corrupted_export_is_refused_with_its_place_and_nothing_is_kept(
    town: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    export(folder, PLACES, count=16)
    CliRunner().invoke(law, ["adopt"])
    path = folder / "cases.csv"
    path.write_text(path.read_text().replace("NOV MAILED", "NOV LOST"))
    refused = _run(folder)
    assert refused.exit_code == 1
    assert (
        'cases.csv, line 4, column STATUS: "NOV LOST" is not in mapping/cases.status.csv. '
        "Add the line NOV LOST,... to mapping/cases.status.csv; ours may be: by_hand, cited,"
    ) in str(refused.exception)
    assert _cases(town) == 0
