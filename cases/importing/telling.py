"""Say in a case's history what a file brought, and what in it looks odd."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from cases.history import Deed
from cases.importing.gathering import ArrivingCase
from cases.importing.storing import PlacedCase
from geo.loading.reading import Source


def imported(each: PlacedCase, *, source: Source, kind: str) -> Deed:
    """Tell of a case's arrival, with the rows it came from and the source's own words.

    Parameters
    ----------
    kind
        ``imported`` the first time, ``import_changed`` when a later file said something else.
    """
    case, tie = each.case, each.tie.tie
    details: dict[str, Any] = {
        "file": source.path.name,
        "sha256": source.sha256,
        "rows": case.rows,
        "violations": Counter(violation.source_status or "" for violation in case.violations),
        "case_status": sorted({each.source_status or "" for each in case.complaints}),
        "tie": {"method": tie.method, "parcel_no": case.parcel_no, "note": tie.note},
        "odd": sorted(set(_odd(case))),
    }
    return Deed(about=each.id, kind=kind, happened_on=case.opened_on, details=details)


def told_odd(cases: Iterable[ArrivingCase]) -> list[str]:
    """Say in a line how many cases look odd and in what; nothing where none does."""
    odd = [each for case in cases if (each := set(_odd(case)))]
    if not odd:
        return []
    counted = Counter(what for each in odd for what in sorted(each)).most_common()
    what = ", ".join(f"{name}: {count:,}" for name, count in counted)
    kept = "they are kept as the file has them, and each case's history names its own"
    return [f"{len(odd):,} cases hold dates that cannot be ({what}); {kept}."]


def _odd(case: ArrivingCase) -> Iterator[str]:
    """Name what cannot be as the source says; it is kept, for only the town can correct it."""
    for complaint in case.complaints:
        received = complaint.received_on
        if received and complaint.closed_on and complaint.closed_on < received:
            yield "complaint closed before it was received"
        if received and any(each.found_on and each.found_on < received for each in case.violations):
            yield "violation found before the complaint"
    for violation in case.violations:
        found, due = violation.found_on, violation.comply_by
        if found and due and due < found:
            yield "deadline before the violation was found"
        if not found and case.opened_on and due and due < case.opened_on:
            yield "deadline before the case was opened"
