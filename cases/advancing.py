"""Take a step: permit it, check what must hold, and write it in the history."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.adopted import left_out
from cases.errors import CaseError
from cases.history import CASES, Chain, Deed, append_held
from cases.models import AdoptedLaw, Case, CaseEvent
from cases.standing import STOOD, keep_standing
from cases.workflow.casefile import CaseStatus, status_of
from cases.workflow.registry import step_for
from cases.workflow.step import Guard, Step
from geo.compiled import Compiled


class GuardError(CaseError):
    """Something that must hold before a step does not.

    Attributes
    ----------
    lacking
        Which guards, as far as the table of steps names them.
    """

    def __init__(self, message: str, *, lacking: Collection[Guard] = ()) -> None:
        super().__init__(message)
        self.lacking = tuple(lacking)


class ClosedCaseError(CaseError):
    """A case that is closed or void is only read."""


class OutOfOrderError(CaseError):
    """A deed is dated before what is already on record."""


HARMLESS = frozenset({
    "complaint_accepted", "complaint_followed", "complaint_linked", "document_added",
    "code_revoked", "field_noted", "letter_issued", "letter_sent", "letter_returned",
    "packet_filed",
    "inspection_booked", "inspection_confirmed", "inspection_moved", "inspection_cancelled",
})  # fmt: skip
"""What changes nothing that a warning, a citation or the end of a case rests on.

A deed that is told late has its own day beside it, earlier or not: the order of a history is that
in which it was written.
"""

BEARS = CaseEvent.kind != sa.all_(sa.literal(sorted(HARMLESS), sa.ARRAY(sa.Text)))
"""Of an event of a case: that nothing is dated before it."""


def advance(
    at: StrEnum | None,
    action: StrEnum,
    *,
    actor: Actor,
    held: Mapping[Guard, bool] | None = None,
    reason: str | None = None,
) -> Step:
    """Return the step an action is from a status, everything it needs being so.

    Parameters
    ----------
    held
        Whether each guard of the step holds; the command that asks has looked.

    Raises
    ------
    NotNowError, NoReasonError
        As `cases.workflow.registry.step_for` says.
    GuardError
        Something it needs is not so.
    """
    found = step_for(at, action, role=actor.role, reason=reason)
    lacking = [guard for guard in found.needs if not (held or {})[guard]]
    if lacking:
        msg = f"This cannot be done as things stand. It takes that {'; that '.join(lacking)}."
        raise GuardError(msg, lacking=lacking)
    return found


HELD: tuple[Any, ...] = (
    Case.id,
    Case.number,
    Case.category,
    Case.opened_on,
    Case.closed_on,
    Case.voided_on,
    Case.parcel_id,
    Case.law_pack_id,
)
"""What a command reads of a case whose row it holds."""
_LOCKED = Compiled(sa.select(*HELD).where(Case.id == sa.bindparam("case_id")).with_for_update())


def lock_case(connection: sa.Connection, case_id: int) -> sa.Row[Any]:
    """Return a case's row, held until the transaction ends.

    Raises
    ------
    CaseError
        There is no such case.
    """
    found: sa.Row[Any] | None = _LOCKED.first(connection, case_id=case_id)
    if found is None:
        msg = f"There is no case with the identity {case_id}."
        raise CaseError(msg)
    return found


def lock_open_case(connection: sa.Connection, case_id: int, *, on: date) -> sa.Row[Any]:
    """Return an open case's row, held until the transaction ends.

    Raises
    ------
    ClosedCaseError
        The case is closed or void.
    OutOfOrderError
        The day lies before the last event of the case that is not harmless.
    """
    case = lock_case(connection, case_id)
    require_open(case)
    refuse_backdating(connection, case, on=on)
    return case


def require_open(case: sa.Row[Any]) -> None:
    """Refuse to write in a case that is closed or void.

    Raises
    ------
    ClosedCaseError
        As `lock_open_case` says.
    """
    status = status_of(case)
    if status is not CaseStatus.OPEN:
        msg = (
            f"Case {case.number} is {status}, and a {status} case is only read. "
            "A manager may reopen a closed one, with a reason."
        )
        raise ClosedCaseError(msg)


def refuse_backdating(
    connection: sa.Connection, row: sa.Row[Any], *, on: date, chain: Chain = CASES
) -> None:
    """Refuse a day before the last event of a case that is not harmless, or of a complaint.

    Parameters
    ----------
    row
        The row of the case or the complaint.
    chain
        Which of the two it is.

    Raises
    ------
    OutOfOrderError
        It is.
    """
    last = _latest(chain).first(connection, about=row.id).day
    refuse_before(last, row, on=on, chain=chain)


def last_day(connection: sa.Connection, case_id: int) -> date | None:
    """Return the day of a case's last event before which nothing can be dated; None if unknown."""
    day: date | None = _latest(CASES).first(connection, about=case_id).day
    return day


def refuse_before(last: date | None, row: sa.Row[Any], *, on: date, chain: Chain = CASES) -> None:
    """Refuse a day before that of the last event, where it is known, as `refuse_backdating` does.

    Raises
    ------
    OutOfOrderError
        It is.
    """
    if last is not None and on < last:
        msg = (
            f"The last event of {chain.word} {row.number} is of {last}; this one is dated {on}. "
            "Give the day it is done, and tell in the note what happened earlier."
        )
        raise OutOfOrderError(msg)


@lru_cache
def _latest(chain: Chain) -> Compiled:
    last = sa.select(sa.func.max(chain.event.happened_on).label("day"))
    mine = last.where(chain.about == sa.bindparam("about"))
    return Compiled(mine.where(BEARS) if chain is CASES else mine)


def record(
    connection: sa.Connection,
    step: Step,
    *,
    case_id: int,
    actor: Actor,
    moment: Moment,
    reason: str | None = None,
    **details: Any,
) -> None:
    """Write a step in the history of a case whose row is held, and bring its standing up to it.

    Parameters
    ----------
    details
        What a reader of the history needs beside the event's name; None is left out.

    Raises
    ------
    NotNowError
        The town's law leaves the step out. Every step passes here, so none can forget to ask.
    """
    case = _AS_LEFT.first(connection, case_id=case_id)
    without = left_out(connection, case.law_pack_id, case.sha256)
    step_for(step.at, step.action, role=actor.role, reason=reason, without=without)
    deed = told(step, case_id, moment=moment, reason=reason, **details)
    end = None if case.seq is None else (case.seq, case.hash)
    append_held(connection, deed, end=end, actor=actor.name, recorded_at=moment.now)
    keep_standing(connection, case)


_LAST = (
    sa.select(CaseEvent.seq, CaseEvent.hash)
    .where(CaseEvent.case_id == Case.id)
    .order_by(CaseEvent.seq.desc())
    .limit(1)
    .lateral()
)
# Of one identity: for a list of them PostgreSQL makes a plan anew each time, which costs more than
# the answer.
_AS_LEFT = Compiled(
    sa.select(*STOOD, Case.law_pack_id, AdoptedLaw.sha256, _LAST.c.seq, _LAST.c.hash)
    .outerjoin(AdoptedLaw, AdoptedLaw.id == Case.law_pack_id)
    .outerjoin(_LAST, sa.true())
    .where(Case.id == sa.bindparam("case_id"))
)


def told(
    step: Step, about: int, /, *, moment: Moment, reason: str | None = None, **details: Any
) -> Deed:
    """Put a step as its history keeps it; what is None is left out."""
    known = {"reason": reason, **details}
    return Deed(
        about=about,
        kind=step.event,
        happened_on=moment.on,
        details={name: value for name, value in known.items() if value is not None},
    )
