"""What a file says of a case in its own words: how far it went, days, notes, what looks odd."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from small_town import import_cases, lay_out, violation

from cases.models import Case, CaseEvent, Complaint, Violation
from geo.layers import Town
from geo.loading.mapping import Mapping


@pytest.fixture
def town(connection: sa.Connection) -> sa.Connection:
    lay_out(connection)
    return connection


def _case(connection: sa.Connection, number: str = "C-1") -> Any:
    return connection.execute(sa.select(Case).where(Case.number == number)).one()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"status": "cited"}, ("cited", 1)),
        ({"status": "open", "case_status": "legal"}, ("legal", 1)),
        ({"status": "hearing", "case_status": "cited"}, ("hearing", 1)),
        ({"status": "lien"}, ("ordered", 1)),
        ({"status": "closed", "case_status": "legal"}, ("closed", 0)),
        ({"status": "unfounded"}, ("unfounded", 0)),
        ({"status": "alleged"}, ("reported", 0)),
    ],
)
def test_the_words_of_a_file_say_how_far_an_open_case_went(
    town: sa.Connection, tmp_path: Path, words: dict[str, str], expected: tuple[str, int]
) -> None:
    import_cases(town, tmp_path, violation(**words))
    case = _case(town)
    assert (case.phase, case.open_violations) == expected
    assert case.published == (case.phase not in {"unfounded", "reported"})


def test_an_unknown_day_is_unknown_and_the_sources_words_are_kept(
    town: sa.Connection, tmp_path: Path
) -> None:
    mapping = Mapping.model_validate(
        {
            "kind": "cases",
            "columns": {name: name for name in (*violation(), "complaint_no", "case_status")},
            "values": {"status": {"Active": "open"}, "case_status": {"*": "legal"}},
            "unknown": {"dates": ["1900-01-01"]},
        }
    )
    row = violation(
        status="Active", case_status="With counsel", comply_by="1900-01-01", complaint_no="R-1"
    )
    import_cases(town, tmp_path, row, mapping=mapping)
    assert _case(town).next_due is None
    query = sa.select(Violation.status, Violation.source_status, Violation.comply_by)
    assert town.execute(query).one() == ("open", "Active", None)
    assert town.scalar(sa.select(Complaint.source_status)) == "With counsel"


@pytest.mark.parametrize("day", ["1900-01-01", "1/1/1900", "1900-12-31", "0407-01-01"])
@pytest.mark.parametrize("mapped", [False, True])
def test_a_day_before_1901_is_unknown_whatever_the_mapping(
    town: sa.Connection, tmp_path: Path, day: str, *, mapped: bool
) -> None:
    row = violation(comply_by=day, opened_on=day)
    mapping = Mapping(kind="cases", columns={name: name for name in row})
    import_cases(town, tmp_path, row, mapping=mapping if mapped else None)
    assert (_case(town).next_due, _case(town).opened_on) == (None, date(2026, 6, 1))


def test_the_note_of_a_case_file_joins_what_the_town_says(
    town: sa.Connection, tmp_path: Path
) -> None:
    town.execute(sa.update(Town).values(note="Lots as of 2026."))
    mapping = Mapping.model_validate(
        {
            "kind": "cases",
            "columns": {name: name for name in violation()},
            "town": {"note": "Made up.", "timezone": "America/Chicago"},
        }
    )
    for _ in range(2):
        import_cases(town, tmp_path, violation(), mapping=mapping)
        said = town.execute(sa.select(Town.name, Town.note, Town.timezone)).one()
        assert said == ("Smallville", "Lots as of 2026.\nMade up.", "America/Chicago")


def test_what_looks_odd_is_kept_and_named_in_the_history(
    town: sa.Connection, tmp_path: Path
) -> None:
    import_cases(
        town,
        tmp_path,
        violation(
            status="closed",
            comply_by="2026-05-01",
            complaint_no="R-1",
            complaint_received_on="2026-06-03",
            complaint_closed_on="2026-06-02",
        ),
    )
    assert town.scalar(sa.select(CaseEvent.details["odd"])) == [
        "complaint closed before it was received",
        "deadline before the violation was found",
        "violation found before the complaint",
    ]
    assert town.scalar(sa.select(Complaint.closed_on)) == date(2026, 6, 2)


def test_the_import_says_how_many_cases_hold_dates_that_cannot_be(
    town: sa.Connection, tmp_path: Path
) -> None:
    early = {"comply_by": "2026-05-01"}
    rows = [
        violation(**early),
        violation(**early),
        violation(case_no="C-2", found_on="", opened_on="2026-05-02", **early),
        violation(case_no="C-3", parcel_no="A-3"),
        violation(case_no="C-4", parcel_no="Z-9", **early),
    ]
    for _ in range(2):
        outcome = import_cases(town, tmp_path, *rows)
        assert outcome.notes[-1] == (
            "2 cases hold dates that cannot be (deadline before the violation was found: 1, "
            "deadline before the case was opened: 1); they are kept as the file has them, and "
            "each case's history names its own."
        )
    assert "0 new cases, 0 changed." in outcome.notes
    good = import_cases(town, tmp_path, violation(case_no="C-3", parcel_no="A-3"))
    assert not any("cannot be" in note for note in good.notes)
