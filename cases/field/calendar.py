"""Show an officer's appointments, and let a calendar elsewhere read them by a secret address."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from cases.accounts.members import COLUMNS, Member, as_member
from cases.accounts.sessions import hashed, new_token
from cases.assigning import held_by
from cases.models import CalendarToken, Case, CaseEvent, Inspection, Staff
from cases.workflow.inspection import PLANNED, InspectionStatus

_KEPT = (*PLANNED, InspectionStatus.MADE, InspectionStatus.NO_ACCESS, InspectionStatus.CANCELLED)


def appointments(officer: str, *, since: datetime, until: datetime) -> sa.Select[Any]:
    """Select the appointments in an officer's cases between two moments, by their hour.

    Columns: the inspection's, ``number``, ``category``, ``address``, ``lon``, ``lat`` (EPSG:4326),
    and ``changes``: how often the appointment was told of in its case's history, and so changed.
    """
    told = CaseEvent.details["inspection"].as_integer()
    changes = (
        sa.select(sa.func.count())
        .where(CaseEvent.case_id == Inspection.case_id, told == Inspection.id)
        .scalar_subquery()
    )
    return (
        sa.select(
            Inspection.id, Inspection.status, Inspection.booked_for, Inspection.made_on,
            Case.number, Case.category,
            sa.func.coalesce(
                sa.func.office.address_of(Case.parcel_id, Case.parcel_period_id),
                Case.stated_address,
            ).label("address"),
            sa.func.ST_X(Case.point).label("lon"),
            sa.func.ST_Y(Case.point).label("lat"),
            changes.label("changes"),
        )
        .join(Case, Case.id == Inspection.case_id)
        .where(
            held_by(officer),
            Inspection.status.in_(_KEPT),
            Inspection.booked_for >= since,
            Inspection.booked_for < until,
        )
        .order_by(Inspection.booked_for, Inspection.id)
    )  # fmt: skip


def give_address(connection: sa.Connection, staff_id: int, *, now: datetime) -> str:
    """Return the token of a new address of somebody's calendar; the one before reads no more."""
    revoke(connection, staff_id, now=now)
    token = new_token()
    values = {"token_sha256": hashed(token), "staff_id": staff_id, "made_at": now}
    connection.execute(sa.insert(CalendarToken).values(values))
    return token


def revoke(connection: sa.Connection, staff_id: int, *, now: datetime) -> None:
    """Let nobody read somebody's calendar by the address given out."""
    connection.execute(
        sa.update(CalendarToken)
        .where(CalendarToken.staff_id == staff_id, CalendarToken.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def has_address(connection: sa.Connection, staff_id: int) -> bool:
    """Tell whether an address of somebody's calendar is given out."""
    running = sa.select(CalendarToken.staff_id).where(
        CalendarToken.staff_id == staff_id, CalendarToken.revoked_at.is_(None)
    )
    return bool(connection.scalar(sa.select(running.exists())))


def whose(connection: sa.Connection, token: str) -> Member | None:
    """Return whose calendar an address reads; None where it was revoked or never was."""
    row = connection.execute(
        sa.select(*COLUMNS)
        .join(CalendarToken, CalendarToken.staff_id == Staff.id)
        .where(
            CalendarToken.token_sha256 == hashed(token), CalendarToken.revoked_at.is_(None),
            Staff.active,
        )
    ).first()  # fmt: skip
    return as_member(row) if row else None
