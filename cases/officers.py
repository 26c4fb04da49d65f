"""Say who works here as an officer, and which cases no such officer has."""

from typing import Any

import sqlalchemy as sa

from cases.models import Case, CaseTally, Staff
from cases.workflow.roles import Role
from geo.layers import Zone


def is_officer(name: Any) -> sa.ColumnElement[bool]:
    """Say that a name is that of an officer who works here: NULL where there is no name."""
    named: sa.ColumnElement[bool] = name.in_(_working(Staff.name))
    return named


def has_no_officer(of: type[Case | CaseTally] = Case) -> sa.ColumnElement[bool]:
    """Say that no officer who works here has a case.

    It lies in no zone, or in one of nobody or of somebody who is no officer any more, and was
    given to nobody; or it was given to somebody who is no officer any more.

    Parameters
    ----------
    of
        What is narrowed: cases, or the tallies of them.
    """
    theirs = sa.select(Zone.id).where(is_officer(Zone.officer_name)).correlate(None)
    by_zone = sa.and_(
        of.officer_id.is_(None), sa.or_(of.zone_id.is_(None), of.zone_id.not_in(theirs))
    )
    return sa.or_(of.officer_id.not_in(_working(Staff.id)), by_zone)


def _working(column: Any) -> sa.Select[Any]:
    return sa.select(column).where(Staff.active, Staff.role == Role.OFFICER).correlate(None)
