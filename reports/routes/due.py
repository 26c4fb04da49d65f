"""Find the cases that are due for a visit."""

from datetime import date

import sqlalchemy as sa

from cases.models.case import Case
from reports.naming import officer_zone
from reports.routes.due_stops import DueCase


def due_cases(connection: sa.Connection, *, zone: str | None, on: date) -> list[DueCase]:
    """Find open cases that may be looked at: their deadline has passed, or none is known.

    The deadline's own day still belongs to the respondent. A case that is tied to no place is
    left out: no place may be invented for it.

    Parameters
    ----------
    connection
        Of the app role.
    zone
        Code or name of an officer's zone, or None for the whole town.
    on
        The day of the visits, in the town's calendar.

    Returns
    -------
    list of DueCase
        By case id.

    Raises
    ------
    UnknownNameError
        When no officer's zone is called so.
    """
    query = (
        sa.select(
            Case.id,
            Case.number,
            sa.func.coalesce(
                sa.func.office.address_of(Case.parcel_id, Case.parcel_period_id),
                Case.stated_address,
                "Case " + Case.number,
            ),
            sa.func.ST_X(Case.point),
            sa.func.ST_Y(Case.point),
            Case.next_due,
            Case.priority,
            Case.open_violations,
            Case.parcel_id,
        )
        .where(
            Case.open_violations > 0,
            sa.or_(Case.next_due < on, Case.next_due.is_(None)),
            Case.point.is_not(None),
        )
        .order_by(Case.id)
    )
    if zone is not None:
        query = query.where(Case.zone_id == officer_zone(connection, zone).id)
    return [DueCase(*row) for row in connection.execute(query)]
