"""Let managers alone say how others work, one at a time, and keep what they changed."""

from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.models import WorkingEvent
from cases.permissions import Right, may
from cases.working.terms import WorkingError


class NotYoursToPlanError(WorkingError):
    """Somebody says how others work who does not lead them."""


def permit(actor: Actor) -> None:
    """Refuse whoever leads nobody.

    Raises
    ------
    NotYoursToPlanError
        The actor's role plans nobody's work.
    """
    if not may(actor.role, Right.PLAN_WORK):
        msg = f"{actor.name} may not say who works when: a manager does."
        raise NotYoursToPlanError(msg)


def take_turn(connection: sa.Connection, staff_id: int | None) -> None:
    """Wait until nobody else changes how somebody works, and let nobody until the end."""
    lock = sa.func.hashtextextended(f"working:{staff_id or 'town'}", 0)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))


def tell(
    connection: sa.Connection,
    kind: str,
    *,
    staff_id: int | None,
    actor: Actor,
    moment: Moment,
    **details: Any,
) -> None:
    """Keep what was changed, by whom and when; of an officer, or with None of the town."""
    values = {
        "staff_id": staff_id, "kind": kind, "actor": actor.name, "happened_at": moment.now,
        "details": details,
    }  # fmt: skip
    connection.execute(sa.insert(WorkingEvent).values(values))
