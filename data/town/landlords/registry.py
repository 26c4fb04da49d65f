"""Write a registry of owners as an assessor's rolls would show it, and keep who they truly are."""

from dataclasses import dataclass, replace

import numpy as np

from data.town.landlords.hands import Holder, Owning
from data.town.landlords.spelling import written

RESOLD = 0.12
"""Of lots, the share with an owner before on record."""
TO_HIMSELF = 0.3
"""Of those, the share whose owner before is of the same hand: deeded to a company of his own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One owner of one lot, as a roll shows him, and the truth that no file of a town is told.

    Attributes
    ----------
    name, line, city, state, zip_code
        As printed.
    lot
        The lot's number; `past` of an owner before the present one.
    person, hand
        Who it truly is in law, and who stands behind: numbers of this registry.
    marks
        What a roll may tell of the hand, as of `Holder`.
    """

    name: str
    line: str
    city: str
    state: str
    zip_code: str
    lot: int
    past: bool
    person: int
    hand: int
    marks: frozenset[str]


def registry(rng: np.random.Generator, *, hands: int) -> list[Entry]:
    """
    Make up a registry.

    Parameters
    ----------
    rng
        Source of everything; advanced by this call.
    hands
        How many stand behind the owners; there are some 1.4 owners a hand and two entries.

    Returns
    -------
    list of Entry
        By lot, the owner before the present one behind him.
    """
    owning = Owning(rng)
    entries: list[Entry] = []
    persons = 0
    for hand in range(hands):
        of_hand = owning.hand()
        for at, holder in enumerate(of_hand):
            for _ in range(holder.lots):
                lot = len(entries)
                told = _entry(rng, holder, lot=lot, person=persons + at, hand=hand)
                entries.append(told)
        persons += len(of_hand)
    return [*entries, *_before(rng, entries)]


def _entry(rng: np.random.Generator, holder: Holder, *, lot: int, person: int, hand: int) -> Entry:
    place = holder.places[int(rng.integers(len(holder.places)))]
    told = written(rng, holder.person, place)
    return Entry(*told, lot=lot, past=False, person=person, hand=hand, marks=holder.marks)


def _before(rng: np.random.Generator, entries: list[Entry]) -> list[Entry]:
    """Let some lots have had another owner of the registry, as he was written elsewhere."""
    of_hand: dict[int, list[Entry]] = {}
    for each in entries:
        of_hand.setdefault(each.hand, []).append(each)
    before = []
    for each in entries:
        if rng.random() >= RESOLD:
            continue
        ours = of_hand[each.hand] if rng.random() < TO_HIMSELF else entries
        seller = ours[int(rng.integers(len(ours)))]
        if seller.person != each.person:
            before.append(replace(seller, lot=each.lot, past=True))
    return before
