"""Keep a town's own wording of its letters, with every earlier one, as files beside each other.

What was issued keeps its bytes, whatever becomes of the wording it was set from.
"""

import os
import re
import tempfile
from datetime import datetime
from pathlib import Path

from cases.letters.kinds import LetterKind
from cases.letters.templates import BUNDLED, LetterError, Site
from cases.notice_words import NoticeKind

WORDED = (*(str(each) for each in NoticeKind), *(str(each) for each in LetterKind))
"""The letters whose wording a town may change."""
LONGEST = 40_000
_EARLIER = "earlier"
_NAME = re.compile(r"\w+")


def wording(site: Site, kind: str, *, language: str) -> str:
    """Return how a letter is worded: the town's own text, or that which comes with Lotline."""
    own = _own(site, kind, language)
    found = own if own.is_file() else BUNDLED / language / f"{kind}.html"
    return found.read_text(encoding="utf-8")


def is_own(site: Site, kind: str, *, language: str) -> bool:
    """Tell whether a town has a wording of its own."""
    return _own(site, kind, language).is_file()


def keep_wording(
    site: Site, kind: str, text: str | None, *, language: str, by: str, now: datetime
) -> None:
    """Put a wording in force; None goes back to the one that comes with Lotline.

    Every text that is put in force is kept with its moment and who did it.

    Raises
    ------
    LetterError
        It is too long.
    """
    if text is not None and len(text) > LONGEST:
        msg = f"The wording has {len(text):,} characters: at the most there are {LONGEST:,}."
        raise LetterError(msg)
    own = _own(site, kind, language)
    if text is not None:
        _write(own, text)
    elif own.is_file():
        own.unlink()
    else:
        return
    who = "-".join(_NAME.findall(by))
    _write(_earlier(site, kind, language) / f"{now:%Y-%m-%dT%H-%M-%S-%f} {who}.html", text or "")


def earlier(site: Site, kind: str, *, language: str) -> list[tuple[datetime, str]]:
    """Return when the wording of a letter was changed, and by whom, the latest first."""
    found = sorted(_earlier(site, kind, language).glob("*.html"), reverse=True)
    named = (each.stem.partition(" ") for each in found)
    return [(datetime.strptime(at, "%Y-%m-%dT%H-%M-%S-%f"), who) for at, _, who in named]  # noqa: DTZ007 - the town's own clock


def _own(site: Site, kind: str, language: str) -> Path:
    return site.own / language / f"{kind}.html"


def _earlier(site: Site, kind: str, language: str) -> Path:
    return site.own / _EARLIER / language / kind


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, for letters are set while it is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).replace(path)
