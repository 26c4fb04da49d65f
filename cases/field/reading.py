"""Read what a phone sends as a deed, and say in a sentence what is wrong with what is none."""

import json
from typing import Any

from pydantic import ValidationError

from cases.field import told
from cases.field.errors import UnreadableError


def read(raw: bytes) -> told.Deed:
    """Read a deed as a phone sends it.

    Raises
    ------
    UnreadableError
        It is no deed; what its payload says is looked at later, so that the deed itself is kept.
    """
    try:
        value = json.loads(raw, parse_constant=_no_number)
        return told.Deed.model_validate_json(json.dumps(_clean(value)))
    except (ValueError, RecursionError) as error:
        msg = f"This is no deed that can be read: {why(error)}"
        raise UnreadableError(msg) from None


def payload(deed: told.Deed) -> Any:
    """Return what a deed tells, as one of its kind does.

    Raises
    ------
    UnreadableError
        It does not say what it has to.
    """
    try:
        return told.PAYLOADS[deed.kind].model_validate_json(json.dumps(deed.payload))
    except ValidationError as error:
        msg = f"The phone's words were not understood: {why(error)}"
        raise UnreadableError(msg) from None


def why(error: Exception) -> str:
    """Say of an error where it is and what is wrong, without what was given."""
    if isinstance(error, ValidationError):
        found = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(each) for each in found["loc"]) or "it"
        return f"{where}: {found['msg']}"
    return "it is not JSON"


def _clean(value: Any) -> Any:
    """Take out the NULs that PostgreSQL keeps in no text."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_clean(each) for each in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(each) for key, each in value.items()}
    return value


def _no_number(word: str) -> None:
    msg = f"{word} is no number"
    raise ValueError(msg)
