"""Tell which inspections of a case were made after the one on which a violation was found."""

from typing import Any

import sqlalchemy as sa

from cases.models import CaseEvent, Inspection, Violation
from geo.compiled import Compiled


def made_since(connection: sa.Connection, violation_id: int) -> frozenset[int]:
    """Return the inspections that can have seen whether a violation is corrected.

    Those made after the inspection it was verified by, in the order of the history, for two may be
    made on a day; of a violation taken over from another system, those from the day it was found.
    """
    return frozenset(row.id for row in _SINCE.all(connection, violation_id=violation_id))


def _made(inspection_id: Any) -> sa.ScalarSelect[int]:
    """Say where in the history of its case an inspection was made."""
    query = sa.select(sa.func.max(CaseEvent.seq)).where(
        CaseEvent.case_id == Violation.case_id,
        CaseEvent.kind == "inspection_made",
        CaseEvent.details["inspection"].as_integer() == inspection_id,
    )
    return query.correlate(Violation, Inspection).scalar_subquery()


_FINDING = (
    sa.select(CaseEvent.details["inspection"].as_integer())
    .where(
        CaseEvent.case_id == Violation.case_id,
        CaseEvent.kind == "violation_verified",
        CaseEvent.details["violation"].as_integer() == Violation.id,
    )
    .order_by(CaseEvent.seq.desc())
    .limit(1)
    .correlate(Violation)
    .scalar_subquery()
)
_SINCE = Compiled(
    sa.select(Inspection.id)
    .join(Violation, Violation.case_id == Inspection.case_id)
    .where(
        Violation.id == sa.bindparam("violation_id"),
        sa.func.coalesce(Inspection.made_on >= Violation.found_on, sa.true()),
        _made(Inspection.id) > sa.func.coalesce(_made(_FINDING), 0),
    )
)
