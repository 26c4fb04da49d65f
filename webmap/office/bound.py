"""Say what a lien binds beside its own parcel, and whether that one is a homestead."""

from typing import Any

from flask_babel import gettext

from cases.desk.book import Book, Row
from cases.exposure import releasable
from cases.workflow.lien import BINDING
from webmap.auth.desk import Desk


def homestead_by_roll(book: Book) -> str:
    """Say of a case's parcel what the roll tells of a homestead, where nobody said on evidence."""
    told = {each.homestead for each in book.owners if each.homestead is not None}
    said = gettext("the roll does not say; it counts as one until somebody says on evidence")
    if told:
        said = gettext("yes, by the roll") if True in told else gettext("no, by the roll")
    return str(said)


def bound_with(desk: Desk, book: Book) -> dict[int, list[Row]]:
    """Return the parcels that each lien binds beside its own, by the lien; no homestead is.

    Liens of one case on one parcel bind the same, so that is asked once.
    """
    binding = [each for each in book.parts["lien"] if each.status in BINDING]
    by_parcel = {
        parcel_id: [
            each
            for each in releasable(desk.connection, lien)
            if not getattr(each, "homestead", False)
        ]
        for parcel_id, lien in {each.parcel_id: each for each in binding}.items()
    }
    return {each.id: by_parcel[each.parcel_id] for each in binding}


def parcel_words(parcel: Any, *more: str | None) -> str:
    """Name a parcel by its number, where it lies, and what else is known of it."""
    named = (parcel.parcel_no, parcel.situs_address, *more)
    return ", ".join(str(each) for each in named if each)
