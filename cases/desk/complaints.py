"""Ask for lists of complaints as staff filter them: a page at a time, and how many at most."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from cases.desk.lists import COUNTED
from cases.models import Case, Complaint, ResidentReport
from cases.workflow.complaint import ComplaintStatus
from geo.layers import ParcelPeriod, Zone

type Condition = sa.ColumnElement[bool]


class Shelf(StrEnum):
    """Which complaints: those that wait for somebody, and those of each standing."""

    TO_LOOK_INTO = "to_look_into"
    LATE = "late"
    HELD = "held"
    ACCEPTED = "accepted"
    LINKED = "linked"
    REFERRED = "referred"
    DISMISSED = "dismissed"
    CLOSED = "closed"
    ALL = "all"


SHELVES: Mapping[Shelf, tuple[str, str]] = {
    Shelf.TO_LOOK_INTO: (
        "Complaints to look into",
        "Received, and nobody has decided yet what becomes of them: the first to answer first.",
    ),
    Shelf.LATE: (
        "Complaints answered late", "The day by which somebody was to look has passed."
    ),
    Shelf.HELD: (
        "Complaints held back",
        "They may be no reports at all: let each through, or dismiss it with a reason.",
    ),
    Shelf.ACCEPTED: ("Complaints accepted", "Each feeds a case."),
    Shelf.LINKED: ("Complaints linked", "Each repeats an earlier complaint or a case."),
    Shelf.REFERRED: ("Complaints referred", "They went to another department or office."),
    Shelf.DISMISSED: ("Complaints dismissed", "They are not looked into."),
    Shelf.CLOSED: ("Complaints closed", "Whoever reported was told what came of it."),
    Shelf.ALL: ("All complaints", "Every complaint on record, the latest first."),
}  # fmt: skip
"""The name of each list, and what is in it."""

_WAITING = (Shelf.TO_LOOK_INTO, Shelf.LATE, Shelf.HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list is narrowed to; what is empty narrows nothing.

    Parameters
    ----------
    officer
        The name of the officer of its zone.
    """

    shelf: Shelf = Shelf.TO_LOOK_INTO
    category: str = ""
    zone: int | None = None
    officer: str = ""


def complaints(asked: Filter, *, on: date, most: int, skip: int = 0) -> sa.Select[Any]:
    """Select a page of a list: what waits by the day to respond by, all else the latest first.

    Columns: ``id``, ``number``, ``category``, ``channel``, ``description``, ``received_on``,
    ``respond_by``, ``priority``, ``status``, ``place``, ``zone``, ``officer``, ``case_number``,
    ``lon``, ``lat`` (EPSG:4326), ``is_held`` (may be no report at all); never who made them.
    """
    order = _order(asked.shelf)
    page = (
        sa.select(Complaint.id.label("id"))
        .where(*_where(asked, on=on))
        .order_by(*order)
        .limit(most)
        .offset(skip)
        .cte("page")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    place = sa.func.coalesce(
        ParcelPeriod.situs_address, Complaint.stated_address, Complaint.stated_parcel_no
    )
    columns: tuple[Any, ...] = (
        Complaint.id, Complaint.number, Complaint.category, Complaint.channel,
        Complaint.description, Complaint.received_on, Complaint.respond_by, Complaint.priority,
        Complaint.status, place.label("place"), Zone.name.label("zone"),
        Zone.officer_name.label("officer"), Case.number.label("case_number"),
        sa.func.ST_X(Complaint.point).label("lon"), sa.func.ST_Y(Complaint.point).label("lat"),
        Complaint.id.in_(held_back()).label("is_held"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .select_from(Complaint)
        .outerjoin(Zone, Zone.id == Complaint.zone_id)
        .outerjoin(ParcelPeriod, ParcelPeriod.id == Complaint.parcel_period_id)
        .outerjoin(Case, Case.id == Complaint.case_id)
        .where(Complaint.id.in_(sa.select(page.c.id)))
        .order_by(*order)
    )


def count(asked: Filter, *, on: date) -> sa.Select[Any]:
    """Count a list, one more than `COUNTED` at most: the column ``complaints``."""
    some = sa.select(sa.literal(1)).select_from(Complaint).where(*_where(asked, on=on))
    few = some.limit(COUNTED + 1).subquery()
    return sa.select(sa.func.count().label("complaints")).select_from(few)


def since(asked: Filter, *, on: date) -> sa.Select[Any]:
    """Select the day on which the first complaint of a list was received: None of an empty one."""
    return sa.select(sa.func.min(Complaint.received_on).label("since")).where(*_where(asked, on=on))


def _order(shelf: Shelf) -> tuple[Any, ...]:
    if shelf in _WAITING:
        return (Complaint.respond_by, Complaint.id)
    return (Complaint.id.desc(),)


def _where(asked: Filter, *, on: date) -> list[Condition]:
    found = list(_on_shelf(asked.shelf, on=on))
    if asked.category:
        found.append(Complaint.category == asked.category)
    if asked.zone is not None:
        found.append(Complaint.zone_id == asked.zone)
    if asked.officer:
        theirs = sa.select(Zone.id).where(Zone.officer_name == asked.officer)
        found.append(Complaint.zone_id.in_(theirs))
    return found


def _on_shelf(shelf: Shelf, *, on: date) -> tuple[Condition, ...]:
    if shelf is Shelf.ALL:
        return (sa.true(),)
    if shelf not in _WAITING:
        return (Complaint.status == ComplaintStatus(shelf),)
    # In the words of the index on what waits, which serves it.
    waits = Complaint.status == sa.literal_column(f"'{ComplaintStatus.RECEIVED}'")
    if shelf is Shelf.HELD:
        return (waits, Complaint.id.in_(held_back()))
    return (waits, Complaint.respond_by < on) if shelf is Shelf.LATE else (waits,)


def held_back() -> sa.Select[Any]:
    """Select the identities of complaints held back as maybe none, until somebody decides."""
    return sa.select(ResidentReport.complaint_id).where(
        ResidentReport.held_because.is_not(None), ResidentReport.released_by.is_(None)
    )


def number_of(complaint_id: int) -> sa.Select[Any]:
    """Select the ``number`` of one complaint."""
    return sa.select(Complaint.number).where(Complaint.id == complaint_id)
