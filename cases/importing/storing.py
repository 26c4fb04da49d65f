"""Store arriving cases with their complaints and violations, new ones in bulk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import shapely
import sqlalchemy as sa

from cases.citations import read_citation
from cases.importing.gathering import ArrivingCase
from cases.models import Case, Complaint, Ordinance, Violation
from cases.standing import standing
from cases.tying import CaseTie
from geo.crs import to_web_mercator
from geo.layers import WEB_MERCATOR, WGS84
from geo.loading import bulk


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCase:
    """An arriving case with its identity, its tie and its officer's zone."""

    id: int
    case: ArrivingCase
    tie: CaseTie
    zone_id: int | None
    sha: bytes


def store_cases(
    connection: sa.Connection, placed: Sequence[PlacedCase], *, run_id: int, are_new: bool
) -> None:
    """Write cases, their complaints and their violations.

    Parameters
    ----------
    are_new
        None of them is on record, so they may be copied in; else each is brought to what it says
        now, by its number, and a violation the file no longer names stays as it was.
    """
    if not placed:
        return
    ordinances = _ordinances(connection, placed)
    _write(connection, Case.__table__, _case_columns(placed, run_id=run_id), are_new=are_new)
    complaints = _complaint_columns(placed, run_id=run_id)
    _write(connection, Complaint.__table__, complaints, are_new=are_new)
    violations = _violation_columns(placed, ordinances=ordinances, run_id=run_id)
    _write(connection, Violation.__table__, violations, are_new=are_new)


_KEYS = {
    "case_file": ("number",),
    "complaint": ("number",),
    "violation": ("case_id", "external_no"),
}


def _write(
    connection: sa.Connection,
    table: sa.FromClause,
    columns: Mapping[str, bulk.Strands],
    *,
    are_new: bool,
) -> None:
    assert isinstance(table, sa.Table)  # noqa: S101 - every model's __table__ is one
    arriving = len(next(iter(columns.values()))[0])
    if not arriving:
        return
    if are_new:
        with bulk.indexes_rebuilt(connection, table, arriving=arriving):
            bulk.copy_rows(connection, table, columns)
    else:
        bulk.upsert_rows(connection, table, columns, key=_KEYS[table.name])


def _case_columns(placed: Sequence[PlacedCase], *, run_id: int) -> dict[str, bulk.Strands]:
    cases = [each.case for each in placed]
    ties = [each.tie for each in placed]
    stands = [
        standing(
            ((each.status, each.comply_by, each.found_on) for each in case.violations),
            imported_stage=case.imported_stage,
        )
        for case in cases
    ]
    lonlat = np.array([tie.point for tie in ties], dtype=np.float64)
    lon_lat_points = np.asarray(shapely.points(lonlat), dtype=object)
    mercator_points = np.asarray(shapely.points(to_web_mercator(lonlat)), dtype=object)
    return {
        "id": bulk.int8([each.id for each in placed]),
        "number": bulk.text([case.number for case in cases]),
        "category": bulk.text([case.category for case in cases]),
        "priority": bulk.optional_int([case.priority for case in cases], width=2),
        "opened_on": bulk.day([case.opened_on for case in cases]),
        "closed_on": bulk.day([case.closed_on for case in cases]),
        "phase": bulk.text([now.phase for now in stands]),
        "next_due": bulk.day([now.next_due for now in stands]),
        "open_violations": bulk.int4([now.open_violations for now in stands]),
        "open_since": bulk.day([now.open_since for now in stands]),
        "imported_stage": bulk.text([case.imported_stage for case in cases]),
        "published": bulk.boolean([now.published for now in stands]),
        "parcel_id": bulk.optional_int([tie.tie.parcel_id for tie in ties], width=8),
        "parcel_period_id": bulk.optional_int([tie.period_id for tie in ties], width=8),
        "tie_method": bulk.text([tie.tie.method for tie in ties]),
        "tie_confidence": bulk.float4([tie.tie.confidence for tie in ties]),
        "tie_note": bulk.text([tie.tie.note for tie in ties]),
        "stated_address": bulk.text([case.address for case in cases]),
        "zone_id": bulk.optional_int([each.zone_id for each in placed], width=8),
        "content_sha": bulk.bytea([each.sha for each in placed]),
        "import_run_id": bulk.int8([run_id] * len(placed)),
        "source_row": bulk.int4([case.row for case in cases]),
        "point": bulk.geometry(lon_lat_points, srid=WGS84),
        "point_3857": bulk.geometry(mercator_points, srid=WEB_MERCATOR),
    }


def _complaint_columns(placed: Sequence[PlacedCase], *, run_id: int) -> dict[str, bulk.Strands]:
    pairs = [(each, complaint) for each in placed for complaint in each.case.complaints]
    told = [complaint for _, complaint in pairs]
    return {
        "number": bulk.text([complaint.number for complaint in told]),
        "case_id": bulk.int8([each.id for each, _ in pairs]),
        "channel": bulk.text([complaint.channel for complaint in told]),
        "category": bulk.text([each.case.category for each, _ in pairs]),
        "received_on": bulk.day([complaint.received_on for complaint in told]),
        "closed_on": bulk.day([complaint.closed_on for complaint in told]),
        "status": bulk.text([complaint.status for complaint in told]),
        "source_status": bulk.text([complaint.source_status for complaint in told]),
        "import_run_id": bulk.int8([run_id] * len(pairs)),
        "source_row": bulk.int4([complaint.row for complaint in told]),
    }


def _violation_columns(
    placed: Sequence[PlacedCase], *, ordinances: Mapping[str, int], run_id: int
) -> dict[str, bulk.Strands]:
    case_ids = [each.id for each in placed for _ in each.case.violations]
    told = list(chain.from_iterable(each.case.violations for each in placed))
    return {
        "case_id": bulk.int8(case_ids),
        "external_no": bulk.text([violation.number for violation in told]),
        "ordinance_id": bulk.int8([ordinances[violation.citation] for violation in told]),
        "found_on": bulk.day([violation.found_on for violation in told]),
        "comply_by": bulk.day([violation.comply_by for violation in told]),
        "status": bulk.text([violation.status for violation in told]),
        "source_status": bulk.text([violation.source_status for violation in told]),
        "severity": bulk.text([violation.severity for violation in told]),
        "respondent_name": bulk.text([violation.respondent_name for violation in told]),
        "import_run_id": bulk.int8([run_id] * len(told)),
        "source_row": bulk.int4([violation.row for violation in told]),
    }


def _ordinances(connection: sa.Connection, placed: Sequence[PlacedCase]) -> dict[str, int]:
    """Look up the provisions cited, adding those not on record, in the order first cited."""
    cited = dict.fromkeys(
        violation.citation for each in placed for violation in each.case.violations
    )
    query = sa.select(Ordinance.citation, Ordinance.id)
    known = {row.citation: row.id for row in connection.execute(query)}
    for citation in cited:
        if citation not in known:
            section, title = read_citation(citation)
            statement = sa.insert(Ordinance).values(citation=citation, section=section, title=title)
            known[citation] = connection.execute(statement.returning(Ordinance.id)).scalar_one()
    return known
