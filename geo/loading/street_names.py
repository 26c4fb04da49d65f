"""Keep each street's name once, under the one spelling by which it is looked up."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from geo.layers import StreetName


def remember_streets(connection: sa.Connection, names: Iterable[tuple[str, str]]) -> None:
    """Add the (key, name) pairs whose key is not on record yet."""
    first: dict[str, str] = {}
    for key, name in names:
        first.setdefault(key, name)
    known = set(connection.execute(sa.select(StreetName.street_key)).scalars())
    new = [{"street_key": key, "name": name} for key, name in first.items() if key not in known]
    if new:
        connection.execute(insert(StreetName).on_conflict_do_nothing(), new)
