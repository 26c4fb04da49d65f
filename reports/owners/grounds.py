"""Say in plain words what speaks for two cards being one owner's, or one landlord's.

The weights order what a person looks at first. They are no probabilities: how often a shared box
means one landlord differs from town to town, and nobody knows it. What many share weighs less.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from cases.owners.likeness import Alike, name_likeness
from cases.owners.names import read_name
from reports.owners.buckets import LEAST_LETTERS, MOST_BEARING
from reports.owners.cards import Card
from reports.owners.joining import REGISTERED
from reports.owners.traits import Census, Traits, core

PAIR = 2
"""The two that are held together; how many others share a thing is counted beyond them."""
MOST_SLIPS = 2
"""In the spelling of one door's street and city."""


class Ground(StrEnum):
    """What two cards have in common; those of `cases.owners.likeness.Alike` are of the name.

    A place of two people is a home: a family's, or that of whoever takes in another's letters.
    """

    NAME = "name"
    KIND_DIFFERS = "kind_differs"
    ONE_WORD_MORE = "one_word_more"
    WORDS_MORE = "words_more"
    SHORTENED = "shortened"
    SPELLING = "spelling"
    ROW = "row"
    RARE_WORD = "rare_word"
    FAMILY_NAME = "family_name"
    INITIALS = "initials"
    PLACE = "place"
    HOME = "home"
    PLACE_SPELLING = "place_spelling"
    BUILDING = "building"
    SAME_CARE = "same_care"
    CARE_OF_OTHER = "care_of_other"
    SAME_PARCEL = "same_parcel"


WEIGHTS = {
    Ground.NAME: 0.8, Ground.KIND_DIFFERS: 0.5, Ground.ONE_WORD_MORE: 0.35,
    Ground.WORDS_MORE: 0.25, Ground.SHORTENED: 0.3, Ground.SPELLING: 0.45, Ground.ROW: 0.8,
    Ground.RARE_WORD: 0.5, Ground.FAMILY_NAME: 0.2, Ground.INITIALS: 0.3,
    Ground.PLACE: 0.8, Ground.HOME: 0.4, Ground.PLACE_SPELLING: 0.5, Ground.BUILDING: 0.4,
    Ground.SAME_CARE: 0.6, Ground.CARE_OF_OTHER: 0.7, Ground.SAME_PARCEL: 0.3,
}  # fmt: skip
STRONG, FAIR = 0.6, 0.3
"""Chosen on the development registries, where 97, 82 and 29 of 100 such pairs were of one hand."""
OF_THE_NAME = frozenset(Ground(each.value) for each in Alike if each is not Alike.MAILING)
SUPPORTING = frozenset({Ground.SAME_PARCEL, Ground.INITIALS})
"""What says nothing by itself: most lots are sold to strangers, and three letters fit many."""


class Band(StrEnum):
    """How strong a suggestion is, in three steps for whoever reads down a list."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


class Sense(StrEnum):
    """What two cards may be: one owner in law, or two of one landlord."""

    ONE_OWNER = "one_owner"
    ONE_LANDLORD = "one_landlord"


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground, in a sentence that names the fields; what few share weighs more."""

    ground: Ground
    words: str
    weight: float


def reasons(a: Traits, b: Traits, counted: Census) -> tuple[Reason, ...]:
    """List all that speaks for two cards belonging together, what weighs most first.

    What only supports comes last.
    """
    found = [
        *_of_the_names(a, b, counted),
        *_of_the_place(a, b, counted),
        *_of_the_care(a, b, counted),
    ]
    found += _of_the_parcel(a.card, b.card) if found else ()
    return tuple(sorted(found, key=_order))


def _order(reason: Reason) -> tuple[bool, float, str]:
    return reason.ground in SUPPORTING, -reason.weight, reason.ground


def sense(a: Traits, b: Traits, found: tuple[Reason, ...]) -> Sense:
    """Tell what two cards may be: by their names one owner, unless they are of two kinds."""
    by_name = any(reason.ground in OF_THE_NAME for reason in found)
    kinds = set(a.name.kinds), set(b.name.kinds)
    two_companies = all(REGISTERED & each for each in kinds) and kinds[0] != kinds[1]
    one_trust = ("trust" in kinds[0]) != ("trust" in kinds[1])
    man_and_body = a.body != b.body and a.words != b.words
    if by_name and not (two_companies or one_trust or man_and_body):
        return Sense.ONE_OWNER
    return Sense.ONE_LANDLORD


def strength(found: tuple[Reason, ...]) -> float:
    """Combine reasons into one figure below 1, by which suggestions are ordered."""
    doubt = 1.0
    for reason in found:
        doubt *= 1 - reason.weight
    return 1 - doubt


def band(strength: float) -> Band:
    """Tell how strong a suggestion is."""
    return Band.STRONG if strength >= STRONG else Band.FAIR if strength >= FAIR else Band.WEAK


def _shared(ground: Ground, words: str, *, by: int = 2) -> Reason:
    return Reason(ground, words, WEIGHTS[ground] / max(by - 1, 1) ** 0.5)


def _of_the_names(a: Traits, b: Traits, counted: Census) -> Iterator[Reason]:
    if a.card.name_key == b.card.name_key:
        by = counted.names[a.card.name_key]
        yield _shared(Ground.NAME, _same_name(a.card, b.card, by), by=by)
        return
    if alike := name_likeness(a.card.name, b.card.name):
        yield _shared(Ground(alike.alike.value), alike.words)
    elif a.row and a.row == b.row:
        ours, theirs = a.card.name, b.card.name
        said = f"{ours} and {theirs} differ in their number alone, as companies of a row do."
        in_law = "In law they are two."
        yield _shared(Ground.ROW, f"{said} {in_law}")
    else:
        yield from _of_rare_words(a, b, counted)
    yield from _of_initials(a, b)


def _same_name(a: Card, b: Card, by: int) -> str:
    if a.mailing and b.mailing:
        said = f"Both bear the name {a.name}, and letters to them go to two places."
    else:
        said = f"Both bear the name {a.name}, on two parcels."
    count = f"{by - PAIR:,}"
    third = "No third bears it."
    others = f"On record {count} more bear it, so they may be namesakes."
    return f"{said} {third if by == PAIR else others}"


def _of_rare_words(one: Traits, other: Traits, counted: Census) -> Iterator[Reason]:
    at_one_place = one.place is not None and one.place == other.place
    if not (one.body or other.body or at_one_place):
        return
    rare = [word for word in one.telling & other.telling if counted.words[word] <= MOST_BEARING]
    rare.sort(key=lambda word: (counted.words[word], word))
    ground = Ground.RARE_WORD
    if not (one.body and other.body):
        ground, rare = Ground.FAMILY_NAME, [word for word in rare if word not in counted.given]
    for shared in rare[:1]:
        by = counted.words[shared]
        said = f"Both names have the rare word {shared!r}."
        others = f"{by - PAIR:,}"
        told = "No other name has it." if by == PAIR else f"Other names that have it: {others}."
        yield _shared(ground, f"{said} {told}", by=by)


def _of_initials(one: Traits, other: Traits) -> Iterator[Reason]:
    if not (one.body and other.body):
        return
    for short, whole in ((one, other), (other, one)):
        for word in sorted(short.telling - whole.telling):
            if len(word) >= LEAST_LETTERS and whole.letters.startswith(word):
                said = f"{word.upper()!r} are the first letters of the other's name."
                yield _shared(Ground.INITIALS, said)
                return


def _of_the_place(a: Traits, b: Traits, counted: Census) -> Iterator[Reason]:
    if a.place is None or b.place is None or a.building is None or b.building is None:
        return
    ours, theirs = a.card.mailing, b.card.mailing
    if a.place == b.place:
        by = counted.places[a.place]
        said = f"Letters to both go to {ours}."
        ground = Ground.PLACE if a.body or b.body else Ground.HOME
        yield _shared(ground, f"{said} {_so_do(by)}", by=by)
    elif a.building == b.building:
        by = counted.buildings[a.building]
        said = f"Letters to both go to one building, {ours} and {theirs}."
        yield _shared(Ground.BUILDING, f"{said} {_so_do(by)}", by=by)
    elif a.door and a.door == b.door:
        slips = OSA.distance(a.building, b.building)
        if slips <= MOST_SLIPS:
            said = f"The places for letters are spelled almost alike, {ours} and {theirs}."
            yield _shared(Ground.PLACE_SPELLING, said)


def _so_do(by: int) -> str:
    if by == PAIR:
        return "Nobody else's letters do."
    if by == PAIR + 1:
        return "So do those of one other owner."
    others = f"{by - PAIR:,}"
    if by <= PAIR + MOST_BEARING:
        return f"So do those of {others} other owners."
    return f"So do those of {others} other owners, so it says little."


def _of_the_care(a: Traits, b: Traits, counted: Census) -> Iterator[Reason]:
    if a.care and a.care == b.care and a.building != b.building:
        by, care = counted.cares[a.care], a.care.upper()
        said = f"Letters to both go in care of {care}."
        yield _shared(Ground.SAME_CARE, f"{said} {_so_do(by)}", by=by)
    for kept, keeper in ((a, b), (b, a)):
        asked = set(core(read_name(kept.care))) if kept.care else set()
        if len(asked) > 1 and asked <= set(keeper.core):
            by = counted.cares[kept.care or ""] + 1
            said = f"Letters to {kept.card.name} go in care of {keeper.card.name}."
            yield _shared(Ground.CARE_OF_OTHER, f"{said} {_so_do(by)}", by=by)


def _of_the_parcel(a: Card, b: Card) -> Iterator[Reason]:
    ours = {r.party.parcel_no for r in a.records} & {r.party.parcel_no for r in b.records}
    for parcel_no in sorted(filter(None, ours))[:1]:
        yield _shared(Ground.SAME_PARCEL, f"Both stand on record for parcel {parcel_no}.")
