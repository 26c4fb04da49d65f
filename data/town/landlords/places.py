"""Say where owners get their letters: at home, at an office, in a box, or where many do."""

from dataclasses import dataclass, replace

import numpy as np

from data.town.landlords import wording
from data.town.words import CITIES_AWAY, STREETS, WINDING

TOWN = ("Pelham Cove", "FL", "34998")
AWAY_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Place:
    """
    A place for letters.

    Attributes
    ----------
    number, street, suffix, suite
        Of a building; of a box the number alone, with no street.
    city, state, zip_code
        As on an envelope.
    care
        In whose care letters go there; empty for nobody's.
    """

    number: int
    street: str
    suffix: str
    suite: str
    city: str
    state: str
    zip_code: str
    care: str = ""


def home(rng: np.random.Generator, *, away: float = 0.0) -> Place:
    """Make up a house; out of town with a probability of `away`."""
    street = str(rng.choice((*STREETS, *WINDING)))
    suffix = str(rng.choice(wording.SUFFIXES))
    return Place(int(rng.integers(1, 9900)), street, suffix, "", *_city(rng, away))


def office(rng: np.random.Generator) -> Place:
    """Make up an office with a suite."""
    found = home(rng, away=AWAY_SHARE)
    return replace(found, suite=str(int(rng.integers(100, 990))))


def box(rng: np.random.Generator) -> Place:
    """Make up a post-office box."""
    return Place(int(rng.integers(100, 9900)), "", "", "", *_city(rng, AWAY_SHARE))


def _city(rng: np.random.Generator, away: float) -> tuple[str, str, str]:
    if rng.random() < away:
        return CITIES_AWAY[int(rng.integers(len(CITIES_AWAY)))]
    return TOWN
