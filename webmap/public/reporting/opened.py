"""Sign when a form was opened, to tell what was filled in faster than anybody writes."""

from datetime import UTC, datetime, timedelta

from flask import current_app
from itsdangerous import BadSignature, TimestampSigner

TOO_QUICK = timedelta(seconds=3)
_SALT = "report-begun"


def sign(key: str) -> str:
    """Return the moment it is, signed for the form of a key."""
    return _signer().sign(key).decode()


def kept_or_signed(key: str, opened: str) -> str:
    """Return what a form says of when it was opened; that it is now, where nobody can tell."""
    return sign(key) if _moment(key, opened) is None else opened


def is_known(key: str, opened: str) -> bool:
    """Tell whether it is known when the form of a key was opened."""
    return _moment(key, opened) is not None


def is_too_quick(key: str, opened: str) -> bool:
    """Tell whether a form came sooner than anybody writes."""
    at = _moment(key, opened)
    return at is not None and datetime.now(UTC) - at < TOO_QUICK


def _moment(key: str, opened: str) -> datetime | None:
    """Return when a form was opened; None where it is not signed for its key by a key of ours."""
    try:
        named, at = _signer().unsign(opened, return_timestamp=True)
    except BadSignature:
        return None
    return at if named == key.encode() else None


def _signer() -> TimestampSigner:
    config = current_app.config
    keys = [*reversed(config["SECRET_KEY_FALLBACKS"]), config["SECRET_KEY"]]  # the latest signs
    return TimestampSigner(keys, salt=_SALT)
