"""Find the cases that are due for a visit."""

from datetime import date

import sqlalchemy as sa

from cases.models.case import Case
from geo.layers import ParcelPeriod, Town, Zone
from reports.routes.errors import RoutePlanError
from reports.routes.problem import DueCase


def due_cases(connection: sa.Connection, *, zone: str | None, on: date) -> list[DueCase]:
    """Find open cases whose deadline has passed, ready for reinspection.

    The deadline's own day still belongs to the respondent. A case whose deadline is unknown, or
    that is tied to no place, is not due: no date and no place may be invented for it.

    Parameters
    ----------
    connection
        Of the app role.
    zone
        Code of an officer's zone, or None for the whole town.
    on
        The day of the visits, in the town's calendar.

    Returns
    -------
    list of DueCase
        By case id.

    Raises
    ------
    RoutePlanError
        When no officer's zone has this code.
    """
    query = (
        sa.select(
            Case.id,
            Case.number,
            sa.func.coalesce(ParcelPeriod.situs_address, "Case " + Case.number),
            sa.func.ST_X(Case.point),
            sa.func.ST_Y(Case.point),
            Case.next_due,
            Case.priority,
            Case.open_violations,
            Case.parcel_id,
        )
        .outerjoin(ParcelPeriod, ParcelPeriod.id == Case.parcel_period_id)
        .where(Case.open_violations > 0, Case.next_due < on, Case.point.is_not(None))
        .order_by(Case.id)
    )
    if zone is not None:
        query = query.where(Case.zone_id == _zone_id(connection, zone))
    return [DueCase(*row) for row in connection.execute(query)]


def town_timezone(connection: sa.Connection) -> str:
    """Return the name of the town's time zone, in which its days begin and end.

    Raises
    ------
    RoutePlanError
        When no town is loaded.
    """
    timezone = connection.scalar(sa.select(Town.timezone))
    if timezone is None:
        msg = "No town is loaded yet. Load its parcels with 'lotline import parcels FILE'."
        raise RoutePlanError(msg)
    return str(timezone)


def _zone_id(connection: sa.Connection, code: str) -> int:
    zones = sa.select(Zone.code, Zone.id).where(Zone.kind == "officer").order_by(Zone.code)
    found = {row.code: row.id for row in connection.execute(zones)}
    if code not in found:
        named = ", ".join(found) or "none: import the officers' zones first"
        msg = f"There is no officer's zone {code!r}. The zones are: {named}."
        raise RoutePlanError(msg)
    return int(found[code])
