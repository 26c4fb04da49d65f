"""Read single values out of a page's address, and refuse in a sentence what they cannot be."""

import math
from collections.abc import Sequence
from datetime import date

from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter, Map

from geo.errors import LotlineError

DIGITS = 7  # of a page's or a zone's number
LARGEST = 2**63 - 1  # that the records can number anything with


class IdentityConverter(IntegerConverter):
    """What an ``<int:...>`` of an address may be: beyond it there is no such page."""

    def __init__(self, of: Map) -> None:
        super().__init__(of, max=LARGEST)


class AskedError(LotlineError):
    """A page's address asks for something that cannot be."""


def one_of(args: MultiDict[str, str], key: str, known: Sequence[str]) -> str:
    """Return a value of the address that is one of a closed list.

    Raises
    ------
    AskedError
        It is none of them.
    """
    value = args.get(key, "")
    if value not in known:
        msg = f"There is no {key} “{value}”: choose one of {', '.join(filter(None, known))}."
        raise AskedError(msg)
    return value


def whole(args: MultiDict[str, str], key: str) -> int | None:
    """Return a value of the address as a whole number from 1; None where it is not given.

    Raises
    ------
    AskedError
        It is no such number.
    """
    value = args.get(key, "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= DIGITS and int(value)):
        msg = f"The {key} “{value}” is not a number: use the choices of the page."
        raise AskedError(msg)
    return int(value)


def number_of(said: str) -> int:
    """Read the number of a record that a form sends back.

    Raises
    ------
    AskedError
        It is none that the records could have.
    """
    digits = said.isascii() and said.isdigit() and len(said) <= len(str(LARGEST))
    if not digits or int(said) > LARGEST:
        msg = f"“{said[:20]}” is no number of a record: use the choices of the page."
        raise AskedError(msg)
    return int(said)


def day_asked(args: MultiDict[str, str], key: str) -> date | None:
    """Return a value of the address as a day; None where it is not given.

    Raises
    ------
    AskedError
        It is no day of a calendar, or one nobody could mean.
    """
    value = args.get(key, "")
    day = as_day(value)
    if value and day is None:
        msg = f"The {key} “{value[:20]}” is no day: write it as 2026-06-15."
        raise AskedError(msg)
    return day


def as_day(text: str) -> date | None:
    """Read a day such as ``2026-06-15``; None where it is none that anybody could mean."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _EARLIEST <= day.year <= _LATEST else None


def ring_of(text: str) -> tuple[tuple[float, float], ...]:
    """Read the corners of an area out of an address, ``lon,lat;lon,lat``; none where it is empty.

    Raises
    ------
    AskedError
        It is no list of places on the globe.
    """
    if not text:
        return ()
    try:
        corners = [tuple(map(float, corner.split(","))) for corner in text.split(";")]
        ring = tuple((lon, lat) for lon, lat in corners)
    except ValueError:
        ring = ()
    inside = (abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in ring)  # noqa: PLR2004 - degrees
    finite = (math.isfinite(lon) and math.isfinite(lat) for lon, lat in ring)
    if not ring or not all(finite) or not all(inside):
        msg = f"The area “{text[:60]}” is none: draw it on the map."
        raise AskedError(msg)
    return ring


def ring_text(ring: Sequence[tuple[float, float]]) -> str:
    """Write the corners of an area as an address carries them."""
    return ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in ring)


_EARLIEST, _LATEST = 1900, 2200
