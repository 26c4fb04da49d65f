"""Read from the environment where a program is that works for the town, and their shared secret."""

import dataclasses
from collections.abc import Mapping
from urllib.parse import urlsplit

from webmap.setting_errors import SettingError

SIGNATURE = "Lotline-Signature"
"""The header that proves from whom a request is (`cases.signing`)."""
SHORTEST = 32
HERE = {"127.0.0.1", "::1", "localhost"}


@dataclasses.dataclass(frozen=True, slots=True)
class Partner:
    """Where a program is reached, and the secret it shares with the town."""

    url: str
    secret: str = dataclasses.field(repr=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which settings say it.

    Parameters
    ----------
    url, secret
        Their names.
    what
        What needs both of them.
    example
        An address such as is asked for.
    """

    url: str
    secret: str
    what: str
    example: str


def read_partner(environ: Mapping[str, str], asked: Asked) -> Partner | None:
    """Return what two settings say, None where neither is set.

    Raises
    ------
    SettingError
        One of them is missing, or is not what it should be. No secret is repeated.
    """
    url, secret = (environ.get(key, "").strip() for key in (asked.url, asked.secret))
    if not url and not secret:
        return None
    if not url or not secret:
        there, missing = (asked.url, asked.secret) if url else (asked.secret, asked.url)
        msg = f"{missing} is not set, but {there} is: {asked.what} needs both, or leave both out."
        raise SettingError(msg)
    if len(secret) < SHORTEST:
        msg = (
            f"{asked.secret} has {len(secret)} characters: give at least {SHORTEST} that nobody "
            "can guess, as in: openssl rand -hex 32"
        )
        raise SettingError(msg)
    _require_safe(url, asked)
    return Partner(url=url, secret=secret)


def _require_safe(said: str, asked: Asked) -> None:
    try:
        parts = urlsplit(said)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in HERE)
    if not is_safe or not host or parts.query or parts.fragment or "@" in parts.netloc:
        msg = f"{asked.url} is no https address without a question mark, as {asked.example}"
        raise SettingError(msg)
