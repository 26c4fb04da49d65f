"""Say in the town's own time when visits are, and which one was the last and in vain."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from cases.models import Inspection
from cases.workflow.inspection import PLANNED, InspectionStatus

MISSED = "missed"

_TOWN_ZONE = sa.select(sa.literal_column("timezone")).select_from(
    sa.table("town", schema="lotline")
).scalar_subquery()  # fmt: skip


def in_town(at: sa.SQLColumnExpression[Any]) -> sa.ColumnElement[datetime]:
    """Return what a clock in the town shows at a moment."""
    return sa.func.timezone(_TOWN_ZONE, at)


def day_in_town(at: sa.SQLColumnExpression[Any]) -> sa.ColumnElement[date]:
    """Return the day it is in the town at a moment."""
    return sa.func.date(in_town(at))


def stands(status: str, *, on: date, today: date) -> str:
    """Tell how a visit booked for a day stands: its status, or that its day went by untold."""
    return MISSED if status in set(PLANNED) and on < today else str(status)


def _day_of(visit: type[Inspection]) -> sa.ColumnElement[date]:
    arranged = sa.func.coalesce(visit.tried_at, visit.booked_for)
    return sa.func.coalesce(visit.made_on, day_in_town(arranged))


def was_last_in_vain() -> sa.ColumnElement[bool]:
    """Say that nobody could be let in at an inspection, and no other came since or is to come.

    By the day of each, for one may be made between the booking of another and its day.
    """
    later = aliased(Inspection)
    is_later = sa.tuple_(_day_of(later), later.id) > sa.tuple_(_day_of(Inspection), Inspection.id)
    since = sa.exists().where(
        later.case_id == Inspection.case_id, later.status != InspectionStatus.CANCELLED,
        sa.or_(later.status.in_(PLANNED), is_later),
    )  # fmt: skip
    # In the words of the index on visits in vain, which serves it.
    is_vain = Inspection.status == sa.literal_column(f"'{InspectionStatus.NO_ACCESS}'")
    return sa.and_(is_vain, ~since)
