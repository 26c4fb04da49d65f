"""Read from the environment where the page is that takes payments for the town, if one does."""

import dataclasses
from collections.abc import Mapping
from urllib.parse import urlsplit

from cases.hosted import HostedPage
from cases.paying import AtTheCounter, Payments
from webmap.setting_errors import SettingError

URL = "LOTLINE_PAY_URL"
SECRET = "LOTLINE_PAY_SECRET"  # noqa: S105 - the name of a setting
SHORTEST = 32
HERE = {"127.0.0.1", "::1", "localhost"}


@dataclasses.dataclass(frozen=True, slots=True)
class PaySettings:
    """The page that takes payments, and the secret it shares with the town."""

    url: str
    secret: str = dataclasses.field(repr=False)


def read_pay(environ: Mapping[str, str]) -> PaySettings | None:
    """Return what LOTLINE_PAY_URL and LOTLINE_PAY_SECRET say, None where neither is set.

    Raises
    ------
    SettingError
        One of them is missing, or is not what it should be. No secret is repeated.
    """
    url, secret = (environ.get(key, "").strip() for key in (URL, SECRET))
    if not url and not secret:
        return None
    if not url or not secret:
        there, missing = (URL, SECRET) if url else (SECRET, URL)
        msg = f"{missing} is not set, but {there} is: paying online needs both, or leave both out."
        raise SettingError(msg)
    if len(secret) < SHORTEST:
        msg = (
            f"{SECRET} has {len(secret)} characters: give at least {SHORTEST} that nobody can "
            "guess, as in: openssl rand -hex 32"
        )
        raise SettingError(msg)
    return PaySettings(url=_page(url), secret=secret)


def payments(environ: Mapping[str, str]) -> Payments:
    """Return how the town is paid.

    Raises
    ------
    SettingError
        As `read_pay` says.
    """
    found = read_pay(environ)
    return HostedPage(found.url, secret=found.secret) if found else AtTheCounter()


def _page(said: str) -> str:
    try:
        parts = urlsplit(said)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in HERE)
    if not is_safe or not host or parts.query or parts.fragment or "@" in parts.netloc:
        msg = f"{URL} is no https address without a question mark, as https://pay.example.gov/town"
        raise SettingError(msg)
    return said
