"""Count what a text costs, by the alphabets in which telephones send it (3GPP TS 23.038)."""

import unicodedata
from collections.abc import Callable

MOST = 2
"""Parts that one text may have: more of them cost more, and telephones part them."""

_PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("\f^{}\\[~]|€")
"""Written as two."""
_ONE_GSM, _PART_GSM = 160, 153
_ONE_UCS2, _PART_UCS2 = 70, 67
_INSTEAD = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u02bb": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-",
    "\u2014": "-", "\u2026": "...", "\u00a0": " ", "\u00ab": '"', "\u00bb": '"',
})  # fmt: skip


def segments(text: str) -> int:
    """Return in how many parts a text is sent."""
    septets = _septets(text)
    if septets is not None:
        return 1 if septets <= _ONE_GSM else -(-septets // _PART_GSM)
    units = len(text.encode("utf-16-be")) // 2
    return 1 if units <= _ONE_UCS2 else -(-units // _PART_UCS2)


def plain(text: str) -> str:
    """Return a text without the accents and marks that would halve what fits; others stay."""
    return "".join(map(_simple, text.translate(_INSTEAD)))


def fits(text: str) -> bool:
    """Tell whether a text is short enough to be sent."""
    return segments(text) <= MOST


def cut(words: str, text_with: Callable[[str], str]) -> str:
    """Return a text around words, of which as much as fits is left.

    Parameters
    ----------
    text_with
        Returns the text with the words in their place.
    """
    most = MOST * _ONE_GSM  # no alphabet takes more letters
    left = words if len(words) <= most else f"{words[:most]}..."
    while left and not fits(text_with(left)):
        shorter = words[: max(0, len(left.removesuffix("...")) - 1)].rstrip()
        left = f"{shorter}..." if shorter else ""
    return text_with(left)


def _septets(text: str) -> int | None:
    """Return how many septets a text takes; None where the small alphabet cannot say it."""
    if not _PLAIN.union(_TWICE).issuperset(text):
        return None
    return len(text) + sum(letter in _TWICE for letter in text)


def _simple(letter: str) -> str:
    if letter in _PLAIN or letter in _TWICE:
        return letter
    bare = "".join(
        each for each in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(each)
    )
    return bare if bare and _PLAIN.issuperset(bare) else letter
