"""Do a deed and say what it put on record; or do it, say so, and take it back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo

import sqlalchemy as sa

from cases.errors import CaseError
from cases.models import CaseEvent
from cases.story import Line, told

type Do = Callable[[], object]
"""Calls commands on the connection, as their moment says."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a deed in one of several cases.

    Parameters
    ----------
    lines
        What it put on record.
    refusal
        Why it could not be done; None where it was.
    """

    case_id: int
    lines: Sequence[Line] = ()
    refusal: str | None = None


def done(connection: sa.Connection, case_id: int, do: Do, *, zone: tzinfo) -> Sequence[Line]:
    """Do a deed, and return the lines it added to the case's story.

    Raises
    ------
    CaseError
        It cannot be done.
    """
    of_case = CaseEvent.case_id == case_id
    before = connection.scalar(sa.select(sa.func.max(CaseEvent.seq)).where(of_case)) or 0
    do()
    new = sa.select(CaseEvent.__table__).where(of_case, CaseEvent.seq > before)
    return list(told(connection.execute(new.order_by(CaseEvent.seq)).all(), zone=zone))


def foretell(connection: sa.Connection, case_id: int, do: Do, *, zone: tzinfo) -> Sequence[Line]:
    """Return the lines that a deed would add to a case's story; nothing of it is kept.

    Raises
    ------
    CaseError
        It cannot be done.
    """
    trial = connection.begin_nested()
    try:
        return done(connection, case_id, do, zone=zone)
    finally:
        trial.rollback()


def each(
    connection: sa.Connection,
    case_ids: Iterable[int],
    do: Callable[[int], object],
    *,
    keep: bool,
    zone: tzinfo,
) -> list[Outcome]:
    """Do a deed in each of some cases, whole or not at all in each.

    Parameters
    ----------
    keep
        Whether it is kept where it could be done; else it is only foretold.
    """
    found = []
    for case_id in sorted(case_ids):  # always locked in one order
        trial = connection.begin_nested()
        try:
            lines = done(connection, case_id, lambda case_id=case_id: do(case_id), zone=zone)  # type: ignore[misc]
        except CaseError as error:
            trial.rollback()
            found.append(Outcome(case_id, refusal=str(error)))
            continue
        trial.commit() if keep else trial.rollback()
        found.append(Outcome(case_id, lines))
    return found
