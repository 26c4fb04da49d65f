"""Read a law pack from its file, naming the line of whatever is wrong with it."""

import json
import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cases.lawpack.errors import Fault, LawPackError
from cases.lawpack.lines import line_of
from cases.lawpack.schema import LawPack
from cases.lawpack.vectors import failures

BUNDLED = Path(__file__).parents[2] / "data" / "law"
DEFAULT = BUNDLED / "florida-town.toml"
MOST_BYTES = 4_000_000

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_pack(path: Path) -> LawPack:
    """Return the law pack a file holds.

    Raises
    ------
    LawPackError
        The file cannot be read, is no TOML, breaks the schema, or one of its vectors fails: each
        fault by line.
    """
    return parse_pack(_text(path), name=str(path))


def parse_pack(text: str, *, name: str) -> LawPack:
    """Return the law pack a text is.

    Parameters
    ----------
    name
        What the text is called in the sentences that say what is wrong with it.

    Raises
    ------
    LawPackError
        As `read_pack`.
    """
    pack = _parsed(text, name)
    failed = [
        Fault(line_of(text, ("vectors", failure.position)), failure.reason)
        for failure in failures(pack)
    ]
    if failed:
        raise LawPackError(name, failed)
    return pack


def text_of(data: bytes, *, name: str, most: int = MOST_BYTES) -> str:
    """Return the text that a pack's bytes are, each line ended as we do.

    Raises
    ------
    LawPackError
        It is too large, or no text.
    """
    if len(data) > most:
        raise LawPackError(name, [Fault(0, f"larger than {most:,} bytes")])
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise LawPackError(name, [Fault(0, "is no UTF-8 text")]) from error


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return text_of(file.read(MOST_BYTES + 1), name=str(path))
    except OSError as error:
        raise LawPackError(str(path), [Fault(0, f"cannot be read ({error.strerror})")]) from error


def _parsed(text: str, name: str) -> LawPack:
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _AT_LINE.search(str(error))
        reason = _AT_LINE.sub("", str(error)).strip()
        raise LawPackError(name, [Fault(int(at[1]) if at else 0, f"no TOML: {reason}")]) from error
    try:
        # Read as JSON, strict validation takes words for enums and nothing else for anything.
        return LawPack.model_validate_json(json.dumps(document, default=_iso), strict=True)
    except ValidationError as error:
        raise LawPackError(name, _faults(error, text)) from error


def _iso(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)  # a time of day, which no field takes: the schema says so by its place


def _faults(error: ValidationError, text: str) -> list[Fault]:
    found = []
    for each in error.errors():
        place = tuple(part for part in each["loc"])
        said = each["msg"].removeprefix("Value error, ")
        given = "" if each["type"] == "missing" else f" (got {_short(each['input'])})"
        found.append(Fault(line_of(text, place), f"{'.'.join(map(str, place))}: {said}{given}"))
    return sorted(found, key=lambda fault: fault.line)


def _short(value: Any) -> str:
    said = json.dumps(value, default=str)
    return said if len(said) <= 60 else f"{said[:57]}..."  # noqa: PLR2004 - a line of an error
