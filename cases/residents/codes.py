"""Make the code by which somebody asks after a report, and tell what is kept of it."""

import hashlib
import hmac
import re
import uuid
from collections.abc import Sequence

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is read as another, or as a digit."""

_READ_AS = str.maketrans("OIL", "011")
_BITS = 5  # of each letter
_LENGTH = 20  # letters: 100 bits, which nobody guesses
_GROUP = 5
_PURPOSE = b"lotline: the tracking code of a resident's report"


class Codes:
    """The codes of a site, each made of the site's secret and of the name of its report.

    The same report sent again has the same code, though none is kept.

    Parameters
    ----------
    secrets
        The site's secret keys, the one in use first.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        self._keys = [hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256) for secret in secrets]

    def code_of(self, report_id: uuid.UUID, *, kept: str | None = None) -> str | None:
        """Return a report's code, in groups of five letters.

        Parameters
        ----------
        kept
            The hash of the code it was given, where it was given one: a key that is no longer in
            use may have made it. None is returned where no known key did.
        """
        for key in self._keys:
            code = _written(hmac.digest(key, report_id.bytes, hashlib.sha256))
            if kept is None or hashed(code) == kept:
                return code
        return None


def hashed(code: str) -> str:
    """Return the SHA-256, in hex, of a code as it was typed: case, blanks and dashes aside."""
    plain = re.sub(r"[\W_]", "", code).upper().translate(_READ_AS)
    return hashlib.sha256(plain.encode()).hexdigest()


def _written(digest: bytes) -> str:
    number = int.from_bytes(digest[: _LENGTH * _BITS // 8 + 1])
    letters = [_LETTERS[number >> _BITS * at & 31] for at in range(_LENGTH)]
    groups = ["".join(letters[at : at + _GROUP]) for at in range(0, _LENGTH, _GROUP)]
    return "-".join(groups)
