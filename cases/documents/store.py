"""Keep files by the SHA-256 of their bytes, once each, for as long as a record tells of them."""

import contextlib
import hashlib
import io
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import fsspec
from fsspec.implementations.local import LocalFileSystem

from cases.digests import require_sha256
from cases.documents.errors import DamagedFileError, NoSuchFileError, StoreError

_AT_ONCE = 1_000_000
"""So many bytes of a large file are held at a time."""


class Store:
    """A folder, on this machine or of a service, in which a file lies at ``ab/cd/<sha256>``.

    Parameters
    ----------
    where
        A folder, or a URL that fsspec knows (``s3://bucket/documents``).

    Raises
    ------
    StoreError
        Nothing here knows such a URL.
    """

    def __init__(self, where: str | Path) -> None:
        self._where = str(where)
        try:
            self._files, self._root = fsspec.core.url_to_fs(self._where)
        except (ImportError, ValueError) as error:
            msg = f"The document store {self._where} cannot be opened: {error}"
            raise StoreError(msg) from error

    def put(self, data: bytes) -> str:
        """Store bytes and return their SHA-256, in hex; what is there already stays as it is.

        Raises
        ------
        StoreError
            They cannot be written: the disk is full, or the folder is closed to us.
        DamagedFileError
            What is there under this name is something else.
        """
        name = hashlib.sha256(data).hexdigest()
        if self.holds(name):
            self.get(name)
            return name
        self._place(name, io.BytesIO(data))
        return name

    def put_file(self, source: Path) -> str:
        """Store a file too large to be held in memory, as `put` does bytes; gives its SHA-256.

        Raises
        ------
        StoreError
            It cannot be written: the disk is full, or the folder is closed to us.
        DamagedFileError
            What is there under this name is something else.
        """
        with source.open("rb") as file:
            name = hashlib.file_digest(file, "sha256").hexdigest()
            if self.holds(name):
                self._require_whole(name)
                return name
            file.seek(0)
            self._place(name, file)
        return name

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a name piece by piece, unchecked: whoever takes them has its hash.

        Raises
        ------
        StoreError
            They cannot be read.
        """
        with (
            self._explained("read", "look whether its disk or service is there, then try again"),
            self._files.open(self._path(name), "rb") as file,
        ):
            while piece := file.read(_AT_ONCE):
                yield piece

    def get(self, name: str) -> bytes:
        """Return the bytes of a name, which they are checked against.

        Raises
        ------
        NoSuchFileError
            No such file is stored.
        StoreError
            It cannot be read.
        DamagedFileError
            It is no longer what it was.
        """
        path = self._path(name)
        with self._explained("read", "look whether its disk or service is there, then try again"):
            try:
                data = bytes(self._files.cat_file(path))
            except FileNotFoundError:
                msg = f"The document store {self._where} holds no file {name}."
                raise NoSuchFileError(msg) from None
        self._require_same(name, hashlib.sha256(data).hexdigest())
        return data

    def holds(self, name: str) -> bool:
        """Tell whether a file of a name is stored.

        Raises
        ------
        StoreError
            The store cannot be read.
        """
        with self._explained("read", "look whether its disk or service is there, then try again"):
            return bool(self._files.exists(self._path(name)))

    def drop(self, name: str) -> None:
        """Remove a file that no record tells of any more; one that is not there is gone already.

        Raises
        ------
        StoreError
            It cannot be removed.
        """
        with (
            self._explained("cleared", "look whether its folder is open to us"),
            contextlib.suppress(FileNotFoundError),
        ):
            self._files.rm_file(self._path(name))

    def _require_whole(self, name: str) -> None:
        """Check a stored file against its name, a piece of it at a time in memory."""
        found = hashlib.sha256()
        for piece in self.pieces(name):
            found.update(piece)
        self._require_same(name, found.hexdigest())

    def _require_same(self, name: str, found: str) -> None:
        if found != name:
            msg = (
                f"The stored file {name} is damaged: its bytes have the SHA-256 {found}. Bring it "
                f"back from a backup of {self._where}."
            )
            raise DamagedFileError(msg)

    def _path(self, name: str) -> str:
        require_sha256(name, of="document")
        return f"{self._root}/{name[:2]}/{name[2:4]}/{name}"

    def _place(self, name: str, source: BinaryIO) -> None:
        path = self._path(name)
        part = f"{path}.{uuid.uuid4().hex}.part"
        with (
            self._explained("written", "free some space or open the folder, then send it again"),
            contextlib.ExitStack() as undo,
        ):
            undo.callback(self._drop, part)  # whatever ends the writing leaves no part behind
            self._write(part, source)
            # Whoever stored the same bytes meanwhile had the same file under this name.
            self._files.mv(part, path)
            undo.pop_all()
            self._settle(path)

    def _drop(self, part: str) -> None:
        with contextlib.suppress(OSError):
            self._files.rm_file(part)

    def _write(self, part: str, source: BinaryIO) -> None:
        self._files.makedirs(self._files._parent(part), exist_ok=True)  # noqa: SLF001 - fsspec's own way
        with self._files.open(part, "wb") as file:
            shutil.copyfileobj(source, file, _AT_ONCE)
            if isinstance(self._files, LocalFileSystem):
                file.flush()
                os.fsync(file.fileno())

    def _settle(self, path: str) -> None:
        """Have a folder's new name outlive a power cut, as the row that will tell of it does."""
        if isinstance(self._files, LocalFileSystem):
            folder = os.open(Path(path).parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    @contextlib.contextmanager
    def _explained(self, what: str, remedy: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            why = error.strerror or str(error)
            msg = f"The document store {self._where} cannot be {what} ({why}): {remedy}."
            raise StoreError(msg) from error
