"""Suggest that two names may be one owner's, and say why; a person decides.

No likeness links. On a real roll no threshold of any measure of spelling was safe: of the pairs
that scored 94 to 99 of 100, 5 of 15 were right.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from cases.owners.mailing import mailing_key
from cases.owners.names import Name, read_name
from cases.owners.parties import Party
from cases.owners.spellings import GENERATIONS

MOST_SLIPS = 2
LONG_WORD = 8
"""From so many letters on two slips of the pen are let pass, below it one."""
SHORT_WORD = 4
"""Shorter words that differ are other words."""
MOST_WORDS_MORE = 3
"""Of a couple and a middle initial; a name that has yet more is hardly the same."""


class Alike(StrEnum):
    """In what two owners are alike."""

    NAME = "name"
    KIND_DIFFERS = "kind_differs"
    ONE_WORD_MORE = "one_word_more"
    WORDS_MORE = "words_more"
    SHORTENED = "shortened"
    SPELLING = "spelling"
    MAILING = "mailing"


@dataclass(frozen=True, slots=True)
class Reason:
    """One way in which two owners are alike, in a sentence for whoever decides."""

    alike: Alike
    words: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two owners may be one; a shared address alone is a relation, not an identity."""

    reasons: tuple[Reason, ...]

    @property
    def words(self) -> str:
        """All reasons, one after the other."""
        return " ".join(reason.words for reason in self.reasons)


def likeness(a: Party, b: Party) -> Likeness | None:
    """Compare two owners; the order makes no difference.

    Returns
    -------
    Likeness or None
        None where nothing speaks for one owner. Where numbers, generations or initials differ
        the names speak for two, and only a shared address is told, with that said.
    """
    a, b = sorted((a, b), key=lambda party: (party.name, party.mailing or ""))
    if not (read_name(a.name).key and read_name(b.name).key):
        return None
    against = veto(a.name, b.name)
    by_name = None if against else name_likeness(a.name, b.name)
    found = tuple(filter(None, (by_name, _by_mailing(a, b, against=against))))
    return Likeness(found) if found else None


def name_likeness(a: str, b: str) -> Reason | None:
    """Compare two names by themselves; the order makes no difference.

    Returns
    -------
    Reason or None
        None where nothing speaks for one owner, or something for two.
    """
    one, other = (read_name(name) for name in sorted((a, b)))
    if _strangers(one, other) or not (one.key and other.key) or veto(a, b):
        return None
    return _by_name(one, other)


def _strangers(one: Name, other: Name) -> bool:
    """Tell at a glance that two names cannot be alike, as most that are held together are not."""
    first, second = one.words, other.words
    if first == second or not set(first).isdisjoint(second):
        return False
    return abs(len("".join(first)) - len("".join(second))) > MOST_SLIPS


def veto(a: str, b: str) -> str | None:
    """Say what in two names tells that they are not one owner's; None where nothing does.

    "Sawgrass Homes II LLC" is not "Sawgrass Homes III LLC", nor is a junior his father. A number
    that one name lacks differs too. An initial one name lacks does not: it is often left out.
    """
    one, other = read_name(a), read_name(b)
    if _marks(one) != _marks(other):
        return "Their numbers or generations differ."
    first, second = _initials(one), _initials(other)
    if first - second and second - first:
        return "Their initials differ."
    return None


def _marks(name: Name) -> tuple[list[str], list[int]]:
    """List a name's numbers and generations, in one form: "2nd" is 2, and so is II."""
    generations = sorted(GENERATIONS[word] for word in name.words if word in GENERATIONS)
    return [number.lstrip("0") for number in name.numbers], generations


def _initials(name: Name) -> Counter[str]:
    return Counter(word for word in name.words if len(word) == 1)


def _by_name(one: Name, other: Name) -> Reason | None:
    if one.words == other.words:
        if one.kinds == other.kinds:
            return Reason(Alike.NAME, "The names are the same; they may be namesakes.")
        return Reason(Alike.KIND_DIFFERS, f"The names differ in {_difference(one, other)} alone.")
    return _by_more_words(one, other) or _by_spelling(one, other) or _by_beginning(one, other)


def _difference(one: Name, other: Name) -> str:
    first, second = Counter(one.kinds), Counter(other.kinds)
    return " and ".join(sorted((first - second) + (second - first))).upper()


def _by_more_words(one: Name, other: Name) -> Reason | None:
    """Tell that one name holds the other whole; of a last name alone that says nothing."""
    more, fewer = (one, other) if len(one.words) > len(other.words) else (other, one)
    extra = Counter(more.words) - Counter(fewer.words)
    if extra.total() != len(more.words) - len(fewer.words) or len(fewer.words) < 2:  # noqa: PLR2004 - first and last
        return None
    if extra.total() == 1:
        return Reason(Alike.ONE_WORD_MORE, f"The names are the same but for {next(iter(extra))!r}.")
    if extra.total() > MOST_WORDS_MORE or len([w for w in fewer.words if len(w) > 1]) < 2:  # noqa: PLR2004 - first and last
        return None
    besides = ", ".join(map(repr, sorted(extra.elements())))
    return Reason(Alike.WORDS_MORE, f"The one name holds the other whole, with {besides} besides.")


def _spaced_alike(left: list[str], right: list[str]) -> tuple[str, str]:
    """Join the words of each side, in the other's order where that is one word: "gold" "coast"."""
    for words, other in ((left, right), (right, left)):
        if len(other) == 1 and len(words) > 1:
            words.sort(key=lambda word: (other[0].find(word) < 0, other[0].find(word)))
    return "".join(left), "".join(right)


def _by_beginning(one: Name, other: Name) -> Reason | None:
    """Tell that a word may be short for the other's: an initial, or cut off by an old system."""
    first, second = Counter(one.words), Counter(other.words)
    left, right = (list((x - y).elements()) for x, y in ((first, second), (second, first)))
    if len(left) != 1 or len(right) != 1 or len(one.words) < 2:  # noqa: PLR2004 - a last name alone is no name
        return None
    short, whole = sorted((left[0], right[0]), key=len)
    if not whole.startswith(short):
        return None
    return Reason(Alike.SHORTENED, f"{short!r} may be short for {whole!r}; the rest is the same.")


def _by_spelling(one: Name, other: Name) -> Reason | None:
    first, second = Counter(one.words), Counter(other.words)
    apart, joined = ((x - y).elements() for x, y in ((first, second), (second, first)))
    left, right = _spaced_alike(sorted(apart), sorted(joined))
    slips = OSA.distance(left, right)
    shorter = min(len(left), len(right))
    if slips > (0 if shorter < SHORT_WORD else 1 if shorter < LONG_WORD else MOST_SLIPS):
        return None
    if not slips:
        return Reason(Alike.SPELLING, f"The names differ by the spaces in {left!r} alone.")
    if slips == 1:
        return Reason(Alike.SPELLING, f"The names differ by 1 letter: {left!r} and {right!r}.")
    return Reason(Alike.SPELLING, f"The names differ by {slips} letters: {left!r} and {right!r}.")


def _by_mailing(a: Party, b: Party, *, against: str | None) -> Reason | None:
    place = mailing_key(a.mailing)
    if place is None or place != mailing_key(b.mailing):
        return None
    relation = f"Letters to both go to {a.mailing}: a relation, no proof of one owner."
    return Reason(Alike.MAILING, f"{relation} {against}" if against else relation)
