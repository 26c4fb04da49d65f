"""Tell what the public may know of a place before something is reported there."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext

from cases import queries
from cases.errors import CaseError
from cases.receiving import Report, located
from cases.tying import LonLat
from geo import places
from webmap.dressing import ENDED
from webmap.interpreting import say
from webmap.public.reporting.desk import Counter
from webmap.visits import Visit

_METRES = 111_320.0  # of a degree of latitude
MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A place as the town knows it, and the public cases that may be the same matter.

    Attributes
    ----------
    name
        Its address or parcel; None where it is on none that is known.
    odd
        What is odd about it; None for nothing.
    alike
        The numbers of those of the kind that is reported.
    """

    name: str | None = None
    odd: str | None = None
    cases: Sequence[sa.Row[Any]] = ()
    alike: frozenset[str] = frozenset()


def around(look: Visit, at: Counter, report: Report) -> Around:
    """Look at a place through the eyes of the public."""
    if not (report.address or report.point):
        return Around()
    try:
        placed = located(at.connection, report=report, moment=at.moment)
    except CaseError as error:
        return Around(odd=say(error))
    parcel_id = placed.tied.tie.parcel_id
    parcel = look.first(places.parcel_by_id(parcel_id)) if parcel_id else None
    # A lot that is withheld is one nobody has heard of: its place leads to none.
    place = placed.point if parcel or not parcel_id else report.point
    found = {
        case.id: case
        for case in (look.rows(queries.cases_of_parcel(parcel.id, on=look.today)) if parcel else ())
        if case.stage not in ENDED
    }
    if place and report.category:
        within = at.law.intake.duplicate_metres_of(report.category)
        found = {each.id: each for each in _near(look, place, report, within)} | found
    cases = sorted(found.values(), key=lambda case: case.category != report.category)[:MOST]
    return Around(
        name=(parcel.situs_address or _parcel(parcel.parcel_no)) if parcel else None,
        odd=None if parcel else _odd(place, report),
        cases=cases,
        alike=frozenset(case.number for case in cases if case.category == report.category),
    )


def _near(look: Visit, point: LonLat, report: Report, within: float) -> list[sa.Row[Any]]:
    lon, lat = point
    high, wide = within / _METRES, within / (_METRES * math.cos(math.radians(lat)))
    box = (lon - wide, lat - high, lon + wide, lat + high)
    of_kind = queries.open_cases(on=look.today, bbox=box, category=report.category, most=MOST * 4)
    return [
        case
        for case in look.rows(of_kind)
        if math.hypot((case.lon - lon) / wide, (case.lat - lat) / high) <= 1
    ]


def _odd(point: LonLat | None, report: Report) -> str:
    if report.point is not None and point is None:
        return str(gettext("That is outside the town. Somebody looks at it all the same."))
    if report.point is not None:
        return str(gettext("That is on no lot, as in a street. It can be sent as it is."))
    words: str = gettext(
        "We know no such address. Check the house number and the street, or put a point on the "
        "map; it can be sent as you wrote it."
    )
    return words


def _parcel(number: str) -> str:
    return str(gettext("Parcel %(number)s", number=number))
