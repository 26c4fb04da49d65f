"""Gather what was noticed on a day into one digest for each person whose work it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.assigning import JOINED_HOLDER
from cases.clock.kinds import WHOSE, Kind
from cases.models import Case, ClockNotice, Staff
from cases.officers import is_officer
from cases.workflow.roles import Role
from geo.layers import Zone

SHOWN = 10
"""How many of one kind a digest names; of the rest it says how many, and where they stand."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is told, at which address and in which language."""

    id: int
    name: str
    role: Role
    email: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """What of one kind was noticed for a reader.

    Parameters
    ----------
    count
        How many.
    first
        The first of them: `number` and `category` of the case, and `due_on`.
    """

    kind: Kind
    count: int
    first: Sequence[sa.Row[Any]]


@dataclass(frozen=True, slots=True)
class Digest:
    """What a reader is told on a day."""

    reader: Reader
    parts: Sequence[Part]

    @property
    def count(self) -> int:
        """How much it tells of."""
        return sum(part.count for part in self.parts)


def digests(connection: sa.Connection, *, on: date) -> list[Digest]:
    """Return who is told what of what was noticed on a day; nobody is told of nothing."""
    rows = connection.execute(_told(on)).all()
    readers = [
        Reader(row.id, row.name, Role(row.role), row.email, row.language)
        for row in connection.execute(_READERS)
    ]
    told = [Digest(reader, _parts(rows, reader)) for reader in readers]
    return [each for each in told if each.parts]


def _parts(rows: Sequence[sa.Row[Any]], reader: Reader) -> list[Part]:
    """Return a reader's parts in the order of the process."""
    theirs = [row for row in rows if _is_told(row, reader)]
    parts = []
    for kind in WHOSE:
        first = [row for row in theirs if row.kind == kind]
        if first:
            parts.append(Part(kind, first[0].many, first))
    return parts


def _is_told(row: sa.Row[Any], reader: Reader) -> bool:
    role = WHOSE[Kind(row.kind)]
    if role is not Role.OFFICER:
        return reader.role is role
    if row.officer is None:
        return reader.role is Role.MANAGER
    return reader.role is Role.OFFICER and bool(reader.name == row.officer)


def _told(on: date) -> sa.Select[Any]:
    """Select the first of what was noticed on a day, of each kind and officer, and how many."""
    by_officer = [str(kind) for kind, role in WHOSE.items() if role is Role.OFFICER]
    is_theirs = sa.and_(ClockNotice.kind.in_(by_officer), is_officer(JOINED_HOLDER))
    officer = sa.case((is_theirs, JOINED_HOLDER)).label("officer")
    group = (ClockNotice.kind, officer)
    order = (ClockNotice.due_on, Case.number, ClockNotice.subject_id)
    each = (
        sa.select(
            ClockNotice.kind, officer, Case.number, Case.category, ClockNotice.due_on,
            sa.func.count().over(partition_by=group).label("many"),
            sa.func.row_number().over(partition_by=group, order_by=order).label("place"),
        )
        .join(Case, Case.id == ClockNotice.case_id)
        .outerjoin(Staff, Staff.id == Case.officer_id)
        .outerjoin(Zone, Zone.id == Case.zone_id)
        .where(ClockNotice.noticed_on == on)
        .subquery()
    )  # fmt: skip
    return sa.select(each).where(each.c.place <= SHOWN).order_by(each.c.kind, each.c.place)


_READERS = (
    sa.select(Staff.id, Staff.name, Staff.role, Staff.email, Staff.language)
    .where(Staff.active, Staff.email.is_not(None))
    .order_by(Staff.id)
)
