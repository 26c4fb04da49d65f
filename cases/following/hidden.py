"""Tell what is followed by its own name and is nobody's to read any more."""

import sqlalchemy as sa

from cases.models import Case, Following
from geo.layers import WithheldParcel


def no_case_to_tell() -> sa.ColumnElement[bool]:
    """Say of a case that the public is told nothing of it."""
    return sa.or_(Case.withheld, sa.not_(Case.published))


def is_hidden() -> sa.ColumnElement[bool]:
    """Say of what somebody follows that it is a case or a lot that nobody is told of."""
    case = sa.select(Case.id).where(Case.id == Following.case_id, no_case_to_tell())
    lot = sa.select(WithheldParcel.parcel_id)
    lot = lot.where(WithheldParcel.parcel_id == Following.parcel_id)
    return sa.or_(case.exists(), lot.exists())
