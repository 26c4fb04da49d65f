"""Open a case, name whom it is about, and end it."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.adopted import adopted_law
from cases.advancing import advance, lock_case, lock_open_case, record, refuse_backdating
from cases.ledger.reading import owed
from cases.models import (
    Case,
    Citation,
    EnforcementOrder,
    Extension,
    Inspection,
    Lien,
    Notice,
    Respondent,
    Violation,
)
from cases.numbering import next_number
from cases.phases import Phase
from cases.placement import placement
from cases.review import priority_of
from cases.tying import Whereabouts
from cases.workflow.casefile import CaseAction, CaseStatus, status_of
from cases.workflow.citation import CitationStatus
from cases.workflow.extension import ExtensionStatus
from cases.workflow.inspection import InspectionStatus
from cases.workflow.lien import BINDING
from cases.workflow.notice import NoticeStatus
from cases.workflow.order import OrderStatus
from cases.workflow.step import Guard
from cases.workflow.violation import ViolationStatus

NUMBERED = "CE"


class RespondentKind(StrEnum):
    """In what part somebody answers for a violation."""

    OWNER = "owner"
    TENANT = "tenant"
    BUSINESS = "business"


def open_case(
    connection: sa.Connection,
    *,
    category: str,
    place: Whereabouts,
    law_pack_id: int,
    priority: int | None = None,
    actor: Actor,
    moment: Moment,
) -> int:
    """Open a case where an officer saw something, or for a complaint that was accepted.

    Parameters
    ----------
    category
        One that the law pack's provisions name decides the priority, where none is given.
    place
        Where it is; the case is tied to the parcel that says for certain, or to none.
    law_pack_id
        The law it stands under to its end (`cases.adopted.adopt`).
    priority
        1 (danger to life) to 5; that of the complaint it is opened for.

    Returns
    -------
    int
        The case's identity.
    """
    law = adopted_law(connection, law_pack_id)
    step = advance(None, CaseAction.OPEN, actor=actor)
    placed = placement(connection, place)
    number = next_number(connection, NUMBERED, on=moment.on)
    if priority is None:
        priority = priority_of(law, category=category, on=moment.on).value
    values = {
        "number": number,
        "category": category,
        "priority": priority,
        "opened_on": moment.on,
        "phase": Phase.REPORTED,
        "published": False,
        "law_pack_id": law_pack_id,
        "stated_address": place.address,
        **placed.columns,
    }
    case_id = int(
        connection.execute(sa.insert(Case).values(values).returning(Case.id)).scalar_one()
    )
    record(
        connection, step, case_id=case_id, actor=actor, moment=moment, number=number,
        law=f"{law.pack.name} {law.pack.version}", tie=placed.tied.tie.method,
        tie_note=placed.note,
    )  # fmt: skip
    return case_id


def name_respondent(
    connection: sa.Connection,
    *,
    case_id: int,
    kind: RespondentKind,
    name: str,
    address: str,
    actor: Actor,
    moment: Moment,
) -> int:
    """Name whom the case is about and where letters reach them; gives their identity."""
    lock_open_case(connection, case_id, on=moment.on)
    step = advance(CaseStatus.OPEN, CaseAction.NAME_RESPONDENT, actor=actor)
    values = {"case_id": case_id, "kind": kind, "name": name, "address": address}
    query = sa.insert(Respondent).values({**values, "since": moment.on}).returning(Respondent.id)
    respondent_id = int(connection.execute(query).scalar_one())
    record(connection, step, case_id=case_id, actor=actor, moment=moment, kind=str(kind), name=name)
    return respondent_id


def close_case(
    connection: sa.Connection, *, case_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Close a case in which nothing is open or waiting; from then on it is only read."""
    lock_open_case(connection, case_id, on=moment.on)
    held = {Guard.NOTHING_PENDING: not _pending(connection, case_id)}
    step = advance(CaseStatus.OPEN, CaseAction.CLOSE, actor=actor, held=held, reason=reason)
    _set(connection, case_id, closed_on=moment.on)
    record(connection, step, case_id=case_id, actor=actor, moment=moment, reason=reason)


def reopen_case(
    connection: sa.Connection, *, case_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Open a closed case again."""
    case = lock_case(connection, case_id)
    step = advance(status_of(case), CaseAction.REOPEN, actor=actor, reason=reason)
    refuse_backdating(connection, case, on=moment.on)
    _set(connection, case_id, closed_on=None)
    record(connection, step, case_id=case_id, actor=actor, moment=moment, reason=reason)


def void_case(
    connection: sa.Connection, *, case_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Void a case opened by mistake; its violations go with it, its history stays."""
    lock_open_case(connection, case_id, on=moment.on)
    step = advance(CaseStatus.OPEN, CaseAction.VOID, actor=actor, reason=reason)
    connection.execute(
        sa.update(Violation)
        .where(Violation.case_id == case_id, Violation.status.in_(_STANDING))
        .values(status=ViolationStatus.VOIDED)
    )
    _set(connection, case_id, voided_on=moment.on)
    record(connection, step, case_id=case_id, actor=actor, moment=moment, reason=reason)


def _set(connection: sa.Connection, case_id: int, **values: Any) -> None:
    connection.execute(sa.update(Case).where(Case.id == case_id).values(values))


_STANDING = (ViolationStatus.ALLEGED, ViolationStatus.OPEN)
_RUNNING = (
    CitationStatus.ISSUED,
    CitationStatus.SERVED,
    CitationStatus.CONTESTED,
    CitationStatus.ADMITTED,
    CitationStatus.UPHELD,
)
_ENFORCED = (
    OrderStatus.ENTERED,
    OrderStatus.SERVED,
    OrderStatus.NONCOMPLIANT,
    OrderStatus.CONTESTED,
    OrderStatus.CERTIFIED,
)
_WAITING = (
    (Violation, _STANDING),
    (Notice, (NoticeStatus.DRAFTED,)),
    (Inspection, (InspectionStatus.BOOKED, InspectionStatus.CONFIRMED)),
    (Extension, (ExtensionStatus.REQUESTED,)),
    (Citation, _RUNNING),
    (EnforcementOrder, _ENFORCED),
    (Lien, BINDING),
)


def _pending(connection: sa.Connection, case_id: int) -> bool:
    waiting = [
        sa.exists().where(part.case_id == case_id, part.status.in_(statuses))
        for part, statuses in _WAITING
    ]
    owes = any(owed(connection, case_id).values())
    return owes or bool(connection.scalar(sa.select(sa.or_(*waiting))))
