"""Find the complaints and cases that may be about the same matter as a new report."""

import math
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy import Select

from cases.models import Case, Complaint
from cases.phases import ENDED
from cases.placement import as_point
from cases.tying import LonLat
from cases.workflow.complaint import ComplaintStatus
from geo.crs import to_web_mercator
from geo.layers import WEB_MERCATOR

OPEN = (ComplaintStatus.RECEIVED, ComplaintStatus.ACCEPTED, ComplaintStatus.LINKED)
_ROUND_EARTH = 1.01
"""Web Mercator stretches the ellipsoid by up to 0.7 % more than the sphere; a box may be wider."""


def duplicates_of(
    *,
    parcel_id: int | None,
    point: LonLat | None,
    category: str,
    within_m: float,
    ended_since: date,
    stated: str | None = None,
) -> Select[Any]:
    """Select what may be the same matter: all on the parcel, and of the same category nearby.

    Columns: ``kind`` (``case`` or ``complaint``), ``id``, ``number``, ``category``,
    ``same_parcel`` and ``metres`` (on the ellipsoid; None where either has no point). Those on
    the parcel come first, then by distance, then by number.

    Parameters
    ----------
    parcel_id, point
        Where the new report is; `point` is lon, lat in EPSG:4326.
    within_m
        How far, in metres, another of its category may be.
    ended_since
        What ended before this day is left out; a void case always is.
    stated
        The address as it was said. Where the report has neither parcel nor point, complaints of
        its category that have neither and were said to be at the same address may be its like.
    """
    running = Case.closed_on.is_(None) & (
        Case.import_run_id.is_(None) | Case.phase.not_in(sorted(ENDED))
    )
    cases = (running | (Case.closed_on >= ended_since)) & Case.voided_on.is_(None)
    told = Complaint.status.in_(OPEN) | (Complaint.closed_on >= ended_since)
    asked = (parcel_id, point, category, within_m)
    found = [
        _found("case", Case, *asked).where(cases),
        _found("complaint", Complaint, *asked).where(told),
    ]
    if stated and parcel_id is None and point is None:
        found.append(_unplaced(stated, category).where(told))
    both = sa.union_all(*found).subquery("found")
    order = (both.c.same_parcel.desc(), both.c.metres.nulls_last(), both.c.number)
    return sa.select(both).order_by(*order)


def _found(
    kind: str,
    what: type[Case | Complaint],
    parcel_id: int | None,
    point: LonLat | None,
    category: str,
    within_m: float,
) -> Select[str, int, str, str, bool, float]:
    near = sa.false() if point is None else _near(what, point, within_m=within_m)
    here = sa.false() if parcel_id is None else what.parcel_id == parcel_id
    metres = sa.null() if point is None else _metres(what, point)
    return sa.select(
        sa.literal(kind).label("kind"),
        what.id,
        what.number,
        what.category,
        sa.func.coalesce(here, sa.false()).label("same_parcel"),
        sa.cast(metres, sa.Float(53)).label("metres"),
    ).where(here | (near & (what.category == category)))


def _unplaced(stated: str, category: str) -> Select[str, int, str, str, bool, float]:
    """Select complaints that lie nowhere, by their address: neither case nor blanks tell apart."""
    return sa.select(
        sa.literal("complaint").label("kind"),
        Complaint.id,
        Complaint.number,
        Complaint.category,
        sa.false().label("same_parcel"),
        sa.cast(sa.null(), sa.Float(53)).label("metres"),
    ).where(
        Complaint.parcel_id.is_(None),
        Complaint.point.is_(None),
        Complaint.category == category,
        sa.func.lotline.as_stated(Complaint.stated_address) == sa.func.lotline.as_stated(stated),
    )


def _metres(what: type[Case | Complaint], point: LonLat) -> sa.Function[Any]:
    return sa.func.ST_Distance(sa.func.geography(what.point), sa.func.geography(as_point(point)))


def _near(
    what: type[Case | Complaint], point: LonLat, *, within_m: float
) -> sa.ColumnElement[bool]:
    """Filter by a box in EPSG:3857, which the index answers, and then by true distance."""
    ((x, y),) = to_web_mercator(np.array([point])).tolist()
    half = within_m * _ROUND_EARTH / math.cos(math.radians(point[1]))
    box = sa.func.ST_MakeEnvelope(x - half, y - half, x + half, y + half, WEB_MERCATOR)
    return what.point_3857.bool_op("&&")(box) & (_metres(what, point) <= within_m)
