"""Draw photographs for paper: small, upright, nothing in them but pixels, what is exempt black."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import sqlalchemy as sa

from cases.documents.kinds import PICTURES, MediaType
from cases.documents.pixels import Redrawn, redraw
from cases.documents.store import Store

SIDE = 1100
"""So many pixels a side a photograph has on paper: 180 an inch where it is printed widest."""
_AT_ONCE = 2

type Row = sa.Row[Any]


def photographs(store: Store, documents: Sequence[Row]) -> Mapping[str, Redrawn]:
    """Return the pictures among some documents by the SHA-256 of their files, drawn for paper.

    Of what was blacked out for the public, its copy is drawn.

    Parameters
    ----------
    documents
        As `cases.documents.queries.documents_of_case` selects them.

    Raises
    ------
    CaseError
        A file is not in the store, or no longer what it was.
    """
    drawn = [each for each in documents if each.media_type in PICTURES]
    with ThreadPoolExecutor(_AT_ONCE) as threads:  # each waits for a process of its own
        pictures = threads.map(lambda each: _for_paper(store, each), drawn)
        return {row.sha256: each for row, each in zip(drawn, pictures, strict=True)}


def _for_paper(store: Store, row: Row) -> Redrawn:
    media_type = MediaType(row.media_type)
    if row.redacted_copy is not None and media_type is MediaType.HEIC:
        media_type = MediaType.JPEG
    data = store.get(row.redacted_copy or row.sha256)
    return redraw(data, media_type=media_type, side=SIDE).whole
