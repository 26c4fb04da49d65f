"""Tell of cases and complaints what anybody who goes there asks: where it is, and when it is over.

The field's day and the plans of the office are asked by the same words.
"""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

import sqlalchemy as sa

from cases.models import Case, Complaint, Violation
from cases.workflow.violation import ViolationStatus


def end_of(on: date, *, zone: tzinfo) -> datetime:
    """Return the moment a day of the town is over."""
    return datetime.combine(on + timedelta(days=1), time(), zone)


def spot_of(part: type[Case | Complaint]) -> Any:
    """Name the place of a case or complaint: its parcel, else its address as it was said.

    What has neither is a place of its own.
    """
    said = sa.func.regexp_replace(part.stated_address, r"\s+", " ", "g")
    return sa.func.coalesce(
        "parcel-" + sa.cast(part.parcel_id, sa.Text),
        "address-" + sa.func.nullif(sa.func.lower(sa.func.trim(said)), ""),
        part.number,
    ).label("spot")


def told_of(part: type[Case | Complaint]) -> tuple[Any, ...]:
    """Return what is told of a case and of a complaint alike."""
    address = sa.func.coalesce(
        sa.func.office.address_of(part.parcel_id, part.parcel_period_id), part.stated_address
    )
    return (
        part.id, part.number, part.category, part.priority, part.parcel_id, part.law_pack_id,
        address.label("address"), spot_of(part),
        sa.func.ST_X(part.point).label("lon"),
        sa.func.ST_Y(part.point).label("lat"),
    )  # fmt: skip


def has_alleged() -> sa.ColumnElement[bool]:
    """Say that something is alleged in a case that nobody has seen yet."""
    # In the words of the index on what is alleged, which serves it.
    status: sa.ColumnElement[str] = sa.literal_column(f"'{ViolationStatus.ALLEGED}'")
    return sa.exists().where(Violation.case_id == Case.id, Violation.status == status)


MAY_OPEN: sa.ColumnElement[Any] = sa.literal_column(
    "'$[*] ? (@.rule == \"may_open\").value'::jsonpath"
)
"""Where a complaint's review says whether it may be looked into."""
