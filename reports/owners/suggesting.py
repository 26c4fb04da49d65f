"""Suggest which webs may belong together, the strongest first; a person decides."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cases.owners.confirmations import Confirmation, ConfirmedDifferent
from reports.owners.candidates import Pair, candidates
from reports.owners.cards import Card
from reports.owners.grounds import SUPPORTING, Reason, Sense, reasons, sense, strength
from reports.owners.joining import Joined
from reports.owners.traits import Census, Traits, census, traits


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two cards of two webs that may belong together.

    Attributes
    ----------
    a, b
        The cards, by their numbers in the pile.
    sense
        Whether they may be one owner in law, or two owners of one landlord.
    reasons
        Why, what weighs most first; at least one.
    strength
        Between 0 and 1, by which suggestions are ordered; no probability.
    """

    a: int
    b: int
    sense: Sense
    reasons: tuple[Reason, ...]
    strength: float

    @property
    def words(self) -> str:
        """All reasons, one after the other."""
        return " ".join(reason.words for reason in self.reasons)


class Suggesting:
    """All that may belong together among some cards and is not yet joined.

    Whom a person told apart is not suggested, nor is any card of the same two owners. The pairs
    are found when they are first asked for, and looked at one web at a time.

    Parameters
    ----------
    cards, joined
        As of `gather` and `join`.
    said
        What people confirmed, in force.
    """

    def __init__(self, cards: Sequence[Card], joined: Joined, said: Iterable[Confirmation]) -> None:
        self._cards = cards
        self._joined = joined
        self._apart = _told_apart(cards, joined, said)

    def all(self) -> tuple[Suggestion, ...]:
        """List every suggestion, the strongest first; each pair of cards once."""
        return _in_order(self._looked_at(self._pairs))

    def of(self, web: int) -> tuple[Suggestion, ...]:
        """List the suggestions that one web is part of, by the number of the web."""
        return _in_order(self._looked_at(self._by_web.get(web, ())))

    @property
    def counted(self) -> Census:
        """How many share what."""
        return self._census

    @cached_property
    def _traits(self) -> list[Traits]:
        return [traits(card) for card in self._cards]

    @cached_property
    def _census(self) -> Census:
        return census(self._traits)

    @cached_property
    def _pairs(self) -> list[Pair]:
        webs = self._joined.web_of
        found = candidates(self._traits, self._census)
        return [
            (a, b)
            for a, b in found
            if webs[a] != webs[b] and _owners(self._joined, a, b) not in self._apart
        ]

    @cached_property
    def _by_web(self) -> dict[int, list[Pair]]:
        by_web: dict[int, list[Pair]] = {}
        for pair in self._pairs:
            for card in pair:
                by_web.setdefault(self._joined.web_of[card], []).append(pair)
        return by_web

    def _looked_at(self, pairs: Iterable[Pair]) -> Iterator[Suggestion]:
        for a, b in pairs:
            one, other = self._traits[a], self._traits[b]
            why = reasons(one, other, self._census)
            if any(reason.ground not in SUPPORTING for reason in why):
                yield Suggestion(a, b, sense(one, other, why), why, strength(why))


def _in_order(found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    return tuple(sorted(found, key=lambda each: (-each.strength, each.a, each.b)))


def _told_apart(
    cards: Sequence[Card], joined: Joined, said: Iterable[Confirmation]
) -> set[frozenset[int]]:
    keys = {card.key: at for at, card in enumerate(cards)}
    return {
        _owners(joined, keys[word.key_a], keys[word.key_b])
        for word in said
        if isinstance(word, ConfirmedDifferent) and word.key_a in keys and word.key_b in keys
    }


def _owners(joined: Joined, a: int, b: int) -> frozenset[int]:
    return frozenset({joined.owner_of[a], joined.owner_of[b]})
