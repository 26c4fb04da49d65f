"""Keep zones that are no officer's any more apart from those that the town has."""

from datetime import date

import sqlalchemy as sa

from geo.layers import Zone

FORMER = "other"
"""The kind of a zone that is no officer's any more."""
_UNTIL = "-until-"


def former_code(code: str, *, on: date, zone_id: int) -> str:
    """Return the code of a zone that ends on a day, which it shares with no zone."""
    return f"{code}{_UNTIL}{on}-{zone_id}"


def code_before(code: str) -> str:
    """Return the code a zone had before `former_code`."""
    return code.rpartition(_UNTIL)[0]


def is_former() -> sa.ColumnElement[bool]:
    """Say of a zone that it was an officer's once and is no more."""
    return sa.and_(Zone.kind == FORMER, Zone.drawn_on.is_not(None), Zone.code.contains(_UNTIL))
