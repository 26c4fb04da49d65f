"""Resolve a made-up registry of owners and hold the outcome against its truth."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

import numpy as np

from cases.owners.parties import Party
from data.town.landlords.registry import Entry, registry
from reports.owners.cards import Card, Record, Whence, gather
from reports.owners.joining import Joined, join
from reports.owners.suggesting import Suggesting, Suggestion

type Unit = tuple[str, str | None, int]
"""A written form of one person: name, address for letters, and who it truly is."""


@dataclass(frozen=True)
class Judged:
    """A registry resolved, beside its truth.

    Attributes
    ----------
    units
        Every form once, so that rows alike to the letter flatter nobody, with the cards it is on.
    """

    entries: list[Entry]
    cards: tuple[Card, ...]
    joined: Joined
    suggestions: tuple[Suggestion, ...]
    units: dict[Unit, int]

    def web(self, unit: Unit) -> int:
        return self.joined.web_of[self.units[unit]]

    @cached_property
    def suggested(self) -> set[frozenset[int]]:
        webs = self.joined.web_of
        return {frozenset({webs[each.a], webs[each.b]}) for each in self.suggestions}

    def found(self, ours: set[int], theirs: set[int]) -> bool:
        """Tell whether any of two owners' webs are one, or suggested to be."""
        return bool(ours & theirs) or any(
            frozenset(pair) in self.suggested for pair in product(ours, theirs)
        )


def judge(seed: int, *, hands: int, with_letters: bool = True) -> Judged:
    """Make up a registry and resolve it; perhaps as a roll that knows no address for letters."""
    entries = registry(np.random.default_rng(seed), hands=hands)
    cards = gather(_record(each, with_letters=with_letters) for each in entries)
    joined = join(cards, ())
    keys = {card.key: at for at, card in enumerate(cards)}
    units: dict[Unit, int] = {}
    for each in entries:
        party = _record(each, with_letters=with_letters).party
        assert party.key is not None
        units.setdefault((party.name, party.mailing, each.person), keys[party.key])
    return Judged(entries, cards, joined, Suggesting(cards, joined, ()).all(), units)


def _record(entry: Entry, *, with_letters: bool) -> Record:
    mailing = f"{entry.line}, {entry.city}, {entry.state} {entry.zip_code}"
    party = Party(
        name=entry.name, mailing=mailing if with_letters else None, parcel_no=f"L-{entry.lot}"
    )
    return Record(party=party, whence=Whence.ROLL_BEFORE if entry.past else Whence.ROLL)


@dataclass(frozen=True)
class Share:
    """So many of so many; of none it is all."""

    of_these: int = 0
    of_all: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.of_these + other.of_these, self.of_all + other.of_all)

    def __float__(self) -> float:
        return self.of_these / self.of_all if self.of_all else 1.0

    def __str__(self) -> str:
        return f"{float(self):.4f} ({self.of_these:,} of {self.of_all:,})"


def precision(judged: Judged) -> Share:
    """Count the pairs of forms that are linked, and those of them that are one person."""
    pairs = list(_together(judged.units, judged.web))
    return Share(sum(one[2] == other[2] for one, other in pairs), len(pairs))


def recall_of_persons(judged: Judged) -> Share:
    """Count the pairs of forms of one person, and those of them that are linked or suggested."""
    pairs = list(_together(judged.units, lambda unit: unit[2]))
    return Share(sum(judged.found({judged.web(a)}, {judged.web(b)}) for a, b in pairs), len(pairs))


def recall_of_hands(judged: Judged, *, marked: bool) -> Share:
    """Count the pairs of owners of one hand, and those of them that are linked or suggested.

    Parameters
    ----------
    marked
        Only those of whom the roll tells it in some way: a place, a stem, a surname they share.
    """
    webs: dict[int, set[int]] = {}
    for unit in judged.units:
        webs.setdefault(unit[2], set()).add(judged.web(unit))
    of = {each.person: (each.hand, each.marks) for each in judged.entries}
    pairs = [
        (one, other)
        for one, other in _together(of, lambda person: of[person][0])
        if not marked or of[one][1] & of[other][1]
    ]
    return Share(sum(judged.found(webs[a], webs[b]) for a, b in pairs), len(pairs))


def recall_of_forms(judged: Judged, *, marked: bool) -> Share:
    """Count as `recall_of_hands` does, but every written form of two owners with every other."""
    of = {each.person: (each.hand, each.marks) for each in judged.entries}
    pairs = [
        (a, b)
        for a, b in _together(judged.units, lambda unit: of[unit[2]][0])
        if a[2] != b[2] and (not marked or of[a[2]][1] & of[b[2]][1])
    ]
    return Share(sum(judged.found({judged.web(a)}, {judged.web(b)}) for a, b in pairs), len(pairs))


def _together[T](values: Iterable[T], of: Callable[[T], int]) -> Iterator[tuple[T, T]]:
    groups: dict[int, list[T]] = {}
    for value in values:
        groups.setdefault(of(value), []).append(value)
    for group in groups.values():
        yield from combinations(group, 2)
