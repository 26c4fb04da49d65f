"""Find what a letter's HTML opens and never closes, which a browser mends by a guess."""

from html.parser import HTMLParser
from typing import NamedTuple

_ALONE = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
})  # fmt: skip
"""Elements that have no end (HTML Living Standard, 13.1.2, void elements)."""
_MOST_WORDS = 40


class UnclosedError(ValueError):
    """An element is opened and not closed, or closed and not opened."""


def require_closed(said: str) -> None:
    """Hold HTML to closing each element it opens, in order.

    Stricter than HTML, which lets a paragraph end by itself: who words a letter means what is
    written, and a forgotten end makes the rest of a letter bold, or a line of the list before.

    Raises
    ------
    UnclosedError
        With the element, and the words after it.
    """
    reader = _Elements()
    reader.feed(said)
    reader.close()
    reader.require_none_open()


class _Open(NamedTuple):
    tag: str
    words: list[str]

    def told(self) -> str:
        near = " ".join(" ".join(self.words).split())[:_MOST_WORDS]
        return f"<{self.tag}> before “{near}”" if near else f"<{self.tag}>"


class _Elements(HTMLParser):
    """Walks the elements, and keeps those that are open with the first words in each."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as HTMLParser calls it
        if tag not in _ALONE:
            self._open.append(_Open(tag, []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that ends itself, as those of a drawing do."""

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1].tag == tag:
            self._open.pop()
            return
        if any(each.tag == tag for each in self._open):
            self.require_none_open()
        msg = f"</{tag}> closes what was not opened"
        raise UnclosedError(msg)

    def handle_data(self, data: str) -> None:
        for each in self._open:
            if len(each.words) < _MOST_WORDS and data.strip():
                each.words.append(data)

    def require_none_open(self) -> None:
        """Refuse an element that is still open: the innermost, whose end was forgotten."""
        if self._open:
            msg = f"{self._open[-1].told()} is never closed"
            raise UnclosedError(msg)
