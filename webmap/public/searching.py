"""Find a place by what someone typed: suggestions under the box, or a page of results."""

import dataclasses
from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from geo import places
from webmap.arguments import AskedError
from webmap.public.frame import blueprint
from webmap.visits import Visit, visit

SUGGESTED = 8
FOUND = 30
LONGEST = 100
STREET_ZOOM, ZONE_ZOOM = 16.5, 14
KINDS = {"address": _("Address"), "parcel": _("Parcel"), "street": _("Street"), "zone": _("Zone")}


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A place found, and the page that shows it."""

    kind: str
    id: int
    label: str
    hint: str
    parcel_no: str | None
    lon: float
    lat: float
    exempt: bool = False

    @property
    def kind_words(self) -> str:
        """What the place is, in a word."""
        return str(KINDS[self.kind])

    @property
    def href(self) -> str:
        """The parcel's page; for a street or a zone the map there."""
        if self.parcel_no:
            return url_for("public.parcel_page", parcel_no=self.parcel_no)
        zoom = ZONE_ZOOM if self.kind == "zone" else STREET_ZOOM
        view = f"map={zoom}/{self.lat:.5f}/{self.lon:.5f}"
        zone = self.id if self.kind == "zone" else None
        street = self.label if self.kind == "street" else None
        return url_for("public.map_page", zone=zone, street=street, _anchor=view)


@blueprint.get("/search")
def search_page() -> str:
    """Show a page of results, for those who pressed Enter or run no scripts."""
    words = asked_words()
    with visit() as look:
        found = _found(look, words, FOUND)
        return look.page("search.html", words=words, places=found, example=look.example())


@blueprint.get("/search/suggestions")
def suggestions() -> str:
    """Show the options of the search box's list; ``kind``, said once or more, narrows them."""
    kinds = asked_kinds()
    with visit() as look:
        found = _found(look, asked_words(), SUGGESTED, kinds=kinds)
        return look.page("_suggestions.html", places=found, unknown=unknown_number(found))


def asked_kinds() -> list[str]:
    """Return the kinds of places that are asked for.

    Raises
    ------
    AskedError
        There is no such kind.
    """
    kinds = request.args.getlist("kind") or [*KINDS]
    if not set(kinds) <= set(KINDS):
        msg = f"A place is of the kinds {', '.join(KINDS)}."
        raise AskedError(msg)
    return kinds


def asked_words() -> str:
    """Return what was typed, in one line."""
    return " ".join(request.args.get("q", "").split())[:LONGEST]


def unknown_number(found: Sequence[Place]) -> str | None:
    """Return the house number asked for, where what was found has only others."""
    return places.unknown_number(asked_words(), [place.label for place in found])


def _found(
    look: Visit, words: str, most: int, *, kinds: Collection[str] = places.KINDS
) -> list[Place]:
    if not words:
        return []
    return [place_of(row) for row in look.rows(places.search(words, most=most, kinds=kinds))]


def place_of(row: sa.Row[Any]) -> Place:
    """Return a place of what was found."""
    is_address = row.kind == "address"
    hint = gettext("Parcel %(number)s", number=row.hint) if is_address else row.hint or ""
    return Place(row.kind, row.id, row.label, hint, row.parcel_no, row.lon, row.lat)
