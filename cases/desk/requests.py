"""Ask what people outside have asked of the town, and what of it waits."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.desk.lists import COUNTED
from cases.models import LienSearch, LienSearchEnd, LienSearchFee, LienSearchWaiting
from geo.layers import Parcel, ParcelPeriod


def lien_search(search_id: int) -> sa.Select[Any]:
    """Select one request as `lien_searches` does, with ``content`` and ``sha256`` of its answer."""
    whole = _rows().add_columns(LienSearchEnd.content, LienSearchEnd.sha256)
    return whole.where(LienSearch.id == search_id)


def lien_searches(*, first: date, last: date, most: int, skip: int = 0) -> sa.Select[Any]:
    """Select a page of requests: those that wait, by their last day, then those of some days.

    Columns: the request's own, ``parcel_no``, ``situs_address``; ``receipt_no`` and ``paid_on`` of
    its fee; ``how``, ``reason``, ``good_through``, ``ended_on`` and ``ended_by`` of its end, None
    while it waits.
    """
    waits = LienSearchWaiting.lien_search_id.is_not(None)
    return (
        _rows()
        .outerjoin(LienSearchWaiting, LienSearchWaiting.lien_search_id == LienSearch.id)
        .where(LienSearch.id.in_(_listed(first, last)))
        .order_by(waits.desc(), LienSearchWaiting.due_on, LienSearch.id.desc())
        .limit(most)
        .offset(skip)
    )


def count(*, first: date, last: date) -> sa.Select[int]:
    """Count what `lien_searches` lists, one more than `COUNTED` at most."""
    some = _listed(first, last).limit(COUNTED + 1)
    return sa.select(sa.func.count()).select_from(some.subquery())


def lien_searches_waiting(*, due_before: date | None = None) -> sa.Select[int]:
    """Count the requests that wait for an answer, one more than `COUNTED` at most.

    Only those due before a day, if one is given.
    """
    waits = sa.select(LienSearchWaiting.lien_search_id)
    if due_before is not None:
        waits = waits.where(LienSearchWaiting.due_on < due_before)
    return sa.select(sa.func.count()).select_from(waits.limit(COUNTED + 1).subquery())


def _listed(first: date, last: date) -> sa.CompoundSelect[int]:
    those_days = sa.select(LienSearch.id).where(LienSearch.received_on.between(first, last))
    return sa.union(sa.select(LienSearchWaiting.lien_search_id), those_days)


_HEAVY = ("lien_search_id", "content", "sha256")
"""What a list has no use for: an answer may be long."""


def _rows() -> sa.Select[Any]:
    ends = [each for each in LienSearchEnd.__table__.c if each.name not in _HEAVY]
    return (
        sa.select(
            LienSearch.__table__, Parcel.parcel_no, ParcelPeriod.situs_address,
            LienSearchFee.receipt_no, LienSearchFee.paid_on, *ends,
        )
        .join(Parcel, Parcel.id == LienSearch.parcel_id)
        .outerjoin(
            ParcelPeriod,
            sa.and_(ParcelPeriod.parcel_id == Parcel.id, ParcelPeriod.valid_to.is_(None)),
        )
        .outerjoin(LienSearchFee, LienSearchFee.lien_search_id == LienSearch.id)
        .outerjoin(LienSearchEnd, LienSearchEnd.lien_search_id == LienSearch.id)
    )  # fmt: skip
