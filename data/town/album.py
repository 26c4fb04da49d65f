"""Take the demo town's photographs in, once each, and have their copies drawn."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from zoneinfo import ZoneInfo

from cases.documents.copies import make_copies
from cases.documents.intake import TakenIn, take_in
from cases.documents.queries import documents_named
from cases.documents.store import Store
from data.town.pictures import SUBJECTS, photograph
from geo.database import Database

_AT_ONCE = 2
"""Each picture is decoded by a process of its own."""

ZONE = ZoneInfo("America/New_York")

type Album = Mapping[str, TakenIn]
"""The photograph of each of `data.town.pictures.SUBJECTS`."""


def take_album(store: Store) -> Album:
    """Draw every photograph there is and store it."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return dict(zip(SUBJECTS, pool.map(partial(_take, store), SUBJECTS), strict=True))


def copy_album(database: Database, store: Store, album: Album) -> None:
    """Draw the copies of the photographs that hang on cases by now."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(partial(_copy, database, store), album.values()))


def _take(store: Store, subject: str) -> TakenIn:
    name = f"{subject.lower().replace(' ', '-')}.jpg"
    return take_in(store, photograph(subject), name=name, zone=ZONE)


def _copy(database: Database, store: Store, taken: TakenIn) -> None:
    with database.app.begin() as connection:
        if connection.execute(documents_named([taken.sha256])).first():
            make_copies(connection, store, sha256=taken.sha256)
