"""Strike words out of a text, wherever they stand in it and however they overlap."""

import re
from collections.abc import Iterator, Sequence

LEFT_OUT = "[left out]"


def struck(text: str, words: Sequence[str]) -> str:
    """Return a text without some words: no letter of them stays, where they overlap either.

    Parameters
    ----------
    words
        Each is found however it is capitalised, and whatever blanks part its words.
    """
    kept, upto = [], 0
    for begin, end in _found(text, words):
        if begin >= upto:
            kept += [text[upto:begin], LEFT_OUT]
        upto = max(upto, end)
    return "".join([*kept, text[upto:]])


def holds(text: str, word: str) -> bool:
    """Tell whether a text holds a word that `struck` would take out."""
    return any(_found(text, [word]))


def _found(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where words begin and end, by their beginnings: the longest at each of them."""
    each = [r"\s+".join(map(re.escape, word.split())) for word in words if word.split()]
    if each:
        longest_first = "|".join(sorted(each, key=len, reverse=True))
        # Looked for ahead, a word is found though another that begins before it ends in it.
        for match in re.finditer(f"(?=({longest_first}))", text, re.IGNORECASE):
            yield match.span(1)
