"""Decide what becomes of a complaint: a case, another department's matter, or nothing."""

from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import advance, lock_open_case
from cases.complaints import law_of, lock_complaint, move_complaint, tell_case
from cases.errors import CaseError
from cases.linking import bring_followers
from cases.models import Case, Complaint
from cases.opening import open_case
from cases.reporters import opening_of
from cases.residents.photos import carry_photos
from cases.review import Rule, overridden
from cases.screening import Belief, Channel, Imminent, Opening
from cases.tying import Whereabouts
from cases.workflow.complaint import ComplaintAction, ComplaintStatus
from cases.workflow.roles import Role
from cases.workflow.step import Guard


class NotAnOfficerError(CaseError):
    """Somebody who is no officer says what only an officer may believe."""


class NobodyToReferToError(CaseError):
    """A complaint is referred to nobody."""


def accept(
    connection: sa.Connection,
    *,
    complaint_id: int,
    case_id: int | None = None,
    belief: Belief | None = None,
    actor: Actor,
    moment: Moment,
) -> int:
    """Look into a complaint: open a case for it, or feed an open one; gives the case's identity.

    Complaints linked to it as the same matter feed the case with it.

    Parameters
    ----------
    case_id
        An open case that it feeds; None opens one.
    belief
        Why an officer thinks that a complaint without a name cannot wait for one
        (s. 162.06(1)(b), Florida Statutes). An override of the review that says so does as well.

    Raises
    ------
    GuardError
        It may not open an investigation under the town's rule on anonymity.
    NotAnOfficerError
        The belief is not an officer's.
    NoLawError
        It came from another system.
    """
    row = lock_complaint(connection, complaint_id, moment=moment)
    opening = _opening(connection, row, belief=belief, actor=actor)
    step = advance(
        ComplaintStatus(row.status), ComplaintAction.ACCEPT, actor=actor,
        held={Guard.MAY_OPEN: opening.allowed},
    )  # fmt: skip
    if case_id is None:
        case_id = _open(connection, row, actor=actor, moment=moment)
    else:
        lock_open_case(connection, case_id, on=moment.on)
    told = {"case": _number(connection, case_id), "because": opening.because.rstrip(".")}
    move_complaint(
        connection, row, step, actor=actor, moment=moment, values={"case_id": case_id}, **told
    )
    tell_case(connection, row, step, case_id=case_id, actor=actor, moment=moment, **told)
    carry_photos(connection, complaint_id=row.id, case_id=case_id, actor=actor, moment=moment)
    bring_followers(connection, row, case_id=case_id, actor=actor, moment=moment)
    return case_id


def refer(
    connection: sa.Connection,
    *,
    complaint_id: int,
    to: str,
    reason: str,
    actor: Actor,
    moment: Moment,
) -> None:
    """Hand a complaint to whoever it is for.

    Parameters
    ----------
    to
        The department or office.

    Raises
    ------
    NobodyToReferToError
        It is not said to whom.
    """
    if not to.strip():
        msg = "Say to which department or office the complaint goes."
        raise NobodyToReferToError(msg)
    _end(
        connection, ComplaintAction.REFER, complaint_id, actor=actor, moment=moment, reason=reason,
        values={"referred_to": to.strip()}, to=to.strip(),
    )  # fmt: skip


def dismiss(
    connection: sa.Connection, *, complaint_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Say that a complaint is not looked into, and why."""
    _end(
        connection, ComplaintAction.DISMISS, complaint_id, actor=actor, moment=moment,
        reason=reason,
    )  # fmt: skip


def reopen(
    connection: sa.Connection, *, complaint_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Take a dismissed complaint up again."""
    row = lock_complaint(connection, complaint_id, moment=moment)
    at = ComplaintStatus(row.status)
    step = advance(at, ComplaintAction.REOPEN, actor=actor, reason=reason)
    move_complaint(
        connection, row, step, actor=actor, moment=moment, values={"closed_on": None},
        reason=reason,
    )  # fmt: skip


def require_officer(actor: Actor) -> None:
    """Refuse anybody else's reason to believe in a threat.

    Raises
    ------
    NotAnOfficerError
        The actor is no officer.
    """
    if actor.role is not Role.OFFICER:
        msg = (
            "That something imminent threatens is for an officer to believe, not for the "
            f"{actor.role.replace('_', ' ')}: have an officer look at the complaint."
        )
        raise NotAnOfficerError(msg)


def _end(
    connection: sa.Connection,
    action: ComplaintAction,
    complaint_id: int,
    *,
    actor: Actor,
    moment: Moment,
    reason: str,
    values: dict[str, Any] | None = None,
    **details: Any,
) -> None:
    row = lock_complaint(connection, complaint_id, moment=moment)
    step = advance(ComplaintStatus(row.status), action, actor=actor, reason=reason)
    ended = {"closed_on": moment.on, **(values or {})}
    move_complaint(
        connection, row, step, actor=actor, moment=moment, values=ended, reason=reason, **details
    )


def _opening(
    connection: sa.Connection, row: sa.Row[Any], *, belief: Belief | None, actor: Actor
) -> Opening:
    """Tell whether it may be looked into under its law's rule on anonymity, and why."""
    if belief is not None:
        require_officer(actor)
    return opening_of(
        connection, row.id, rule=law_of(connection, row).intake.anonymity,
        channel=Channel(row.channel), belief=belief or _believed(row),
    )  # fmt: skip


def _believed(row: sa.Row[Any]) -> Belief | None:
    """Return the officer's belief that an override of the review put on record."""
    over = overridden(row.screening, Rule.MAY_OPEN)
    if over is None:
        return None
    return Belief(imminent=Imminent(over["value"]), reason=over["reason"])


def _open(connection: sa.Connection, row: sa.Row[Any], *, actor: Actor, moment: Moment) -> int:
    return open_case(
        connection,
        category=row.category,
        place=Whereabouts(
            parcel_no=row.stated_parcel_no,
            address=row.stated_address,
            point=_stated_point(connection, row.id),
            opened_on=moment.on,
        ),
        law_pack_id=row.law_pack_id,
        priority=row.priority,
        actor=actor,
        moment=moment,
    )


def _stated_point(connection: sa.Connection, complaint_id: int) -> tuple[float, float] | None:
    at = Complaint.stated_point
    query = sa.select(sa.func.ST_X(at), sa.func.ST_Y(at)).where(Complaint.id == complaint_id)
    lon, lat = connection.execute(query).one()
    return None if lon is None else (lon, lat)


def _number(connection: sa.Connection, case_id: int) -> str:
    return str(connection.scalar(sa.select(Case.number).where(Case.id == case_id)))
