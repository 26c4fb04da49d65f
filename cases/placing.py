"""Put a complaint or a case that is tied to no parcel where it turns out to be."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.advancing import advance, lock_open_case, record
from cases.complaints import lock_complaint, move_complaint
from cases.errors import CaseError
from cases.models import Case, Complaint, Staff
from cases.placement import Placement, placement
from cases.receiving import beat_of
from cases.review import Rule, overridden, zone_of
from cases.tying import LonLat, Whereabouts
from cases.wording import tidy
from cases.workflow.casefile import CaseAction, CaseStatus
from cases.workflow.complaint import ComplaintAction, ComplaintStatus
from geo.layers import Parcel, ParcelPeriod


class PlaceError(CaseError, ValueError):
    """No place is found by what was said, or what is to be placed is on a parcel."""


def place_complaint(
    connection: sa.Connection,
    *,
    complaint_id: int,
    where: str | LonLat,
    actor: Actor,
    moment: Moment,
) -> None:
    """Tie a complaint to its parcel and its officer's zone; what was said of where stays.

    Parameters
    ----------
    where
        The parcel's number, an address on it, or a point in the town (EPSG:4326): it is on the
        parcel that holds the point, or on the point alone, as in a street.

    Raises
    ------
    PlaceError
        There is no such parcel, the point lies outside the town, or it is tied to a parcel.
    """
    row = lock_complaint(connection, complaint_id, moment=moment)
    step = advance(ComplaintStatus(row.status), ComplaintAction.PLACE, actor=actor)
    if row.parcel_id is not None:
        msg = f"Complaint {row.number} is on a parcel: it is placed only where it is on none."
        raise PlaceError(msg)
    placed = _placed(connection, where, on=moment.on)
    columns: dict[str, Any] = {**placed.columns, **_reviewed(connection, row, placed)}
    # By a statement of its own, for its point is an expression.
    connection.execute(sa.update(Complaint).where(Complaint.id == row.id).values(columns))
    told = _told(connection, placed, zone_id=columns["zone_id"])
    move_complaint(connection, row, step, actor=actor, moment=moment, **told)


def place_case(
    connection: sa.Connection, *, case_id: int, where: str | LonLat, actor: Actor, moment: Moment
) -> None:
    """Tie a case to its parcel, as that was when it was opened, and to its officer's zone.

    What was said of where stays beside it.

    Parameters
    ----------
    where
        As for `place_complaint`.

    Raises
    ------
    PlaceError
        There is no such parcel, the point lies outside the town, or it is tied to a parcel.
    """
    case = lock_open_case(connection, case_id, on=moment.on)
    step = advance(CaseStatus.OPEN, CaseAction.PLACE, actor=actor)
    if case.parcel_id is not None:
        msg = f"Case {case.number} is on a parcel: it is placed only where it is on none."
        raise PlaceError(msg)
    placed = _placed(connection, where, on=case.opened_on)
    columns = placed.columns
    if placed.tied.tie.parcel_id is None:
        columns["tie_note"] = None  # a person says that it is on no parcel: nothing is odd in it
    connection.execute(sa.update(Case).where(Case.id == case_id).values(columns))
    told = _told(connection, placed, zone_id=placed.zone_id, officer=_given_to(connection, case_id))
    record(
        connection, step, case_id=case_id, actor=actor, moment=moment,
        tie=placed.tied.tie.method, **told,
    )  # fmt: skip


def _placed(connection: sa.Connection, where: str | LonLat, *, on: date | None) -> Placement:
    if isinstance(where, str):
        return _found(connection, tidy(where) or "", on=on)
    return _pointed(connection, where, on=on)


def _found(connection: sa.Connection, where: str, *, on: date | None) -> Placement:
    there: dict[str, Any] = {"point": None, "opened_on": on}
    for said in (
        Whereabouts(parcel_no=where, address=None, **there),
        Whereabouts(parcel_no=None, address=where, **there),
    ):
        placed = placement(connection, said)
        if placed.tied.tie.parcel_id is not None:
            return placed
    msg = (
        f"We know no parcel or address “{where}”: check the house number and the street, or give "
        "the parcel's number."
    )
    raise PlaceError(msg)


def _pointed(connection: sa.Connection, point: LonLat, *, on: date | None) -> Placement:
    said = Whereabouts(parcel_no=None, address=None, point=point, opened_on=on)
    placed = placement(connection, said)
    if placed.point is None:
        lon, lat = point
        msg = f"The point {lat:.5f}, {lon:.5f} lies outside the town: put it within."
        raise PlaceError(msg)
    return placed


def _told(
    connection: sa.Connection,
    placed: Placement,
    *,
    zone_id: int | None,
    officer: str | None = None,
) -> dict[str, Any]:
    """Return what a history tells of a place: its parcel, or its point where on none, and whose.

    Parameters
    ----------
    officer
        Whom it was given to by name; None where its zone says whose it is.
    """
    parcel = connection.execute(
        sa.select(Parcel.parcel_no, ParcelPeriod.situs_address)
        .join(ParcelPeriod, ParcelPeriod.parcel_id == Parcel.id)
        .where(ParcelPeriod.id == placed.tied.period_id)
    ).first()
    beat = beat_of(connection, zone_id)
    return {
        "parcel_no": parcel and parcel.parcel_no,
        "pointed_at": None if parcel else _degrees(placed),
        "situs": parcel and parcel.situs_address,
        "placed_in": beat and beat.name,
        "falls_to": officer or (beat and beat.officer),
    }


def _given_to(connection: sa.Connection, case_id: int) -> str | None:
    named = sa.select(Staff.name).join(Case, Case.officer_id == Staff.id).where(Case.id == case_id)
    return connection.scalar(named)


def _degrees(placed: Placement) -> str:
    assert placed.point is not None  # noqa: S101 - without a parcel it is placed by a point
    lon, lat = placed.point
    return f"{lat:.5f}, {lon:.5f}"


def _reviewed(connection: sa.Connection, row: sa.Row[Any], placed: Placement) -> dict[str, Any]:
    """Put the zone it lies in beside what the review said of it; a person's choice stays."""
    if overridden(row.screening or (), Rule.ZONE) is not None:
        return {"zone_id": row.zone_id}
    zone = zone_of(beat_of(connection, placed.zone_id))
    lies = {"value": zone.value, "because": zone.because}
    screening = [
        {**each, **lies} if each["rule"] == Rule.ZONE else each for each in row.screening or ()
    ]
    return {"screening": screening} if row.screening else {}
