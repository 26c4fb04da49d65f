"""Name a file by its SHA-256."""

import re

from cases.errors import CaseError

_SHA256 = re.compile(r"[0-9a-f]{64}")


class DigestError(CaseError, ValueError):
    """A file is named by what is no SHA-256."""


def require_sha256(name: str, *, of: str) -> str:
    """Return a file's name that is the SHA-256 of its bytes, in hex.

    Parameters
    ----------
    of
        What the file shows: "photograph".

    Raises
    ------
    DigestError
        It is not.
    """
    if not _SHA256.fullmatch(name):
        msg = f"The {of}'s file is named {name!r}: give its SHA-256, 64 digits of 0-9 and a-f."
        raise DigestError(msg)
    return name
