"""Do a deed and say what it put on record; or do it, say so, and take it back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import partial

import sqlalchemy as sa

from cases.accruing import uncharged
from cases.adopted import law_over
from cases.errors import CaseError
from cases.history import CASES, Chain
from cases.ledger.reading import in_credit, owed
from cases.models import Case
from cases.phases import Phase
from cases.story import Line, told

type Do = Callable[[], object]
"""Calls commands on the connection, as their moment says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a case stands, and what it owes and has in credit.

    Attributes
    ----------
    owed_cents
        With what its fines have come to since the ledger was last brought up to them, as the
        case's page tells it: a deed that only charges that changes no sum.
    """

    phase: Phase
    next_due: date | None
    owed_cents: int
    credit_cents: int

    @property
    def figures(self) -> tuple[int, int]:
        """What is owed and in credit, in cents."""
        return self.owed_cents, self.credit_cents


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


def done(
    connection: sa.Connection, about: int, do: Do, *, zone: tzinfo, chain: Chain = CASES
) -> Sequence[Line]:
    """Do a deed, and return the lines it added to the story of the case or the complaint.

    Parameters
    ----------
    about, chain
        The identity of the case, or of the complaint where the chain is theirs.

    Raises
    ------
    CaseError
        It cannot be done.
    """
    seq: sa.ColumnElement[int] = chain.event.__table__.c.seq
    mine = chain.about == about
    last = connection.scalar(sa.select(sa.func.max(seq)).where(mine)) or 0
    do()
    new = sa.select(chain.event.__table__).where(mine, seq > last)
    events = connection.execute(new.order_by(seq)).all()
    return list(told(events, law=law_over(connection, about, chain=chain), zone=zone))


def foretell(
    connection: sa.Connection, about: int, do: Do, *, zone: tzinfo, chain: Chain = CASES
) -> Sequence[Line]:
    """Return the lines that a deed would add to a story; nothing of it is kept.

    Parameters
    ----------
    about, chain
        As for `done`.

    Raises
    ------
    CaseError
        It cannot be done.
    """
    with _taken_back(connection):
        return done(connection, about, do, zone=zone, chain=chain)


def done_in_case(
    connection: sa.Connection, case_id: int, do: Do, *, on: date, zone: tzinfo
) -> Foretold:
    """Do a deed, and return what it did to the case.

    Parameters
    ----------
    on
        The town's day, to the end of which fines are counted.

    Raises
    ------
    CaseError
        It cannot be done.
    """
    before = _standing(connection, case_id, on=on)
    lines = done(connection, case_id, do, zone=zone)
    return Foretold(lines=lines, before=before, after=_standing(connection, case_id, on=on))


def foretell_of_case(
    connection: sa.Connection, case_id: int, do: Do, *, on: date, zone: tzinfo
) -> Foretold:
    """Return what a deed would do to a case; nothing of it is kept.

    Parameters
    ----------
    on
        As for `done_in_case`.

    Raises
    ------
    CaseError
        It cannot be done.
    """
    with _taken_back(connection):
        return done_in_case(connection, case_id, do, on=on, zone=zone)


@contextmanager
def _taken_back(connection: sa.Connection) -> Iterator[None]:
    """Take back what is done, once the database has looked at what it else does only at the end."""
    trial = connection.begin_nested()
    try:
        yield
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
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


def _standing(connection: sa.Connection, case_id: int, *, on: date) -> Standing:
    query = sa.select(Case.phase, Case.next_due).where(Case.id == case_id)
    row = connection.execute(query).one()
    return Standing(
        phase=Phase(row.phase), next_due=row.next_due,
        owed_cents=sum(owed(connection, case_id).values()) + uncharged(connection, case_id, on=on),
        credit_cents=in_credit(connection, case_id),
    )  # fmt: skip
