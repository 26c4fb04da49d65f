"""Design a whole town on paper: its ground, its people, its zones and what befalls its lots."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from data.town import people, plat, zones
from data.town.errors import TownError
from data.town.people import Holding
from data.town.plat import Plat
from data.town.years import Case, tell
from data.town.zones import Zone


@dataclass(frozen=True, slots=True)
class Design:
    """
    A town on paper, with its years.

    Attributes
    ----------
    plat, holdings
        The lots, and who owns each.
    zones
        Every zone drawn.
    fates
        What befalls its lots, by the day found.
    until
        The last day of the history; some fates go on after it.
    seed
        What it came of.
    """

    plat: Plat
    holdings: list[Holding]
    zones: list[Zone]
    fates: list[Case]
    until: date
    seed: int

    def dice(self, part: int) -> np.random.Generator:
        """Give one part of the town dice of its own, so that it may change and others stay."""
        return _dice(self.seed, part)


def design(*, parcels: int, years: int, seed: int, until: date) -> Design:
    """
    Design a town.

    Parameters
    ----------
    parcels
        Least number of parcels.
    years
        How many years of cases.
    seed
        The same arguments give the same town.
    until
        Last day of the history; some cases are open then, and some overdue.

    Raises
    ------
    TownError
        If the town would be too small, or without a year of history.
    """
    if years < 1:
        msg = f"A history of {years} years is none: ask for 1 or more."
        raise TownError(msg)
    paper = plat.lay(parcels=parcels, seed=seed)
    holdings = people.settle(_dice(seed, 2), paper)
    return Design(
        plat=paper,
        holdings=holdings,
        zones=zones.draw(_dice(seed, 3), paper),
        fates=tell(_dice(seed, 4), paper, holdings, years=years, until=until),
        until=until,
        seed=seed,
    )


def _dice(seed: int, part: int) -> np.random.Generator:
    return np.random.default_rng([seed, part])
