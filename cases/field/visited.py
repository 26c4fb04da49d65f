"""Tell which cases an officer has been to lately, whichever phone it was told by."""

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from typing import Any

import sqlalchemy as sa

from cases.desk.seen import FOUND, VISITED, made_at, seen
from cases.models import CaseEvent, Inspection
from cases.workflow.inspection import InspectionStatus


def visited(
    connection: sa.Connection,
    case_ids: Sequence[int],
    officer: str,
    *,
    on: date,
    zone: tzinfo,
) -> dict[int, dict[str, Any]]:
    """Return the last visit of an officer to some cases, by case, in two looks; JSON.

    Of a day and of the day before, for no midnight ends a route: until when a visit of before it
    counts, the phone knows (`js/field/visits`).

    Returns
    -------
    dict
        ``at``; ``kind``, ``visit`` or ``no_access``; how many violations it found ``broken``,
        ``corrected`` and ``unfounded``; and the ``note``, of a visit in vain why it was.
    """
    lately = (on - timedelta(days=1), on)
    visits = connection.execute(_visits(case_ids, officer, days=lately)).all()
    found = seen(connection.execute(_findings([each.id for each in visits])), visits)
    return {
        each.case_id: {
            "at": each.made_at.astimezone(zone).isoformat(),
            "kind": "visit" if each.status == InspectionStatus.MADE else "no_access",
            "broken": found[each.id].broken,
            "corrected": found[each.id].corrected,
            "unfounded": found[each.id].unfounded,
            "note": each.note or each.reason,
        }
        for each in sorted(visits, key=lambda each: each.made_at)
    }


def been_to(
    connection: sa.Connection, case_ids: Sequence[int], officer: str, *, on: date
) -> set[int]:
    """Return which of some cases an officer has been to on a day, also in vain."""
    return {each.case_id for each in connection.execute(_visits(case_ids, officer, days=(on, on)))}


def _visits(case_ids: Sequence[int], officer: str, *, days: tuple[date, date]) -> sa.Select[Any]:
    return (
        sa.select(
            Inspection.id, Inspection.case_id, Inspection.status, Inspection.checklist,
            Inspection.note, CaseEvent.details["reason"].astext.label("reason"),
            made_at().label("made_at"),
        )
        .join(Inspection, Inspection.id == CaseEvent.details["inspection"].as_integer())
        .where(
            CaseEvent.case_id.in_(case_ids), CaseEvent.kind.in_(sorted(VISITED)),
            CaseEvent.happened_on.between(*days), CaseEvent.actor == officer,
        )
    )  # fmt: skip


def _findings(inspection_ids: Sequence[int]) -> sa.Select[Any]:
    """Select what is said of violations on some visits, in the order it was written."""
    visit = CaseEvent.details["inspection"].as_integer()
    cases = sa.select(Inspection.case_id).where(Inspection.id.in_(inspection_ids))
    return (
        sa.select(CaseEvent.kind, CaseEvent.details)
        .where(
            CaseEvent.case_id.in_(cases), CaseEvent.kind.in_(sorted(FOUND)),
            visit.in_(inspection_ids),
        )
        .order_by(CaseEvent.id)
    )  # fmt: skip
