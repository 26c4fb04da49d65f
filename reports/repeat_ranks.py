"""Say how sure the rank of a repeat parcel is: few cases cannot tell it from its neighbours."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa

from cases.exempted import EXEMPT
from cases.models import Case
from geo.layers import ParcelPeriod, Zone
from reports.errors import NothingToReportError, TooLittleToSayError, TooMuchError
from reports.repeat import Question
from reports.stats.shrinkage import ranking

WORST = 10
"""How long the list is of which each parcel is told how surely it belongs there."""
DRAWS = 400
"""How often ranks are drawn: enough for limits told in whole places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankOf:
    """What is known of one parcel's rank among all parcels of the town.

    Attributes
    ----------
    yearly, low, high
        The cases a year that it brings in the long run, given all other parcels, and the limits
        between which that lies with a chance of 95 %.
    best, worst
        The limits of its rank.
    top
        The chance that it is among the `WORST` parcels.
    """

    yearly: float
    low: float
    high: float
    best: int
    worst: int
    top: float


def ranks_of(connection: sa.Connection, question: Question) -> dict[int, RankOf]:
    """Rank every parcel with a case of the question; nothing of too few, or too many.

    Parameters
    ----------
    question
        As `reports.repeat.list_repeat_parcels` takes it, its zone a code. Parcels without a case
        count as well, for they could have been on the list.
    """
    counted = {row.parcel_id: row.cases for row in connection.execute(_counts(question))}
    every = sa.select(sa.func.count()).where(ParcelPeriod.valid_to.is_(None))
    without = max(0, (connection.scalar(every) or 0) - len(counted))
    events = np.array([*counted.values(), *[0] * without], dtype=np.float64)
    try:
        found = ranking(
            events,
            np.full(len(events), float(question.years)),
            k=min(WORST, len(events) or 1),
            draws=DRAWS,
        )
    except (NothingToReportError, TooLittleToSayError, TooMuchError):
        return {}
    return {
        parcel: RankOf(
            yearly=float(found.shrunk[at]), low=float(found.lower[at]),
            high=float(found.upper[at]), best=int(found.best[at]), worst=int(found.worst[at]),
            top=float(found.top[at]),
        )
        for at, parcel in enumerate(counted)
    }  # fmt: skip


def _counts(question: Question) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (Case.parcel_id, sa.func.count().label("cases"))
    query = (
        sa.select(*columns)
        .where(
            Case.parcel_id.is_not(None), Case.published,
            Case.opened_on > question.after, Case.opened_on <= question.on,
        )
        .group_by(Case.parcel_id)
        .order_by(Case.parcel_id)
    )  # fmt: skip
    if question.category:
        query = query.where(Case.category == question.category)
    if question.zone:
        zone = sa.select(Zone.id).where(Zone.kind == "officer", Zone.code == question.zone)
        query = query.where(Case.zone_id == zone.scalar_subquery())
    return query.where(~EXEMPT) if question.outside else query
