"""Give each arriving case its identity, its tie to a parcel and its officer's zone."""

from collections.abc import Mapping, Sequence

import numpy as np
import sqlalchemy as sa

from cases.assignment import OfficerZones
from cases.importing.gathering import ArrivingCase
from cases.importing.record import KnownCase
from cases.importing.storing import PlacedCase
from cases.models import Case
from cases.tying import CaseTie, Whereabouts, tie_cases
from geo.loading import bulk
from geo.loading.rows import Rows


def place(
    connection: sa.Connection,
    rows: Rows,
    cases: Sequence[ArrivingCase],
    *,
    known: Mapping[str, KnownCase],
) -> list[PlacedCase]:
    """Tie cases and give each an identity: its own where it is on record, else a new one.

    Rejects the rows of cases that are nowhere: ``no_such_parcel``, ``no_such_address`` and
    ``no_place``. A point outside every parcel is somewhere: such a case is kept untied.
    """
    ties = tie_cases(connection, [_whereabouts(case) for case in cases])
    _reject_nowhere(rows, cases, ties)
    there = [(case, tie) for case, tie in zip(cases, ties, strict=True) if tie.point is not None]
    lonlat = np.array([tie.point for _, tie in there], dtype=np.float64).reshape(-1, 2)
    zones = OfficerZones(connection).of(lonlat)
    arriving = sum(case.number not in known for case, _ in there)
    new_ids = iter(bulk.new_ids(connection, Case.__table__, count=arriving).tolist())
    return [
        PlacedCase(
            id=known[case.number].id if case.number in known else next(new_ids),
            case=case,
            tie=tie,
            zone_id=zone_id,
            sha=case.fingerprint(),
        )
        for (case, tie), zone_id in zip(there, zones, strict=True)
    ]


def _whereabouts(case: ArrivingCase) -> Whereabouts:
    return Whereabouts(
        parcel_no=case.parcel_no,
        address=case.address,
        point=case.point,
        opened_on=case.opened_on,
    )


def _reject_nowhere(rows: Rows, cases: Sequence[ArrivingCase], ties: Sequence[CaseTie]) -> None:
    nowhere: dict[str, dict[int, str]] = {
        "no_such_parcel": {},
        "no_such_address": {},
        "no_place": {},
    }
    for case, tie in zip(cases, ties, strict=True):
        if tie.point is None:
            why = tie.tie.note or "no parcel number, address or point says where it is"
            nowhere[_code(case)] |= dict.fromkeys(case.rows, why)
    for code, reasons in nowhere.items():
        bad = rows.frame.index.isin(list(reasons))
        rows.reject(bad, code=code, reason=[reasons[row] for row in rows.frame.index[bad]])


def _code(case: ArrivingCase) -> str:
    if case.parcel_no:
        return "no_such_parcel"
    return "no_such_address" if case.address else "no_place"
