"""Find the line of a TOML file on which a value stands, for whoever has to mend it."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

type Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<path>[^\[\]#]+?)\s*\]\]?\s*(?:#.*)?")
_NAME = r'(?:[\w-]+|"[^"]*")'
_KEY = re.compile(rf"\s*(?P<path>{_NAME}(?:\s*\.\s*{_NAME})*)\s*=(?P<rest>.*)")
_PART = re.compile(r'"([^"]*)"|([\w-]+)')
_FENCES = ('"""', "'''")


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Return the line, from 1, of the longest beginning of a path that the file spells out.

    Parameters
    ----------
    text
        A TOML document that parses.
    path
        Keys and, for arrays of tables, positions from 0, as pydantic names a place.
    """
    best, found = 0, 1
    wanted = tuple(path)
    for line, spelled in _spelled(text):
        shared = _shared(spelled, wanted)
        if shared == len(spelled) and shared > best:
            best, found = shared, line
    return found


def _shared(spelled: Path, wanted: Path) -> int:
    same = (one == other for one, other in zip(spelled, wanted, strict=False))
    return sum(1 for _ in takewhile(bool, same))


def _spelled(text: str) -> Iterator[tuple[int, Path]]:
    """Yield each header and key with its line and its whole path."""
    table: Path = ()
    counts: dict[Path, int] = {}
    fence: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if fence is not None:
            fence = None if fence in line else fence
        elif header := _HEADER.fullmatch(line):
            table = _table(header, counts)
            yield number, table
        elif key := _KEY.match(line):
            yield number, (*table, *_parts(key["path"]))
            fence = next((mark for mark in _FENCES if key["rest"].count(mark) % 2), None)


def _table(header: re.Match[str], counts: dict[Path, int]) -> Path:
    path = _placed(_parts(header["path"]), counts)
    if header["open"] == "[":
        return path
    at = counts[path] = counts.get(path, -1) + 1
    return (*path, at)


def _placed(parts: Path, counts: dict[Path, int]) -> Path:
    """Put the position of the latest table after each array's name but the last."""
    path: Path = ()
    for part in parts[:-1]:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path])
    return (*path, parts[-1])


def _parts(path: str) -> Path:
    return tuple(quoted or bare for quoted, bare in _PART.findall(path))
