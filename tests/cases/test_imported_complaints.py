"""Complaints from a file go on as before beside those received here."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk import CLERK, OFFICER, day
from reported import complaint, received, told_of
from small_town import import_cases, lay_out, violation

from cases.adopted import NoLawError, adopt
from cases.advancing import GuardError
from cases.answering import Told, close_complaint
from cases.history import faults
from cases.intake import accept
from cases.lawpack.reading import DEFAULT
from cases.linking import link_to_complaint
from cases.models import Complaint
from cases.story import events_of_complaint, told


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    lay_out(connection)
    import_cases(
        connection,
        tmp_path,
        violation(complaint_no="R-1", complaint_received_on="2026-05-30"),
        violation(case_no="C-2", parcel_no="A-2", status="unfounded", complaint_no="R-2"),
    )
    return connection


@pytest.fixture
def imported(town: sa.Connection) -> dict[str, int]:
    return {row.number: row.id for row in town.execute(sa.select(Complaint.number, Complaint.id))}


def test_one_whose_case_found_nothing_is_closed_like_any_other(
    town: sa.Connection, imported: dict[str, int]
) -> None:
    asked = {"told": Told.NOBODY, "told_on": date(2026, 6, 4), "actor": CLERK, "moment": day(6, 4)}
    with pytest.raises(GuardError, match="its case has ended"):
        close_complaint(town, complaint_id=imported["R-1"], **asked)  # type: ignore[arg-type]
    close_complaint(town, complaint_id=imported["R-2"], **asked)  # type: ignore[arg-type]
    assert complaint(town, imported["R-2"]).status == "closed"
    (line,) = told(town.execute(events_of_complaint(imported["R-2"])).all(), law=None)
    assert "its maker was told on June 4, 2026 (nobody)" in line.text
    assert list(faults(town)) == []


def test_one_under_no_law_of_ours_is_not_decided_anew(
    town: sa.Connection, imported: dict[str, int]
) -> None:
    with pytest.raises(NoLawError, match="Complaint R-1 came from another system"):
        accept(town, complaint_id=imported["R-1"], actor=OFFICER, moment=day(6, 4))


def test_a_new_one_about_the_same_matter_is_linked_to_it_and_its_case_is_told(
    town: sa.Connection, imported: dict[str, int]
) -> None:
    new = received(town, adopt(town, DEFAULT, on=date(2026, 1, 1)))
    found = complaint(town, new).screening[-1]["value"]
    assert found == ["C-1"]  # R-1 says nowhere itself: the case it feeds does
    link_to_complaint(
        town, complaint_id=new, earlier_id=imported["R-1"], actor=CLERK, moment=day(6, 4)
    )
    assert complaint(town, new).case_id == complaint(town, imported["R-1"]).case_id
    assert told_of(town, new) == ["complaint_received", "complaint_linked"]


def test_one_received_here_is_never_overwritten_by_a_file(
    town: sa.Connection, tmp_path: Path
) -> None:
    new = received(town, adopt(town, DEFAULT, on=date(2026, 1, 1)))
    rows = [
        violation(complaint_no="CP-2026-00001"),
        violation(case_no="C-3", parcel_no="A-3", complaint_no="R-3"),
    ]
    outcome = import_cases(town, tmp_path, *rows)
    assert outcome.rejected_by_code == {"kept_here": 1}
    assert complaint(town, new).import_run_id is None
    assert town.scalar(sa.select(Complaint.status).where(Complaint.number == "R-3")) == "accepted"
