"""Join cards into owners and owners into webs: by equal keys and by what people confirmed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cases.owners.confirmations import (
    Confirmation,
    ConfirmedOneLandlord,
    ConfirmedSame,
)
from cases.owners.names import read_name
from reports.owners.cards import Card

REGISTERED = frozenset({"llc", "lc", "pllc", "inc", "corp", "ltd", "lp", "llp", "lllp"})
"""Kinds of company whose names a state's register holds apart: no two of it bear one name."""


class How(StrEnum):
    """What links two cards; nothing else does."""

    NAME_ON_PARCEL = "name_on_parcel"
    COMPANY_NAME = "company_name"
    CONFIRMED_SAME = "confirmed_same"
    CONFIRMED_LANDLORD = "confirmed_landlord"


@dataclass(frozen=True, slots=True)
class Link:
    """Why two cards belong together, in a sentence; the cards by their numbers in the pile."""

    a: int
    b: int
    how: How
    words: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The cards joined.

    Attributes
    ----------
    owner_of, web_of
        For each card the number of the owner in law, as far as known, and of the web it is in;
        each is the number of the first card of it.
    links
        Every link that joined something.
    """

    owner_of: tuple[int, ...]
    web_of: tuple[int, ...]
    links: tuple[Link, ...]


def join(cards: Sequence[Card], said: Iterable[Confirmation]) -> Joined:
    """Join cards by what links by itself and by what people said, and by nothing else.

    One owner are those whom a person confirmed to be one, one name on one parcel (also where
    letters once went elsewhere), and a company's full name as long as all who know where its
    letters go say one place. Whom a person told apart none of this joins, nor any chain of it.
    A web is of owners behind whom a person confirmed one landlord.

    Parameters
    ----------
    cards
        As of `gather`.
    said
        What people confirmed, in force.
    """
    words = tuple(said)
    keys = {card.key: at for at, card in enumerate(cards)}
    for word in words:  # a chain may lead through a key that no record bears any more
        keys.setdefault(word.key_a, len(keys))
        keys.setdefault(word.key_b, len(keys))
    apart = [(keys[w.key_a], keys[w.key_b]) for w in words if not isinstance(w, ConfirmedSame)]
    owners = _Groups(len(keys), apart)
    joined = [link for link in _of_owners(cards, words, keys) if owners.join(link.a, link.b)]
    webs = _Groups(len(keys), ())
    for at in range(len(keys)):
        webs.join(owners.of(at), at)
    for link in _of_landlords(words, keys):
        joined += [link] if webs.join(link.a, link.b) else []
    here = range(len(cards))
    return Joined(_numbered(owners, here), _numbered(webs, here), tuple(joined))


def _numbered(groups: "_Groups", here: range) -> tuple[int, ...]:
    """Give each card the number of the first card of its group."""
    first: dict[int, int] = {}
    return tuple(first.setdefault(groups.of(at), at) for at in here)


def _of_owners(
    cards: Sequence[Card], words: Sequence[Confirmation], keys: dict[str, int]
) -> Iterator[Link]:
    for word in words:
        if isinstance(word, ConfirmedSame):
            reason = word.reason.rstrip(".")
            said = f"{word.by} confirmed on {word.on} that they are one owner: {reason}."
            yield Link(keys[word.key_a], keys[word.key_b], How.CONFIRMED_SAME, said)
    yield from _on_parcels(cards)
    two = {key for word in words if not isinstance(word, ConfirmedSame)
           for key in (word.key_a, word.key_b)}  # fmt: skip
    yield from _companies(cards, two)


def _of_landlords(words: Sequence[Confirmation], keys: dict[str, int]) -> Iterator[Link]:
    for word in words:
        if isinstance(word, ConfirmedOneLandlord):
            reason = word.reason.rstrip(".")
            said = f"{word.by} confirmed on {word.on} that one landlord is behind both: {reason}."
            yield Link(keys[word.key_a], keys[word.key_b], How.CONFIRMED_LANDLORD, said)


def _on_parcels(cards: Sequence[Card]) -> Iterator[Link]:
    first: dict[tuple[str, str], int] = {}
    for at, card in enumerate(cards):
        for parcel_no in sorted({r.party.parcel_no for r in card.records if r.party.parcel_no}):
            before = first.setdefault((card.name_key, parcel_no), at)
            if before != at:
                said = f"The same name on the same parcel, {parcel_no}."
                ours, theirs = cards[before].mailing, card.mailing
                letters = f"Letters went to {ours} and to {theirs}."
                words = f"{said} {letters}" if ours and theirs else said
                yield Link(before, at, How.NAME_ON_PARCEL, words)


def _companies(cards: Sequence[Card], two: set[str]) -> Iterator[Link]:
    named: dict[str, list[int]] = {}
    for at, card in enumerate(cards):
        if not REGISTERED.isdisjoint(read_name(card.name).kinds):
            named.setdefault(card.name_key, []).append(at)
    for same in named.values():
        places = {cards[at].place for at in same} - {None}
        if len(places) > 1 or any(cards[at].key in two for at in same):
            continue
        said = "The same company's name in full, and no record sends its letters elsewhere."
        yield from (Link(same[0], at, How.COMPANY_NAME, said) for at in same[1:])


class _Groups:
    """Disjoint groups of numbers, some pairs of which may never come together."""

    def __init__(self, count: int, apart: Iterable[tuple[int, int]]) -> None:
        self._up = list(range(count))
        self._apart: dict[int, set[int]] = {}
        for a, b in apart:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)
        self._members = {at: [at] for at in self._apart}

    def of(self, at: int) -> int:
        while self._up[at] != at:
            self._up[at] = self._up[self._up[at]]
            at = self._up[at]
        return at

    def join(self, a: int, b: int) -> bool:
        """Join two groups; False where they were one, or hold two who were told apart."""
        a, b = self.of(a), self.of(b)
        if a == b or self._forbidden(a, b):
            return False
        self._up[b] = a
        if held := self._members.pop(b, None):
            self._members.setdefault(a, []).extend(held)
        return True

    def _forbidden(self, a: int, b: int) -> bool:
        ours = self._members.get(a, ())
        return any(self.of(other) == b for at in ours for other in self._apart[at])
