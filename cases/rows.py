"""Read, write and change one row of a part of a case, by statements written out once."""

from functools import cache
from typing import Any

import sqlalchemy as sa

from geo.compiled import Compiled
from geo.layers import Base


def row_of(connection: sa.Connection, part: type[Base], part_id: int) -> sa.Row[Any]:
    """Return the row of a part that there is, as it stands now."""
    row: sa.Row[Any] = _row(part).first(connection, part_id=part_id)
    return row


def insert(connection: sa.Connection, part: type[Base], **values: Any) -> int:
    """Write a new row of a part; gives its identity."""
    return int(_insertion(part, frozenset(values)).first(connection, **values).id)


def update(connection: sa.Connection, part: type[Base], part_id: int, **values: Any) -> None:
    """Change some columns of a part's row."""
    _update(part, frozenset(values)).do(connection, part_id=part_id, **values)


@cache
def _row(part: type[Base]) -> Compiled:
    table = part.__table__
    return Compiled(sa.select(table).where(table.c.id == sa.bindparam("part_id")))


@cache
def _insertion(part: type[Base], columns: frozenset[str]) -> Compiled:
    given: dict[str, Any] = {name: sa.bindparam(name) for name in sorted(columns)}
    return Compiled(sa.insert(part).values(given).returning(part.__table__.c.id))


@cache
def _update(part: type[Base], columns: frozenset[str]) -> Compiled:
    mine = sa.update(part).where(part.__table__.c.id == sa.bindparam("part_id"))
    return Compiled(mine.values({name: sa.bindparam(name) for name in sorted(columns)}))
