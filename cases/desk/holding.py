"""Tell what would be left behind by an officer who stops being one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from cases.accounts.members import Member
from cases.assigning import held_by
from cases.desk.queues import is_open
from cases.models import Case
from cases.workflow.roles import Role
from geo.layers import Zone


@dataclass(frozen=True, slots=True)
class Held:
    """What an officer has.

    Parameters
    ----------
    zones
        The names of their zones.
    by_zone, by_name
        How many open cases they have by their zones, and how many were given to them.
    """

    zones: Sequence[str]
    by_zone: int
    by_name: int

    @property
    def cases(self) -> int:
        """How many open cases they have in all."""
        return self.by_zone + self.by_name

    @property
    def mark(self) -> str:
        """The mark of just this, by which a page knows that it was told."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    def __bool__(self) -> bool:
        """Tell whether it is anything."""
        return bool(self.zones or self.cases)


def held(connection: sa.Connection, member: Member) -> Held:
    """Return what somebody has as an officer; nothing of whoever works here as none."""
    if not member.active or member.role is not Role.OFFICER:
        return Held((), 0, 0)
    named = Case.officer_id.is_not(None)
    counted = sa.select(sa.func.count().filter(~named), sa.func.count().filter(named)).where(
        is_open(), held_by(member.name)
    )
    zones = sa.select(Zone.name).where(Zone.kind == "officer", Zone.officer_name == member.name)
    by_zone, by_name = connection.execute(counted.select_from(Case)).one()
    return Held(connection.scalars(zones.order_by(Zone.name)).all(), by_zone, by_name)
