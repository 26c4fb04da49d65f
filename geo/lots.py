"""Say of the periods of parcels which is that of a day, and which number a parcel had then."""

from datetime import date

import sqlalchemy as sa

from geo.layers import Parcel, ParcelPeriod


def held_on(on: date) -> sa.ColumnElement[bool]:
    """Say that a period of a parcel is that of a day."""
    span = sa.func.daterange(ParcelPeriod.valid_from, ParcelPeriod.valid_to)
    held: sa.ColumnElement[bool] = span.bool_op("@>")(on)
    return held


def number_on(on: date) -> sa.ColumnElement[str]:
    """Return the number of a parcel on a day of a period of it; else the one it is known by now.

    A number that other ground was given since was its own while it stood.
    """
    then = sa.func.coalesce(Parcel.was_no, Parcel.parcel_no)
    return sa.case((held_on(on), then), else_=Parcel.parcel_no)
