"""Keep a town's own wordings, with every earlier one, as files beside each other.

What was sent keeps its words, whatever becomes of the wording it was written from.
"""

import os
import re
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cases.worded.errors import WordingError

LONGEST = 40_000
_EARLIER = "earlier"
_NAME = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where wordings stand, a folder a language, each a file by the name of what it words.

    Parameters
    ----------
    own
        The folder of the town's own; it need not exist.
    bundled
        The folder of those that come with Lotline.
    ending
        How the names of the files end.
    """

    own: Path
    bundled: Path
    ending: str


def wording(shelf: Shelf, kind: str, *, language: str) -> str:
    """Return how something is worded: the town's own text, or that which comes with Lotline."""
    if is_own(shelf, kind, language=language):
        return _own(shelf, kind, language).read_text(encoding="utf-8", errors="replace")
    return bundled(shelf, kind, language=language)


def bundled(shelf: Shelf, kind: str, *, language: str) -> str:
    """Return the wording that comes with Lotline."""
    file = shelf.bundled / language / f"{kind}.{shelf.ending}"
    return file.read_text(encoding="utf-8")


def is_own(shelf: Shelf, kind: str, *, language: str) -> bool:
    """Tell whether a town has a wording of its own."""
    return _own(shelf, kind, language).is_file()


def keep_wording(
    shelf: Shelf, kind: str, text: str | None, *, language: str, by: str, now: datetime
) -> None:
    """Put a wording in force, once however often it is sent; None goes back to the bundled one.

    Every text that is put in force is kept with its moment and who did it.

    Raises
    ------
    WordingError
        It is too long.
    """
    if text is not None and len(text) > LONGEST:
        msg = f"The wording has {len(text):,} characters: at the most there are {LONGEST:,}."
        raise WordingError(msg)
    own = _own(shelf, kind, language)
    before = wording(shelf, kind, language=language) if own.is_file() else None
    if text == before:
        return
    if text is not None:
        _write(own, text)
    else:
        own.unlink()
    who = "-".join(_NAME.findall(by))
    name = f"{now:%Y-%m-%dT%H-%M-%S-%f} {who}.{shelf.ending}"
    _write(_earlier(shelf, kind, language) / name, text or "")


def earlier(shelf: Shelf, kind: str, *, language: str) -> list[tuple[datetime, str]]:
    """Return when a wording was changed, and by whom, the latest first."""
    found = sorted(_earlier(shelf, kind, language).glob(f"*.{shelf.ending}"), reverse=True)
    named = (each.stem.partition(" ") for each in found)
    return [(datetime.strptime(at, "%Y-%m-%dT%H-%M-%S-%f"), who) for at, _, who in named]  # noqa: DTZ007 - the town's own clock


def _own(shelf: Shelf, kind: str, language: str) -> Path:
    return shelf.own / language / f"{kind}.{shelf.ending}"


def _earlier(shelf: Shelf, kind: str, language: str) -> Path:
    return shelf.own / _EARLIER / language / kind


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, for it is read while it is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).replace(path)
