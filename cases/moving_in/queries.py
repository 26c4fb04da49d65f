"""Ask whence a case came, and what of the latest moves waits for a person."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from cases.models import MovingCutOver, MovingException
from cases.moving_in.placing import MOVED_IN, RUN_KIND
from geo.layers import ImportRun

AT_ONCE = 200
"""So many of what waits of a system stand on the page; all of it in the file."""


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


def latest_moves() -> sa.Select[Any]:
    """Select the latest export of each system, and when the cut-over from it was made."""
    system = ImportRun.details["system"].astext
    latest = sa.select(sa.func.max(ImportRun.id)).where(ImportRun.kind == RUN_KIND).group_by(system)
    return (
        sa.select(ImportRun.__table__, system.label("system"), MovingCutOver.cut_over_on)
        .outerjoin(MovingCutOver, MovingCutOver.system == system)
        .where(ImportRun.id.in_(latest))
        .order_by(ImportRun.id.desc())
    )


def waiting(*, most: int | None = None) -> sa.Select[Any]:
    """Select what waits for a person, by system and in the order of its files.

    Columns: those of `cases.models.MovingException`; ``system``; ``place`` and ``in_all``, which of
    how many of its system it is.

    Parameters
    ----------
    most
        So many of each system at most.
    """
    system = ImportRun.details["system"].astext
    at = MovingException
    place = sa.func.row_number().over(partition_by=system, order_by=(at.file, at.line, at.id))
    listed = (
        sa.select(
            at.__table__, system.label("system"), place.label("place"),
            sa.func.count().over(partition_by=system).label("in_all"),
        )
        .join(ImportRun, ImportRun.id == at.import_run_id)
        .subquery()
    )  # fmt: skip
    query = sa.select(listed).order_by(listed.c.system, listed.c.place)
    return query if most is None else query.where(listed.c.place <= most)
