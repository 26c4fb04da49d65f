"""Seal what a telephone shares, so that the database alone, or a copy of it, gives no code."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cases.accounts.errors import ForeignSealError

_PURPOSE = b"lotline telephone secret of account"


class Seal:
    """A seal that the server's secret key makes, and that it or an older key opens.

    Each account has a key of its own (HKDF, RFC 5869, with the account in its info), so that
    whoever writes to the database cannot give one account's telephone to another.

    Parameters
    ----------
    keys
        The key that seals, then the older ones that still open.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = tuple(keys)

    def close(self, secret: str, *, of: int) -> str:
        """Return a secret sealed for one account."""
        return self._box(of).encrypt(secret.encode()).decode()

    def open(self, sealed: str, *, of: int) -> str:
        """Return the secret of one account.

        Raises
        ------
        ForeignSealError
            No key here opens it, or it is another account's.
        """
        try:
            return self._box(of).decrypt(sealed.encode()).decode()
        except InvalidToken:
            msg = (
                "What this telephone shares was sealed with a secret key the server no longer "
                "has: sign in with a recovery code, or ask an administrator to forget the phone."
            )
            raise ForeignSealError(msg, about="code") from None

    def is_newest(self, sealed: str, *, of: int) -> bool:
        """Tell whether the key that seals now opens it."""
        try:
            Fernet(_key(self._keys[0], of=of)).decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True

    def _box(self, of: int) -> MultiFernet:
        return MultiFernet([Fernet(_key(key, of=of)) for key in self._keys])


def _key(key: str, *, of: int) -> bytes:
    info = b"%s %d" % (_PURPOSE, of)
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key.encode())
    return urlsafe_b64encode(derived)
