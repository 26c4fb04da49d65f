"""Lock a complaint, move its status, and tell its history and its case's of each step."""

from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.adopted import NoLawError, adopted_law
from cases.advancing import record, refuse_backdating, told
from cases.errors import CaseError
from cases.history import COMPLAINTS, append_held, end_of
from cases.lawpack.schema import LawPack
from cases.models import Complaint
from cases.rows import update
from cases.workflow.registry import step_for
from cases.workflow.step import Step


class NoSuchComplaintError(CaseError):
    """There is no such complaint."""


def lock_complaint(connection: sa.Connection, complaint_id: int, *, moment: Moment) -> sa.Row[Any]:
    """Return a complaint's row, held until the transaction ends.

    Raises
    ------
    NoSuchComplaintError
        There is none.
    OutOfOrderError
        The day lies before the complaint's last event.
    """
    query = sa.select(Complaint.__table__).where(Complaint.id == complaint_id).with_for_update()
    found: sa.Row[Any] | None = connection.execute(query).first()
    if found is None:
        msg = f"There is no complaint with the identity {complaint_id}."
        raise NoSuchComplaintError(msg)
    refuse_backdating(connection, found, on=moment.on, chain=COMPLAINTS)
    return found


def law_of(connection: sa.Connection, row: sa.Row[Any]) -> LawPack:
    """Return the law a complaint was received under.

    Raises
    ------
    NoLawError
        It came from a file, under no law of ours.
    """
    if row.law_pack_id is None:
        msg = (
            f"Complaint {row.number} came from another system, under no law of ours: receive it "
            "anew to act on it."
        )
        raise NoLawError(msg)
    return adopted_law(connection, row.law_pack_id)


def move_complaint(
    connection: sa.Connection,
    row: sa.Row[Any],
    step: Step,
    *,
    actor: Actor,
    moment: Moment,
    values: dict[str, Any] | None = None,
    reason: str | None = None,
    **details: Any,
) -> None:
    """Bring a complaint to the status a step leads to, with other columns, and record the step."""
    changes = {"status": step.to, **(values or {})}
    update(connection, Complaint, row.id, **changes)
    record_complaint(connection, row, step, actor=actor, moment=moment, reason=reason, **details)


def record_complaint(
    connection: sa.Connection,
    row: sa.Row[Any],
    step: Step,
    *,
    actor: Actor,
    moment: Moment,
    reason: str | None = None,
    **details: Any,
) -> None:
    """Write a step in the own history of a complaint whose row is held.

    Raises
    ------
    NotNowError
        The town's law leaves the step out.
    """
    under = row.law_pack_id
    without = () if under is None else adopted_law(connection, under).without
    step_for(step.at, step.action, role=actor.role, reason=reason, without=without)
    deed = told(step, row.id, moment=moment, reason=reason, **known(row), **details)
    append_held(
        connection, deed, end=end_of(connection, row.id, chain=COMPLAINTS), actor=actor.name,
        recorded_at=moment.now, chain=COMPLAINTS,
    )  # fmt: skip


def tell_case(
    connection: sa.Connection,
    row: sa.Row[Any],
    step: Step,
    *,
    case_id: int,
    actor: Actor,
    moment: Moment,
    **details: Any,
) -> None:
    """Write in a case's history that a complaint came to feed it; its maker is never named."""
    record(connection, step, case_id=case_id, actor=actor, moment=moment, **known(row), **details)


def known(row: sa.Row[Any]) -> dict[str, Any]:
    """Return what any history may tell of a complaint."""
    received = row.received_on and row.received_on.isoformat()
    return {"complaint": row.number, "channel": row.channel, "received_on": received}
