"""Let names that may be one meet in buckets: all but one word, a row, a rare word, initials."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from reports.owners.traits import Census, Traits

MOST_OF_ONE_NAME = 40
MOST_BEARING = 15
"""A word that more names bear is no rare one."""
MOST_OF_A_FAMILY = 15
"""A last name that more bear says nothing of a company that bears it too."""
MOST_SPELLED_ALIKE = 200
LEAST_LETTERS = 3
"""Of an abbreviation such as CPH; of two letters there are too many."""
MOST_WORDS = 7
"""Names of more words are held whole within no other."""

type Names = dict[str, Traits]
"""What is told by each name, by its key."""
type Named = tuple[str, str]


def of_one_spelling(names: Names, _: Census) -> Iterator[Named]:
    """Pair names of the same words and other kinds, and of the same letters spaced otherwise."""
    by_words = ((trait.words, key) for key, trait in names.items() if trait.words)
    by_letters = ((tuple(sorted("".join(t.words))), key) for key, t in names.items() if t.words)
    for filled in (by_words, by_letters):
        for bucket in bucketed(filled):
            yield from pairs(bucket, most=MOST_OF_ONE_NAME)


def but_one_word(names: Names, _: Census) -> Iterator[Named]:
    """Pair names alike but for one word that begins or ends alike."""
    for cut in (_beginning, _end):
        rest = (
            ((others, cut(word, 2 if others else 4)), (word, key))
            for key, trait in names.items()
            for others, word in _left_out(trait.words)
        )
        for bucket in bucketed(rest):
            yield from _spelled_alike(bucket, cut, 3)


def one_word_more(names: Names, _: Census) -> Iterator[Named]:
    """Pair names of which one lacks a word of the other's, or has its initial."""
    whole = _by_words(names)
    for key, trait in names.items():
        for others, word in _left_out(trait.words):
            if len(others) > 1:
                yield from ((key, other) for other in whole.get(others, ()))
            if others and len(word) > 1:
                initialed = tuple(sorted((*others, word[0])))
                yield from ((key, other) for other in whole.get(initialed, ()))


def held_whole(names: Names, _: Census) -> Iterator[Named]:
    """Pair names of which one holds the other whole with two words or three besides."""
    whole = {words: keys for words, keys in _by_words(names).items() if len(words) > 1}
    for key, trait in names.items():
        words = trait.words
        if len(words) > MOST_WORDS:
            continue
        for count in range(max(2, len(words) - 3), len(words) - 1):
            for some in set(combinations(words, count)):
                yield from ((key, other) for other in whole.get(some, ()))


def of_one_row(names: Names, _: Census) -> Iterator[Named]:
    """Pair the companies of a row: Cormorant Homes II LLC, Cormorant Homes III LLC."""
    for bucket in bucketed((trait.row, key) for key, trait in names.items() if trait.row):
        yield from pairs(bucket, most=MOST_OF_ONE_NAME)


def of_rare_words(names: Names, counted: Census) -> Iterator[Named]:
    """Pair names that share a rare word, one of them a body's: families share theirs anyway."""
    rare = (
        (word, key)
        for key, trait in names.items()
        for word in trait.telling
        if counted.words[word] <= MOST_BEARING
    )
    for bucket in bucketed(rare):
        yield from ((a, b) for a, b in combinations(bucket, 2) if names[a].body or names[b].body)


def of_initials(names: Names, counted: Census) -> Iterator[Named]:
    """Pair companies of which one bears the first letters of the other's words: CPH."""
    bodies = {key: trait for key, trait in names.items() if trait.body}
    short: dict[str, list[str]] = {}
    for key, trait in bodies.items():
        for word in trait.telling:
            if LEAST_LETTERS <= len(word) <= MOST_WORDS and counted.words[word] <= MOST_BEARING:
                short.setdefault(word, []).append(key)
    for key, trait in bodies.items():
        for count in range(LEAST_LETTERS, len(trait.letters) + 1):
            yield from ((key, other) for other in short.get(trait.letters[:count], ()))


WAYS: Sequence[Callable[[Names, Census], Iterator[Named]]] = (
    of_one_spelling, but_one_word, one_word_more, held_whole, of_one_row, of_rare_words,
    of_initials,
)  # fmt: skip


def bucketed[T](filled: Iterable[tuple[Hashable, T]]) -> Iterator[list[T]]:
    """Put values that share a key together; whoever is alone is left out."""
    buckets: dict[Hashable, list[T]] = {}
    for key, value in filled:
        buckets.setdefault(key, []).append(value)
    return (bucket for bucket in buckets.values() if len(bucket) > 1)


def pairs[T](bucket: Sequence[T], *, most: int) -> Iterator[tuple[T, T]]:
    """Pair what is in a bucket, unless it holds more than so many."""
    if len(bucket) <= most:
        yield from combinations(bucket, 2)


def _by_words(names: Names) -> dict[tuple[str, ...], list[str]]:
    whole: dict[tuple[str, ...], list[str]] = {}
    for key, trait in names.items():
        whole.setdefault(trait.words, []).append(key)
    return whole


def _left_out(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for at, word in enumerate(words):
        yield words[:at] + words[at + 1 :], word


def _beginning(word: str, count: int) -> str:
    return word[:count]


def _end(word: str, count: int) -> str:
    return word[-count:]


def _spelled_alike(
    bucket: list[tuple[str, str]], cut: Callable[[str, int], str], count: int
) -> Iterator[Named]:
    """Pair the names of a bucket; of a full one, those that have yet a letter alike."""
    if len(bucket) <= MOST_SPELLED_ALIKE:
        yield from ((a, b) for (_, a), (_, b) in combinations(bucket, 2))
        return
    if count <= max(len(word) for word, _ in bucket):
        for part in bucketed((cut(word, count), (word, key)) for word, key in bucket):
            yield from _spelled_alike(part, cut, count + 1)
