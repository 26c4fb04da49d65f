"""Derive a code from the server's key and a salt, and the hash by which it is found again."""

import hashlib
import hmac
from collections.abc import Sequence

from cases.codes.spelling import BITS, spell

_PURPOSE = b"lotline code of a respondent"


class CodeKeys:
    """The keys that codes are made from: the newest makes new ones, the older still know theirs.

    Parameters
    ----------
    secrets
        The server's own, the newest first.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        self._keys = [hmac.digest(each.encode(), _PURPOSE, "sha256") for each in secrets]

    def code(self, salt: bytes) -> str:
        """Return the code of a salt."""
        return _code(self._keys[0], salt)

    def find(self, salt: bytes, digest: bytes) -> str | None:
        """Return the code of a salt that has a hash; None where its key is no longer here."""
        codes = (_code(each, salt) for each in self._keys)
        return next((code for code in codes if hmac.compare_digest(hashed(code), digest)), None)


def hashed(code: str) -> bytes:
    """Return what the database keeps of a code; with so many bits it wants no slow hash."""
    return hashlib.sha256(code.encode()).digest()


def _code(key: bytes, salt: bytes) -> str:
    return spell(int.from_bytes(hmac.digest(key, salt, "sha256")) >> (256 - BITS))
