"""Put a hearing off to another day, announced at once or not, and keep which docket it left."""

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import advance
from cases.errors import CaseError
from cases.hearings import docket
from cases.models import Continuance, Hearing
from cases.parts import lock_part, move
from cases.rows import insert
from cases.service.proof import ServiceProof
from cases.workflow.hearing import HearingAction, HearingStatus


def continue_hearing(
    connection: sa.Connection,
    *,
    hearing_id: int,
    reason: str,
    session_id: int | None = None,
    proof: ServiceProof | None = None,
    actor: Actor,
    moment: Moment,
) -> None:
    """Put a hearing off, to a sitting where one is announced; else it is docketed anew later.

    The docket it was on keeps from which place it left.

    Parameters
    ----------
    session_id, proof
        The sitting it is continued to, and what `docket` wants proved then.

    Raises
    ------
    GuardError
        What was announced cannot be docketed there; nothing changed then.
    """
    row = lock_part(connection, Hearing, hearing_id, moment=moment)
    at = HearingStatus(row.status)
    step = advance(at, HearingAction.CONTINUE, actor=actor, reason=reason)
    trial = connection.begin_nested()
    try:
        insert(
            connection, Continuance, hearing_id=hearing_id, session_id=row.session_id,
            docket_place=row.docket_place, continued_on=moment.on,
        )  # fmt: skip
        off = {"session_id": None, "docket_place": None}
        move(connection, Hearing, row, step, actor=actor, moment=moment, values=off, reason=reason)
        if session_id is not None:
            docket(
                connection, hearing_id=hearing_id, session_id=session_id, proof=proof, actor=actor,
                moment=moment,
            )  # fmt: skip
    except CaseError:
        trial.rollback()
        raise
    trial.commit()
