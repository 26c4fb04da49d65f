"""Read from what a camera wrote when and where a photograph was taken; unknown is None."""

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any, NamedTuple

type LonLat = tuple[float, float]
"""Degrees east and north (EPSG:4326)."""

_FIRST_CAMERA = 1990
"""The year of the first digital camera; an earlier one is a clock that was never set."""

_MOMENT = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_MOST_OFFSET = timedelta(hours=14)


class Taken(NamedTuple):
    """When a photograph was taken.

    Attributes
    ----------
    offset
        The offset from UTC that the camera wrote; None where it wrote none and the town's zone
        was used.
    """

    at: datetime
    offset: str | None


def taken_at(tags: Mapping[str, Any], *, zone: tzinfo) -> Taken | None:
    """Read when a photograph was taken.

    Parameters
    ----------
    tags
        What `cases.documents.child` found: ``taken`` (``2026:06:01 10:30:00``) and ``offset``.
    zone
        In which a time without an offset is told: the town's.
    """
    found = _MOMENT.fullmatch(_text(tags.get("taken")))
    if found is None:
        return None
    try:
        local = datetime(*map(int, found.groups()))  # type: ignore[arg-type] # noqa: DTZ001 - its zone follows
    except ValueError:
        return None
    if local.year < _FIRST_CAMERA:
        return None
    offset = _text(tags.get("offset"))
    own = _zone_of(offset)
    return Taken(local.replace(tzinfo=own or zone), offset if own else None)


def taken_point(tags: Mapping[str, Any]) -> LonLat | None:
    """Read where a photograph was taken: ``gps`` holds latitude, its side, longitude, its side.

    Returns
    -------
    LonLat or None
        None where the camera did not know, or wrote what is no place on the globe.
    """
    gps = tags.get("gps")
    if not isinstance(gps, list) or len(gps) != 4:  # noqa: PLR2004 - see above
        return None
    lat = _degrees(gps[0], gps[1], sides="NS")
    lon = _degrees(gps[2], gps[3], sides="EW")
    return None if lat is None or lon is None or not is_a_place(lon, lat) else (lon, lat)


def is_a_place(lon: float, lat: float) -> bool:
    """Tell whether degrees are a place on the globe; (0, 0) is what a phone says without a fix."""
    return abs(lon) <= 180 and abs(lat) <= 90 and (lon, lat) != (0, 0)  # noqa: PLR2004 - NaN fails


def _degrees(parts: object, side: object, *, sides: str) -> float | None:
    if not isinstance(parts, list) or len(parts) != 3:  # noqa: PLR2004 - degrees, minutes, seconds
        return None
    letter = _text(side).upper()
    if letter not in tuple(sides) or not all(isinstance(part, int | float) for part in parts):
        return None
    degrees, minutes, seconds = map(float, parts)
    told = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(told) or min(degrees, minutes, seconds) < 0:
        return None
    return told if letter == sides[0] else -told


def _zone_of(offset: str) -> timezone | None:
    found = _OFFSET.fullmatch(offset)
    if found is None:
        return None
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if ahead > _MOST_OFFSET:
        return None
    return timezone(ahead if found[1] == "+" else -ahead)


def _text(value: object) -> str:
    return value.strip("\0 ") if isinstance(value, str) else ""
