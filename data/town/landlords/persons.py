"""Say who may own a lot: a human being, a couple, a company or a trust."""

from dataclasses import dataclass

import numpy as np

from data.town.landlords import wording
from data.town.words import FIRST_NAMES

MIDDLES = "ABCDEFGHJKLMNPRSTVW"
NO_MIDDLE_SHARE = 0.25
COMMONER = 0.45
"""How much oftener the first of the surnames is borne than the last, as an exponent of its rank."""


@dataclass(frozen=True, slots=True)
class Human:
    """A human being; `generation` is Jr, Sr, III or nothing."""

    first: str
    middle: str
    last: str
    generation: str = ""


@dataclass(frozen=True, slots=True)
class Couple:
    """Two who hold title together: one, and the other by the first name."""

    one: Human
    other: str


@dataclass(frozen=True, slots=True)
class Company:
    """A company: "Cormorant Property Homes", its number in a row of them, and its kind."""

    stem: str
    number: str
    kind: str


@dataclass(frozen=True, slots=True)
class Trust:
    """A trust: of a family, or of one who made it, whose name it bears in full."""

    maker: Human
    of_family: bool


type Person = Human | Couple | Company | Trust


def human(rng: np.random.Generator) -> Human:
    """Make up a human being; common surnames are common."""
    rank = np.arange(1, len(wording.SURNAMES) + 1) ** -COMMONER
    last = wording.SURNAMES[rng.choice(len(rank), p=rank / rank.sum())]
    middle = "" if rng.random() < NO_MIDDLE_SHARE else MIDDLES[int(rng.integers(len(MIDDLES)))]
    return Human(str(rng.choice(FIRST_NAMES)), middle, last)


def spouse(rng: np.random.Generator, of: Human) -> Couple:
    """Marry somebody."""
    others = [name for name in FIRST_NAMES if name != of.first]
    return Couple(of, str(rng.choice(others)))
