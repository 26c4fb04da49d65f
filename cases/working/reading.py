"""Read how officers work, as it was last said."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from cases.models import (
    Certification,
    OfficePlace,
    WorkingCertification,
    WorkingEvent,
    WorkingException,
    WorkingHours,
    WorkingTerms,
)
from cases.working.terms import USUAL, Base, Hours, Lunch, Terms, ZoneRule


def terms_of(connection: sa.Connection, staff_ids: Collection[int]) -> dict[int, Terms]:
    """Return how some officers work, by three queries; of whom nobody has said is left out."""
    kept = sa.select(WorkingTerms.__table__).where(WorkingTerms.staff_id.in_(staff_ids))
    rows = connection.execute(kept).all()
    weeks, certified = _weeks(connection, staff_ids), _certified(connection, staff_ids)
    return {
        row.staff_id: Terms(
            week=weeks[row.staff_id],
            starts=_base(row.starts_at, row.starts_lon, row.starts_lat),
            ends=_base(row.ends_at, row.ends_lon, row.ends_lat),
            overtime_minutes=row.overtime_minutes,
            zones=ZoneRule(row.zones),
            certifications=frozenset(certified[row.staff_id]),
        )
        for row in rows
    }


def terms_or_usual(connection: sa.Connection, staff_id: int) -> Terms:
    """Return how an officer works: as it was said, else as is usual."""
    return terms_of(connection, [staff_id]).get(staff_id, USUAL)


def office_place(connection: sa.Connection) -> Base | None:
    """Return where the town's office is; None where nobody has said."""
    query = sa.select(OfficePlace.__table__).order_by(OfficePlace.id.desc()).limit(1)
    row = connection.execute(query).first()
    return Base(label=row.label, lon=row.lon, lat=row.lat) if row else None


def certifications(connection: sa.Connection) -> list[str]:
    """Return what officers may be certified for in this town, by the alphabet."""
    return list(connection.scalars(sa.select(Certification.code).order_by(Certification.code)))


def exceptions_from(first: Any, *, staff_id: int | None = None) -> sa.Select[Any]:
    """Select the exceptions that are not over on a day, the first first; of all or of one."""
    query = sa.select(WorkingException.__table__).where(
        WorkingException.removed_at.is_(None), WorkingException.last_day >= first
    )
    if staff_id is not None:
        query = query.where(WorkingException.staff_id == staff_id)
    return query.order_by(WorkingException.first_day, WorkingException.id)


def changes(staff_id: int | None) -> sa.Select[Any]:
    """Select what was changed of an officer, or with None of the town, the latest first."""
    return (
        sa.select(WorkingEvent.__table__)
        .where(WorkingEvent.staff_id.is_not_distinct_from(staff_id))
        .order_by(WorkingEvent.id.desc())
    )


def mark_of(connection: sa.Connection, staff_id: int | None) -> int:
    """Return the mark of how it stands, by which a page knows that nobody changed it since."""
    latest = changes(staff_id).with_only_columns(WorkingEvent.id).limit(1)
    return int(connection.scalar(latest) or 0)


def _weeks(
    connection: sa.Connection, staff_ids: Collection[int]
) -> Mapping[int, Mapping[int, Hours]]:
    query = sa.select(WorkingHours.__table__).where(WorkingHours.staff_id.in_(staff_ids))
    weeks: dict[int, dict[int, Hours]] = defaultdict(dict)
    for row in connection.execute(query.order_by(WorkingHours.staff_id, WorkingHours.weekday)):
        lunch = None
        if row.lunch_from is not None:
            lunch = Lunch(
                earliest=row.lunch_from, latest=row.lunch_until, minutes=row.lunch_minutes
            )
        weeks[row.staff_id][row.weekday] = Hours(
            begins_at=row.begins_at, ends_at=row.ends_at, lunch=lunch
        )
    return weeks


def _certified(connection: sa.Connection, staff_ids: Collection[int]) -> Mapping[int, set[str]]:
    query = sa.select(WorkingCertification.staff_id, WorkingCertification.code).where(
        WorkingCertification.staff_id.in_(staff_ids)
    )
    found: dict[int, set[str]] = defaultdict(set)
    for staff_id, code in connection.execute(query):
        found[staff_id].add(code)
    return found


def _base(label: str | None, lon: float | None, lat: float | None) -> Base | None:
    if label is None or lon is None or lat is None:
        return None
    return Base(label=label, lon=lon, lat=lat)
