"""Say exactly what a deed would do, by doing it and taking it back."""

from collections.abc import Callable, Sequence
from datetime import tzinfo

import sqlalchemy as sa

from cases.models import CaseEvent
from cases.story import Line, told


def foretell(
    connection: sa.Connection, case_id: int, do: Callable[[], object], *, zone: tzinfo
) -> Sequence[Line]:
    """Return the lines that a deed would add to a case's story; nothing of it is kept.

    Parameters
    ----------
    do
        Calls the command on this connection, as the moment says.

    Raises
    ------
    CaseError
        What the command raises: it cannot be done.
    """
    of_case = CaseEvent.case_id == case_id
    before = connection.scalar(sa.select(sa.func.max(CaseEvent.seq)).where(of_case)) or 0
    trial = connection.begin_nested()
    try:
        do()
        new = sa.select(CaseEvent.__table__).where(of_case, CaseEvent.seq > before)
        return list(told(connection.execute(new.order_by(CaseEvent.seq)).all(), zone=zone))
    finally:
        trial.rollback()
