"""Read from an address which cases somebody follows, and say in words which those are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import abort, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from cases import queries
from cases.following.steps import Scope
from cases.outlines import Ring, extent_of, outline
from cases.queries import Box
from geo import places
from webmap.arguments import AskedError, ring_of, ring_text
from webmap.interpreting import say
from webmap.public.asking import Asked
from webmap.visits import Visit
from webmap.words import about_area

MOST_CORNERS = 100
"""An area in an address has no more, lest the address grow too long to be kept."""

FURTHEST = 85.0
"""Degrees from the equator that a map still shows."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What is followed.

    Parameters
    ----------
    name
        What it is, in the reader's language.
    page
        The way to the page that shows the same.
    args
        What of the address of a feed says it.
    """

    scope: Scope
    name: str
    page: str
    args: Mapping[str, str] = field(default_factory=dict)


def read_followed(look: Visit, args: MultiDict[str, str]) -> Followed:
    """Return what an address follows: one case, one lot, or all that suits the rest of it.

    Raises
    ------
    AskedError
        A value is none that could be.
    NotFound
        There is no such public case or lot.
    """
    if number := args.get("case"):
        return followed_case(look, number) or abort(404)
    if parcel_no := args.get("parcel"):
        return followed_parcel(look, parcel_no) or abort(404)
    return _followed_many(look, args)


def followed_case(look: Visit, number: str) -> Followed | None:
    """Return what follows one case; None where the public knows none of that number."""
    case = look.first(queries.case_by_number(number, on=look.today))
    if case is None:
        return None
    at = case.situs_address or case.parcel_no
    name = _("Case %(number)s", number=case.number)
    return Followed(
        Scope(case_id=case.id), f"{name}, {at}" if at else name,
        url_for("public.case_page", number=case.number), {"case": case.number},
    )  # fmt: skip


def followed_parcel(look: Visit, parcel_no: str) -> Followed | None:
    """Return what follows a lot; None where the public knows none of that number."""
    parcel = look.first(places.parcel_by_number(parcel_no))
    if parcel is None:
        return None
    name = parcel.situs_address or _("Parcel %(number)s", number=parcel.parcel_no)
    page = url_for("public.parcel_page", parcel_no=parcel.parcel_no)
    return Followed(Scope(parcel_id=parcel.id), name, page, {"parcel": parcel.parcel_no})


def _followed_many(look: Visit, args: MultiDict[str, str]) -> Followed:
    """Return what follows all cases that suit an address."""
    asked = Asked.read(args)
    drawn = args.get("area", "")
    if drawn and asked.bbox:
        msg = "Give either a box or an area, not both."
        raise AskedError(msg)
    zone = _zone(look, asked.zone)
    ring = ring_of(drawn) if drawn else _corners(asked.bbox) if asked.bbox else None
    scope = Scope(
        zone_id=asked.zone, category=asked.category or None, area=area_of(ring) if ring else None
    )
    given = {
        "category": asked.category, "zone": str(asked.zone or ""), "bbox": asked.bbox_text,
        "area": ring_text(ring) if ring and drawn else "",
    }  # fmt: skip
    kept = {key: value for key, value in given.items() if value}
    page = asked.link("public.map_page", sort="", bbox=_box_text(ring) if ring else "")
    where = _("in the whole town") if ring is None else _where(look, ring)
    return Followed(scope, _name(scope, zone, where), page, kept)


def area_of(ring: Ring) -> str:
    """Return the area within a ring as WKT in degrees (EPSG:4326).

    Raises
    ------
    AskedError
        It has too many corners.
    UnusableOutlineError
        It encloses nothing that could be looked in.
    """
    if len(ring) > MOST_CORNERS:
        msg = f"The area has {len(ring)} corners: draw it with {MOST_CORNERS} at most."
        raise AskedError(msg)
    return str(outline([ring]).wkt)


def _corners(box: Box) -> Ring:
    west, east = box[0], box[2]
    south, north = max(box[1], -FURTHEST), min(box[3], FURTHEST)
    return [(west, south), (east, south), (east, north), (west, north)]


def _box_text(ring: Ring) -> str:
    """Return the box around a ring as an address carries it."""
    lons, lats = zip(*ring, strict=True)
    return ",".join(f"{edge:.6f}" for edge in (min(lons), min(lats), max(lons), max(lats)))


def _zone(look: Visit, zone_id: int | None) -> sa.Row[Any] | None:
    if zone_id is None:
        return None
    found = [zone for zone in look.rows(places.zones()) if zone.id == zone_id]
    return found[0] if found else abort(404)


def _where(look: Visit, ring: Ring) -> str:
    """Say where an area lies by its size and an address in its middle, by which one knows it."""
    (lon, lat), square_metres = extent_of(outline([ring]))
    found, size = look.first(places.address_near(lon, lat)), about_area(square_metres)
    if found is None or found.label is None:
        return str(_("in an area of about %(size)s", size=size))
    return str(_("in an area of about %(size)s near %(place)s", size=size, place=found.label))


def _name(scope: Scope, zone: sa.Row[Any] | None, where: str) -> str:
    kind = say(scope.category) if scope.category else _("All cases")
    if zone is not None:
        return f"{kind}, {zone.name}"
    return f"{kind}, {where}"
