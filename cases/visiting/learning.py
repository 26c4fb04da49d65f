"""Learn from visits that were made how long each kind takes, and say where a figure comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.models import VisitItem, VisitOutcome, VisitStop
from cases.visiting.kinds import USUAL, Kind
from cases.visiting.settings import MINUTE, Settings, seconds_of

ENOUGH = 20
"""Fewer visits of a kind say nothing of the next."""
LOOKS_BACK = timedelta(days=365)
SHORTEST, LONGEST = 2 * MINUTE, 90 * MINUTE
"""In seconds; what is beyond is a phone forgotten in a truck, not a visit."""


class Source(StrEnum):
    """Where a figure comes from."""

    SET = "set"  # by a manager
    LEARNED = "learned"  # from visits made
    USUAL = "usual"  # as the program takes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """How long a kind of visit takes at the door.

    Attributes
    ----------
    visits
        How many such visits of a year are known, whatever the figure comes from.
    learned
        Their median in seconds, within bounds; None where they are fewer than `ENOUGH`.
    """

    seconds: int
    source: Source
    visits: int = 0
    learned: int | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """How long each kind takes."""

    by_kind: Mapping[Kind, Time]

    def of(self, kind: Kind) -> Time:
        """Return how long a kind takes."""
        return self.by_kind[kind]


def times(connection: sa.Connection, settings: Settings, *, on: date) -> Times:
    """Tell how long each kind takes: as a manager set it, else as was learned, else as is usual."""
    learned = {row.kind: row for row in connection.execute(_made(since=on - LOOKS_BACK))}
    return Times({kind: _time(kind, learned.get(kind), settings) for kind in Kind})


def _time(kind: Kind, row: Any, settings: Settings) -> Time:
    visits = row.visits if row else 0
    median = None
    if visits >= ENOUGH:
        median = round(min(max(row.median, SHORTEST), LONGEST))
    said = settings.said.get(seconds_of(kind))
    if said is not None:
        return Time(seconds=said, source=Source.SET, visits=visits, learned=median)
    if median is not None:
        return Time(seconds=median, source=Source.LEARNED, visits=visits, learned=median)
    return Time(seconds=USUAL[kind].minutes * MINUTE, source=Source.USUAL, visits=visits)


def _made(*, since: date) -> sa.Select[Any]:
    """Select how many visits of each kind were made and the median of what they took, in seconds.

    Only stops that had one thing to do: of several nobody knows what each took.
    """
    took = sa.extract("epoch", VisitOutcome.left_at - VisitOutcome.arrived_at)
    alone = (
        sa.select(VisitItem.stop_id, sa.func.min(VisitItem.kind).label("kind"))
        .where(VisitItem.stop_id.is_not(None))
        .group_by(VisitItem.stop_id)
        .having(sa.func.count() == 1)
        .subquery()
    )
    median = sa.func.percentile_cont(0.5).within_group(took)
    return (
        sa.select(
            alone.c.kind, sa.func.count().label("visits"), median.label("median")
        )
        .join(VisitStop, VisitStop.id == alone.c.stop_id)
        .join(VisitOutcome, VisitOutcome.stop_id == VisitStop.id)
        .where(VisitOutcome.left_at.is_not(None), VisitOutcome.arrived_at >= since)
        .group_by(alone.c.kind)
    )  # fmt: skip
