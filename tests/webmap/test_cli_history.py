"""Telling of a case and auditing every history on the command line."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_town import import_cases, lay_out, violation

from cases.actors import Actor, Moment
from cases.adopted import adopt
from cases.intake import accept
from cases.lawpack.reading import DEFAULT
from cases.receiving import Report, receive
from cases.reporters import Identity
from cases.screening import Channel
from cases.workflow.roles import Role
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
    assert line.startswith("June 1, 2026        The case was taken over from another system")


def test_a_case_tells_the_complaints_that_fed_it_and_a_complaint_its_own_life(
    environ: dict[str, str], fresh_database: Database
) -> None:
    june = datetime(2026, 6, 2, 12, tzinfo=UTC)
    asked = {"actor": Actor("J. Okafor", Role.CLERK), "moment": Moment(on=june.date(), now=june)}
    report = Report(channel=Channel.WALK_IN, category="High grass", parcel_no="A-1")
    who = Identity(name="Odalys Ferrer", address="77 Quince Ct", told_public_record=True)
    with fresh_database.app.begin() as connection:
        law = adopt(connection, DEFAULT, on=june.date())
        call = receive(connection, report=report, reporter=who, law_pack_id=law, **asked)
        accept(connection, complaint_id=call, **asked)
    told = _run(environ, case, "story", "CE-2026-00001").output
    assert told.splitlines()[1] == (
        "Fed by complaint CP-2026-00001  (walk in, received June 2, 2026, accepted)"
    )
    accepted = (
        "Complaint CP-2026-00001 (walk in, received on June 2, 2026) was accepted into case "
        "CE-2026-00001: The reporter gave a name and an address. [s. 162.06(1)(b), Florida "
        "Statutes] - J. Okafor"
    )
    assert accepted in told
    own = _run(environ, case, "story", "CP-2026-00001").output.splitlines()
    assert own[0] == "CP-2026-00001  High grass  (complaint, accepted)"
    assert own[1].endswith("received on June 2, 2026) came in: High grass. - J. Okafor")
    assert own[2].endswith(accepted)
    assert not [word for word in ("Odalys", "Quince", "not kept") if word in told + " ".join(own)]


def test_an_imported_complaint_is_told_with_its_case(
    environ: dict[str, str], fresh_database: Database, tmp_path: Path
) -> None:
    with fresh_database.owner.begin() as connection:
        import_cases(connection, tmp_path, violation(case_no="C-2", complaint_no="R-7"))
    told = _run(environ, case, "story", "C-2").output.splitlines()
    assert told[1] == "Fed by complaint R-7  (channel unknown, received day unknown, accepted)"


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
