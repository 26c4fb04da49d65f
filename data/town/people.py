"""Give every lot an owner with a mailing address, as an assessor's roll shows them."""

from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry import Point

from data.town import words
from data.town.plat import Plat

HOMESTEAD_SHARE = {"single_family": 0.68, "two_family": 0.45}
COMPANY_SHARE = {
    "single_family": 0.07, "two_family": 0.24, "apartments": 0.72, "commercial": 0.7,
    "industrial": 0.85, "vacant": 0.3,
}  # fmt: skip
LANDLORD_SHARE = 0.021
BANK_SHARE = 0.005
AWAY_SHARE = 0.4
SEVERAL_SHARE = 0.25
"""Of private owners who live elsewhere, the share that own another lot in town already."""
PUBLIC_USES = frozenset({"park", "cemetery", "school", "hospital"})


@dataclass(frozen=True, slots=True)
class Owner:
    """
    An owner on the roll.

    Attributes
    ----------
    name, line, city, state, zip_code
        As printed on the roll.
    kind
        person, company, landlord, bank or public: known to the generator, written to no file.
    """

    name: str
    line: str
    city: str
    state: str
    zip_code: str
    kind: str


@dataclass(frozen=True, slots=True)
class Holding:
    """Who owns a lot, and whether it is the owner's homestead."""

    owner: Owner
    homestead: bool


def settle(rng: np.random.Generator, plat: Plat) -> list[Holding]:
    """
    Give every lot an owner.

    Parameters
    ----------
    rng
        Source of names and choices; advanced by this call.
    plat
        The town on paper.

    Returns
    -------
    list of Holding
        One a lot, in the plat's order.
    """
    town = _Town(rng, plat)
    return [town.holding(at) for at in range(len(plat.lots))]


class _Town:
    """Draw owners for one town: the landlord's companies, the bank, the town and everyone else."""

    def __init__(self, rng: np.random.Generator, plat: Plat) -> None:
        self._rng = rng
        self._plat = plat
        self._landlord = _landlord(rng, plat.name)
        self._private: list[Owner] = []
        centre = Point(plat.terrain.centre)
        away = np.array([shapely.distance(lot.shape, centre) for lot in plat.lots])
        self._away = away / plat.terrain.side
        self._quarter = [plat.blocks[lot.block].style.name for lot in plat.lots]

    def holding(self, at: int) -> Holding:
        use = self._plat.lots[at].use
        if use in PUBLIC_USES:
            return Holding(self._public(use), homestead=False)
        draw = self._rng.random()
        if use in {"single_family", "two_family", "apartments"}:
            near = 2.2 if self._quarter[at] in {"core", "old"} and self._away[at] < 0.36 else 0.25  # noqa: PLR2004
            if draw < LANDLORD_SHARE * near:
                pick = self._rng.integers(len(self._landlord))
                return Holding(self._landlord[pick], homestead=False)
            if draw > 1 - BANK_SHARE:
                return Holding(self._bank(), homestead=False)
        if self._rng.random() < HOMESTEAD_SHARE.get(use, 0):
            return Holding(self._resident(at), homestead=True)
        return Holding(self._elsewhere(use), homestead=False)

    def _resident(self, at: int) -> Owner:
        front = self._plat.fronts[at]
        return self._local(person(self._rng), f"{front.number} {front.street}", "person")

    def _elsewhere(self, use: str) -> Owner:
        if self._private and self._rng.random() < SEVERAL_SHARE:
            return self._private[int(self._rng.integers(len(self._private)))]
        company = self._rng.random() < COMPANY_SHARE.get(use, 0.2)
        name = _company(self._rng) if company else person(self._rng)
        line = _mail_line(self._rng, self._plat)
        owner = self._local(name, line, "company" if company else "person")
        if self._rng.random() < AWAY_SHARE:
            pick = self._rng.integers(len(words.CITIES_AWAY))
            city, state, zip_code = words.CITIES_AWAY[pick]
            owner = replace(owner, city=city, state=state, zip_code=zip_code)
        self._private.append(owner)
        return owner

    def _public(self, use: str) -> Owner:
        if use == "school":
            return self._local("Laurel County School Board", "500 School Board Plz", "public")
        if use == "hospital":
            return self._local("Laurel County Hospital District", "1 Hospital Dr", "public")
        return self._local(f"Town of {self._plat.name}", "100 Main St", "public")

    def _bank(self) -> Owner:
        return Owner(
            "First Coastal Bank NA", "PO Box 40120 REO Dept", "Jacksonville", "FL", "32202", "bank"
        )

    def _local(self, name: str, line: str, kind: str) -> Owner:
        return Owner(name, line, self._plat.name, "FL", ZIP_CODE, kind)


ZIP_CODE = "34998"


def _landlord(rng: np.random.Generator, town: str) -> list[Owner]:
    """Make one landlord's companies: alike in name or in address, never said to be one."""
    stem = str(rng.choice(["Cormorant", "Saltmarsh", "Ironwood", "Blackwater"]))
    initials = stem[0] + "PH"
    names = [
        *(f"{stem} Property Homes {roman} LLC" for roman in ("I", "II", "III", "IV")),
        f"{stem} Rentals LLC",
        f"{initials} Residential LLC",
        f"{initials} Holdings of {town} LLC",
        "Third Shore Equities LLC",
    ]
    shared = f"{int(rng.integers(12, 60)) * 100} Coast Hwy Ste {int(rng.integers(200, 420))}"
    box = f"PO Box {int(rng.integers(1000, 9900))}"
    return [
        Owner(name, box if at in {4, 7} else shared, town, "FL", ZIP_CODE, "landlord")
        for at, name in enumerate(names)
    ]


def person(rng: np.random.Generator) -> str:
    """Return a name as rolls and letters print it; now and then a couple's or a trust's."""
    first, second = (str(rng.choice(words.FIRST_NAMES)) for _ in range(2))
    last = str(rng.choice(words.LAST_NAMES))
    initial = "ABCDEFGHJKLMNPRSTVW"[int(rng.integers(19))]
    if rng.random() < 0.36 and first != second:  # noqa: PLR2004 - a share of couples
        return f"{last}, {first} {initial} & {second}"
    return f"{last}, {first} {initial}" if rng.random() < 0.95 else f"{last} Family Trust"  # noqa: PLR2004


def _company(rng: np.random.Generator) -> str:
    if rng.random() < 0.25:  # noqa: PLR2004 - a share named for a lot
        number, tree = int(rng.integers(100, 990)), str(rng.choice(words.STREETS))
        return f"{number} {tree} LLC"
    return f"{rng.choice(words.COMPANY_FIRST)} {rng.choice(words.COMPANY_SECOND)}"


def _mail_line(rng: np.random.Generator, plat: Plat) -> str:
    if rng.random() < 0.3:  # noqa: PLR2004 - a share with a post office box
        return f"PO Box {int(rng.integers(100, 9999))}"
    front = plat.fronts[int(rng.integers(len(plat.fronts)))]
    return f"{front.number} {front.street}"
