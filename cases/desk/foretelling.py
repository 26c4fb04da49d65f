"""Do a deed and say what it put on record; or do it, say so, and take it back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import partial

import sqlalchemy as sa

from cases.errors import CaseError
from cases.ledger.reading import in_credit, owed
from cases.models import Case, CaseEvent
from cases.phases import Phase
from cases.story import Line, told

type Do = Callable[[], object]
"""Calls commands on the connection, as their moment says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a case stands, and what its ledger says."""

    phase: Phase
    next_due: date | None
    owed_cents: int
    credit_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """What a deed would do.

    Parameters
    ----------
    lines
        What it would add to the case's story.
    before, after
        Where the case stands now, and would then.
    """

    lines: Sequence[Line]
    before: Standing
    after: Standing


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
    last = connection.scalar(sa.select(sa.func.max(CaseEvent.seq)).where(of_case)) or 0
    do()
    new = sa.select(CaseEvent.__table__).where(of_case, CaseEvent.seq > last)
    return list(told(connection.execute(new.order_by(CaseEvent.seq)).all(), zone=zone))


def foretell(connection: sa.Connection, case_id: int, do: Do, *, zone: tzinfo) -> Foretold:
    """Return what a deed would do; nothing of it is kept.

    What the database looks at only when a transaction ends is looked at here too.

    Raises
    ------
    CaseError
        It cannot be done.
    """
    before = _standing(connection, case_id)
    trial = connection.begin_nested()
    try:
        lines = done(connection, case_id, do, zone=zone)
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        return Foretold(lines=lines, before=before, after=_standing(connection, case_id))
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
            lines = done(connection, case_id, partial(do, case_id), zone=zone)
        except CaseError as error:
            trial.rollback()
            found.append(Outcome(case_id, refusal=str(error)))
            continue
        trial.commit() if keep else trial.rollback()
        found.append(Outcome(case_id, lines))
    return found


def _standing(connection: sa.Connection, case_id: int) -> Standing:
    query = sa.select(Case.phase, Case.next_due).where(Case.id == case_id)
    row = connection.execute(query).one()
    return Standing(
        phase=Phase(row.phase), next_due=row.next_due,
        owed_cents=sum(owed(connection, case_id).values()),
        credit_cents=in_credit(connection, case_id),
    )  # fmt: skip
