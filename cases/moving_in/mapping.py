"""Read the mapping files: which system it is, what its columns are called, what its words mean."""

import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from cases.moving_in.columns import Column, ExportFile, Sort
from cases.moving_in.errors import Fault
from cases.moving_in.files import BY_NAME, FILES
from cases.moving_in.text import rows_of

FOLDER = "mapping"
SYSTEM = f"{FOLDER}/system.toml"

type Place = tuple[str, str]
"""A file, without its ending, and a column of it."""
type Allowed = Table[Place, frozenset[str]]
"""What the town itself has of the words that no code lists: its officers, its provisions."""


def _day(said: object) -> object:
    return date.fromisoformat(said) if isinstance(said, str) else said


class System(BaseModel):
    """What a move says of the system it comes from.

    Attributes
    ----------
    system
        What the town calls it, as every case's history will tell.
    as_of
        The day the export speaks of: what it holds is what stood at the end of that day.
    encoding
        Of all its files.
    columns
        By file, how a column of ours is called there.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    system: Annotated[str, Field(min_length=1)]
    as_of: Annotated[date, BeforeValidator(_day)]
    encoding: str = "utf-8"
    columns: dict[str, dict[str, str]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mapping:
    """All the mapping files of an export."""

    system: System
    words: Table[Place, Table[str, str]] = field(default_factory=dict)

    def theirs(self, file: ExportFile, column: Column) -> str:
        """Return what the export calls a column."""
        return self.system.columns.get(file.name, {}).get(column.name, column.name)

    def ours(self, place: Place, theirs: str) -> str | None:
        """Return what a word of the export means; None where nothing says it."""
        if place in self.words:
            return self.words[place].get(theirs.casefold())
        return theirs.casefold().replace(" ", "_")


def read_mapping(
    folder: Path, *, allowed: Allowed, today: date, faults: list[Fault]
) -> Mapping | None:
    """Read the mapping files of a folder; None where the system itself is not told.

    Parameters
    ----------
    faults
        What is wrong with them is added here.
    """
    system = _system(folder, today=today, faults=faults)
    if system is None:
        return None
    words = {}
    for file in FILES:
        for column in file.columns:
            path = folder / words_of(file, column)
            if column.sort is Sort.WORD and path.is_file():
                place = (file.name, column.name)
                known = frozenset(column.words) or allowed.get(place, frozenset())
                words[place] = _words(path, known=known, faults=faults)
    return Mapping(system, words)


def words_of(file: ExportFile, column: Column) -> str:
    """Return where in the folder the words of a column are told."""
    return f"{FOLDER}/{file.name}.{column.name}.csv"


def _system(folder: Path, *, today: date, faults: list[Fault]) -> System | None:
    try:
        text = (folder / SYSTEM).read_text(encoding="utf-8")
        system = System.model_validate(tomllib.loads(text))
    except OSError as error:
        faults.append(_of_system(f"cannot be read ({error.strerror})", _WRITE_IT))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(_of_system(f"is not TOML ({error})", _WRITE_IT))
    except ValidationError as error:
        for each in error.errors():
            spot = ".".join(map(str, each["loc"]))
            faults.append(Fault(SYSTEM, 0, spot, "", each["msg"], _WRITE_IT))
    else:
        wrong = _wrong_in(system, today=today)
        faults += wrong
        return None if wrong else system
    return None


_WRITE_IT = 'It needs system = "the old system\'s name" and as_of = a day like 2026-10-31'


def _of_system(why: str, remedy: str, column: str = "", value: str = "") -> Fault:
    return Fault(SYSTEM, 0, column, value, why, remedy)


def _wrong_in(system: System, *, today: date) -> list[Fault]:
    faults = []
    if system.as_of > today:
        faults.append(
            _of_system("is yet to come", f"Give a day up to {today}", "as_of", str(system.as_of))
        )
    try:
        "".encode(system.encoding)
    except LookupError:
        remedy = 'Say "utf-8" or "cp1252"'
        faults.append(_of_system("is no encoding", remedy, "encoding", system.encoding))
    for name, columns in system.columns.items():
        known = [each.name for each in BY_NAME[name].columns] if name in BY_NAME else []
        if not known:
            remedy = f"The files are {', '.join(BY_NAME)}"
            faults.append(_of_system("is no file of an export", remedy, "columns", name))
        for each in columns:
            if known and each not in known:
                remedy = f"{name}.csv has {', '.join(known)}"
                faults.append(_of_system("is no column", remedy, f"columns.{name}", each))
    return faults


def _words(path: Path, *, known: frozenset[str], faults: list[Fault]) -> dict[str, str]:
    """Read what each word of one column means."""
    name = f"{FOLDER}/{path.name}"
    header, rows = rows_of(path, name=name, encoding="utf-8", faults=faults)
    if header[:2] != ["theirs", "ours"]:
        faults.append(Fault(name, 1, "", ",".join(header), "is not the first line of a mapping",
                            "Begin it with: theirs,ours"))  # fmt: skip
        return {}
    words: dict[str, str] = {}
    for line, cells in rows:
        theirs, ours = (cells[0].strip(), cells[1].strip())
        if ours not in known:
            remedy = f"It may be one of: {', '.join(sorted(known)) or 'none yet'}"
            faults.append(Fault(name, line, "ours", ours, "is not known here", remedy))
            ours = ""
        if words.setdefault(theirs.casefold(), ours) != ours:
            remedy = "Keep the line that is right"
            faults.append(Fault(name, line, "theirs", theirs, "means two things", remedy))
    return words
