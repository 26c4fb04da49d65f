"""Ask whence a case came, and what of the latest move waits for a person."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from cases.models import MovingCutOver, MovingException
from cases.moving_in.placing import MOVED_IN, RUN_KIND
from geo.layers import ImportRun

AT_ONCE = 200
"""So many of what waits stand on the page; all of it in the file."""


def whence(events: Sequence[sa.Row[Any]]) -> Mapping[str, Any] | None:
    """Return what a case's history says of the system it came from; None of one opened here.

    Parameters
    ----------
    events
        All of its history, in order.
    """
    if not events or events[0].kind != MOVED_IN:
        return None
    told: Mapping[str, Any] = events[0].details
    return told


def latest_move() -> sa.Select[Any]:
    """Select the latest export that was taken in, and when the cut-over was made."""
    system = ImportRun.details["system"].astext
    return (
        sa.select(ImportRun.__table__, system.label("system"), MovingCutOver.cut_over_on)
        .outerjoin(MovingCutOver, MovingCutOver.system == system)
        .where(ImportRun.kind == RUN_KIND)
        .order_by(ImportRun.id.desc())
        .limit(1)
    )


def waiting(*, most: int | None = None) -> sa.Select[Any]:
    """Select what waits for a person, in the order of the files, with how many there are."""
    query = sa.select(MovingException.__table__, sa.func.count().over().label("in_all"))
    return query.order_by(MovingException.file, MovingException.line, MovingException.id).limit(
        most
    )
