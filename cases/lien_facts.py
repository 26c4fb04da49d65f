"""Tell the liens on a parcel, on those it was made from, and on others of its owners."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.adopted import NoLawError
from cases.exposure import bound_lots, joined_alike, open_liens, other_property, reckoned, stood
from cases.lineage import ancestors
from cases.models import Lien, LienRelease, Respondent, Succession
from cases.owners.names import name_key
from cases.workflow.lien import BINDING
from geo.layers import Parcel

type Facts = dict[str, Any]
"""Plain JSON: days as ISO 8601, money in whole cents."""


def of_parcel(connection: sa.Connection, parcel_id: int, *, on: date) -> Iterator[Facts]:
    """Yield a parcel's own liens and their ``priority``, from 1, by the end of a day."""
    mine = open_liens().where(Lien.parcel_id == parcel_id)
    rows = connection.execute(mine).all()
    for place, each in enumerate(_told(connection, rows, on=on), start=1):
        yield {**each, "priority": place}


def of_ancestors(connection: sa.Connection, parcel_id: int, *, on: date) -> Iterator[Facts]:
    """Yield the liens of the parcels that a parcel was made from: a split does not end them.

    One binds it no more that freed it by name, or all those by which it came from the lien's own.
    """
    came_from = ancestors(parcel_id)
    was_there = sa.exists().where(stood(Lien.id), Succession.from_parcel_id.in_(came_from))
    elsewhere = open_liens().where(Lien.parcel_id != parcel_id)
    older = connection.execute(
        elsewhere.where(sa.or_(Lien.parcel_id.in_(came_from), was_there))
    ).all()
    for lien in older:
        here = bound_lots(lien).subquery()
        if connection.scalar(sa.select(sa.exists().where(here.c.child_id == parcel_id))):
            yield from _told(connection, [lien], on=on)


def of_owners(
    connection: sa.Connection, parcel_id: int, owners: Sequence[str], *, on: date
) -> Iterator[Facts]:
    """Yield the liens of other parcels whose violator owns this one (s. 162.09(3), Florida).

    Parameters
    ----------
    owners
        The parcel's owners now, as the roll names them.
    """
    for case_id in _cases_of(connection, parcel_id, owners):
        here = connection.execute(
            _other_property(connection, case_id).where(Parcel.id == parcel_id)
        ).all()
        freed = sa.select(LienRelease.id).where(
            LienRelease.lien_id == Lien.id, LienRelease.parcel_id == parcel_id
        )
        liens = open_liens().where(Lien.case_id == case_id, sa.literal(bool(here)), ~freed.exists())
        homestead = any(each.homestead for each in here)
        for each in _told(connection, connection.execute(liens).all(), on=on):
            yield {**each, "homestead": homestead}


def iso(day: date | None) -> str | None:
    """Return a day as it stands in the facts."""
    return day.isoformat() if day else None


def _cases_of(connection: sa.Connection, parcel_id: int, owners: Sequence[str]) -> list[int]:
    """Return the cases with a lien elsewhere in which somebody of the owners' name answers."""
    keys = {name_key(name) for name in owners} - {""}
    named = (
        sa.select(Lien.case_id, Respondent.name)
        .select_from(joined_alike(Respondent, Respondent.name, names=owners))
        .join(Lien, Lien.case_id == Respondent.case_id)
        .where(Lien.status.in_(BINDING), Lien.parcel_id != parcel_id)
        .distinct()
    )
    rows = connection.execute(named).all() if keys else ()
    return sorted({row.case_id for row in rows if name_key(row.name) in keys})


def _other_property(connection: sa.Connection, case_id: int) -> sa.Select[Any]:
    try:
        return other_property(connection, case_id)
    except NoLawError:  # a case of another system, whose law is not known here
        return sa.select(Parcel.id).where(sa.false())


def _told(connection: sa.Connection, liens: Sequence[sa.Row[Any]], *, on: date) -> Iterator[Facts]:
    for lien, each in zip(liens, reckoned(connection, liens, on=on), strict=True):
        yield {
            "parcel": lien.parcel_no,
            "instrument_no": lien.instrument_no,
            "book": lien.book,
            "page": lien.page,
            "recorded_on": iso(lien.recorded_on),
            "case": lien.case_number,
            "order": lien.order_number,
            "principal_cents": each.principal_cents,
            "accrued_cents": each.accrued_cents,
            "per_diem_cents": each.per_diem_cents,
            "expires_on": iso(each.expires_on),
        }
