"""Describe a web of owners: what it is called, where it gets letters, what it owns and did."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reports.owners.cards import Card, Whence
from reports.owners.lawful import LawfulRepeat
from reports.owners.reading import CaseFacts


@dataclass(frozen=True, slots=True)
class Held:
    """A parcel of a web: owned by it now or before, or one on which it answered in a case."""

    parcel_id: int
    parcel_no: str
    now: bool
    exempt: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the verified cases of a web come to, as the records stand.

    Attributes
    ----------
    cases, open_cases
        In all, and with an open violation.
    in_window
        Opened in the years looked at.
    violations
        That stood.
    owed_cents
        By the ledger; the days of a running fine that are not posted are not in it.
    repeats
        Repeat violations in the law's sense that a person confirmed.
    waiting_repeats
        Violations for which a prior of the same violator counts and nobody has confirmed it.
    """

    cases: int
    open_cases: int
    in_window: int
    violations: int
    owed_cents: int
    repeats: int
    waiting_repeats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """Owners who belong together by equal keys and by what people confirmed.

    Attributes
    ----------
    number
        Of its first card, by which the town's webs are told apart while they are held.
    code
        A short name for links. It stays while the records do; so does that of each card in it.
    name
        What it is called most often.
    owners
        How many owners in law it holds, as far as known: companies of one landlord are several.
    cards
        By their numbers in the pile.
    names, mailings
        Every spelling of a name, and every place for letters once, the most frequent first.
    case_ids
        Its verified cases, in the order they were opened.
    exempt
        Some of its places are told to the office alone.
    """

    number: int
    code: str
    name: str
    owners: int
    cards: tuple[int, ...]
    names: tuple[str, ...]
    mailings: tuple[str, ...]
    parcels: tuple[Held, ...]
    case_ids: tuple[int, ...]
    figures: Figures
    exempt: bool


def code_of(key: str) -> str:
    """Shorten the key of a card to a code for links."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def names_of(cards: Iterable[Card]) -> tuple[str, ...]:
    """List how some cards spell their names, the most frequent first."""
    used = Counter(record.party.name for card in cards for record in card.records)
    return tuple(name for name, _ in sorted(used.items(), key=lambda each: (-each[1], each[0])))


def mailings_of(cards: Iterable[Card]) -> tuple[str, ...]:
    """List where letters go, each place once in its most frequent spelling."""
    used: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for card in cards:
        if card.place and card.mailing:
            used[card.place] += len(card.records)
            spelled.setdefault(card.place, card.mailing)
    in_order = sorted(used.items(), key=lambda each: (-each[1], each[0]))
    return tuple(spelled[place] for place, _ in in_order)


def parcels_of(cards: Iterable[Card], *, exempt: frozenset[int]) -> tuple[Held, ...]:
    """List the parcels that some cards stand on record for, by their numbers."""
    found: dict[int, Held] = {}
    for record in (record for card in cards for record in card.records):
        if record.parcel_id is None or record.party.parcel_no is None:
            continue
        before = found.get(record.parcel_id)
        now = record.whence is Whence.ROLL or (before is not None and before.now)
        found[record.parcel_id] = Held(
            record.parcel_id, record.party.parcel_no, now, record.parcel_id in exempt
        )
    return tuple(sorted(found.values(), key=lambda held: held.parcel_no))


def figures_of(
    cases: Sequence[CaseFacts], lawful: Iterable[LawfulRepeat], *, after: date, on: date
) -> Figures:
    """Sum up the cases of a web.

    Parameters
    ----------
    lawful
        Its violators' repeats; a violation of two violators counts once.
    after, on
        The day before the first of the window, and its last.
    """
    confirmed = {each.violation_id for each in lawful if each.confirmed}
    waiting = {each.violation_id for each in lawful if not each.confirmed}
    return Figures(
        cases=len(cases),
        open_cases=sum(each.is_open for each in cases),
        in_window=sum(
            each.opened_on is not None and after < each.opened_on <= on for each in cases
        ),
        violations=sum(each.violations for each in cases),
        owed_cents=sum(each.owed_cents for each in cases),
        repeats=len(confirmed),
        waiting_repeats=len(waiting - confirmed),
    )
