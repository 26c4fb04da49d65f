"""Ask what anyone may know of the ground: the town, a parcel, the zones, a place by its name."""

import re
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select

_NUMBER = re.compile(
    r"\s*(?:(?P<before>\d{1,6}[a-z]?)\s+\D.*|(?P<street>[^\d\s].*?)\s+(?P<behind>\d{1,6}[a-z]?))\s*$",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"(\d+) [^\W\d_]{2}")
"""A house number, and the begin of its street."""
KINDS = ("address", "parcel", "street", "zone")
_WIDER = 4
"""How many times more places are looked at where only some kinds are wanted."""
_BOX = ("west", "south", "east", "north")


def _view(name: str, *columns: str, schema: str = "published") -> sa.TableClause:
    return sa.table(name, *map(sa.column, columns), schema=schema)


TOWN = _view("town", "name", "note", "timezone", *_BOX)
_OF_PARCEL = (
    "id", "parcel_no", "situs_address", "land_use", "area_m2", "lon", "lat", *_BOX, "ended_on",
)  # fmt: skip
_OF_LINEAGE = ("parent_id", "child_id", "parent_no", "child_no", "share", "as_of")
PARCEL = _view("parcel", *_OF_PARCEL)
LINEAGE = _view("lineage", *_OF_LINEAGE)
EVERY_PARCEL = _view("parcel", *_OF_PARCEL, schema="office")
EVERY_LINEAGE = _view("lineage", *_OF_LINEAGE, schema="office")
ADDRESS_EXAMPLE = _view("address_example", "label")
ZONE = _view("zone", "id", "kind", "code", "name", "officer_name", "lon", "lat", *_BOX)


def town() -> Select[tuple[object, ...]]:
    """Select the town: name, note, timezone and box (EPSG:4326); no row where none is loaded."""
    return sa.select(TOWN)


def parcel_by_number(parcel_no: str, *, staff: bool = False) -> Select[tuple[object, ...]]:
    """Select a parcel as it stands now: address, use, area, inner point and box (EPSG:4326).

    One that ended as it stood last, with the day it ended, ``ended_on``.

    Parameters
    ----------
    staff
        Whether those that are withheld from the public are wanted too; the public role may not.
    """
    parcel = EVERY_PARCEL if staff else PARCEL
    return sa.select(parcel).where(parcel.c.parcel_no == parcel_no)


def parcel_by_id(parcel_id: int, *, staff: bool = False) -> Select[tuple[object, ...]]:
    """Select a parcel by its identity, as `parcel_by_number` does by its number."""
    parcel = EVERY_PARCEL if staff else PARCEL
    return sa.select(parcel).where(parcel.c.id == parcel_id)


def parcels_by_id(parcel_ids: Collection[int]) -> Select[tuple[object, ...]]:
    """Select several parcels, as far as they are public, as `parcel_by_number` does one."""
    return sa.select(PARCEL).where(PARCEL.c.id.in_(parcel_ids))


def lineage_of(parcel_id: int, *, staff: bool = False) -> Select[tuple[object, ...]]:
    """Select whose ground a parcel was made of, and who took its own, the largest share first.

    Columns: ``came``, whether it came to this parcel, else it went from it; ``parcel_no`` of the
    other; ``share`` of the parent's area; ``as_of``. ``staff`` is as for `parcel_by_number`.
    """
    lineage = (EVERY_LINEAGE if staff else LINEAGE).c
    came = lineage.child_id == parcel_id
    other = sa.case((came, lineage.parent_no), else_=lineage.child_no)
    return (
        sa.select(came.label("came"), other.label("parcel_no"), lineage.share, lineage.as_of)
        .where(sa.or_(came, lineage.parent_id == parcel_id))
        .order_by(lineage.as_of.desc(), lineage.share.desc(), other)
    )


def address_example() -> Select[tuple[object, ...]]:
    """Select an address that a search finds; no row where the town has none."""
    return sa.select(ADDRESS_EXAMPLE)


def zones(kind: str = "officer") -> Select[tuple[object, ...]]:
    """Select the zones of a kind by code, with their officer, inner point and box (EPSG:4326)."""
    return (
        sa.select(ZONE)
        .where(ZONE.c.kind == kind)
        .order_by(sa.func.length(ZONE.c.code), ZONE.c.code)
    )


def zone_at(lon: float, lat: float) -> Select[tuple[object, ...]]:
    """Select the officer's zone that holds a point (EPSG:4326), if one does."""
    return sa.select(ZONE).where(
        ZONE.c.id == sa.select(sa.func.published.zone_at(lon, lat)).scalar_subquery()
    )


def address_near(lon: float, lat: float) -> Select[tuple[object, ...]]:
    """Select the ``label`` of the address nearest to a point (EPSG:4326); NULL where none is."""
    return sa.select(sa.func.published.address_near(lon, lat).label("label"))


def house_number(words: str) -> str | None:
    """Return the house number that words begin or end with, ``480`` of ``Lockwood Ave 480``."""
    found = _NUMBER.match(words)
    return (found["before"] or found["behind"]) if found else None


def _number_first(words: str) -> str:
    """Write an address as they are kept, its house number before the street."""
    found = _NUMBER.match(words)
    return f"{found['behind']} {found['street']}" if found and found["behind"] else words


def unknown_number(words: str, labels: Sequence[str]) -> str | None:
    """Return the house number that was typed, where what was found has only others."""
    asked = _HOUSE.match(words)
    if asked is None or not labels or any(_has(label, asked[1]) for label in labels):
        return None
    return asked[1]


def of_number(words: str, found: Sequence[sa.Row[Any]]) -> list[sa.Row[Any]]:
    """Return what was found with the house number that was typed; all of it where none was."""
    asked = _HOUSE.match(words)
    return [each for each in found if asked is None or _has(each.label, asked[1])]


def _has(label: str, number: str) -> bool:
    return label.startswith(f"{number} ")


def search(
    words: str, *, most: int, kinds: Collection[str] = KINDS, staff: bool = False
) -> Select[tuple[object, ...]]:
    """Select places by words with typos: kind, id, parcel, label, hint, point, best first.

    Parameters
    ----------
    words
        What someone typed: an address, a street, a parcel number or a zone, or their beginning.
    most
        How many places at most.
    kinds
        Of which kinds; of several the likest, whatever is of another kind besides.
    staff
        As for `parcel_by_number`.
    """
    asked = most if len(kinds) == len(KINDS) else _WIDER * most
    said = _number_first(words)
    looked = (
        sa.func.office.search_places(said, asked, True)
        if staff
        else sa.func.published.search_places(said, asked)
    )
    listed = looked.table_valued(
        "kind", "id", "parcel_id", "label", "hint", "lon", "lat", "score"
    ).alias("listed")
    found = (
        sa.select(listed)
        .where(listed.c.kind.in_(sorted(kinds)))
        .order_by(listed.c.score.desc(), listed.c.label)
        .limit(most)
        .subquery("found")
    )
    # One by one, for what is told alone: a join with the view would look up every parcel.
    parcel = EVERY_PARCEL if staff else PARCEL
    number = sa.select(parcel.c.parcel_no).where(parcel.c.id == found.c.parcel_id).scalar_subquery()
    return sa.select(found, number.label("parcel_no")).order_by(found.c.score.desc(), found.c.label)
