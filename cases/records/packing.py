"""Pack files into a ZIP whose bytes follow from them alone: no clock and no machine shows."""

import hashlib
import zipfile
from types import TracebackType
from typing import BinaryIO, Self

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16


class Pack:
    """A ZIP that is being written; its files lie in it as they are, uncompressed.

    Pictures and PDFs are compressed already, and what a library makes of the rest may change with
    its version.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Write the list of what is in it."""
        self._zip.close()

    def put(self, name: str, data: bytes) -> str:
        """Add a file; gives the SHA-256 of its bytes, in hex."""
        entry = zipfile.ZipInfo(name, date_time=_EARLIEST)
        entry.create_system, entry.external_attr = _UNIX, _READABLE
        self._zip.writestr(entry, data)
        return hashlib.sha256(data).hexdigest()
