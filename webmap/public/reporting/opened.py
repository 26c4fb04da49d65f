"""Sign when a form was opened, to tell what was filled in faster than anybody writes."""

from datetime import UTC, datetime, timedelta

from flask import current_app
from itsdangerous import BadSignature, TimestampSigner

TOO_QUICK = timedelta(seconds=3)
_SALT = "report-begun"


def sign(key: str) -> str:
    """Return the moment it is, signed for the form of a key."""
    return _signer().sign(key).decode()


def is_too_quick(key: str, opened: str) -> bool:
    """Tell whether a form came sooner than anybody writes; one that does not say when did."""
    try:
        named, at = _signer().unsign(opened, return_timestamp=True)
    except BadSignature:
        return True
    return named.decode() != key or datetime.now(UTC) - at < TOO_QUICK


def _signer() -> TimestampSigner:
    config = current_app.config
    keys = [*reversed(config["SECRET_KEY_FALLBACKS"]), config["SECRET_KEY"]]  # the latest signs
    return TimestampSigner(keys, salt=_SALT)
