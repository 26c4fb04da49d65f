"""Find one part of a case, its case locked, and move its status."""

from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import HELD, record, require_open
from cases.errors import CaseError
from cases.models import (
    Abatement,
    Appeal,
    Case,
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
from cases.workflow.step import Step

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
]


class NoSuchPartError(CaseError):
    """There is no such part of a case."""


def lock_part(
    connection: sa.Connection, part: Part, part_id: int, *, moment: Moment
) -> sa.Row[Any]:
    """Return a part's row; its case is open, and held until the transaction ends.

    Raises
    ------
    NoSuchPartError
        There is none.
    ClosedCaseError, OutOfOrderError
        As `cases.advancing.lock_open_case` says.
    """
    named = {"part_id": part_id}
    case = connection.execute(_case_of(part), named).first()
    if case is None:
        msg = f"There is no {part.__tablename__.replace('_', ' ')} with the identity {part_id}."
        raise NoSuchPartError(msg)
    require_open(connection, case, on=moment.on)
    # Read under the lock: another may have moved it meanwhile.
    return connection.execute(_row_of(part), named).one()


@lru_cache
def _case_of(part: Part) -> sa.Select[*tuple[Any, ...]]:
    mine = sa.select(*HELD).join(part, part.case_id == Case.id)
    return mine.where(part.id == sa.bindparam("part_id")).with_for_update(of=Case)


@lru_cache
def _row_of(part: Part) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(part.__table__).where(part.id == sa.bindparam("part_id"))


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
    connection.execute(sa.update(part).where(part.id == row.id).values(changes))
    named = {part.__tablename__: row.id}
    record(
        connection, step, case_id=row.case_id, actor=actor, moment=moment, reason=reason,
        **named, **details,
    )  # fmt: skip
