"""Tell what a file is from its bytes, never from its name or from what a sender claims."""

import re
from enum import StrEnum

from cases.documents.errors import (
    BrokenFileError,
    MarkupError,
    PolyglotError,
    UnknownKindError,
)


class MediaType(StrEnum):
    """What is taken in, as HTTP names it."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heic"
    PDF = "application/pdf"


PICTURES = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.HEIC})

_SNIFFED = 1024
"""So many bytes a browser, or a reader of PDF, looks through for a sign of what a file is."""

_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|iframe|svg|\w+:svg)\b", re.IGNORECASE)
_PDF = re.compile(rb"%PDF-\d\.\d")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"IEND\xae\x42\x60\x82"
_PDF_END = b"%%EOF"
_ZIP_END = b"PK\x05\x06"
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis"})


def media_type_of(data: bytes) -> MediaType:
    """Tell what a file is; whether a picture decodes is for `cases.documents.pixels` to see.

    Raises
    ------
    UnknownKindError
        It is nothing that is taken in.
    MarkupError
        It is HTML or SVG.
    PolyglotError
        It could be read as something else as well.
    BrokenFileError
        Its end is missing.
    """
    head = data[:_SNIFFED]
    found = _by_signature(data)
    if found is None:
        raise _unknown(head)
    if _MARKUP.search(head) or (found is not MediaType.PDF and b"%PDF-" in head):
        msg = (
            f"The file begins as {found.name} and holds something else as well. Open it, save it "
            "as a new picture or PDF, and send that."
        )
        raise PolyglotError(msg)
    if found is MediaType.PNG:
        _require_end(data, end=_PNG_END, kind="PNG", most_after=0)
    elif found is MediaType.PDF:
        _require_end(data, end=_PDF_END, kind="PDF", most_after=_SNIFFED)
    return found


def _by_signature(data: bytes) -> MediaType | None:
    if data.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if data.startswith(_PNG):
        return MediaType.PNG
    if _PDF.match(data):
        return MediaType.PDF
    return MediaType.HEIC if _HEIC_BRANDS & _brands(data) else None


def _brands(data: bytes) -> set[bytes]:
    """Return the brands that an ISO media file says it can be read as: its first box."""
    size = int.from_bytes(data[:4])
    if data[4:8] != b"ftyp" or not 16 <= size <= _SNIFFED:  # noqa: PLR2004 - a box with one brand
        return set()
    named = data[8:12] + data[16:size]
    return {named[at : at + 4] for at in range(0, len(named), 4)}


def _unknown(head: bytes) -> UnknownKindError | MarkupError | PolyglotError:
    wanted = "Send a photograph as JPEG, PNG or HEIC, or a document as PDF."
    if _MARKUP.search(head):
        return MarkupError(f"The file is a web page or an SVG drawing, whatever its name. {wanted}")
    if _PDF.search(head):
        msg = f"The file is a PDF with something else before it. {wanted}"
        return PolyglotError(msg)
    what = "is of a kind that is not taken in, whatever its name" if head else "is empty"
    return UnknownKindError(f"The file {what}. {wanted}")


def _require_end(data: bytes, *, end: bytes, kind: str, most_after: int) -> None:
    """Refuse a file that stops before its end, or goes on after it."""
    at = data.rfind(end)
    if at < 0:
        msg = f"The {kind} is cut short: its end is missing. Send it again from the original."
        raise BrokenFileError(msg)
    after = data[at + len(end) :]
    if len(after) > most_after or _ZIP_END in after:
        msg = f"The {kind} carries something behind its end. Open it, save it anew, and send that."
        raise PolyglotError(msg)
