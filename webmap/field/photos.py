"""Store the bytes of a photograph by their SHA-256 in a folder; the one place that knows how."""

import hashlib
import os
import uuid
from pathlib import Path

from cases.errors import CaseError

MOST_BYTES = 32 << 20
_SIGNATURES = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    *((b"ftyp" + brand, 4, "image/heic") for brand in (b"heic", b"heix", b"heim", b"heis")),
)


class PhotoError(CaseError):
    """What was sent is no photograph, or not the one that was announced."""


def media_type_of(data: bytes) -> str:
    """Tell what a picture is from its first bytes.

    Raises
    ------
    PhotoError
        It is none that is taken in.
    """
    for signature, at, media_type in _SIGNATURES:
        if data[at : at + len(signature)] == signature:
            return media_type
    msg = "This is no photograph that is taken in: send JPEG, PNG or HEIC."
    raise PhotoError(msg)


def store(home: Path, data: bytes, *, announced: str) -> tuple[str, str]:
    """Store a photograph; gives its SHA-256, in hex, and its media type.

    Parameters
    ----------
    home
        LOTLINE_HOME; it lies below in ``documents/ab/cd/<sha256>``.
    announced
        The SHA-256 by which the phone knows it.

    Raises
    ------
    PhotoError
        It came damaged, or is no photograph.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != announced:
        msg = "The photograph arrived damaged: the phone sends it again."
        raise PhotoError(msg)
    media_type = media_type_of(data)
    path = home / "documents" / sha256[:2] / sha256[2:4] / sha256
    if not path.exists():
        _write(path, data)
    return sha256, media_type


def _write(path: Path, data: bytes) -> None:
    """Write a file whole under another name first, so that no reader finds half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
