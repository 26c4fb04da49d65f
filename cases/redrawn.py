"""Hold what all zones of a town are to be, and refuse what they cannot be."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from geoalchemy2 import Geography
from geoalchemy2.shape import from_shape
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from cases.models import Staff
from cases.neighbours import LEAST_M2
from cases.officers import is_officer
from cases.outlines import UnusableOutlineError
from cases.wording import tidy
from cases.zoning import LONGEST_NAME, ZoneError
from geo.layers import WGS84, Town, Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What one zone is to be.

    Parameters
    ----------
    zone_id
        The zone of today that goes on as this one; None for a new one.
    officer
        By name: whoever has the zone today, or an officer who works here; None for nobody.
    shape
        A polygon or multipolygon in degrees (EPSG:4326).
    """

    zone_id: int | None
    name: str
    officer: str | None
    shape: BaseGeometry


def checked(
    connection: sa.Connection, outlines: Sequence[Outline], *, today: Mapping[int, str | None]
) -> list[Outline]:
    """Return outlines with tidy names and as multipolygons; refuse what cannot be.

    Parameters
    ----------
    today
        Who has each officer's zone of today, by its identity; None for nobody.

    Raises
    ------
    UnusableOutlineError
        An outline is not valid, encloses next to nothing or reaches beyond the town.
    ZoneError
        Anything else.
    """
    if not outlines:
        msg = "No zone is given: a town without officers' zones is made by no proposal."
        raise ZoneError(msg)
    going_on = [each.zone_id for each in outlines if each.zone_id is not None]
    twice = [each for each, count in Counter(going_on).items() if count > 1]
    if twice or not set(going_on) <= today.keys():
        msg = "Each zone goes on from one zone of today, and from one that there is."
        raise ZoneError(msg)
    found = [
        Outline(zone_id=each.zone_id, name=_name(each.name), officer=each.officer,
                shape=_shape(connection, each))
        for each in outlines
    ]  # fmt: skip
    _refuse_names([each.name for each in found])
    _refuse_officers(connection, found, today)
    return found


def _name(said: str) -> str:
    name = tidy(said)
    if name is None or len(name) > LONGEST_NAME:
        msg = f"Give each zone a name of 1 to {LONGEST_NAME} characters."
        raise ZoneError(msg)
    return name


def _refuse_names(names: Collection[str]) -> None:
    counts = Counter(name.lower() for name in names)
    twice = [name for name in names if counts[name.lower()] > 1]
    if twice:
        msg = f"Two zones are called {twice[0]}: give each a name of its own."
        raise ZoneError(msg)


def _refuse_officers(
    connection: sa.Connection, outlines: Sequence[Outline], today: Mapping[int, str | None]
) -> None:
    here = set(connection.scalars(sa.select(Staff.name).where(is_officer(Staff.name))))
    for each in outlines:
        now = today[each.zone_id] if each.zone_id is not None else None
        if each.officer is not None and each.officer not in {now, *here}:
            msg = f"{each.officer} is no officer who works here: choose one of the list."
            raise ZoneError(msg)


def _shape(connection: sa.Connection, outline: Outline) -> MultiPolygon:
    """Return the outline, which the database finds valid and inside the town."""
    shape = outline.shape
    whole = MultiPolygon([shape]) if isinstance(shape, Polygon) else shape
    if not isinstance(whole, MultiPolygon) or whole.is_empty:
        msg = f"{outline.name} is no area: have the zones proposed again."
        raise UnusableOutlineError(msg)
    geom = sa.literal(from_shape(whole, srid=WGS84), Zone.geom.type)
    said = sa.select(
        sa.func.ST_IsValid(geom).label("valid"),
        sa.func.ST_Area(sa.cast(geom, Geography)).label("m2"),
        sa.func.ST_CoveredBy(geom, sa.select(Town.extent).scalar_subquery()).label("inside"),
    )
    found = connection.execute(said).one()
    if not found.valid or found.m2 < LEAST_M2 or not found.inside:
        msg = f"The outline of {outline.name} is not valid, or reaches beyond the town."
        raise UnusableOutlineError(msg)
    return whole
