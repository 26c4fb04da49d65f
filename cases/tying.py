"""Tie cases to the parcel they are about and to what that parcel was when they were opened."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import shapely
import sqlalchemy as sa

from geo.compiled import Compiled
from geo.layers import Parcel, ParcelPeriod
from geo.locate import Locator, Tie, untied
from geo.lookups import ByIndex, WholeTown

type LonLat = tuple[float, float]

FEW = 100
"""Up to how many cases are looked up one by one; for more, the town is read whole."""
BEFORE_RECORDS = "opened before the parcel's first period on record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """What a case says of where it is; `point` is lon, lat in EPSG:4326."""

    parcel_no: str | None
    address: str | None
    point: LonLat | None
    opened_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTie:
    """The parcel and period a case is tied to, how, and the point it stands at on the map.

    Attributes
    ----------
    point
        Lon, lat (EPSG:4326): inside the parcel; the case's own where it is tied to none.
    """

    tie: Tie
    period_id: int | None
    point: LonLat | None


@dataclass(frozen=True, slots=True)
class _Period:
    """A stretch of a parcel's history, with a point inside it."""

    id: int
    valid_from: date | None
    valid_to: date | None
    point: LonLat

    def covers(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


def parcels_are_loaded(connection: sa.Connection) -> bool:
    """Tell whether there is any parcel to tie a case to."""
    return bool(connection.scalar(sa.select(sa.exists(sa.select(Parcel.id)))))


def tie_cases(connection: sa.Connection, cases: Sequence[Whereabouts]) -> list[CaseTie]:
    """Tie each case by its parcel number, else by its address, else by its point.

    The period is the one in force on the opening day. A case from before all periods is tied to
    the first, one of unknown day to the last; either is noted.
    """
    ties = _ties(connection, cases)
    periods = _periods(connection, {tie.parcel_id for tie in ties if tie.parcel_id is not None})
    tied = []
    for case, tie in zip(cases, ties, strict=True):
        if tie.parcel_id is None:
            tied.append(CaseTie(tie=tie, period_id=None, point=case.point))
        else:
            tied.append(_in_period(tie, periods[tie.parcel_id], opened_on=case.opened_on))
    return tied


def _ties(connection: sa.Connection, cases: Sequence[Whereabouts]) -> list[Tie]:
    numbers = (case.parcel_no for case in cases if case.parcel_no)
    few = len(cases) <= FEW
    locator = Locator(ByIndex(connection) if few else WholeTown(connection, parcel_nos=numbers))
    ties = [_by_words(locator, case) for case in cases]
    pointed = [
        at
        for at, (case, tie) in enumerate(zip(cases, ties, strict=True))
        if tie.parcel_id is None and case.point is not None
    ]
    if pointed:
        found = locator.by_points(np.array([cases[at].point for at in pointed]))
        for at, tie in zip(pointed, found, strict=True):
            ties[at] = replace(tie, note=_joined(ties[at].note, tie.note))
    return ties


def _by_words(locator: Locator, case: Whereabouts) -> Tie:
    tie = locator.by_parcel_no(case.parcel_no) if case.parcel_no else untied("")
    if tie.parcel_id is None and case.address:
        by_address = locator.by_address(case.address)
        tie = replace(by_address, note=_joined(tie.note, by_address.note))
    return tie


def _joined(*notes: str | None) -> str | None:
    return "; ".join(filter(None, notes)) or None


def _periods(connection: sa.Connection, parcel_ids: Iterable[int]) -> dict[int, list[_Period]]:
    """Look up the parcels' periods, earliest first."""
    rows = _PERIODS.all(connection, parcel_ids=sorted(parcel_ids))
    points = shapely.get_coordinates(shapely.from_wkb([bytes(row[4]) for row in rows])).tolist()
    periods: dict[int, list[_Period]] = defaultdict(list)
    for (parcel_id, period_id, valid_from, valid_to, _), (lon, lat) in zip(
        rows, points, strict=True
    ):
        periods[parcel_id].append(_Period(period_id, valid_from, valid_to, (lon, lat)))
    return periods


_PERIODS = Compiled(
    sa.select(
        ParcelPeriod.parcel_id,
        ParcelPeriod.id,
        ParcelPeriod.valid_from,
        ParcelPeriod.valid_to,
        sa.func.ST_AsBinary(sa.func.ST_PointOnSurface(ParcelPeriod.geom)).label("inside"),
    )
    .where(
        ParcelPeriod.parcel_id == sa.any_(sa.bindparam("parcel_ids", type_=sa.ARRAY(sa.BigInteger)))
    )
    .order_by(ParcelPeriod.parcel_id, ParcelPeriod.valid_from.nulls_first())
)


def _in_period(tie: Tie, periods: Sequence[_Period], *, opened_on: date | None) -> CaseTie:
    note = tie.note
    if opened_on is None:
        period = periods[-1]
    else:
        covering = [period for period in periods if period.covers(opened_on)]
        period = covering[0] if covering else periods[0]
        note = note if covering else _joined(note, BEFORE_RECORDS)
    return CaseTie(tie=replace(tie, note=note), period_id=period.id, point=period.point)
