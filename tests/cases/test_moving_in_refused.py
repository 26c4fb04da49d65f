"""A corrupted export is refused with what and where, and what to do; nothing of it is kept."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from moved_town import Take, change, tables

from cases.moving_in.errors import Fault, RefusedExportError

type Corrupt = Callable[[Path], object]


def _lines(folder: Path, name: str) -> list[str]:
    return (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)


def _replace(name: str, number: int, old: str, new: str) -> Corrupt:
    """Change something in one line of a file."""

    def corrupt(folder: Path) -> None:
        lines = _lines(folder, name)
        assert old in lines[number - 1], lines[number - 1]
        lines[number - 1] = lines[number - 1].replace(old, new, 1)
        (folder / name).write_text("".join(lines), encoding="utf-8")

    return corrupt


def _set(name: str, number: int, column: str, value: str) -> Corrupt:
    """Give one cell of a file another value."""

    def corrupt(folder: Path) -> None:
        with (folder / name).open(newline="", encoding="utf-8") as file:
            lines = list(csv.reader(file))
        lines[number - 1][lines[0].index(column)] = value
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(lines)

    return corrupt


def _case_twice(folder: Path) -> None:
    lines = _lines(folder, "cases.csv")
    (folder / "cases.csv").write_text("".join([*lines, lines[2]]), encoding="utf-8")


def _cut(name: str, *, keep: int) -> Corrupt:
    """Cut a file off behind so many of its bytes."""

    def corrupt(folder: Path) -> None:
        path = folder / name
        path.write_bytes(path.read_bytes()[:keep])

    return corrupt


def _lines_cut(name: str, *, by: int) -> Corrupt:
    def corrupt(folder: Path) -> None:
        path = folder / name
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[:-by]))

    return corrupt


def _wrong_bytes(folder: Path) -> None:
    change(folder / "mapping" / "system.toml", 'encoding = "cp1252"', 'encoding = "utf-8"')
    path = folder / "notes.csv"
    path.write_bytes(path.read_bytes().replace(b"gate", b"g\xe4te", 1))


def _binary(folder: Path) -> None:
    path = folder / "payments.csv"
    path.write_bytes(path.read_bytes()[:100] + b"\0\0" + path.read_bytes()[100:])


def _spoil(folder: Path) -> None:
    path = min((folder / "files").glob("*-00000.pdf"))
    path.write_bytes(path.read_bytes() + b"%")


def _document_gone(folder: Path) -> None:
    min((folder / "files").glob("*-00000.pdf")).unlink()


CORRUPTED: list[tuple[str, Corrupt, tuple[str, int, str], str, str]] = [
    ("a file gone", lambda folder: (folder / "violations.csv").unlink(),
     ("violations.csv", 0, ""), "is missing", "Export it"),
    ("a column gone", _replace("orders.csv", 1, "per_day", "rate"),
     ("orders.csv", 1, "per_day"), "this column is missing", "[columns.orders]"),
    ("a column of theirs gone", _replace("cases.csv", 1, "STARTED", "BEGUN"),
     ("cases.csv", 1, "STARTED"), "this column is missing", "[columns.cases]"),
    ("no date", _set("violations.csv", 4, "OBSERVED", "31/31/2024"),
     ("violations.csv", 4, "OBSERVED"), "is no date", "10/31/2026"),
    ("a day to come", _set("notices.csv", 2, "issued_on", "12/01/2031"),
     ("notices.csv", 2, "issued_on"), "lies after 2025-06-30", "as_of"),
    ("an empty cell", _set("cases.csv", 3, "STARTED", ""),
     ("cases.csv", 3, "STARTED"), "is empty", "Fill it in"),
    ("no amount", _set("charges.csv", 3, "amount", "1O.05"),
     ("charges.csv", 3, "amount"), "is no amount in dollars and cents", "1250.00"),
    ("an unknown status", _set("cases.csv", 2, "STATUS", "COMPLAINT"),
     ("cases.csv", 2, "STATUS"), "is not in mapping/cases.status.csv", "Add the line COMPLAINT,"),
    ("an unknown code", _set("violations.csv", 2, "VIOL_CODE", "WEEDS"),
     ("violations.csv", 2, "VIOL_CODE"), "is not in mapping/violations.code.csv", "30-36(a)"),
    ("a payment of a case not there", _set("payments.csv", 2, "case_no", "CE24-99999"),
     ("payments.csv", 2, "case_no"), "is no case of cases.csv", "Export that case too"),
    ("an order of no hearing", _set("orders.csv", 2, "hearing_no", "H999"),
     ("orders.csv", 2, "hearing_no"), "is nothing of case", "Export that too"),
    ("a fine of no order", _set("charges.csv", 4, "for_no", "O999"),
     ("charges.csv", 4, "for_no"), "by whose clock it runs", "Give its order_no"),
    ("a case twice", _case_twice,
     ("cases.csv", 66, "CASE_NO"), "stands in line 3 already", "Take one of the two out"),
    ("an end before its beginning", _set("cases.csv", 13, "CLOSED", "01/01/2020"),
     ("cases.csv", 13, "CLOSED"), "lies before opened_on", "Mend it"),
    ("a balance that differs", _set("charges.csv", 2, "amount", "250.01"),
     ("cases.csv", 7, "BAL_DUE"), "differs by -$0.01", "anew at one moment"),
    ("a total that differs", _set("totals.csv", 2, "count", "65"),
     ("totals.csv", 2, "count"), "differs by 1 from the files, which come to 64", "cut off"),
    ("a total of liens that differs", _set("totals.csv", 30, "amount", "8074.10"),
     ("totals.csv", 30, "amount"), "differs by $0.10", "totals.csv is of another moment"),
    ("a total left out", _replace("totals.csv", 30, "liens,FILED,4,8074.00", ""),
     ("totals.csv", 0, ""), "has no line of liens filed", "the old system's own report"),
    ("the wrong encoding", _wrong_bytes,
     ("notes.csv", 2, ""), "is a byte that no utf-8 text has there", 'encoding = "cp1252"'),
    ("binary data", _binary, ("payments.csv", 0, ""), "binary data", "Export the file again"),
    ("a line cut off", _cut("violations.csv", keep=300),
     ("violations.csv", 6, ""), "cells where the first line names 7 columns", "cut off"),
    ("lines cut off", _lines_cut("notes.csv", by=4),
     ("totals.csv", 12, "count"), "differs by 4 from the files", "A file was cut off"),
    ("a quote left open", _replace("notes.csv", 3, "Spoke", '"Spoke'),
     ("notes.csv", 3, ""), "cannot be taken apart", "cut off"),
    ("a document gone", _document_gone,
     ("documents.csv", 2, "file"), "is not in the folder files/", "Copy it there"),
    ("a document changed", _spoil,
     ("documents.csv", 2, "sha256"), "is not that of the file", "Copy the file again"),
    ("a document elsewhere", _set("documents.csv", 2, "file", "../cases.csv"),
     ("documents.csv", 2, "file"), "lies outside", "Copy it there"),
    ("a mapping to nothing", _replace("mapping/cases.status.csv", 3, "verified", "verifed"),
     ("mapping/cases.status.csv", 3, "ours"), "is not known here", "It may be one of"),
    ("no mapping", lambda folder: (folder / "mapping" / "system.toml").unlink(),
     ("mapping/system.toml", 0, ""), "cannot be read", "as_of"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("corrupt", "where", "why", "remedy"),
    [row[1:] for row in CORRUPTED],
    ids=[row[0] for row in CORRUPTED],
)
def test_a_corrupted_export_is_refused_with_what_and_where(
    moving_town: sa.Connection,
    take: Take,
    folder: Path,
    corrupt: Corrupt,
    where: tuple[str, int, str],
    why: str,
    remedy: str,
) -> None:
    corrupt(folder)
    before = tables(moving_town)
    with pytest.raises(RefusedExportError) as refused:
        take(folder)
    assert tables(moving_town) == before
    faults = refused.value.faults
    file, line, column = where
    fits = [
        each for each in faults
        if each.file == file and line in (0, each.line) and column in ("", each.column)
        and why in each.why and remedy in each.remedy
    ]  # fmt: skip
    assert fits, [each.text for each in faults]
    assert f"{len(faults):,} fault" in str(refused.value)
    assert "Nothing was changed" in str(refused.value)


def test_an_export_older_than_the_last_is_refused(take: Take, folder: Path) -> None:
    take(folder)
    change(folder / "mapping" / "system.toml", "2025-06-30", "2025-06-29")
    with pytest.raises(RefusedExportError, match="lies before 2025-06-30, of which an export was"):
        take(folder)


def test_all_faults_are_told_at_once_and_none_twice(take: Take, folder: Path) -> None:
    _set("cases.csv", 2, "STATUS", "COMPLAINT")(folder)
    _set("charges.csv", 3, "amount", "1O.05")(folder)
    _replace("orders.csv", 1, "per_day", "rate")(folder)
    with pytest.raises(RefusedExportError) as refused:
        take(folder)
    assert [(each.file, each.line, each.column) for each in refused.value.faults] == [
        ("cases.csv", 2, "STATUS"),
        ("orders.csv", 1, "per_day"),
        ("charges.csv", 3, "amount"),
    ]


def test_a_fault_is_told_in_one_line_that_a_person_can_act_on() -> None:
    told = Fault("cases.csv", 2, "STATUS", "NOV 9", "is not in the mapping", "Add it")
    assert told.text == 'cases.csv, line 2, column STATUS: "NOV 9" is not in the mapping. Add it.'
