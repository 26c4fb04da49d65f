"""Name what can be wrong with a file, and with where files are kept."""

from cases.errors import CaseError
from geo.errors import LotlineError


class StoreError(LotlineError):
    """The document store cannot be opened, written or read."""


class DamagedFileError(StoreError):
    """A stored file is no longer the bytes it is named by."""


class NoSuchFileError(StoreError):
    """No file of that name is stored."""


class RefusedFileError(CaseError):
    """A file is not taken in; each reason has an error of its own."""


class UnknownKindError(RefusedFileError):
    """It is neither JPEG, PNG, HEIC nor PDF, by what its bytes say."""


class MarkupError(RefusedFileError):
    """It is a page or a drawing of markup (HTML, SVG), which can carry a script."""


class PolyglotError(RefusedFileError):
    """It is one kind of file to one program and another kind to another."""


class TooLargeError(RefusedFileError):
    """It has more bytes than are taken in."""


class TooManyPixelsError(RefusedFileError):
    """It is a picture of more pixels than are decoded."""


class BrokenFileError(RefusedFileError):
    """It is cut short or damaged."""


class CostlyPictureError(RefusedFileError):
    """It takes more time or memory to decode than a picture of its size does."""


class PositionError(CaseError, ValueError):
    """A reported position is no place on the globe."""


class UploadError(CaseError):
    """A client's number for an upload is taken by another upload."""


class OtherCaseError(CaseError):
    """A document is said to belong to an inspection or a violation of another case."""


class RedactionError(CaseError, ValueError):
    """What is to be blacked out lies outside the picture, or no exemption is cited for it."""


class NotAPictureError(CaseError):
    """A PDF is public as a whole or not at all: no part of it can be blacked out here."""
