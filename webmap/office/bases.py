"""Read where a day starts or ends as somebody types it: an address, a parcel's number, a point."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from cases.days import DayError
from cases.visiting.settings import SettingError
from cases.work_minutes import WorkMinutesError
from cases.working.terms import Base, WorkingError
from geo import places
from geo.by_street import is_by_street
from webmap.auth.desk import Desk
from webmap.forms import Form

_POINT = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)")
_NORTH, _EAST = 90, 180
NEAREST = 3
"""How many places are named where the house number that was typed is none."""


@contextmanager
def told_at_its_field(form: Form) -> Iterator[None]:
    """Let a page of a deed tell what is wrong with what is set at the field that it names.

    Raises
    ------
    DayError
        Something is wrong that a field of the form asks.
    """
    try:
        yield
    except (SettingError, WorkMinutesError) as error:
        raise DayError(str(error), of=error.of) from error
    except WorkingError as error:
        of = error.of if error.weekday is None else f"{error.of}_{error.weekday}"
        if of not in form:
            raise
        raise DayError(str(error), of=of) from error


def base_typed(desk: Desk, typed: str | None, *, of: str, now: Base | None) -> Base | None:
    """Return the place that was typed; None where nothing was.

    Parameters
    ----------
    of
        The field's name.
    now
        The place there is: typed as it is called, it stays as it is.

    Raises
    ------
    WorkingError
        No such place is known, it is nowhere on earth, or no street is near it.
    """
    words = " ".join((typed or "").split())
    if not words:
        return None
    if now is not None and words == now.label:
        return now
    place = _found(desk, words, of=of)
    if is_by_street(desk.connection, lon=place.lon, lat=place.lat) is False:
        msg = (
            "No street of the town is near that place: no day can start or end there. Give a place "
            "by a street, the latitude first where it is a point."
        )
        raise WorkingError(msg, of=of)
    return place


def _found(desk: Desk, words: str, *, of: str) -> Base:
    point = _POINT.fullmatch(words)
    if point is not None:
        return _at(float(point[1]), float(point[2]), of=of)
    search = places.search(words, most=NEAREST, kinds=("address", "parcel"), staff=True)
    listed = desk.rows(search)
    unknown = places.unknown_number(words, [each.label for each in listed])
    if unknown is not None:
        near = "; ".join(each.label for each in listed)
        msg = f"No number {unknown} is on record there. Nearest: {near}."
        raise WorkingError(msg, of=of)
    found = next(iter(places.of_number(words, listed)), None)
    if found is None:
        msg = (
            "No address and no parcel is called so: try its number and street, or give latitude, "
            "longitude as in 27.2995, -80.3985."
        )
        raise WorkingError(msg, of=of)
    return Base(label=found.label, lon=found.lon, lat=found.lat)


def _at(lat: float, lon: float, *, of: str) -> Base:
    if abs(lat) > _NORTH or abs(lon) > _EAST:
        msg = "That is nowhere on earth: give the latitude first, as in 27.2995, -80.3985."
        raise WorkingError(msg, of=of)
    return Base(label=f"{lat:.5f}, {lon:.5f}", lon=lon, lat=lat)
