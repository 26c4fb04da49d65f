"""Say what is exempt, and by which section, to whoever works here: the public is told neither."""

from collections.abc import Collection

import sqlalchemy as sa

from cases.lineage import ancestors, descendants
from cases.models import Case, Complaint, ExemptPlace
from geo.layers import Parcel, WithheldParcel

EXEMPT: sa.ColumnElement[bool] = sa.func.lotline.is_exempt(
    Case.parcel_id, Case.point, Case.stated_address, type_=sa.Boolean
)
"""Whether a case lies in an exempt place, as the database decides."""
REPORTED_EXEMPT: sa.ColumnElement[bool] = sa.func.lotline.is_exempt(
    Complaint.parcel_id, sa.func.coalesce(Complaint.point, Complaint.stated_point),
    Complaint.stated_address, type_=sa.Boolean,
)  # fmt: skip
"""The same of a complaint."""


def exempt_among(numbers: Collection[str]) -> sa.Select[str]:
    """Select those of some parcels' numbers whose place is exempt: ``parcel_no``."""
    return (
        sa.select(Parcel.parcel_no)
        .join(WithheldParcel, WithheldParcel.parcel_id == Parcel.id)
        .where(Parcel.parcel_no == sa.any_(sa.literal(sorted(numbers), sa.ARRAY(sa.Text))))
    )


def sections_in_force(connection: sa.Connection) -> tuple[str, ...]:
    """Return the sections by which places are exempt now."""
    running = ExemptPlace.ended_at.is_(None)
    return tuple(
        sorted(connection.scalars(sa.select(ExemptPlace.provision).where(running)).unique())
    )


def section_of_case(connection: sa.Connection, case_id: int) -> str | None:
    """Return the section by which a case's place is exempt; None where it is not.

    Several stand with a semicolon between. Of a place that is exempt by what no number ties to the
    case, such as its address, all sections that are in force here are named.
    """
    found = connection.execute(sa.select(Case.parcel_id).where(Case.id == case_id, EXEMPT)).first()
    if found is None:
        return None
    running = ExemptPlace.ended_at.is_(None)
    named = sa.select(ExemptPlace.provision).where(running).distinct()
    at, place = found.parcel_id, ExemptPlace.parcel_id
    its = sa.or_(place == at, place.in_(ancestors(at)), place.in_(descendants(at)))
    nearest = connection.scalars(named.where(its)).all()
    return "; ".join(sorted(nearest or connection.scalars(named).all()))
