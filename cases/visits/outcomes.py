"""Keep what became of a planned stop: somebody came and left, or it was skipped and why."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.actors import Actor, Moment
from cases.models import Staff, VisitOutcome, VisitPlan, VisitStop
from cases.permissions import Right, may
from cases.visits.planned import VisitsError
from cases.wording import tidy
from cases.working.recording import NotYoursToPlanError

AHEAD = timedelta(minutes=5)
"""A phone's clock may be so far ahead of ours."""
LONGEST_REASON = 300


def arrive(
    connection: sa.Connection,
    *,
    stop_id: int,
    at: datetime,
    after_all: bool = False,
    actor: Actor,
    moment: Moment,
) -> None:
    """Say when the officer came to a stop; the same again changes nothing.

    Parameters
    ----------
    after_all
        Whether the officer came to it though it had been skipped, which then no longer holds.

    Raises
    ------
    NotYoursToPlanError
        It is neither the actor's own stop, nor is the actor a manager.
    VisitsError
        It was skipped, or it lies in the future.
    """
    _look(connection, stop_id, at=at, actor=actor, moment=moment)
    if after_all:
        _take_back_skip(connection, stop_id, actor, moment, at=at)
    if _first_word(connection, stop_id, actor, moment, arrived_at=at).arrived_at is None:
        msg = "This stop was skipped: it cannot have been come to as well."
        raise VisitsError(msg)


def leave(
    connection: sa.Connection, *, stop_id: int, at: datetime, actor: Actor, moment: Moment
) -> None:
    """Say when the officer left a stop; the first word on it counts.

    Raises
    ------
    NotYoursToPlanError
        It is neither the actor's own stop, nor is the actor a manager.
    VisitsError
        Nobody has come to it, it was left before it was come to, or it lies in the future.
    """
    _look(connection, stop_id, at=at, actor=actor, moment=moment)
    there = _stands(connection, stop_id)
    if there is None or there.arrived_at is None:
        msg = "Nobody has come to this stop yet: say first when the officer came."
        raise VisitsError(msg)
    if at < there.arrived_at:
        msg = "A stop is left after it was come to: give a later moment."
        raise VisitsError(msg)
    left = {"left_at": at, "told_at": moment.now, "told_by": actor.name}
    mine = sa.update(VisitOutcome).where(
        VisitOutcome.stop_id == stop_id, VisitOutcome.left_at.is_(None)
    )
    connection.execute(mine.values(left))


def skip(
    connection: sa.Connection, *, stop_id: int, reason: str, actor: Actor, moment: Moment
) -> None:
    """Say that the officer did not go to a stop, and why; the first word on it counts.

    Raises
    ------
    NotYoursToPlanError
        It is neither the actor's own stop, nor is the actor a manager.
    VisitsError
        No reason is given, or somebody has come to it.
    """
    _look(connection, stop_id, at=moment.now, actor=actor, moment=moment)
    said = tidy(reason)
    if said is None or len(said) > LONGEST_REASON:
        msg = f"Say in 1 to {LONGEST_REASON} characters why the stop is skipped."
        raise VisitsError(msg)
    if (
        _first_word(connection, stop_id, actor, moment, skipped_because=said).skipped_because
        is None
    ):
        msg = "Somebody has come to this stop: it cannot be skipped any more."
        raise VisitsError(msg)


def _look(
    connection: sa.Connection, stop_id: int, *, at: datetime, actor: Actor, moment: Moment
) -> None:
    """Refuse what is not the actor's to say, or lies ahead."""
    query = (
        sa.select(Staff.name)
        .join(VisitPlan, VisitPlan.officer_id == Staff.id)
        .join(VisitStop, VisitStop.plan_id == VisitPlan.id)
        .where(VisitStop.id == stop_id)
    )
    officer = connection.scalar(query)
    if officer is None:
        msg = f"There is no stop with the identity {stop_id}."
        raise VisitsError(msg)
    if actor.name != officer and not may(actor.role, Right.PLAN_WORK):
        msg = f"{actor.name} may not say what became of this stop: {officer} does, or a manager."
        raise NotYoursToPlanError(msg)
    if at > moment.now + AHEAD:
        msg = "This moment lies in the future: give when it was."
        raise VisitsError(msg)


def _first_word(
    connection: sa.Connection, stop_id: int, actor: Actor, moment: Moment, **said: Any
) -> Any:
    """Keep what is said of a stop unless something was; give what stands."""
    told = {"stop_id": stop_id, "told_at": moment.now, "told_by": actor.name, **said}
    connection.execute(insert(VisitOutcome).values(told).on_conflict_do_nothing())
    return _stands(connection, stop_id)


def _take_back_skip(
    connection: sa.Connection, stop_id: int, actor: Actor, moment: Moment, *, at: datetime
) -> None:
    came = {
        "skipped_because": None, "arrived_at": at, "told_at": moment.now, "told_by": actor.name,
    }  # fmt: skip
    skipped = sa.update(VisitOutcome).where(
        VisitOutcome.stop_id == stop_id, VisitOutcome.skipped_because.is_not(None)
    )
    connection.execute(skipped.values(came))


def _stands(connection: sa.Connection, stop_id: int) -> Any:
    query = sa.select(VisitOutcome.__table__).where(VisitOutcome.stop_id == stop_id)
    return connection.execute(query.with_for_update()).first()
