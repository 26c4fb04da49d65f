"""Take in cases: one row a violation, gathered into cases, tied to parcels, told in history."""

from collections import Counter
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from cases.errors import NoPlaceError
from cases.history import append
from cases.importing.gathering import ArrivingCase, gather
from cases.importing.kinds import CASES
from cases.importing.places import Points, read_points
from cases.importing.placing import place
from cases.importing.reading import SOURCE_WORDS, read_values
from cases.importing.record import (
    KnownCase,
    complaints_kept_here,
    known_cases,
    known_complaints,
)
from cases.importing.storing import PlacedCase, store_cases
from cases.importing.telling import imported, told_odd
from cases.standing import settle
from cases.tiles import refresh_grid
from cases.tying import parcels_are_loaded
from geo.loading.keyed import told_written
from geo.loading.mapping import Mapping
from geo.loading.reading import Source
from geo.loading.rows import Outcome, Rows
from geo.loading.runs import Request, begin_run, finish_run, read_asked


def load_cases(connection: sa.Connection, request: Request) -> Outcome:
    """Load cases in the caller's transaction.

    Each row is a violation; rows with one case_no are one case. A case on record is brought to
    what the file says now, with an event; one of which the file says nothing new is not touched,
    unless it was tied to no parcel and now can be. Rejects, beside what its steps reject,
    ``kept_here``: the number is that of a case or a complaint no file made.

    Raises
    ------
    ReadingError, ColumnError, CrsError
        The file as a whole cannot be taken in.
    NoPlaceError
        No parcels are loaded and the file says of no case where it is.
    """
    request = replace(request, mapping=_keeping_words(request.mapping))
    source = read_asked(connection, request, kind=CASES)
    rows = Rows.of(source, key=CASES.key)
    points, crs, notes = read_points(connection, rows, source=source, request=request)
    if not points and not parcels_are_loaded(connection):
        raise NoPlaceError(_no_place(source))
    request.progress("Checking", 0, len(rows))
    arriving, known = _gathered(connection, rows, source=source, points=points)
    open_to_change = [case for case in arriving if _may_change(case, known.get(case.number))]
    request.progress("Tying cases to parcels", 0, len(open_to_change))
    placed = [
        each
        for each in place(connection, rows, open_to_change, known=known)
        if each.tie.period_id is not None or _differs(each.case, known.get(each.case.number))
    ]
    there = set(rows.numbers)
    kept = [case for case in arriving if case.row in there]
    run_id = begin_run(connection, request, source, kind=CASES.name, crs=crs)
    _store(connection, placed, known=known, source=source, request=request, run_id=run_id)
    return finish_run(
        connection,
        rows,
        run_id=run_id,
        kind=CASES.name,
        unchanged=len(rows) - sum(len(each.case.rows) for each in placed),
        notes=[*source.notes, *notes, *_summary(placed, known=known), *told_odd(kept)],
    )


def _keeping_words(mapping: Mapping | None) -> Mapping | None:
    """Have the source's own words read beside those a mapping translates."""
    if mapping is None:
        return None
    kept = {
        SOURCE_WORDS[ours]: theirs
        for ours, theirs in mapping.columns.items()
        if ours in SOURCE_WORDS
    }
    return mapping.model_copy(update={"columns": kept | mapping.columns})


def _no_place(source: Source) -> str:
    return (
        f"No parcels are loaded, and {source.path.name} gives no case a point: there is nothing to "
        "tie a case to. Load the parcels first (lotline import parcels), or name the columns of "
        "longitude and latitude in a mapping file."
    )


def _gathered(
    connection: sa.Connection, rows: Rows, *, source: Source, points: Points
) -> tuple[list[ArrivingCase], dict[str, KnownCase]]:
    values = read_values(rows, mapping=source.mapping)
    known = known_cases(connection, values["case_no"])
    own = [number for number, case in known.items() if not case.imported]
    ours = values["case_no"].isin(own).to_numpy()
    rows.reject(ours, code="kept_here", reason="a case kept in Lotline itself has this number")
    values = values[~ours]
    received = complaints_kept_here(connection, values["complaint_no"].dropna())
    ours = values["complaint_no"].isin(received).to_numpy()
    rows.reject(ours, code="kept_here", reason="a complaint received here has this number")
    values = values[~ours]
    complaints = known_complaints(connection, values["complaint_no"].dropna())
    return gather(rows, values, points=points, complaints=complaints), known


def _differs(case: ArrivingCase, known: KnownCase | None) -> bool:
    return known is None or known.content_sha != case.fingerprint()


def _may_change(case: ArrivingCase, known: KnownCase | None) -> bool:
    return _differs(case, known) or (known is not None and not known.tied)


def _store(
    connection: sa.Connection,
    placed: Sequence[PlacedCase],
    *,
    known: Table[str, KnownCase],
    source: Source,
    request: Request,
    run_id: int,
) -> None:
    new = [each for each in placed if each.case.number not in known]
    old = [each for each in placed if each.case.number in known]
    request.progress("Writing cases", 0, len(placed))
    store_cases(connection, new, run_id=run_id, are_new=True)
    store_cases(connection, old, run_id=run_id, are_new=False)
    settle(connection, [each.id for each in old])
    deeds = [imported(each, source=source, kind="imported") for each in new]
    deeds += [imported(each, source=source, kind="import_changed") for each in old]
    moment = connection.execute(sa.select(sa.func.now())).scalar_one()
    append(connection, deeds, actor=request.actor, recorded_at=moment)
    request.progress("Counting for the map", 0, 1)
    refresh_grid(connection)


def _summary(placed: Sequence[PlacedCase], *, known: Table[str, KnownCase]) -> list[str]:
    if not placed:
        return ["0 new cases, 0 changed."]
    new = sum(each.case.number not in known for each in placed)
    ways = Counter(str(each.tie.tie.method) for each in placed)
    told = ", ".join(f"{count:,} by {way}" for way, count in ways.most_common() if way != "none")
    written = told_written("case", "cases", new=new, changed=len(placed) - new)
    notes = [f"{written.removesuffix('.')}; tied {told or 'to no parcel'}."]
    if ways["none"] == 1 and told:
        notes.append("1 case lies in no parcel and keeps its own point.")
    elif ways["none"] and told:
        notes.append(f"{ways['none']:,} cases lie in no parcel and keep their own point.")
    return notes
