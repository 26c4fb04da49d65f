"""Take cards apart into what may show that two belong together, and count who shares it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.owners.bodies import is_body
from cases.owners.care import in_care_of
from cases.owners.names import Name, name_key, read_name
from cases.owners.spellings import GENERATIONS
from reports.owners.cards import Card

TRADES = frozenset({
    "and", "apartments", "apts", "asset", "assets", "associates", "association", "bank", "building",
    "builders", "capital", "city", "community", "construction", "county", "dba", "development",
    "developers", "enterprise", "enterprises", "equities", "equity", "estate", "estates", "etux",
    "family", "fund", "global", "group", "holding", "holdings", "home", "homes", "house", "housing",
    "international", "invest", "investment", "investments", "investors", "land", "leasing",
    "living", "management", "mgmt", "mortgage", "national", "of", "partners", "partnership",
    "properties", "property", "real", "realty", "rental", "rentals", "residences", "residential",
    "rev", "revocable", "services", "solutions", "state", "the", "town", "trading", "united", "usa",
    "ux", "venture", "ventures", "village", "vir",
})  # fmt: skip
"""Words of names that say what is done there, and nothing of by whom."""

ROMAN = frozenset({"i", "v", "x"})
_UNIT = re.compile(r" # \S+")
_HOUSE = re.compile(r"^(\d+)\b.*\b(\d{5})$")
_LEADING = re.compile(r"^\W*\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What of a card may be shared.

    Attributes
    ----------
    card
        Whose traits they are.
    name
        Its name taken apart.
    words
        Its words, in alphabetical order.
    core
        Those that are neither initials nor generations: whom "c/o Ann Lee" may mean.
    telling
        Words that say who it is: neither a trade nor a number, at least two letters, and no street
        of a company that is named for a house.
    body
        Whether it is a company or a trust.
    row
        The name without its number, of a body that may be one of a row; None where it has none.
    letters
        The first letters of its words as they are written, kinds left out.
    place, building
        Where letters go, with and without suite.
    door
        House number and ZIP code, by which one place in two spellings is found.
    care
        In whose care letters go, in the one spelling of names.
    """

    card: Card
    name: Name
    words: tuple[str, ...]
    core: tuple[str, ...]
    telling: frozenset[str]
    body: bool
    row: str | None
    letters: str
    place: str | None
    building: str | None
    door: tuple[str, str] | None
    care: str | None


def traits(card: Card) -> Traits:
    """Take a card apart."""
    name = read_name(card.name)
    body = is_body(card.name)
    care = next(filter(None, (in_care_of(record.party) for record in card.records)), None)
    house = _HOUSE.match(card.place or "")
    return Traits(
        card=card,
        name=name,
        words=tuple(sorted(name.words)),
        core=core(name),
        telling=_telling(card.name, name),
        body=body,
        row=_row(card.name, name) if body else None,
        letters=_letters(card.name),
        place=card.place,
        building=_UNIT.sub("", card.place) if card.place else None,
        door=(house[1], house[2]) if house else None,
        care=name_key(care) if care else None,
    )


def _telling(written: str, name: Name) -> frozenset[str]:
    if _LEADING.match(written):
        return frozenset()
    return frozenset(word for word in core(name) if word not in TRADES)


def core(name: Name) -> tuple[str, ...]:
    """List the words of a name that are neither initials nor generations."""
    return tuple(word for word in name.words if len(word) > 1 and word not in GENERATIONS)


@dataclass(frozen=True, slots=True)
class Census:
    """How many cards share a trait, how many names bear a word, and which words are given names.

    A given name is what stands behind the comma oftener than before it: "Vance, Harold".
    """

    names: Counter[str]
    places: Counter[str]
    buildings: Counter[str]
    cares: Counter[str]
    words: Counter[str]
    given: frozenset[str]


def census(each: Sequence[Traits]) -> Census:
    """Count who shares what."""
    by_name = {trait.card.name_key: trait for trait in each}
    return Census(
        names=Counter(trait.card.name_key for trait in each),
        places=_count(trait.place for trait in each),
        buildings=_count(trait.building for trait in each),
        cares=_count(trait.care for trait in each),
        words=Counter(word for trait in by_name.values() for word in trait.telling),
        given=_given_names(trait.card.name for trait in by_name.values() if not trait.body),
    )


def _given_names(names: Iterable[str]) -> frozenset[str]:
    stood: Counter[str] = Counter()
    for name in names:
        last, _, given = name.partition(",")
        stood.update(read_name(given).words)
        stood.subtract(read_name(last).words if given else ())
    return frozenset(word for word, count in stood.items() if count > 0)


def _count(values: Iterable[str | None]) -> Counter[str]:
    return Counter(value for value in values if value)


def _row(written: str, name: Name) -> str | None:
    """Write a name without its number; a number that leads is a house's: "12 Alder LLC".

    A code such as B15M is no number, and of a name that is all trade nothing is left to share.
    """
    if _LEADING.match(written) or not all(number.isdecimal() for number in name.numbers):
        return None
    kept = [word for word in name.words if word not in GENERATIONS and word not in ROMAN]
    counted = name.numbers or len(kept) < len(name.words)
    if not counted or TRADES.issuperset(kept):
        return None
    return " ".join((*kept, *name.kinds))


def _letters(written: str) -> str:
    kinds = set(read_name(written).kinds)
    words = re.findall(r"[^\W\d_]+", written.casefold())
    return "".join(word[0] for word in words if word not in kinds and word != "and")
