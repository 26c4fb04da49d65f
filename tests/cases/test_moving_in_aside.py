"""What cannot enter at its true step is set aside with its reason, and the rest comes in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from moved_town import PLACES, Take
from moving_export import AS_OF, Writer

from cases.ledger.checking import unequal
from cases.models import Case, CaseDocument, CaseEvent, Citation, MovingException
from cases.moving_in.placing import NOTE_MOVED_IN


def _changed(**cells: Any) -> Callable[[Writer], None]:
    """Tell the case otherwise."""
    return lambda writer: writer.files["cases"][0].update(cells)


def _part(name: str, **cells: Any) -> Callable[[Writer], None]:
    """Tell the first row of a file otherwise."""
    return lambda writer: writer.files[name][0].update(cells)


def _without(name: str) -> Callable[[Writer], None]:
    """Leave a file out, which nothing else names."""
    return lambda writer: writer.files[name].clear()


def _twice(name: str, key: str) -> Callable[[Writer], None]:
    """Have the first row of a file there once more, under another number."""

    def tell(writer: Writer) -> None:
        (row,) = writer.files[name]
        writer.files[name].append({**row, key: f"{row[key]}-B"})

    return tell


def _lien(status: str) -> Callable[[Writer], None]:
    """Tell of a lien of the order, and of no day it ended on."""
    return lambda writer: writer.add(
        "liens", instrument_no="L-1", case_no=writer.files["cases"][0]["case_no"], status=status,
        recorded_on=AS_OF, ended_on=None, amount="20.00", book=None, page=None, order_no="O0",
    )  # fmt: skip


ASIDE: list[tuple[str, str, Callable[[Writer], None], str, str]] = [
    ("no such parcel", "NOV SERVED", _changed(parcel_no="Z-9", address="9 Elm St"),
     "no_such_parcel", "tied to no parcel"),
    ("no such address", "NOV SERVED", _changed(parcel_no=None, address="9 Elm St"),
     "no_such_address", "tied to no parcel"),
    ("nowhere", "NOV SERVED", _changed(parcel_no=None, address=None), "no_place",
     "no parcel number or address"),
    ("left to a person", "LEGAL DEPT", _changed(), "by_hand", 'leaves "LEGAL DEPT"'),
    ("cited without a citation", "UCV ISSUED", _changed(status="LIEN RECORDED"), "not_borne_out",
     "its parts make it cited, not lien"),
    ("served without a notice", "NOV SERVED", _without("notices"), "not_borne_out",
     "has no warning of it that was served"),
    ("served, not said how", "NOV SERVED", _part("notices", method=None), "no_method", "NOV0"),
    ("closed, not said when", "NO VIOLATION", _changed(closed_on=None), "not_borne_out",
     "no closed_on"),
    ("written to nobody", "NOV SERVED", _changed(respondent_name=None), "no_respondent",
     "does not say to whom"),
    ("a fine beyond its clock", "FINE RUNNING", _part("charges", amount="90000.00"),
     "fine_differs", "$90,000.00 of fine were charged under order O0, which comes to"),
    ("a fine without an affidavit", "FINE RUNNING", _part("orders", affidavit_on=None),
     "no_affidavit", "without an affidavit"),
    ("a decision without an outcome", "FINE RUNNING", _part("hearings", outcome=None),
     "no_outcome", "not said how"),
    ("heard on no day", "FINE RUNNING", _part("hearings", held_on=None), "no_sitting",
     "without a day and a body"),
    ("a citation never to be answered", "UCV ISSUED", _part("citations", answer_by=None),
     "no_answer_day", "to be answered by"),
    ("a citation of nothing", "UCV ISSUED", _part("citations", penalty="0.00"), "no_penalty",
     "UCV0 asks for no penalty"),
    ("cited twice at once", "UCV ISSUED", _twice("citations", "citation_no"), "two_citations",
     "UCV0-B runs for violation 1 beside UCV0"),
    ("a lien that ended on no day", "CLOSED-ORDER", _lien("RELEASED"), "no_end_day",
     "L-1 is released without a day"),
    ("two liens of one order", "LIEN RECORDED", _twice("liens", "instrument_no"), "two_liens",
     "2025-000000-B binds for order O0 beside 2025-000000"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "change", "code", "reason"), [row[1:] for row in ASIDE],
    ids=[row[0] for row in ASIDE],
)  # fmt: skip
def test_a_case_that_cannot_enter_is_set_aside_and_the_rest_comes_in(
    moving_town: sa.Connection,
    take: Take,
    tmp_path: Path,
    status: str,
    change: Callable[[Writer], None],
    code: str,
    reason: str,
) -> None:
    writer = Writer(PLACES)
    writer.case(0, status)
    change(writer)
    writer.case(1, "NOV SERVED")
    number, other = (row["case_no"] for row in writer.files["cases"])
    moved = take(writer.write(tmp_path / "export"))
    (listed,) = moved.set_aside
    assert (listed.number, listed.code) == (number, code)
    assert reason in listed.reason
    assert listed.remedy
    assert moving_town.scalars(sa.select(Case.number)).all() == [other]
    (kept,) = moving_town.execute(sa.select(MovingException.__table__)).all()
    assert (kept.number, kept.line, kept.reason) == (number, listed.line, listed.reason)
    assert sum(each.set_aside.count for each in moved.controls if each.what == "cases") == 1


def test_a_case_without_a_parcel_number_is_found_by_its_address(
    moving_town: sa.Connection, take: Take, tmp_path: Path
) -> None:
    writer = Writer(PLACES)
    writer.case(0, "NOV SERVED", parcel_no=None, address="103 Alder Street")
    moved = take(writer.write(tmp_path / "export"))
    assert moved.set_aside == ()
    assert moving_town.scalars(sa.select(Case.tie_method)).all() == ["address"]


def test_a_number_that_is_one_of_our_own_is_not_taken(
    moving_town: sa.Connection, take: Take, tmp_path: Path
) -> None:
    writer = Writer(PLACES)
    writer.case(0, "NOV SERVED")
    (row,) = writer.files["cases"]
    moving_town.exec_driver_sql(
        "INSERT INTO lotline.case_file (number, category, phase, published, tie_method, "
        "tie_confidence) VALUES (%s, 'High grass', 'reported', false, 'none', 0)",
        (row["case_no"],),
    )
    moved = take(writer.write(tmp_path / "export"))
    assert [each.code for each in moved.set_aside] == ["number_taken"]
    assert moved.new == 0


def test_what_bears_a_number_on_record_is_not_taken(
    moving_town: sa.Connection, take: Take, tmp_path: Path
) -> None:
    """A lien of the same instrument, and a citation and an order that changed cases since."""
    writer = Writer(PLACES)
    for at, status in enumerate(("LIEN RECORDED", "UCV ISSUED", "FINE RUNNING")):
        writer.case(at, status)
    moving_town.exec_driver_sql(
        "INSERT INTO lotline.lien (parcel_id, instrument_no, amount_cents, status) "
        "SELECT id, '2025-000000', 5000, 'recorded' FROM lotline.parcel LIMIT 1"
    )
    moved = take(writer.write(tmp_path / "one"))
    ((lien,), lien_case) = moved.set_aside, writer.files["cases"][0]["case_no"]
    assert (lien.file, lien.line, lien.number, lien.code) == (
        "liens.csv", 2, lien_case, "number_taken",
    )  # fmt: skip
    assert lien.reason == "Instrument 2025-000000 is on record of no case already"
    assert moved.new == 2

    later = Writer(PLACES)
    for at, status in ((4, "UCV ISSUED"), (5, "FINE RUNNING")):
        later.case(at, status)
    _number_anew(later, {"UCV4": "UCV1", "O5": "O2"})
    told = {each.number: each for each in take(later.write(tmp_path / "two")).set_aside}
    cited, ordered = (told[row["case_no"]] for row in later.files["cases"])
    owners = [row["case_no"] for row in writer.files["cases"][1:]]
    assert [each.reason for each in (cited, ordered)] == [
        f"Citation UCV1 is on record of case {owners[0]} already",
        f"Order O2 is on record of case {owners[1]} already",
    ]


def _number_anew(writer: Writer, numbers: dict[str, str]) -> None:
    """Give citations and orders other numbers, wherever an export names them."""
    for rows in writer.files.values():
        for row in rows:
            row |= {key: numbers[value] for key, value in row.items() if value in numbers}


def test_numbers_that_two_cases_exchange_go_with_them(
    moving_town: sa.Connection, take: Take, tmp_path: Path
) -> None:
    writer = Writer(PLACES)
    for at in (0, 1):
        writer.case(at, "UCV ISSUED")
    take(writer.write(tmp_path / "one"))
    _number_anew(writer, {"UCV0": "UCV1", "UCV1": "UCV0"})
    moved = take(writer.write(tmp_path / "two"))
    assert (moved.changed, moved.set_aside) == (2, ())
    query = sa.select(Case.number, Citation.number).join(Case, Case.id == Citation.case_id)
    of = {number: case_no for case_no, number in moving_town.execute(query)}
    assert [of["UCV1"], of["UCV0"]] == [row["case_no"] for row in writer.files["cases"]]
    assert list(unequal(moving_town)) == []


def test_the_list_is_settled_by_the_next_export(
    moving_town: sa.Connection, take: Take, tmp_path: Path
) -> None:
    writer = Writer(PLACES)
    writer.case(0, "NOV SERVED", parcel_no="Z-9", address=None)
    assert [each.code for each in take(writer.write(tmp_path / "one")).set_aside] == [
        "no_such_parcel"
    ]
    writer.files["cases"][0]["parcel_no"] = "A-2"
    moved = take(writer.write(tmp_path / "two"))
    assert (moved.new, moved.set_aside) == (1, ())
    assert moving_town.scalars(sa.select(MovingException.id)).all() == []


def test_a_case_that_a_later_export_leaves_out_stays_and_is_told(
    moving_town: sa.Connection, take: Take, tmp_path: Path
) -> None:
    writer = Writer(PLACES)
    writer.case(0, "NOV SERVED")
    take(writer.write(tmp_path / "one"))
    other = Writer(PLACES)
    other.case(1, "NOV SERVED")
    moved = take(other.write(tmp_path / "two"))
    assert [each.code for each in moved.set_aside] == ["vanished"]
    assert len(moving_town.scalars(sa.select(Case.id)).all()) == 2


def test_a_document_of_no_kind_we_take_is_set_aside_and_its_case_is_not(
    moving_town: sa.Connection, take: Take, tmp_path: Path
) -> None:
    writer = Writer(PLACES)
    writer.case(0, "NOV SERVED")
    name = writer.files["documents"][0]["file"]
    writer.papers[name] = b"<html>not a letter</html>"
    writer.files["documents"][0]["sha256"] = None
    moved = take(writer.write(tmp_path / "export"))
    assert [each.code for each in moved.set_aside] == ["document_refused"]
    assert moved.new == 1
    assert moving_town.scalars(sa.select(CaseDocument.id)).all() == []


def test_papers_and_notes_that_an_export_tells_otherwise_stay_and_are_named_each_time(
    moving_town: sa.Connection, take: Take, tmp_path: Path
) -> None:
    writer = Writer(PLACES)
    for at in (0, 15, 30, 45, 60):
        writer.case(at, "NOV SERVED")
    assert take(writer.write(tmp_path / "one")).set_aside == ()
    kept = _papers(moving_town)
    first, second, third, _, fifth = (row["case_no"] for row in writer.files["cases"])
    documents, notes = writer.files["documents"], writer.files["notes"]
    writer.papers[documents[0]["file"]] += b"% scanned anew"
    documents[0]["sha256"] = None
    documents[1]["title"] = "Letter of the owner"
    documents[2]["case_no"] = first  # from a case that is set aside now
    writer.files["cases"][2]["status"] = "LEGAL DEPT"
    gone = documents.pop(3)
    documents[3]["case_no"] = third  # to that one
    notes[0]["text"] = "Spoke with the owner"
    del notes[1]
    later = writer.write(tmp_path / "two")
    told = [each for each in take(later).set_aside if each.code != "by_hand"]
    assert [(each.file, each.line, each.number, each.code) for each in told] == [
        ("documents.csv", 2, first, "document_changed"),
        ("documents.csv", 4, first, "document_changed"),
        ("documents.csv", 3, second, "document_changed"),
        ("documents.csv", 1, gone["case_no"], "document_gone"),
        ("documents.csv", 5, fifth, "document_changed"),
        ("notes.csv", 2, first, "note_changed"),
        ("notes.csv", 1, second, "note_gone"),
    ]
    assert [each.reason for each in told][:5] == [
        "D0 is another file than the one that came in",
        f"D30 hangs on case {third}",
        f"D15 came in as correspondence of {documents[1]['added_on']}, titled Letter of {second}",
        f"Letter of {gone['case_no']} came in before, and the export does not have it",
        f"D60 stands on case {third} in the export",
    ]
    assert _papers(moving_town) == kept
    again = take(later)
    assert [each for each in again.set_aside if each.code != "by_hand"] == told
    assert _papers(moving_town) == kept


def _papers(connection: sa.Connection) -> list[Any]:
    """Return the documents and the notes of all cases."""
    documents = sa.select(CaseDocument.__table__).order_by(CaseDocument.id)
    notes = sa.select(CaseEvent.__table__).where(CaseEvent.kind == NOTE_MOVED_IN)
    return [connection.execute(each).all() for each in (documents, notes.order_by(CaseEvent.id))]
