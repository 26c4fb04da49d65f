"""Say what a file of an export and its columns are, and how each is read."""

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """How a column is read."""

    TEXT = "text"
    DAY = "day"
    CENTS = "cents"
    SIGNED = "signed"
    COUNT = "count"
    WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a file.

    Attributes
    ----------
    needed
        In every row.
    words
        What its values become here; empty where the town itself says which there are.
    past
        A day that cannot lie after the one the export speaks of.
    """

    name: str
    sort: Sort = Sort.TEXT
    needed: bool = False
    words: tuple[str, ...] = ()
    past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """A file of an export: its columns, and those that name a row in it."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    needed: bool = False

    @property
    def file(self) -> str:
        """What it is called."""
        return f"{self.name}.csv"


def text(name: str, *, needed: bool = False) -> Column:
    """Return a column of words as they are."""
    return Column(name=name, needed=needed)


def day(name: str, *, needed: bool = False, past: bool = True) -> Column:
    """Return a column of days."""
    return Column(name=name, sort=Sort.DAY, needed=needed, past=past)


def word(name: str, words: tuple[str, ...] = (), *, needed: bool = True) -> Column:
    """Return a column whose words a mapping file may translate."""
    return Column(name=name, sort=Sort.WORD, needed=needed, words=tuple(map(str, words)))


def money(name: str, *, needed: bool = True, signed: bool = False) -> Column:
    """Return a column of dollars and cents."""
    return Column(name=name, sort=Sort.SIGNED if signed else Sort.CENTS, needed=needed)
