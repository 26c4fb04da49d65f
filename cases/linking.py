"""Link a complaint to the earlier one, or to the case, that is about the same matter."""

from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import advance, lock_case, refuse_backdating
from cases.complaints import lock_complaint, move_complaint, tell_case
from cases.errors import CaseError
from cases.models import Complaint
from cases.residents.photos import carry_photos
from cases.workflow.casefile import CaseStatus, status_of
from cases.workflow.complaint import ComplaintAction, ComplaintStatus


class LinkError(CaseError):
    """A complaint cannot be linked to what it is said to repeat."""


def link_to_complaint(
    connection: sa.Connection, *, complaint_id: int, earlier_id: int, actor: Actor, moment: Moment
) -> None:
    """Link a complaint to an earlier one about the same matter; both stay as they were reported.

    It feeds the case that the earlier one feeds, now or once that one is accepted.

    Raises
    ------
    LinkError
        The other is not earlier, or its case is void.
    NoSuchComplaintError
        There is no such complaint.
    """
    # The earlier first, as `bring_followers` locks: two clerks do not wait for each other.
    ids = sorted({complaint_id, earlier_id})
    locked = {each: lock_complaint(connection, each, moment=moment) for each in ids}
    row, earlier = locked[complaint_id], locked[earlier_id]
    if earlier.id >= row.id:
        msg = (
            f"Complaint {earlier.number} is not earlier than {row.number}: link the later one to "
            "the earlier."
        )
        raise LinkError(msg)
    _link(
        connection, row, to=earlier.number, duplicate_of=earlier.id, case_id=earlier.case_id,
        actor=actor, moment=moment,
    )  # fmt: skip


def link_to_case(
    connection: sa.Connection, *, complaint_id: int, case_id: int, actor: Actor, moment: Moment
) -> None:
    """Link a complaint to a case about the same matter, open or closed.

    Raises
    ------
    LinkError
        The case is void.
    """
    row = lock_complaint(connection, complaint_id, moment=moment)
    number = lock_case(connection, case_id).number
    _link(connection, row, to=number, case_id=case_id, actor=actor, moment=moment)


def bring_followers(
    connection: sa.Connection, row: sa.Row[Any], *, case_id: int, actor: Actor, moment: Moment
) -> None:
    """Have the complaints linked to one, and to those in turn, feed the case it now feeds."""
    waiting = sa.select(Complaint.id).where(
        Complaint.duplicate_of == row.id,
        Complaint.status == ComplaintStatus.LINKED,
        Complaint.case_id.is_(None),
    )
    for follower_id in connection.scalars(waiting.order_by(Complaint.id)).all():
        follower = lock_complaint(connection, follower_id, moment=moment)
        step = advance(ComplaintStatus(follower.status), ComplaintAction.FOLLOW, actor=actor)
        move_complaint(
            connection, follower, step, actor=actor, moment=moment, values={"case_id": case_id},
            to=row.number,
        )  # fmt: skip
        tell_case(
            connection, follower, step, case_id=case_id, actor=actor, moment=moment, to=row.number
        )
        carry_photos(
            connection, complaint_id=follower.id, case_id=case_id, actor=actor, moment=moment
        )
        bring_followers(connection, follower, case_id=case_id, actor=actor, moment=moment)


def _link(
    connection: sa.Connection,
    row: sa.Row[Any],
    *,
    to: str,
    duplicate_of: int | None = None,
    case_id: int | None,
    actor: Actor,
    moment: Moment,
) -> None:
    step = advance(ComplaintStatus(row.status), ComplaintAction.LINK, actor=actor)
    if case_id is not None:
        _require_case(connection, case_id, moment=moment)
    values = {"duplicate_of": duplicate_of, "case_id": case_id}
    move_complaint(connection, row, step, actor=actor, moment=moment, values=values, to=to)
    if case_id is not None:
        tell_case(connection, row, step, case_id=case_id, actor=actor, moment=moment, to=to)
        carry_photos(connection, complaint_id=row.id, case_id=case_id, actor=actor, moment=moment)
        bring_followers(connection, row, case_id=case_id, actor=actor, moment=moment)


def _require_case(connection: sa.Connection, case_id: int, *, moment: Moment) -> None:
    """Ask for a case that is not void; a closed one is told of a complaint all the same."""
    case = lock_case(connection, case_id)
    if status_of(case) is CaseStatus.VOID:
        msg = f"Case {case.number} is void: accept the complaint, or link it to another."
        raise LinkError(msg)
    refuse_backdating(connection, case, on=moment.on)
