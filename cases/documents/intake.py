"""Take a file in: see what it is, read what the camera wrote, and store it as it came."""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo

from cases.documents.camera import LonLat, taken_at, taken_point
from cases.documents.errors import TooLargeError
from cases.documents.kinds import PICTURES, MediaType, media_type_of
from cases.documents.pixels import examine
from cases.documents.store import Store
from cases.wording import tidy

MOST_BYTES = 32 << 20
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A file that was looked at and stored.

    Parameters
    ----------
    original_name
        As its sender called it; a label, and no path of anything.
    width, height
        Pixels, as the picture is looked at; None for a PDF.
    taken_at, taken_offset, taken_point
        As `cases.documents.camera` reads them; None where the camera wrote nothing.
    """

    sha256: str
    media_type: MediaType
    byte_size: int
    original_name: str | None
    width: int | None = None
    height: int | None = None
    taken_at: datetime | None = None
    taken_offset: str | None = None
    taken_point: LonLat | None = None


def take_in(store: Store, data: bytes, *, name: str | None, zone: tzinfo) -> TakenIn:
    """Look at a file and store it, byte for byte; no case knows of it yet.

    Parameters
    ----------
    name
        What its sender calls it.
    zone
        The town's, in which a camera's time without an offset is told.

    Raises
    ------
    RefusedFileError
        It is not taken in; each reason has its own error.
    StoreError
        It cannot be stored.
    """
    if len(data) > MOST_BYTES:
        msg = (
            f"The file has {len(data) / 2**20:.1f} MB; at most {MOST_BYTES >> 20} MB are taken "
            "in. Send a smaller picture, or the document in parts."
        )
        raise TooLargeError(msg)
    media_type = media_type_of(data)
    examined = examine(data, media_type=media_type) if media_type in PICTURES else None
    tags = examined.tags if examined else {}
    taken = taken_at(tags, zone=zone)
    return TakenIn(
        sha256=store.put(data),
        media_type=media_type,
        byte_size=len(data),
        original_name=_label(name),
        width=examined.width if examined else None,
        height=examined.height if examined else None,
        taken_at=taken.at if taken else None,
        taken_offset=taken.offset if taken else None,
        taken_point=taken_point(tags),
    )


def _label(name: str | None) -> str | None:
    """Return the last part of a name, without folders and what no letter is."""
    last = re.split(r"[/\\]", name or "")[-1]
    return tidy(re.sub(r"[\x00-\x1f\x7f-\x9f]", "", last)[-_LONGEST_NAME:])
