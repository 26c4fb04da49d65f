"""Stand in for a page that takes payments: read the address it is opened by, sign its notices."""

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

SECRET = "a secret the town and its page share"  # noqa: S105 - of the tests
PAGE = "https://pay.example.org/alder"


def opened(address: str) -> dict[str, str]:
    """Return what the page is asked for, its signature being good."""
    parts = urlsplit(address)
    asked, _, signature = parts.query.rpartition("&signature=")
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == PAGE
    assert signature == signed(asked.encode())
    return {name: values[0] for name, values in parse_qs(asked, strict_parsing=True).items()}


def signed(data: bytes) -> str:
    """Return the signature of some bytes by the shared secret."""
    return hmac.new(SECRET.encode(), data, hashlib.sha256).hexdigest()


def notice(**said: Any) -> tuple[bytes, str]:
    """Return a notice and its signature, as the page sends them."""
    body = json.dumps(said).encode()
    return body, f"sha256={signed(body)}"
