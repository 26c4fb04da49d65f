"""Hang documents on cases of the small town, as fixtures and by hand."""

import uuid
from pathlib import Path
from zoneinfo import ZoneInfo

import files
import pytest
import sqlalchemy as sa
from desk import OFFICER, day

from cases.documents import attaching
from cases.documents.attaching import DocumentKind, Filing
from cases.documents.intake import TakenIn, take_in
from cases.documents.store import Store

ZONE = ZoneInfo("America/New_York")
PHOTO = Filing(kind=DocumentKind.PHOTO, caption="The hedge from the sidewalk")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "documents")


@pytest.fixture
def taken(store: Store) -> TakenIn:
    """A photograph taken on lot A-1, in the store and on no case."""
    return take_in(store, files.jpeg(), name="IMG_0042.jpg", zone=ZONE)


@pytest.fixture
def photo(town: sa.Connection, case: int, taken: TakenIn) -> int:
    """That photograph on the case."""
    return hang(town, taken, case)


@pytest.fixture
def paper(town: sa.Connection, case: int, store: Store) -> int:
    """A PDF on the case."""
    letter = take_in(store, files.pdf(), name="letter.pdf", zone=ZONE)
    return hang(town, letter, case, filing=Filing(kind=DocumentKind.CORRESPONDENCE))


def hang(connection: sa.Connection, taken: TakenIn, case: int, **changes: object) -> int:
    asked = {
        "case_id": case,
        "client_id": uuid.uuid4(),
        "filing": PHOTO,
        "actor": OFFICER,
        "moment": day(6, 2),
    }
    return attaching.attach(connection, taken, **(asked | changes))  # type: ignore[arg-type]
