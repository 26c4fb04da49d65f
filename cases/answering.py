"""Close a complaint once its matter has ended and whoever made it was told."""

from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import advance
from cases.complaints import lock_complaint, move_complaint
from cases.models import Case, Complaint
from cases.phases import ENDED, Phase
from cases.reporters import can_be_told
from cases.workflow.complaint import ComplaintAction, ComplaintStatus
from cases.workflow.step import Guard

_OVER = (ComplaintStatus.REFERRED, ComplaintStatus.DISMISSED, ComplaintStatus.CLOSED)


class Told(StrEnum):
    """How whoever made a complaint was told what came of it."""

    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"
    NOBODY = "nobody"  # who left no way to be reached


def close_complaint(
    connection: sa.Connection,
    *,
    complaint_id: int,
    told: Told,
    told_on: date,
    actor: Actor,
    moment: Moment,
) -> None:
    """Close a complaint: its case has ended or found no violation, and its maker was told so.

    Parameters
    ----------
    told
        ``nobody`` only where nobody can be reached.
    told_on
        The day, from the complaint's on, not in the future.

    Raises
    ------
    GuardError
        The matter goes on, or nobody was told who could be.
    """
    row = lock_complaint(connection, complaint_id, moment=moment)
    in_time = (row.received_on or told_on) <= told_on <= moment.on
    reached = told is not Told.NOBODY or not can_be_told(connection, row.id)
    held = {Guard.MATTER_ENDED: _ended(connection, row), Guard.TOLD: in_time and reached}
    at = ComplaintStatus(row.status)
    step = advance(at, ComplaintAction.CLOSE, actor=actor, held=held)
    values = {"closed_on": moment.on, "told_how": told, "told_on": told_on}
    move_complaint(
        connection, row, step, actor=actor, moment=moment, values=values, told=str(told),
        told_on=told_on.isoformat(),
    )  # fmt: skip


def _ended(connection: sa.Connection, row: sa.Row[Any]) -> bool:
    """Tell whether the case it feeds has ended, or what it repeats came to nothing."""
    if row.case_id is None:
        query = sa.select(Complaint.__table__).where(Complaint.id == row.duplicate_of)
        earlier = connection.execute(query).first()
        if earlier is None:
            return False
        return ComplaintStatus(earlier.status) in _OVER or _ended(connection, earlier)
    case = connection.execute(sa.select(Case.__table__).where(Case.id == row.case_id)).one()
    closed = case.closed_on is not None or case.voided_on is not None
    elsewhere = case.import_run_id is not None and Phase(case.phase) in ENDED
    return closed or elsewhere or case.phase == Phase.UNFOUNDED
