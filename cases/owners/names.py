"""Give an owner's name one spelling, so that equal names are equal whoever typed them.

What the state's own register holds for no difference is none here: punctuation, "and" or "&", a
leading "the" (sections 605.0112 and 607.0401(1)(d), Florida Statutes). Unlike the register
the key keeps the kind of owner and each plural: two companies of another state may differ in them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from cases.owners.spellings import (
    AFTER_CARE,
    APOSTROPHE,
    CARE,
    DOTTED,
    KINDS,
    NOBODY,
    NOT_TAKEN_APART,
    ONE_SPELLING,
    PHRASES,
)


@dataclass(frozen=True, slots=True)
class Name:
    """An owner's name taken apart; equal names have equal parts.

    Attributes
    ----------
    words
        Who it is, in alphabetical order; a word said twice stands twice.
    numbers
        Every word with a digit, in the order said: "12 E 34 St" is not "34 E 12 St".
    kinds
        Words of `KINDS`, in alphabetical order.
    """

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def key(self) -> str:
        """The one spelling; reading it again gives the same name."""
        words = _in_order((*self.words, *self.kinds))
        last = words.count("the")
        return " ".join((*words[: len(words) - last], *self.numbers, *words[len(words) - last :]))


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """Spell a name the one way by which it is compared.

    Case, accents, punctuation, "and", a leading "the", the order of words and what follows "c/o"
    make no difference. Words, numbers, generations (Jr, III) and the kind of owner (LLC, trustee,
    estate, et al) do, so people who differ in them never share a key.

    Returns
    -------
    str
        Empty where the name names nobody: blank, or "Unknown owner". Nothing may link by that.
    """
    return read_name(name).key


@lru_cache(maxsize=1 << 16)
def read_name(name: str) -> Name:
    """Take a name apart."""
    tokens = _tokens(_without_care(_plain(name)))
    if " ".join(tokens) in NOBODY:
        tokens = []
    return Name(
        words=_in_order(t for t in tokens if not _numbered(t) and t not in KINDS),
        numbers=tuple(t for t in tokens if _numbered(t)),
        kinds=_in_order(t for t in tokens if t in KINDS),
    )


def _plain(text: str) -> str:
    """Fold case and accents; a name's lines stay apart."""
    whole = APOSTROPHE.sub("", text).casefold()
    apart = unicodedata.normalize("NFKD", whole).casefold()
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    lines = (" ".join(line.split()) for line in bare.translate(NOT_TAKEN_APART).splitlines())
    return "\n".join(filter(None, lines))


def _without_care(text: str) -> str:
    """Drop who takes the letters in; where nobody else is named, keep them as such."""
    kept = " ".join(AFTER_CARE.sub("", text).split())
    if any(sign.isalnum() for sign in kept):
        return kept
    named = " ".join(CARE.sub(" ", text).split())
    return f"{named} careof" if named and named != text else named


def _tokens(text: str) -> list[str]:
    text = DOTTED.sub(_undotted, text)
    for phrase, one in PHRASES:
        text = phrase.sub(one, text)
    words = re.sub(r"[^\w\s]|_", " ", text).split()
    return [ONE_SPELLING.get(word, word) for word in _without_articles(words)]


def _without_articles(words: Iterable[str]) -> Iterator[str]:
    """Drop "and", and "the" where it leads or follows "of" or "and": elsewhere it is a name."""
    before = "and"
    for word in words:
        if word == "the" and before in {"of", "and"}:
            continue
        if word != "and":
            yield word
        before = word


def _undotted(found: re.Match[str]) -> str:
    """Join "l.l.c" to the kind it is, and leave "j.p" two initials."""
    joined = found[0].replace(".", "")
    return joined if joined in KINDS else found[0]


def _numbered(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


def _in_order(words: Iterable[str]) -> tuple[str, ...]:
    """Sort words; "of" comes first and "the" last, so that a key holds no phrase of its own."""
    return tuple(sorted(words, key=lambda word: (word != "of", word == "the", word)))
