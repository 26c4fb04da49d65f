"""Draw the copies of pictures that others may see, and keep them beside the originals.

A PDF has none: it is public as a whole or not at all.
"""

from collections.abc import Sequence
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from cases.documents.errors import NoSuchFileError
from cases.documents.kinds import PICTURES, MediaType
from cases.documents.pixels import Copies, redraw
from cases.documents.store import Store
from cases.models import Document, DocumentCopy


class CopyKind(StrEnum):
    """What a copy is for."""

    PUBLIC = "public"
    THUMBNAIL = "thumbnail"
    REDACTED = "redacted"
    REDACTED_THUMBNAIL = "redacted_thumbnail"


def make_copies(connection: sa.Connection, store: Store, *, sha256: str) -> None:
    """Draw a picture for the public, and small; made once, so that it may be asked for again.

    Raises
    ------
    NoSuchFileError
        There is no such document, or its file is not in the store.
    StoreError
        The original cannot be read, or the copies not written.
    """
    media_type = media_type_of_document(connection, sha256)
    made = sa.exists().where(DocumentCopy.of == sha256, DocumentCopy.kind == CopyKind.THUMBNAIL)
    if media_type not in PICTURES or connection.scalar(sa.select(made)):
        return
    copies = redraw(store.get(sha256), media_type=media_type)
    keep_copies(connection, store, copies, of=sha256, kinds=(CopyKind.PUBLIC, CopyKind.THUMBNAIL))


def media_type_of_document(connection: sa.Connection, sha256: str) -> MediaType:
    """Tell what a stored document is.

    Raises
    ------
    NoSuchFileError
        There is none of that name.
    """
    found = connection.scalar(sa.select(Document.media_type).where(Document.sha256 == sha256))
    if found is None:
        msg = f"No document is named {sha256}: add it to a case first."
        raise NoSuchFileError(msg)
    return MediaType(found)


def keep_copies(
    connection: sa.Connection,
    store: Store,
    copies: Copies,
    *,
    of: str,
    kinds: Sequence[CopyKind],
    redaction_id: int | None = None,
) -> None:
    """Store a copy and its thumbnail, and tie them to their original.

    Parameters
    ----------
    kinds
        What the copy is, and what its thumbnail.
    """
    rows = [
        {
            "of": of, "kind": kind, "redaction_id": redaction_id, "sha256": store.put(each.data),
            "media_type": each.media_type, "byte_size": len(each.data), "width": each.width,
            "height": each.height,
        }
        for kind, each in zip(kinds, (copies.whole, copies.thumbnail), strict=True)
    ]  # fmt: skip
    connection.execute(insert(DocumentCopy).on_conflict_do_nothing(), rows)
