"""Open a case, name whom it is about, and end it."""

from enum import StrEnum

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.adopted import adopted_law
from cases.advancing import (
    GuardError,
    advance,
    lock_case,
    lock_open_case,
    record,
    refuse_backdating,
)
from cases.errors import CaseError
from cases.models import Case, Respondent, Violation
from cases.numbering import next_number
from cases.pending import UNDECIDED, pending, standing_claims
from cases.phases import Phase
from cases.placement import placement
from cases.review import priority_of
from cases.rows import insert, update
from cases.tying import Whereabouts
from cases.workflow.casefile import CaseAction, CaseStatus, status_of
from cases.workflow.step import Guard
from cases.workflow.violation import ViolationStatus

NUMBERED = "CE"


class NotVoidableError(CaseError):
    """A case is to be voided of which something came."""


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
    respondent_id = insert(connection, Respondent, **values, since=moment.on)
    record(connection, step, case_id=case_id, actor=actor, moment=moment, kind=str(kind), name=name)
    return respondent_id


def close_case(
    connection: sa.Connection, *, case_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Close a case in which nothing is open or waiting; from then on it is only read.

    Raises
    ------
    GuardError
        Something is; it says what.
    """
    lock_open_case(connection, case_id, on=moment.on)
    still = pending(connection, case_id, on=moment.on)
    held = {Guard.NOTHING_PENDING: not still}
    try:
        step = advance(CaseStatus.OPEN, CaseAction.CLOSE, actor=actor, held=held, reason=reason)
    except GuardError as error:
        msg = f"There is still: {'; '.join(still)}. {error}"
        raise GuardError(msg) from None
    update(connection, Case, case_id, closed_on=moment.on)
    record(connection, step, case_id=case_id, actor=actor, moment=moment, reason=reason)


def reopen_case(
    connection: sa.Connection, *, case_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Open a closed case again."""
    case = lock_case(connection, case_id)
    step = advance(status_of(case), CaseAction.REOPEN, actor=actor, reason=reason)
    refuse_backdating(connection, case, on=moment.on)
    update(connection, Case, case_id, closed_on=None)
    record(connection, step, case_id=case_id, actor=actor, moment=moment, reason=reason)


def void_case(
    connection: sa.Connection, *, case_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Void a case opened by mistake; its violations go with it, its history stays.

    Raises
    ------
    NotVoidableError
        Something in it runs, binds, or is money (`cases.pending.standing_claims`).
    """
    case = lock_open_case(connection, case_id, on=moment.on)
    step = advance(CaseStatus.OPEN, CaseAction.VOID, actor=actor, reason=reason)
    if claims := standing_claims(connection, case_id):
        named = f"{', '.join(claims[:-1])} and {claims[-1]}" if claims[1:] else claims[0]
        msg = (
            f"{named[0].upper()}{named[1:]} {'stand' if claims[1:] else 'stands'} in case "
            f"{case.number}, so it is not void: bring each to its end first (a citation "
            "voided, an order vacated, a lien released, a credit refunded)."
        )
        raise NotVoidableError(msg)
    connection.execute(
        sa.update(Violation)
        .where(Violation.case_id == case_id, Violation.status.in_(UNDECIDED))
        .values(status=ViolationStatus.VOIDED)
    )
    update(connection, Case, case_id, voided_on=moment.on)
    record(connection, step, case_id=case_id, actor=actor, moment=moment, reason=reason)
