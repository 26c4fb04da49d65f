"""Join a respondent's mailing address that an export has in parts."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cases.moving_in.errors import Fault
from cases.moving_in.files import ADDRESS, BY_NAME
from cases.moving_in.mapping import Mapping
from cases.respondents import envelope

WHOLE = "respondent_address"
STREET, CITY, STATE, ZIP = ADDRESS
_STATE = re.compile(r"[A-Za-z]{2}")
_ZIP = re.compile(r"(\d{5})(?:-?(\d{4}))?")


def join_addresses(rows: Sequence[dict[str, Any]], *, mapping: Mapping) -> Iterator[Fault]:
    """Write the parts of each case's address as one, and yield what cannot be an address.

    The parts leave the row, so that an address in parts and the same one whole are one address.
    """
    theirs = {
        column.name: mapping.theirs(BY_NAME["cases"], column) for column in BY_NAME["cases"].columns
    }
    for row in rows:
        parts = {name: row.pop(name) or "" for name in ADDRESS}
        if not any(parts.values()):
            continue
        wrong = _wrong(parts, whole=row[WHOLE])
        row["whole"] &= wrong is None
        if wrong is not None:
            name, why, remedy = wrong
            value = parts.get(name) or ""
            yield Fault("cases.csv", row["line"], theirs[name], value, why, remedy)
        else:
            row[WHOLE] = _written(parts)


def _wrong(parts: dict[str, str], *, whole: str | None) -> tuple[str, str, str] | None:
    """Return which part is wrong, why, and what to do; None where all is well."""
    if whole:
        given = next(name for name, value in parts.items() if value)
        return given, f"stands beside {WHOLE}", "Give the address whole or in parts, not both"
    for name, value in parts.items():
        if not value:
            return (
                name, "is empty, but other parts of the address are not",
                f"Fill it in, or give all of it as {WHOLE}",
            )  # fmt: skip
    if not _STATE.fullmatch(parts[STATE]):
        remedy = f"Write it as FL; an address abroad goes whole into {WHOLE}"
        return STATE, "is no state in two letters", remedy
    if not _ZIP.fullmatch(parts[ZIP]):
        remedy = "Write it as 02138 or 02138-1234: a spreadsheet drops the zero it begins with"
        return ZIP, "is no zip code", remedy
    return None


def _written(parts: dict[str, str]) -> str | None:
    found = _ZIP.fullmatch(parts[ZIP])
    assert found is not None  # noqa: S101 - it was asked before
    zip_code = "-".join(filter(None, found.groups()))
    return envelope(parts[STREET], parts[CITY], parts[STATE].upper(), zip_code)
