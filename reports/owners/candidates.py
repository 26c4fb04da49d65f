"""Propose pairs of cards worth a look, without holding each against every other.

Cards that have something in common meet in a bucket: a place, a rare word, all of a name but one
word. A bucket that holds too many says too little of any two in it and makes no pairs; they may
meet in a smaller one. One kind of bucket is filled at a time, so that memory holds one.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from cases.owners.names import read_name
from reports.owners.buckets import MOST_OF_ONE_NAME, WAYS, Names, bucketed, pairs
from reports.owners.traits import Census, Traits, core

MOST_AT_ONE_PLACE = 40
"""More owners than that who get letters at one place have a manager or an agent in common."""

type Pair = tuple[int, int]


def candidates(each: Sequence[Traits], counted: Census) -> set[Pair]:
    """Propose pairs of cards, by their numbers in the pile, the lower one first.

    Parameters
    ----------
    each, counted
        The `traits` of each card, in their order, and the `census` of all.
    """
    of_name: dict[str, list[int]] = {}
    for at, trait in enumerate(each):
        of_name.setdefault(trait.card.name_key, []).append(at)
    names = {key: each[held[0]] for key, held in of_name.items()}
    found: set[Pair] = set()
    for held in of_name.values():
        found.update(pairs(held, most=MOST_OF_ONE_NAME))
    for way in WAYS:
        for a, b in set(way(names, counted)):
            found.update(_crossed(of_name[a], of_name[b]))
    found.update(_by_place(each, counted))
    found.update(_by_care(each, names, of_name))
    return found


def _crossed(ours: Sequence[int], theirs: Sequence[int]) -> Iterator[Pair]:
    """Pair the cards of two names, unless both are everybody's."""
    if len(ours) * len(theirs) <= MOST_OF_ONE_NAME**2:
        yield from ((min(a, b), max(a, b)) for a, b in product(ours, theirs) if a != b)


def _by_place(each: Sequence[Traits], counted: Census) -> Iterator[Pair]:
    """Pair cards at one place, in one building, or at one door that is spelled in two ways.

    Where many get letters, those whose names also share a word.
    """
    numbered = list(enumerate(each))
    filled: tuple[Iterable[tuple[object, int]], ...] = (
        ((trait.place, at) for at, trait in numbered if trait.place),
        ((trait.building, at) for at, trait in numbered if trait.building),
        ((trait.door, at) for at, trait in numbered if trait.door),
        (
            ((trait.building, word), at)
            for at, trait in numbered
            if trait.building and counted.buildings[trait.building] > MOST_AT_ONE_PLACE
            for word in trait.telling
        ),
    )
    for way in filled:
        for bucket in bucketed(way):
            yield from pairs(bucket, most=MOST_AT_ONE_PLACE)


def _by_care(each: Sequence[Traits], names: Names, of_name: dict[str, list[int]]) -> Iterator[Pair]:
    """Pair cards in one's care, and each with the card of whoever it is."""
    cared: dict[str, list[int]] = {}
    for at, trait in enumerate(each):
        if trait.care:
            cared.setdefault(trait.care, []).append(at)
    holding: dict[str, set[str]] = {}
    for key, trait in names.items():
        for word in trait.core:
            holding.setdefault(word, set()).add(key)
    for care, held in cared.items():
        yield from pairs(held, most=MOST_AT_ONE_PLACE)
        words = [holding.get(word, set()) for word in core(read_name(care))]
        for key in set.intersection(*words) if len(words) > 1 else ():
            yield from _crossed(of_name[key], held)
