"""Say which officer's zone a visit is planned in, and which zones lie beside which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from cases.accounts.members import in_role
from cases.workflow.roles import Role
from geo.layers import Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneMap:
    """The officers' zones of the town.

    Attributes
    ----------
    codes
        Of the zones that some officer serves, by their identities.
    officers
        The codes of each officer's zones, by name.
    neighbours
        Of each code those of the zones that touch it.
    """

    codes: Mapping[int, str]
    officers: Mapping[str, frozenset[str]]
    neighbours: Mapping[str, frozenset[str]]

    def of_visit(self, zone_id: int | None, officer: str | None) -> str | None:
        """Return the zone a visit is planned in; None for one that any officer may make.

        What was given to an officer by name is planned in a zone of theirs, wherever it lies; a
        zone that nobody serves is everybody's.
        """
        code = self.codes.get(zone_id or 0)
        own = self.officers.get(officer or "", frozenset())
        return min(own) if own and code not in own else code

    def beside(self, codes: frozenset[str]) -> frozenset[str]:
        """Return the zones that touch some."""
        found: frozenset[str] = frozenset()
        for code in codes:
            found |= self.neighbours.get(code, frozenset())
        return found - codes


def zone_map(connection: sa.Connection) -> ZoneMap:
    """Read the officers' zones, by three queries."""
    here = {each.name for each in connection.execute(in_role(Role.OFFICER))}
    columns: tuple[Any, ...] = (Zone.id, Zone.code, Zone.officer_name)
    rows = connection.execute(sa.select(*columns).where(Zone.kind == "officer")).all()
    codes = {row.id: str(row.code) for row in rows if row.officer_name in here}
    officers: dict[str, frozenset[str]] = {}
    for row in rows:
        if row.id in codes:
            officers[row.officer_name] = officers.get(row.officer_name, frozenset()) | {row.code}
    neighbours: dict[str, frozenset[str]] = {}
    for one, other in connection.execute(_touching([*codes])):
        neighbours[one] = neighbours.get(one, frozenset()) | {other}
    return ZoneMap(codes=codes, officers=officers, neighbours=neighbours)


def _touching(ids: list[int]) -> sa.Select[Any]:
    one, other = aliased(Zone), aliased(Zone)
    columns: tuple[Any, ...] = (one.code, other.code)
    touch = sa.func.ST_Intersects(one.geom, other.geom)
    return sa.select(*columns).where(
        one.id.in_(ids), other.id.in_(ids), one.id != other.id, touch
    )  # fmt: skip
