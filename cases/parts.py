"""Find one part of a case, its case locked, and move its status."""

from functools import cache
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import BEARS, HELD, record, refuse_before, require_open
from cases.errors import CaseError
from cases.models import (
    Abatement,
    Appeal,
    Case,
    CaseDocument,
    CaseEvent,
    Citation,
    EnforcementOrder,
    Extension,
    Hearing,
    Inspection,
    Lien,
    Notice,
    Suit,
    Violation,
)
from cases.rows import update
from cases.workflow.step import Step
from geo.compiled import Compiled

type Part = type[
    Violation
    | Inspection
    | Notice
    | Extension
    | Citation
    | Hearing
    | EnforcementOrder
    | Lien
    | Abatement
    | Suit
    | Appeal
    | CaseDocument
]


class NoSuchPartError(CaseError):
    """There is no such part of a case."""


def lock_part(
    connection: sa.Connection, part: Part, part_id: int, *, moment: Moment
) -> sa.Row[Any]:
    """Return a part's row; its case is open, and held until the transaction ends.

    Beside the part's columns it has ``last_event_on``, as `cases.advancing.last_day` says.

    Raises
    ------
    NoSuchPartError
        There is none.
    ClosedCaseError, OutOfOrderError
        As `cases.advancing.lock_open_case` says.
    """
    named = {"part_id": part_id}
    case = _case_of(part).first(connection, **named)
    if case is None:
        msg = f"There is no {part.__tablename__.replace('_', ' ')} with the identity {part_id}."
        raise NoSuchPartError(msg)
    require_open(case)
    # Read under the lock: another may have moved it meanwhile.
    row: sa.Row[Any] = _row_of(part).first(connection, **named)
    refuse_before(row.last_event_on, case, on=moment.on)
    return row


@cache
def _case_of(part: Part) -> Compiled:
    mine = sa.select(*HELD).join(part, part.case_id == Case.id)
    held = mine.where(part.id == sa.bindparam("part_id")).with_for_update(of=Case)
    return Compiled(held)


@cache
def _row_of(part: Part) -> Compiled:
    its = (CaseEvent.case_id == part.case_id, BEARS)
    last = sa.select(sa.func.max(CaseEvent.happened_on)).where(*its)
    columns = (part.__table__, last.scalar_subquery().label("last_event_on"))
    return Compiled(sa.select(*columns).where(part.id == sa.bindparam("part_id")))


def move(
    connection: sa.Connection,
    part: Part,
    row: sa.Row[Any],
    step: Step,
    *,
    actor: Actor,
    moment: Moment,
    values: dict[str, Any] | None = None,
    reason: str | None = None,
    **details: Any,
) -> None:
    """Bring a part to the status a step leads to, with other columns, and record the step."""
    changes = {"status": step.to, **(values or {})}
    update(connection, part, row.id, **changes)
    named = {part.__tablename__: row.id}
    record(
        connection, step, case_id=row.case_id, actor=actor, moment=moment, reason=reason,
        **named, **details,
    )  # fmt: skip
