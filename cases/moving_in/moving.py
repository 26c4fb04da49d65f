"""Take an export in: check it whole, set aside what a person must look at, write the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cases.actors import Moment
from cases.adopted import law_in_force
from cases.documents.store import Store
from cases.history import Deed, append
from cases.lawpack.schema import LawPack
from cases.ledger.opening import open_books
from cases.models import MovingException, Staff
from cases.moving_in.books import openings
from cases.moving_in.checking import check
from cases.moving_in.control import controls, require_reconciled
from cases.moving_in.cutting_over import refuse_after_cut_over
from cases.moving_in.differing import documents_that_differ, notes_that_differ
from cases.moving_in.errors import Fault, RefusedExportError
from cases.moving_in.gathering import PARTS, MovedCase, gather
from cases.moving_in.mapping import SYSTEM, Allowed, System, read_mapping
from cases.moving_in.numbers import with_free_numbers
from cases.moving_in.outcome import Moved
from cases.moving_in.papers import Cases, hang, notes
from cases.moving_in.placing import (
    MOVE_CHANGED,
    MOVED_IN,
    Known,
    PlacedCase,
    known_cases,
    place,
    runs_of,
)
from cases.moving_in.reading import Export, read_export
from cases.moving_in.runs import begin, end, latest_as_of
from cases.moving_in.steps import Aside, aside, lacking
from cases.moving_in.storing import Storing
from cases.story import town_zone
from cases.tiles import refresh_grid
from geo.loading.runs import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What is asked: which folder, into which store of documents, by whom, when."""

    folder: Path
    store: Store
    actor: str
    moment: Moment
    progress: Progress = silent


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The cases of an export by what is to be done with each."""

    arriving: list[MovedCase]
    unchanged: list[MovedCase]
    worked_on: list[MovedCase]
    set_aside: list[Aside]


def move_in(connection: sa.Connection, move: Move) -> Moved:
    """Take an export in, whole or not at all, in the caller's transaction.

    A case is known by its number. The same export again changes nothing; a later one brings each
    case to what it says now, but leaves alone what somebody here has worked on since.

    Raises
    ------
    RefusedExportError
        The export or its mapping is not whole: it names every fault.
    CutOverError
        The cut-over from this system was made.
    NoLawError
        No law pack is adopted, under which the cases could come in.
    NotReconciledError
        What would stand here is not what the old system says.
    """
    law_pack_id, law = law_in_force(connection, on=move.moment.on)
    export = _read(connection, move, law=law)
    system = export.mapping.system
    cases = gather(export)
    known = known_cases(connection, (case.number for case in cases), system=system.system)
    of = _sort(export, cases, known=known, law=law)
    move.progress("Tying cases to parcels", 0, len(of.arriving))
    placed, nowhere = place(connection, of.arriving, known=known)
    placed, taken = with_free_numbers(connection, placed)
    run_id = begin(connection, export, actor=move.actor)
    storing = Storing(
        connection, run_id=run_id, law_pack_id=law_pack_id, law=law, system=system.system
    )
    _write(connection, move, export, placed, storing=storing, law=law)
    here = {each.case.number: each.id for each in placed}
    here |= {case.number: known[case.number].id for case in of.unchanged}
    hung = {here[case.number]: case for case in cases if case.number in here}
    papers = _hang(connection, move, hung, exported=cases, system=system)
    move.progress("Reckoning the control totals", 0, 1)
    told = controls(connection, cases, here=here, worked_on=[case.number for case in of.worked_on])
    require_reconciled(told)
    moved = Moved(
        run_id=run_id, system=system, new=sum(each.is_new for each in placed),
        changed=sum(not each.is_new for each in placed), unchanged=len(of.unchanged),
        worked_on=tuple(case.number for case in of.worked_on),
        conflicts=tuple(
            case.number for case in of.worked_on if known[case.number].sha != case.fingerprint()
        ),
        set_aside=(*of.set_aside, *nowhere, *taken, *papers), controls=tuple(told),
    )  # fmt: skip
    _keep_exceptions(connection, moved)
    end(connection, moved, read=len(cases))
    return moved


def _read(connection: sa.Connection, move: Move, *, law: LawPack) -> Export:
    """Read an export and its mapping, or refuse both for all that is wrong with them."""
    move.progress("Reading", 0, 1)
    faults: list[Fault] = []
    allowed: Allowed = {
        ("cases", "officer"): frozenset(connection.scalars(sa.select(Staff.login))),
        ("violations", "code"): frozenset(each.section for each in law.ordinances),
    }
    mapping = read_mapping(move.folder, allowed=allowed, today=move.moment.on, faults=faults)
    if mapping is not None:
        refuse_after_cut_over(connection, mapping.system.system)
        faults += _earlier(connection, mapping.system)
        export = read_export(move.folder, mapping, allowed=allowed, faults=faults)
        move.progress("Checking", 0, 1)
        faults += check(export)
    if mapping is None or faults:
        raise RefusedExportError(faults)
    return export


def _earlier(connection: sa.Connection, system: System) -> list[Fault]:
    """Find that a later export was taken in before, which this one would undo."""
    latest = latest_as_of(connection, system.system)
    if latest is None or system.as_of >= latest:
        return []
    why = f"lies before {latest}, of which an export was taken in already"
    remedy = "Take in the later export, or mend as_of"
    return [Fault(SYSTEM, 0, "as_of", str(system.as_of), why, remedy)]


def _sort(
    export: Export, cases: Sequence[MovedCase], *, known: dict[str, Known], law: LawPack
) -> _Sorted:
    of = _Sorted([], [], [], [])
    system, as_of = export.mapping.system.system, export.mapping.system.as_of
    for case in cases:
        before = known.get(case.number)
        if before is not None and before.system != system:
            of.set_aside.append(
                aside(case, "number_taken", "A case that was here before has this number",
                      "Give it another number in the old system")
            )  # fmt: skip
        elif before is not None and before.worked_on:
            of.worked_on.append(case)
        elif before is not None and before.sha == case.fingerprint():
            of.unchanged.append(case)
        elif lacks := list(lacking(case, law=law, as_of=as_of)):
            of.set_aside.extend(lacks)
        else:
            of.arriving.append(case)
    of.set_aside.extend(_vanished(cases, known))
    return of


def _vanished(cases: Sequence[MovedCase], known: dict[str, Known]) -> list[Aside]:
    there = {case.number for case in cases}
    return [
        Aside("cases.csv", 1, number, "vanished",
              "It came in before, and this export does not have it", "Look why; it stays as it was")
        for number in sorted(known.keys() - there)
    ]  # fmt: skip


def _write(
    connection: sa.Connection,
    move: Move,
    export: Export,
    placed: Sequence[PlacedCase],
    *,
    storing: Storing,
    law: LawPack,
) -> None:
    """Write cases, their books and their history."""
    system = export.mapping.system
    move.progress("Writing cases", 0, len(placed))
    ids = storing.store(placed)
    move.progress("Opening their books", 0, len(placed))
    open_books(
        connection, openings(placed, ids=ids, system=system.system),
        case_ids=[each.id for each in placed], order=law.money.allocation, actor=move.actor,
        today=move.moment.on, now=move.moment.now,
    )  # fmt: skip
    told = [_deed(each, system) for each in placed]
    told += notes(connection, placed, system=system.system)
    append(connection, told, actor=move.actor, recorded_at=move.moment.now)
    refresh_grid(connection)


def _hang(
    connection: sa.Connection,
    move: Move,
    cases: Cases,
    *,
    exported: Sequence[MovedCase],
    system: System,
) -> list[Aside]:
    """Hang documents on their cases; gives those that were refused or stay as they were."""
    move.progress("Storing documents", 0, len(cases))
    refused = hang(
        connection, cases, folder=move.folder, store=move.store, system=system.system,
        zone=town_zone(connection), moment=move.moment,
    )  # fmt: skip
    return [
        *refused,
        *documents_that_differ(
            connection, cases, exported=exported, folder=move.folder, system=system.system
        ),
        *notes_that_differ(connection, cases),
    ]


def _deed(each: PlacedCase, system: System) -> Deed:
    """Tell of a case's arrival: whence, where it stood there, what came with it."""
    row = each.case.row
    details: dict[str, Any] = {
        "system": system.system,
        "number": each.case.number,
        "status": each.case.status,
        "step": str(each.case.step),
        "as_of": system.as_of.isoformat(),
        "line": row["line"],
        "parts": {name: len(each.case.parts[name]) for name in PARTS if each.case.parts[name]},
        "balance_cents": row["balance"] or 0,
        "tie": {"method": each.tie.tie.method, "note": each.tie.tie.note},
    }
    kind = MOVED_IN if each.is_new else MOVE_CHANGED
    return Deed(each.id, kind, system.as_of, details)


def _keep_exceptions(connection: sa.Connection, moved: Moved) -> None:
    """Keep what waits for a person; the list of the system's earlier export is settled by this."""
    earlier = MovingException.import_run_id.in_(runs_of(moved.system.system))
    connection.execute(sa.delete(MovingException).where(earlier))
    if moved.set_aside:
        rows = [{"import_run_id": moved.run_id, **each._asdict()} for each in moved.set_aside]
        connection.execute(sa.insert(MovingException), rows)
