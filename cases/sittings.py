"""Convene the sittings of the bodies that the law pack names."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.adopted import adopted_law
from cases.errors import CaseError
from cases.models import Hearing, HearingSession


class SittingError(CaseError):
    """A sitting cannot be convened as asked."""


def convene(
    connection: sa.Connection, *, body: str, held_on: date, capacity: int, law_pack_id: int
) -> int:
    """Set a day on which a body sits; gives the sitting's identity, the same when asked again.

    Parameters
    ----------
    capacity
        How many hearings it has room for.

    Raises
    ------
    SittingError
        The law pack has no such body, or there is room for none.
    """
    bodies = [each.name for each in adopted_law(connection, law_pack_id).bodies]
    if body not in bodies or capacity < 1:
        msg = (
            f"A sitting of {body} with room for {capacity} cannot be: the bodies are "
            f"{', '.join(bodies)}, and there is room for 1 or more."
        )
        raise SittingError(msg)
    values = {"body": body, "held_on": held_on, "capacity": capacity}
    connection.execute(insert(HearingSession).values(values).on_conflict_do_nothing())
    query = sa.select(HearingSession.id).where(
        HearingSession.body == body, HearingSession.held_on == held_on
    )
    return int(connection.execute(query).scalar_one())


def upcoming(*, on: date) -> sa.Select[Any]:
    """Select the sittings from a day on: ``id``, ``body``, ``held_on``, ``capacity``, ``taken``."""
    taken = (
        sa.select(sa.func.count())
        .where(Hearing.session_id == HearingSession.id, Hearing.docket_place.is_not(None))
        .scalar_subquery()
    )
    query = sa.select(HearingSession.__table__, taken.label("taken"))
    later = query.where(HearingSession.held_on >= on)
    return later.order_by(HearingSession.held_on, HearingSession.body)
