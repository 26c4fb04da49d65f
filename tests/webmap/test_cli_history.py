"""Telling of a case and auditing every history on the command line."""

import os
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_town import import_cases, lay_out, violation

from geo.database import Database
from webmap.cli.audit import audit
from webmap.cli.case import case


@pytest.fixture
def environ(fresh_database: Database, tmp_path: Path) -> dict[str, str]:
    with fresh_database.owner.begin() as connection:
        lay_out(connection)
        import_cases(connection, tmp_path, violation())
    return {
        **os.environ,
        "LOTLINE_HOME": str(tmp_path),
        "DATABASE_URL": fresh_database.app_url,
        "DATABASE_URL_OWNER": fresh_database.owner_url,
        "DATABASE_URL_PUBLIC": fresh_database.public_url,
    }


def _run(environ: dict[str, str], group: object, *words: str) -> Result:
    return CliRunner().invoke(group, list(words), env=environ)  # type: ignore[arg-type]


def test_a_cases_life_is_told(environ: dict[str, str]) -> None:
    told = _run(environ, case, "story", "C-1")
    assert told.exit_code == 0
    assert told.output.splitlines()[0] == "C-1  High grass  (open)"
    line = told.output.splitlines()[1]
    assert line.startswith("2026-06-01    The case was taken over from another system")


def test_an_unknown_case_is_said(environ: dict[str, str]) -> None:
    told = _run(environ, case, "story", "C-9")
    assert told.exit_code == 1
    assert "There is no case numbered C-9" in str(told.exception)


def test_a_root_is_written_and_what_is_cut_away_after_it_is_found(
    environ: dict[str, str], fresh_database: Database, tmp_path: Path
) -> None:
    anchor = tmp_path / f"root-{date(2026, 6, 1)}.txt"
    written = _run(environ, audit, "root", "--out", str(anchor))
    assert written.exit_code == 0
    assert written.output.startswith("root ")
    whole = _run(environ, audit, "verify", "--root", str(anchor))
    assert (whole.exit_code, whole.output) == (0, "Every history is as it was written.\n")
    with fresh_database.owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE lotline.case_event DISABLE TRIGGER USER")
        connection.exec_driver_sql("DELETE FROM lotline.case_event")
    assert _run(environ, audit, "verify").exit_code == 0
    cut = _run(environ, audit, "verify", "--root", str(anchor))
    assert cut.exit_code == 1
    assert "its history had 1 events when the root was written" in cut.output
