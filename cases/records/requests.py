"""Take a request for public records in, choose the cases it is about, end one without an answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Actor, Moment
from cases.desk.lists import COUNTED
from cases.models import (
    Case,
    RecordsCase,
    RecordsDecision,
    RecordsEnd,
    RecordsExport,
    RecordsRequest,
    RecordsWaiting,
)
from cases.numbering import next_number
from cases.once import keep_noted, made_before
from cases.permissions import Right, may
from cases.records.errors import NotYourRequestError, RecordsError
from cases.wording import tidy

NUMBERED = "PR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to see.

    Parameters
    ----------
    requester, reach
        Who, and how they are reached; in Florida nobody need say (s. 119.07(1)).
    """

    asked: str
    requester: str | None = None
    reach: str | None = None
    received_on: date


def take_in(
    connection: sa.Connection, wanted: Wanted, *, form_key: UUID, actor: Actor, moment: Moment
) -> int:
    """Keep a request; gives its identity.

    Parameters
    ----------
    form_key
        The form's own: sent again, it makes no other request.

    Raises
    ------
    UnusableKeyError
        The form was sent before, and said something else.
    NotYourRequestError
        Somebody else does.
    RecordsError
        It says nothing, or the day is ahead.
    """
    permit(actor)
    asked = tidy(wanted.asked)
    if asked is None or wanted.received_on > moment.on:
        msg = "Say what is asked for, and the day it came: today or before."
        raise RecordsError(msg)
    said = {
        "asked": asked, "requester": tidy(wanted.requester), "reach": tidy(wanted.reach),
        "received_on": wanted.received_on,
    }  # fmt: skip
    if (before := made_before(connection, RecordsRequest, form_key, said=said)) is not None:
        return before
    return keep_noted(
        connection, RecordsRequest, form_key, by=actor.name, moment=moment, **said,
        number=next_number(connection, NUMBERED, on=moment.on),
    )  # fmt: skip


def choose(connection: sa.Connection, *, request_id: int, number: str, actor: Actor) -> None:
    """Add a case to what a request is about; once more changes nothing.

    Raises
    ------
    RecordsError
        There is no such request or case, or the request has ended.
    """
    permit(actor)
    require_open(connection, request_id)
    said = (tidy(number) or "").upper()
    case_id = connection.scalar(sa.select(Case.id).where(sa.func.upper(Case.number) == said))
    if case_id is None:
        msg = f"No case is numbered “{said}”: find it by its address first."
        raise RecordsError(msg)
    kept = insert(RecordsCase).values(request_id=request_id, case_id=case_id)
    connection.execute(kept.on_conflict_do_nothing())


def leave_out(connection: sa.Connection, *, request_id: int, case_id: int, actor: Actor) -> None:
    """Take a case off again that was chosen by mistake.

    Raises
    ------
    RecordsError
        Something of it is decided already.
    """
    permit(actor)
    require_open(connection, request_id)
    decided = sa.exists().where(
        RecordsDecision.request_id == request_id, RecordsDecision.case_id == case_id
    )
    if connection.scalar(sa.select(decided)):
        msg = "Something of this case is decided, and that stays on record: withhold the rest."
        raise RecordsError(msg)
    connection.execute(
        sa.delete(RecordsCase).where(
            RecordsCase.request_id == request_id, RecordsCase.case_id == case_id
        )
    )


def end(
    connection: sa.Connection, *, request_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """End a request with nothing handed out: there is no such record, or it was withdrawn.

    Raises
    ------
    RecordsError
        There is no such request, no reason, or it has ended or was answered.
    """
    permit(actor)
    row, why = require_open(connection, request_id), tidy(reason)
    if row.exported_on is not None:
        msg = f"{row.number} was answered on {row.exported_on}: it waits for nothing more."
        raise RecordsError(msg)
    if why is None:
        msg = "Say why nothing is handed out: no such record, or withdrawn by whoever asked."
        raise RecordsError(msg)
    kept = sa.insert(RecordsEnd).values(
        request_id=request_id, reason=why, ended_on=moment.on, ended_at=moment.now,
        ended_by=actor.name,
    )  # fmt: skip
    connection.execute(kept)


def request(request_id: int) -> sa.Select[Any]:
    """Select one request, as `requests` does."""
    return _rows().where(RecordsRequest.id == request_id)


def requests(*, first: date, last: date, most: int, skip: int = 0) -> sa.Select[Any]:
    """Select a page: the requests that wait, the oldest first, then those that came on some days.

    Columns: the request's own, ``cases`` (how many), ``exported_on`` of its last export,
    ``ended_on``, ``ended_by`` and ``reason`` of its end; None while there is none.
    """
    waits = RecordsWaiting.request_id.is_not(None)
    return (
        _rows()
        .outerjoin(RecordsWaiting, RecordsWaiting.request_id == RecordsRequest.id)
        .where(RecordsRequest.id.in_(_listed(first, last)))
        .order_by(
            waits.desc(), sa.case((waits, RecordsRequest.received_on)), RecordsRequest.id.desc()
        )
        .limit(most)
        .offset(skip)
    )


def count(*, first: date, last: date) -> sa.Select[int]:
    """Count what `requests` lists, one more than `COUNTED` at most."""
    some = _listed(first, last).limit(COUNTED + 1)
    return sa.select(sa.func.count()).select_from(some.subquery())


def waiting() -> sa.Select[int]:
    """Count the requests of which nothing was handed out and that have not ended.

    One more than `COUNTED` at most.
    """
    some = sa.select(RecordsWaiting.request_id).limit(COUNTED + 1)
    return sa.select(sa.func.count()).select_from(some.subquery())


def exports_of(request_id: int) -> sa.Select[Any]:
    """Select the files that were made for a request, the latest first."""
    return (
        sa.select(RecordsExport.__table__)
        .where(RecordsExport.request_id == request_id)
        .order_by(RecordsExport.id.desc())
    )


def require_open(connection: sa.Connection, request_id: int) -> sa.Row[Any]:
    """Return a request that has not ended, and hold it until the transaction ends.

    Raises
    ------
    RecordsError
        There is none of that identity, or it has ended.
    """
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK, request_id)))
    row = connection.execute(request(request_id)).first()
    if row is None:
        msg = f"There is no request for records with the identity {request_id}."
        raise RecordsError(msg)
    if row.ended_on is not None:
        msg = f"{row.number} came to its end on {row.ended_on}: take a new request in."
        raise RecordsError(msg)
    return row


_LOCK = 2004
"""The family of advisory locks that the deeds on one request take in turn, here and in SQL: the
app may hold no row for update that it may not rewrite."""


def permit(actor: Actor) -> None:
    """Let the clerk in and nobody else.

    Raises
    ------
    NotYourRequestError
        It is somebody else.
    """
    if not may(actor.role, Right.GIVE_RECORDS):
        whose = actor.role.replace("_", " ")
        msg = f"Requests for records are for the clerk, not for the {whose}."
        raise NotYourRequestError(msg)


def _listed(first: date, last: date) -> sa.CompoundSelect[int]:
    those_days = sa.select(RecordsRequest.id).where(RecordsRequest.received_on.between(first, last))
    return sa.union(sa.select(RecordsWaiting.request_id), those_days)


def _rows() -> sa.Select[Any]:
    cases = (
        sa.select(sa.func.count())
        .where(RecordsCase.request_id == RecordsRequest.id)
        .scalar_subquery()
    )
    exported = (
        sa.select(sa.func.max(RecordsExport.made_on))
        .where(RecordsExport.request_id == RecordsRequest.id)
        .scalar_subquery()
    )
    return sa.select(
        RecordsRequest.__table__, cases.label("cases"), exported.label("exported_on"),
        RecordsEnd.ended_on, RecordsEnd.ended_by, RecordsEnd.reason,
    ).outerjoin(RecordsEnd, RecordsEnd.request_id == RecordsRequest.id)  # fmt: skip
