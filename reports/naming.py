"""Find what a question names, a zone or a category, or refuse the name and offer the nearest."""

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

import sqlalchemy as sa

from cases.models import Case
from geo.layers import Zone
from reports.errors import UnknownNameError

MOST_NAMED = 5


type ZoneRow = sa.Row[int, str, str]


def officer_zone(connection: sa.Connection, asked: str) -> ZoneRow:
    """Return the id, code and name of the officer's zone of a code, or else of a name.

    Raises
    ------
    UnknownNameError
        No officer's zone is called so, or several are.
    """
    query = (
        sa.select(Zone.id, Zone.code, Zone.name)
        .where(Zone.kind == "officer")
        .order_by(sa.func.length(Zone.code), Zone.code)
    )
    zones = connection.execute(query).all()
    found = [zone for zone in zones if zone.code == asked] or [
        zone for zone in zones if zone.name.casefold() == asked.casefold()
    ]
    if len(found) != 1:
        raise UnknownNameError(_no_zone(asked, zones, several=bool(found)))
    return found[0]


def zone_code(connection: sa.Connection, asked: str | None) -> str | None:
    """Return the code of the officer's zone that is asked for by code or name, if one is.

    Raises
    ------
    UnknownNameError
        As `officer_zone`.
    """
    return None if asked is None else str(officer_zone(connection, asked).code)


def _no_zone(asked: str, zones: Sequence[ZoneRow], *, several: bool) -> str:
    if not zones:
        return "No officer's zones are loaded yet: lotline import zones FILE."
    named = ", ".join(
        zone.code if zone.name == zone.code else f"{zone.code} ({zone.name})" for zone in zones
    )
    if several:
        return f"Several officer's zones are called {asked!r}: give a code. The zones are: {named}."
    return f"There is no officer's zone {asked!r}. The zones are: {named}."


def check_category(connection: sa.Connection, asked: str | None) -> None:
    """Refuse a category that no case has, naming those most like it.

    Raises
    ------
    UnknownNameError
        No case has that category.
    """
    if asked is None:
        return
    names = connection.scalars(sa.select(Case.category).distinct()).all()
    if asked in names:
        return
    if not names:
        msg = "No cases are loaded yet: lotline import cases FILE."
        raise UnknownNameError(msg)
    near = ", ".join(repr(name) for name in nearest(asked, names))
    few = "There is" if len(names) <= MOST_NAMED else f"The nearest of {len(names)}"
    msg = f"There is no category of cases {asked!r}. {few}: {near}."
    raise UnknownNameError(msg)


def nearest(asked: str, names: Collection[str], *, most: int = MOST_NAMED) -> list[str]:
    """Return the names most like what was asked: those that hold it, then those spelt like it."""

    def unlike(name: str) -> tuple[bool, float, str]:
        here, there = asked.casefold(), name.casefold()
        return here not in there, -SequenceMatcher(None, here, there).ratio(), name

    return sorted(names, key=unlike)[:most]
