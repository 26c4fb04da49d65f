"""Read the mapping that says which of a file's columns is which of Lotline's fields."""

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from geo.loading.errors import ColumnError, MappingError
from geo.loading.kinds import PLACES, Kind

EVERYTHING_ELSE = "*"
"""In a table of values: what any value not listed becomes."""

_BARE_VALUE = re.compile(r"""^\s*([^=#]*[^=#\s])\s*=\s*([^\s"'\[{#][^"'#]*?)\s*(?:#.*)?$""")


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as problem:
        msg = f"is not a regular expression: {problem}"
        raise ValueError(msg) from problem
    return text


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as problem:
        msg = 'is not a time zone; give one like "America/New_York"'
        raise ValueError(msg) from problem
    return name


def _day(text: Any) -> Any:
    return date.fromisoformat(text) if isinstance(text, str) else text


_FACT_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def _fact(name: str) -> str:
    if not _FACT_NAME.fullmatch(name):
        msg = "is no name of a fact; write it small, as median_income"
        raise ValueError(msg)
    return name


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class KeyRule(_Part):
    """What a real key looks like; rows whose key does not match are placeholders."""

    pattern: Annotated[str, AfterValidator(_pattern)]


class Unknown(_Part):
    """Days that stand for "we do not know" in the town's old systems."""

    dates: tuple[Annotated[date, BeforeValidator(_day)], ...] = Field(default=(), strict=False)


class TownNames(_Part):
    """What the town is called, and whose clock its dates follow."""

    name: str | None = None
    timezone: Annotated[str, AfterValidator(_timezone)] | None = None
    note: str | None = None


class Mapping(_Part):
    """How one file's columns, values and keys become Lotline's."""

    kind: str
    columns: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    constants: dict[str, str | int | float | bool] = Field(default_factory=dict)
    facts: dict[Annotated[str, AfterValidator(_fact)], str] = Field(default_factory=dict)
    keys: KeyRule | None = None
    only: dict[str, list[str]] = Field(default_factory=dict)
    unknown: Unknown = Unknown()
    town: TownNames = TownNames()
    merge_same_key: bool = False

    @model_validator(mode="after")
    def _one_source_per_field(self) -> Self:
        if twice := sorted(set(self.columns) & set(self.constants)):
            msg = f"{', '.join(twice)} stands under [columns] and under [constants]; keep one"
            raise ValueError(msg)
        return self

    def needed_columns(self) -> list[str]:
        """List the file's columns this mapping reads, each once."""
        return list(dict.fromkeys([*self.columns.values(), *self.facts.values(), *self.only]))


def load_mapping(path: Path, *, kind: Kind) -> Mapping:
    """Read and check a mapping file.

    Raises
    ------
    MappingError
        Naming the file, the line where it can be found, and what is allowed.
    """
    try:
        text = path.read_text(encoding="utf-8")
        mapping = Mapping.model_validate(tomllib.loads(text))
    except OSError as problem:
        msg = f"Cannot read the mapping {path}: {problem.strerror}."
        raise MappingError(msg) from problem
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        msg = f"{path}, line {line}: this is not TOML, which is written in UTF-8."
        raise MappingError(msg) from problem
    except tomllib.TOMLDecodeError as problem:
        raise MappingError(_not_toml(problem, path=path, text=text)) from problem
    except ValidationError as problem:
        raise MappingError(_first_fault(problem, path=path, text=text)) from problem
    _check_kind(mapping, kind=kind, path=path, text=text)
    return mapping


def guess_mapping(columns: Iterable[str], *, kind: Kind, is_table: bool) -> Mapping:
    """Map the columns whose names are well known; ours first, then the usual ones.

    Parameters
    ----------
    is_table
        The file has no geometry of its own, so columns may hold the places.
    """
    theirs = {column.casefold(): column for column in reversed(list(columns))}
    found: dict[str, str] = {}
    for field in (*kind.fields, *(PLACES if is_table else ())):
        for name in (field.name, *field.known_as):
            if name in theirs and theirs[name] not in found.values():
                found[field.name] = theirs[name]
                break
    return Mapping(kind=kind.name, columns=found)


def check_columns(mapping: Mapping, *, kind: Kind, columns: Iterable[str], file: str) -> None:
    """Refuse a mapping that names columns the file lacks, or leaves a needed field empty.

    Raises
    ------
    ColumnError
        With the columns there are and, for a misspelt one, the nearest.
    """
    there = list(columns)
    listed = ", ".join(there) or "none"
    for column in mapping.needed_columns():
        if column not in there:
            near = get_close_matches(column, there, n=1, cutoff=0.5)
            hint = f' Did you mean "{near[0]}"?' if near else ""
            msg = f'{file} has no column "{column}".{hint} Its columns are: {listed}.'
            raise ColumnError(msg)
    for field in kind.fields:
        if field.required and field.name not in {*mapping.columns, *mapping.constants}:
            msg = (
                f"No column of {file} is known to be the {field.name} that {kind.name} need. "
                f"Its columns are: {listed}. Name the right one under [columns] in a mapping "
                "file and give it with --mapping."
            )
            raise ColumnError(msg)


def _check_kind(mapping: Mapping, *, kind: Kind, path: Path, text: str) -> None:
    if mapping.kind != kind.name:
        where = _place(path, text=text, key="kind")
        msg = f'{where}: kind is "{mapping.kind}", but this import is of {kind.name}.'
        raise MappingError(msg)
    if mapping.facts and not kind.has_facts:
        where = _place(path, text=text, key="facts")
        msg = f"{where}: [facts] is for zones; {kind.name} keep none."
        raise MappingError(msg)
    for table in ("columns", "values", "constants"):
        for name in getattr(mapping, table):
            if name not in kind.field_names:
                where = _place(path, text=text, key=name)
                near = get_close_matches(name, kind.field_names, n=1)
                hint = f' Did you mean "{near[0]}"?' if near else ""
                msg = (
                    f'{where}: [{table}] names "{name}", which {kind.name} do not have.{hint} '
                    f"Allowed: {', '.join(kind.field_names)}."
                )
                raise MappingError(msg)


def _not_toml(problem: tomllib.TOMLDecodeError, *, path: Path, text: str) -> str:
    what, _, place = str(problem).rpartition(" (at ")
    lines = text.splitlines() or [""]
    at = re.match(r"line (\d+)", place)
    number = int(at[1]) if at else len(lines)
    what = what[:1].lower() + what[1:]
    return f"{path}, line {number}: this is not TOML: {what}.{_unquoted(lines[number - 1])}"


def _unquoted(line: str) -> str:
    """Say how to write a value that lacks its quotes; nothing where the line's value has some."""
    said = _BARE_VALUE.match(line)
    if said is None:
        return ""
    key, value = said.groups()
    if value.casefold() in {"true", "false"}:
        return f" Write it small: {key} = {value.casefold()}."
    return f' Put the value in quotes: {key} = "{value}".'


def _first_fault(problem: ValidationError, *, path: Path, text: str) -> str:
    # A misspelt key is also a missing one; the misspelling says more.
    faults = sorted(problem.errors(), key=lambda fault: fault["type"] != "extra_forbidden")
    fault = faults[0]
    spot = [part for part in fault["loc"] if isinstance(part, str)]
    where = _place(path, text=text, key=spot[-1]) if spot else str(path)
    said = fault["msg"].removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        said = f"is not known here; allowed are {', '.join(_allowed(spot))}"
    return f"{where}: {'.'.join(spot) or 'the mapping'}: {said}."


def _allowed(spot: list[str]) -> list[str]:
    parts: dict[str, type[BaseModel]] = {"keys": KeyRule, "unknown": Unknown, "town": TownNames}
    return list(parts.get(spot[0] if len(spot) > 1 else "", Mapping).model_fields)


def _place(path: Path, *, text: str, key: str) -> str:
    spelt = re.compile(rf"""^\s*(\[.*)?["']?{re.escape(key)}["']?\s*[\]=.]""")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if spelt.match(line)]
    return f"{path}, line {lines[0]}" if lines else str(path)
