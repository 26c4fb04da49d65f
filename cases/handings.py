"""Tell which open cases change hands when a zone is drawn, keep it, and find it again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from cases.assigning import AFTER, BEFORE, CHANGES_HANDS, JOINED_HOLDER
from cases.assignment import Box, lies_near
from cases.desk.queues import Condition, is_open
from cases.models import Case, CaseEvent, Inspection, Staff, ZoneDrawing, ZoneHanding
from cases.workflow.inspection import PLANNED
from geo.layers import Zone

TOLD_FOR = timedelta(days=14)
"""How long an officer is told of what came or went, with a zone or by name."""


@dataclass(frozen=True, slots=True)
class Hand:
    """An open case that changes hands: from which officer to which, None where nobody has it.

    Parameters
    ----------
    booked_for
        When an officer is expected in it; None where no appointment is booked.
    """

    case_id: int
    number: str
    category: str
    before: str | None
    after: str | None
    booked_for: datetime | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """All that goes from one officer to another, None where nobody has it."""

    before: str | None
    after: str | None
    hands: Sequence[Hand]

    @property
    def booked(self) -> int:
        """How many appointments go with the cases."""
        return sum(hand.booked_for is not None for hand in self.hands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What came to an officer, or went from one, when a zone was drawn.

    Attributes
    ----------
    came
        Whether it came to the officer; else it went.
    others
        Who had it before; where it went, the one who has it since. None stands for nobody.
    """

    drawing_id: int
    zone: str
    drawn_on: date
    came: bool
    others: Sequence[str | None]


def exchanges(hands: Iterable[Hand]) -> list[Exchange]:
    """Put together what goes from the same officer to the same other, those with names first."""

    def between(hand: Hand) -> tuple[bool, str, bool, str]:
        return (hand.before is None, hand.before or "", hand.after is None, hand.after or "")

    ordered = sorted(hands, key=lambda hand: (between(hand), hand.number))
    grouped = (list(each) for _between, each in groupby(ordered, key=between))
    return [Exchange(each[0].before, each[0].after, each) for each in grouped]


def held_about(
    connection: sa.Connection, zone_id: int | None, *, reach: Box
) -> Mapping[int, str | None]:
    """Return who has each open case of a zone and of its surroundings, by the case's identity."""
    touched = lies_near(reach)
    if zone_id is not None:
        touched = sa.or_(touched, Case.zone_id == zone_id)
    rows = connection.execute(holders().where(is_open(), touched))
    return {row.id: row.officer for row in rows}


def holders() -> sa.Select[Any]:
    """Select who has each case.

    Columns: ``id``, ``zone_id``, ``officer`` (by name; None: nobody), ``is_open``.
    """
    columns: tuple[Any, ...] = (
        Case.id, Case.zone_id, is_open().label("is_open"),
        JOINED_HOLDER.label("officer"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .outerjoin(Zone, Zone.id == Case.zone_id)
        .outerjoin(Staff, Staff.id == Case.officer_id)
    )


def hands_of(connection: sa.Connection, held: Mapping[int, str | None]) -> list[Hand]:
    """Return those of some cases that somebody else has than before, by number.

    Parameters
    ----------
    held
        Who had each (`held_about`).
    """
    among = sa.any_(sa.literal(list(held), sa.ARRAY(sa.BigInteger)))
    booked = (
        sa.select(sa.func.min(Inspection.booked_for))
        .where(Inspection.case_id == Case.id, Inspection.status.in_(PLANNED))
        .scalar_subquery()
    )
    query = (
        holders()
        .add_columns(Case.number, Case.category, booked.label("booked_for"))
        .where(Case.id == among)
        .order_by(Case.number)
    )
    return [
        Hand(row.id, row.number, row.category, held[row.id], row.officer, row.booked_for)
        for row in connection.execute(query)
        if row.officer != held[row.id]
    ]


def keep_hands(connection: sa.Connection, hands: Sequence[Hand], *, drawing_id: int) -> None:
    """Keep what changed hands by a drawing."""
    rows = [
        {
            "drawing_id": drawing_id,
            "case_id": hand.case_id,
            "old_officer_name": hand.before,
            "officer_name": hand.after,
        }
        for hand in hands
    ]
    if rows:
        connection.execute(sa.insert(ZoneHanding), rows)


def was_handed(drawing_id: int, *, had_by: str = "") -> Condition:
    """Say of a case that it changed hands by a drawing, and who had it before, where that is said.

    Parameters
    ----------
    had_by
        By name; "" for anybody.
    """
    handed = sa.select(ZoneHanding.case_id).where(ZoneHanding.drawing_id == drawing_id)
    return Case.id.in_(handed.where(ZoneHanding.old_officer_name == had_by) if had_by else handed)


def handed_lately(connection: sa.Connection, officer: str, *, on: date) -> list[Handed]:
    """Return what came to an officer and went from them with zones, the latest drawing first.

    As it was when the zone was drawn: a case may have gone on since.
    """
    came = ZoneHanding.officer_name.is_not_distinct_from(officer)
    other = sa.case((came, ZoneHanding.old_officer_name), else_=ZoneHanding.officer_name)
    query = (
        sa.select(
            ZoneDrawing.id, ZoneDrawing.name, ZoneDrawing.drawn_on, came.label("came"),
            other.label("other"),
        )
        .distinct()
        .join(ZoneDrawing, ZoneDrawing.id == ZoneHanding.drawing_id)
        .where(
            ZoneDrawing.drawn_on > on - TOLD_FOR,
            sa.or_(came, ZoneHanding.old_officer_name == officer),
        )
        .order_by(ZoneDrawing.id.desc(), came.desc(), other.asc().nulls_last())
    )  # fmt: skip
    rows = connection.execute(query.select_from(ZoneHanding)).all()

    def of_one_line(row: sa.Row[Any]) -> tuple[Any, ...]:
        return (row.id, row.came, None if row.came else row.other)

    lines = (list(each) for _line, each in groupby(rows, key=of_one_line))
    return [
        Handed(
            drawing_id=each[0].id, zone=each[0].name, drawn_on=each[0].drawn_on,
            came=bool(each[0].came), others=[row.other for row in each],
        )
        for each in lines
    ]  # fmt: skip


def handed_before(case_id: int) -> sa.Select[Any]:
    """Select by which drawings of zones a case changed hands, the latest first.

    Columns: ``drawn_on``, ``zone``, ``actor``, ``file_name`` (None: drawn by hand), ``before`` and
    ``after`` (None: nobody).
    """
    columns: tuple[Any, ...] = (
        ZoneDrawing.drawn_on, ZoneDrawing.name.label("zone"), ZoneDrawing.actor,
        ZoneDrawing.file_name, ZoneHanding.old_officer_name.label("before"),
        ZoneHanding.officer_name.label("after"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(ZoneDrawing, ZoneDrawing.id == ZoneHanding.drawing_id)
        .where(ZoneHanding.case_id == case_id)
        .order_by(ZoneDrawing.id.desc())
    )


def came_lately(case_ids: Sequence[int], officer: str, *, on: date) -> sa.Select[Any]:
    """Select how those of some cases that an officer has came to them lately, a row a case.

    Columns: ``case_id``, ``on``, ``actor``, ``zone`` (None: the case was given by itself),
    ``file_name`` (None: no file of zones did it) and ``before`` (None: nobody). A case that was
    theirs from the start has no row.
    """
    given: sa.Select[Any] = sa.select(
        CaseEvent.case_id,
        CaseEvent.happened_on.label("on"),
        CaseEvent.actor,
        sa.null().label("zone"),
        sa.null().label("file_name"),
        BEFORE.label("before"),
        AFTER.label("after"),
        CaseEvent.recorded_at,
    ).where(CaseEvent.case_id.in_(case_ids), CHANGES_HANDS)
    drawn = (
        sa.select(
            ZoneHanding.case_id,
            ZoneDrawing.drawn_on,
            ZoneDrawing.actor,
            ZoneDrawing.name,
            ZoneDrawing.file_name,
            ZoneHanding.old_officer_name,
            ZoneHanding.officer_name,
            ZoneDrawing.recorded_at,
        )
        .join(ZoneDrawing, ZoneDrawing.id == ZoneHanding.drawing_id)
        .where(ZoneHanding.case_id.in_(case_ids))
    )
    all_ways = sa.union_all(given, drawn).subquery()
    last = (
        sa.select(all_ways)
        .ext(distinct_on(all_ways.c.case_id))
        .order_by(all_ways.c.case_id, all_ways.c.recorded_at.desc())
        .subquery()
    )
    return sa.select(last).where(last.c.on > on - TOLD_FOR, last.c.after == officer)
