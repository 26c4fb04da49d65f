"""Write words into a picture (SVG), and know how wide they are."""

from collections.abc import Iterator, Mapping
from html import escape as html_escape

from reports.answers.cells import plain

FONTS = "Public Sans, Public Sans Web, sans-serif"
"""The hand of pictures, by its name on paper and by that on pages."""
SMALL, NORMAL = 11.0, 12.0
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_USUAL, _WIDE = 0.62, 1.05
_LATIN = 0x250
_WIDTHS = {
    0.25: " ',.:;`i", 0.3: "!Ij|", 0.35: "()[]l{}", 0.4: "*-/J\\frt", 0.45: '"1', 0.5: "^z",
    0.55: "<>?_csvy", 0.6: "+2=FLTabdehknopqux~", 0.65: "#03456789EPYZg", 0.7: "$BCDKRSVX",
    0.75: "&AGOQU", 0.8: "HNw", 0.85: "@", 0.9: "Mm", 0.95: "%", 1.0: "W",
}  # fmt: skip
_WIDTH: Mapping[str, float] = {sign: wide for wide, signs in _WIDTHS.items() for sign in signs}
"""How wide signs of Public Sans are, in its size, rounded up."""


def escape(words: str) -> str:
    """Return words that are nothing else in a picture."""
    return html_escape(plain(words))


def width_of(words: str, *, size: float = NORMAL) -> float:
    """Return about how wide some words are, rather too much than too little."""
    return size * sum(
        _WIDTH.get(sign, _USUAL if ord(sign) < _LATIN else _WIDE) for sign in words
    )  # fmt: skip


def shortened(words: str, room: float, *, size: float = NORMAL) -> str:
    """Return words, or as many of their signs as have room, with an ellipsis."""
    words = plain(words)
    if width_of(words, size=size) <= room:
        return words
    left = room - width_of(ELLIPSIS, size=size)
    kept = 0
    for sign in words:
        left -= width_of(sign, size=size)
        if left < 0:
            break
        kept += 1
    return words[:kept].rstrip() + ELLIPSIS


def lines_of(words: str, room: float, *, size: float = NORMAL, most: int = 2) -> list[str]:
    """Break words into lines that have room, the last one shortened where they are too many."""
    lines: list[str] = []
    rest = plain(words).split()
    while rest and len(lines) < most - 1:
        taken = _as_many(rest, room, size)
        lines.append(shortened(" ".join(rest[:taken]), room, size=size))
        rest = rest[taken:]
    return [*lines, shortened(" ".join(rest), room, size=size)] if rest else lines


def _as_many(words: list[str], room: float, size: float) -> int:
    for taken in range(len(words), 1, -1):
        if width_of(" ".join(words[:taken]), size=size) <= room:
            return taken
    return 1


def text(
    words: str, x: float, y: float, *, anchor: str = "start", size: float = NORMAL,
    bold: bool = False, faint: bool = False,
) -> str:  # fmt: skip
    """Write words whose foot is at a place.

    Parameters
    ----------
    anchor
        "start", "middle" or "end": which part of them is there.
    """
    more = (' font-weight="700"' if bold else "") + (' fill-opacity="0.8"' if faint else "")
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" '
        f'fill="currentColor"{more}>{escape(words)}</text>'
    )


def flowed(widths: list[float], *, wide: float, apart: float) -> Iterator[tuple[float, int]]:
    """Lay things of some widths one after another; yields where each begins and its line."""
    x, line = 0.0, 0
    for each in widths:
        if x and x + each > wide:
            x, line = 0.0, line + 1
        yield x, line
        x += each + apart
