"""Hold the files of an export against one another and against its own totals."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from cases.money import write_cents
from cases.moving_in.errors import Fault
from cases.moving_in.files import BY_NAME, FILES
from cases.moving_in.reading import Export, Row

DOCUMENTS = "files"
"""The folder of an export in which its documents lie."""

_MEND = "Mend it in the old system and export again"


def check(export: Export) -> list[Fault]:
    """Return what does not fit together: keys twice, rows of no case, balances, totals, files."""
    return [
        *chain.from_iterable(_twice(export, file.name) for file in FILES),
        *_of_no_case(export),
        *_of_nothing(export),
        *_out_of_order(export),
        *_balances(export),
        *_totals(export),
        *_documents(export),
    ]


def fault(export: Export, name: str, row: Row, column: str, why: str, remedy: str) -> Fault:
    """Say what is wrong with a cell, by what the export calls its column."""
    file = BY_NAME[name]
    theirs = column
    for each in file.columns:
        if each.name == column:
            theirs = export.mapping.theirs(file, each)
    value = row["said"].get(column, row.get(column))
    return Fault(file.file, row["line"], theirs, "" if value is None else str(value), why, remedy)


def _twice(export: Export, name: str) -> Iterator[Fault]:
    first: dict[tuple[str | None, ...], int] = {}
    key = BY_NAME[name].key
    for row in export.rows[name]:
        named = tuple(row[each] for each in key)
        before = first.setdefault(named, row["line"])
        if before != row["line"]:
            yield fault(export, name, row, key[-1], f"stands in line {before} already",
                        "Take one of the two out")  # fmt: skip


def _of_no_case(export: Export) -> Iterator[Fault]:
    """Find the rows of a case the export does not have; one told of already has its own fault."""
    if not export.numbers - {None}:
        return
    for file in FILES:
        if file.name in ("cases", "totals"):
            continue
        for row in export.rows[file.name]:
            if row["case_no"] not in export.numbers:
                yield fault(export, file.name, row, "case_no", "is no case of cases.csv",
                            "Export that case too, or take the row out")  # fmt: skip


_NAMES = (
    ("citations", "violation_no", "violations", "violation_no"),
    ("orders", "violation_no", "violations", "violation_no"),
    ("orders", "hearing_no", "hearings", "hearing_no"),
    ("hearings", "citation_no", "citations", "citation_no"),
    ("notices", "order_no", "orders", "order_no"),
    ("liens", "order_no", "orders", "order_no"),
)
"""Which column of a file names a row of which other, of the same case."""


def _of_nothing(export: Export) -> Iterator[Fault]:
    for name, column, other, key in _NAMES:
        if not export.is_whole(other):
            continue
        there = {(row["case_no"], row[key]) for row in export.rows[other]}
        for row in export.rows[name]:
            if row[column] is not None and (row["case_no"], row[column]) not in there:
                why = f"is nothing of case {row['case_no']} in {other}.csv"
                yield fault(export, name, row, column, why, "Export that too, or mend the number")
    yield from _charged_for_nothing(export)


def _charged_for_nothing(export: Export) -> Iterator[Fault]:
    named = (("daily_fine", "orders", "order_no"), ("further_days", "citations", "citation_no"))
    for kind, other, key in named:
        there = {(each["case_no"], each[key]) for each in export.rows[other]}
        for row in export.rows["charges"] if export.is_whole(other) else ():
            if row["kind"] == kind and (row["case_no"], row["for_no"]) not in there:
                why = f"is nothing of case {row['case_no']} in {other}.csv, by whose clock it runs"
                yield fault(export, "charges", row, "for_no", why, f"Give its {key}")


_ORDER = (
    ("cases", "opened_on", "closed_on"),
    ("violations", "found_on", "corrected_on"),
    ("notices", "issued_on", "served_on"),
    ("citations", "issued_on", "served_on"),
    ("orders", "executed_on", "comply_by"),
    ("orders", "executed_on", "complied_on"),
    ("orders", "affidavit_on", "certified_on"),
    ("liens", "recorded_on", "ended_on"),
)


def _out_of_order(export: Export) -> Iterator[Fault]:
    for name, first, then in _ORDER:
        for row in export.rows[name]:
            if row[first] and row[then] and row[then] < row[first]:
                yield fault(export, name, row, then, f"lies before {first} ({row[first]})", _MEND)


def _balances(export: Export) -> Iterator[Fault]:
    """Hold each case's balance against its charges less its payments."""
    if not export.is_whole("charges", "payments"):
        return
    comes_to = balances_of(export)
    for row in export.rows["cases"]:
        told, sums = row["balance"] or 0, comes_to[row["case_no"]]
        if told != sums:
            row_fault = fault(
                export, "cases", row, "balance",
                f"differs by {write_cents(told - sums)} from charges.csv less payments.csv, which "
                f"come to {write_cents(sums)}", "Export all three anew at one moment",
            )  # fmt: skip
            yield row_fault._replace(value=write_cents(told))


def balances_of(export: Export) -> dict[str, int]:
    """Return what each case owes by its charges and payments, in cents."""
    sums: dict[str, int] = defaultdict(int)
    for row in export.rows["charges"]:
        sums[row["case_no"]] += row["amount"]
    for row in export.rows["payments"]:
        sums[row["case_no"]] -= row["amount"]
    return sums


def _totals(export: Export) -> Iterator[Fault]:
    """Hold the totals against the files, row by row, and ask that none is left out."""
    if not export.is_whole("cases", "liens", "totals"):
        return
    counted = _counted(export)
    for row in export.rows["totals"]:
        named = (row["what"], (row["of"] or "").casefold())
        if named not in counted:
            why = f"is nothing that the files have {named[0]} of"
            yield fault(export, "totals", row, "of", why, "Take the line out, or mend the word")
            continue
        count, cents = counted.pop(named)
        yield from _differs(export, row, "count", row["count"], count)
        yield from _differs(export, row, "amount", row["amount"], cents)
    if export.rows["totals"]:
        for what, of in counted:
            why = f"has no line of {what}{f' {of}' if of else ''}, so nothing holds it to account"
            yield Fault("totals.csv", 0, "", "", why, "Add it from the old system's own report")


def _differs(
    export: Export, row: Row, column: str, told: int | None, found: int | None
) -> Iterator[Fault]:
    if told is None or found is None or told == found:
        return
    shown = (str, write_cents)[column == "amount"]
    why = f"differs by {shown(told - found)} from the files, which come to {shown(found)}"
    remedy = "A file was cut off, or totals.csv is of another moment: export all anew at one moment"
    said = fault(export, "totals", row, column, why, remedy)
    yield said._replace(value=shown(told))


def _counted(export: Export) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    """Count what totals may tell of: rows, cases by status, the balance, liens by status."""
    counted: dict[tuple[str, str], tuple[int | None, int | None]] = {
        ("rows", name): (count, None)
        for name, count in export.counted.items()
        if name != "totals" and (count or BY_NAME[name].needed)
    }
    for name, column in (("cases", "balance"), ("liens", "amount")):
        counts, sums = tallied(export.rows[name], column)
        counted |= {(name, of): (counts[of], sums[of]) for of in counts}
    owed = sum(row["balance"] or 0 for row in export.rows["cases"])
    return counted | {("balance", ""): (None, owed)}


def tallied(rows: Iterable[Row], column: str) -> tuple[Counter[str], Counter[str]]:
    """Count rows, and sum a column of theirs, by their own word of status."""
    counts: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for row in rows:
        of = row["said"]["status"].casefold()
        counts[of] += 1
        sums[of] += row[column] or 0
    return counts, sums


def _documents(export: Export) -> Iterator[Fault]:
    """Find the files that are not there, lie elsewhere, or are not what the export says."""
    home = (export.folder / DOCUMENTS).resolve()
    for row in export.rows["documents"]:
        path = (home / row["file"]).resolve()
        if not path.is_relative_to(home):
            yield fault(export, "documents", row, "file", "lies outside the folder files/",
                        "Copy it there and name it from there")  # fmt: skip
        elif not path.is_file():
            yield fault(export, "documents", row, "file", "is not in the folder files/",
                        "Copy it there, or take the row out")  # fmt: skip
        elif row["sha256"] is not None:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != row["sha256"].casefold():
                yield fault(export, "documents", row, "sha256",
                            f"is not that of the file, which is {found}",
                            "Copy the file again")  # fmt: skip
