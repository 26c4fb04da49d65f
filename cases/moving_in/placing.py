"""Give each case that comes in its identity, its parcel, its zone and its officer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa

from cases.assignment import OfficerZones
from cases.models import Case, CaseEvent, Staff
from cases.moving_in.gathering import MovedCase
from cases.moving_in.leaning import leaned_on
from cases.moving_in.steps import Aside, aside
from cases.tying import CaseTie, Whereabouts, tie_cases
from geo.layers import ImportRun
from geo.loading import bulk

RUN_KIND = "moving_in"
"""What the record of imports calls a move."""
MOVED_IN, MOVE_CHANGED, NOTE_MOVED_IN = "moved_in", "move_changed", "note_moved_in"
MOVES = (MOVED_IN, MOVE_CHANGED, NOTE_MOVED_IN)
"""The events of a case that nobody here has worked on since it came in."""


@dataclass(frozen=True, slots=True)
class Known:
    """A case on record.

    Attributes
    ----------
    system
        From which it moved in; None of one that did not.
    worked_on
        Somebody here did something in it since, or with a part of it.
    sha
        The hash of what the export said.
    """

    id: int
    system: str | None
    worked_on: bool
    sha: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCase:
    """A case that comes in, with all that it is tied to."""

    id: int
    case: MovedCase
    tie: CaseTie
    zone_id: int | None
    officer_id: int | None
    sha: bytes
    is_new: bool


def runs_of(system: str) -> sa.Select[Any]:
    """Select the identities of the runs that took in exports of a system."""
    return sa.select(ImportRun.id).where(
        ImportRun.kind == RUN_KIND, ImportRun.details["system"].astext == system
    )


def known_cases(
    connection: sa.Connection, numbers: Iterable[str], *, system: str
) -> dict[str, Known]:
    """Look up the cases on record of some numbers, and all that came from a system."""
    events = sa.select(CaseEvent.kind).where(CaseEvent.case_id == Case.id)
    last = events.order_by(CaseEvent.seq.desc()).limit(1).scalar_subquery()
    whence = (
        sa.select(CaseEvent.details["system"].astext)
        .where(CaseEvent.case_id == Case.id, CaseEvent.seq == 1, CaseEvent.kind == MOVED_IN)
        .scalar_subquery()
    )
    listed = sa.any_(sa.literal(sorted(set(numbers)), sa.ARRAY(sa.Text)))
    query = sa.select(
        Case.number, Case.id, Case.content_sha, whence.label("system"), last.label("last"),
        Case.id.in_(leaned_on()).label("leaned_on"),
    ).where(sa.or_(Case.number == listed, Case.import_run_id.in_(runs_of(system))))  # fmt: skip
    return {
        row.number: Known(
            row.id, row.system, row.leaned_on or row.last not in MOVES, row.content_sha
        )
        for row in connection.execute(query)
    }


def place(
    connection: sa.Connection, cases: Sequence[MovedCase], *, known: Mapping[str, Known]
) -> tuple[list[PlacedCase], list[Aside]]:
    """Tie cases to their parcels; what lies on none for certain is set aside."""
    ties = tie_cases(connection, [_whereabouts(case) for case in cases])
    there = [pair for pair in zip(cases, ties, strict=True) if pair[1].point is not None]
    nowhere = [
        _nowhere(case, tie) for case, tie in zip(cases, ties, strict=True) if tie.point is None
    ]
    lonlat = np.array([tie.point for _, tie in there], dtype=np.float64).reshape(-1, 2)
    zones = OfficerZones(connection).of(lonlat)
    arriving = sum(case.number not in known for case, _ in there)
    new_ids = iter(bulk.new_ids(connection, Case.__table__, count=arriving).tolist())
    staff = connection.execute(sa.select(Staff.login, Staff.id))
    officers = {row.login: row.id for row in staff}
    placed = [
        PlacedCase(
            id=known[case.number].id if case.number in known else next(new_ids),
            case=case, tie=tie, zone_id=zone_id, officer_id=officers.get(case.row["officer"]),
            sha=case.fingerprint(), is_new=case.number not in known,
        )
        for (case, tie), zone_id in zip(there, zones, strict=True)
    ]  # fmt: skip
    return placed, nowhere


def _whereabouts(case: MovedCase) -> Whereabouts:
    return Whereabouts(
        parcel_no=case.row["parcel_no"], address=case.row["address"], point=None,
        opened_on=case.row["opened_on"],
    )  # fmt: skip


def _nowhere(case: MovedCase, tie: CaseTie) -> Aside:
    why = tie.tie.note or "no parcel number or address says where it is"
    code = "no_place"
    if case.row["parcel_no"]:
        code = "no_such_parcel"
    elif case.row["address"]:
        code = "no_such_address"
    return aside(
        case, code, f"It is tied to no parcel: {why}", "Fill in parcel_no as the parcels have it"
    )
