"""What is struck out of a record is out of it whole, however the words overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.records.striking import LEFT_OUT, holds, struck

WORDS = st.text("abAB .*\n", min_size=1, max_size=5).filter(str.strip)
TEXTS = st.text("abcAB .*\n", max_size=40)


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Told Jane Roe of it", ["Jane", "Jane Roe"], "Told [left out] of it"),
        ("Told Jane Roe of it", ["Jane Roe", "Roe of"], "Told [left out] it"),
        ("At 12 Oak Street", ["Oak Street", "12 Oak Street"], "At [left out]"),
        ("At 12 OAK\nstreet", ["12  Oak Street"], "At [left out]"),
        ("Cost 4.50 (or 4x50)", ["4.50", " "], "Cost [left out] (or 4x50)"),
        ("Nothing of it", [], "Nothing of it"),
    ],
)
def test_words_are_struck_whole_whichever_came_first(
    text: str, words: list[str], left: str
) -> None:
    assert struck(text, words) == struck(text, words[::-1]) == left


@given(text=TEXTS, words=st.lists(WORDS, max_size=4))
def test_none_of_the_words_is_in_what_is_left_and_all_else_is(text: str, words: list[str]) -> None:
    left = struck(text, words).split(LEFT_OUT)
    assert not [(word, part) for word in words for part in left if holds(part, word)]
    covered = _covered(text, words)
    assert "".join(left) == "".join(letter for at, letter in enumerate(text) if at not in covered)


def _covered(text: str, words: list[str]) -> set[int]:
    """Return where letters of the words stand, by trying each stretch of the text."""
    said = {" ".join(word.lower().split()) for word in words}
    return {
        at
        for begin in range(len(text))
        for end in range(begin + 1, len(text) + 1)
        if text[begin:end].strip() == text[begin:end]
        and " ".join(text[begin:end].lower().split()) in said
        for at in range(begin, end)
    }
