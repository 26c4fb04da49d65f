"""Say who stands behind which owners: one at home, one with a few houses, one with a web."""

from dataclasses import dataclass, replace

import numpy as np

from data.town.landlords import places
from data.town.landlords.naming import Names
from data.town.landlords.persons import Company, Couple, Human, Person, Trust, human, spouse
from data.town.landlords.places import Place

SHARES = {"at_home": 0.62, "small": 0.22, "one_company": 0.08, "landlord": 0.04, "away": 0.04}
COUPLES, IN_TRUST = 0.36, 0.05
NAMESAKES, SONS = 0.015, 0.015
MOVED = 0.15
AGENTS, MANAGERS = 5, 6
BUSIEST = 1.3
"""How much more the first agent or manager takes in than the last, as an exponent of his rank."""


@dataclass(frozen=True, slots=True)
class Holder:
    """
    An owner in law with all that he owns.

    Attributes
    ----------
    person
        Who it is.
    places
        Where letters went, the latest place first.
    lots
        How many he owns.
    marks
        What a roll may tell of who stands behind: the place, the stem of the name, the surname.
        What an agent or a manager takes in for many is no mark.
    """

    person: Person
    places: tuple[Place, ...]
    lots: int
    marks: frozenset[str]


class Owning:
    """Draw hands for one registry: the agents, the managers and the humans are the same for all."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._names = Names(rng)
        self._agents = [places.office(rng) for _ in range(AGENTS)]
        self._managers = [
            replace(places.office(rng), care=f"{self._names.stem()} Management")
            for _ in range(MANAGERS)
        ]
        self._known: list[tuple[Human, Place]] = []

    def hand(self) -> list[Holder]:
        """Draw whoever stands behind one or more owners."""
        draw = {
            "at_home": self._at_home,
            "small": self._small,
            "one_company": self._one_company,
            "landlord": self._landlord,
            "away": self._away,
        }
        return draw[str(self._rng.choice(list(SHARES), p=list(SHARES.values())))]()

    def _at_home(self) -> list[Holder]:
        who, place = self._somebody()
        person: Person = self._title(who)
        if self._rng.random() < IN_TRUST:
            person = Trust(who, of_family=self._rng.random() < 0.5)  # noqa: PLR2004 - a coin
        return [self._holder(person, place, lots=1)]

    def _away(self) -> list[Holder]:
        who, place = self._somebody(away=0.8)
        if self._rng.random() < 0.6:  # noqa: PLR2004 - most have it managed
            place = self._manager()
        return [self._holder(self._title(who), place, lots=self._some(0.6))]

    def _small(self) -> list[Holder]:
        """One with a few houses in his own name, and perhaps a company or a trust beside."""
        who, place = self._somebody(away=0.2)
        title = self._title(who)
        letters = self._manager() if self._rng.random() < 0.1 else place  # noqa: PLR2004
        held = [self._holder(title, letters, lots=1 + self._some(0.5))]
        if self._rng.random() < 0.15 and title != who:  # noqa: PLR2004 - one bought before he married
            held.append(self._holder(who, place, lots=1))
        if self._rng.random() < 0.35:  # noqa: PLR2004
            at = self._own_place(place)
            held.append(self._company(self._names.small(who), at, lots=self._some(0.6)))
        if self._rng.random() < 0.15:  # noqa: PLR2004
            trust = Trust(who, of_family=self._rng.random() < 0.5)  # noqa: PLR2004 - a coin
            held.append(self._holder(trust, place, lots=1))
        return held

    def _one_company(self) -> list[Holder]:
        draw = self._rng.random()
        place = places.office(self._rng) if draw < 0.45 else places.box(self._rng)  # noqa: PLR2004
        if draw > 0.85:  # noqa: PLR2004
            place = self._agent()
        elif draw > 0.65:  # noqa: PLR2004
            place = self._manager()
        return [self._company(self._names.alone(), place, lots=self._some(0.5))]

    def _landlord(self) -> list[Holder]:
        """One with a web of companies, and most with houses in their own name."""
        who, at_home = self._somebody(away=0.2)
        office = places.office(self._rng)
        if self._rng.random() < 0.4:  # noqa: PLR2004 - letters to his attention
            office = replace(office, care=f"{who.first} {who.last}")
        second = places.box(self._rng) if self._rng.random() < 0.5 else at_home  # noqa: PLR2004
        held = []
        for company in self._names.web(who, count=3 + self._some(0.2, most=9)):
            draw = self._rng.random()
            place = office if draw < 0.8 else second if draw < 0.92 else self._shared()  # noqa: PLR2004
            held.append(self._company(company, place, lots=self._some(0.45)))
        if self._rng.random() < 0.6:  # noqa: PLR2004
            title = self._title(who)
            own = at_home if self._rng.random() < 0.5 else office  # noqa: PLR2004 - a coin
            held.append(self._holder(title, own, lots=self._some(0.5)))
        return held

    def _somebody(self, *, away: float = 0.0) -> tuple[Human, Place]:
        """Make up a human, or a namesake or son of one there is."""
        draw = self._rng.random()
        place = places.home(self._rng, away=away)
        who = human(self._rng)
        if self._known and draw < NAMESAKES:
            who = self._known[int(self._rng.integers(len(self._known)))][0]
        elif self._known and draw < NAMESAKES + SONS:
            father, his = self._known[int(self._rng.integers(len(self._known)))]
            who = replace(father, generation="Jr")
            place = his if self._rng.random() < 0.5 else place  # noqa: PLR2004 - a coin
        self._known.append((who, place))
        return who, place

    def _title(self, who: Human) -> Human | Couple:
        return spouse(self._rng, who) if self._rng.random() < COUPLES else who

    def _own_place(self, at_home: Place) -> Place:
        draw = self._rng.random()
        if draw < 0.7:  # noqa: PLR2004
            return at_home
        return places.box(self._rng) if draw < 0.9 else self._agent()  # noqa: PLR2004

    def _shared(self) -> Place:
        return self._agent() if self._rng.random() < 0.5 else self._manager()  # noqa: PLR2004 - a coin

    def _agent(self) -> Place:
        return self._one_of(self._agents)

    def _manager(self) -> Place:
        return self._one_of(self._managers)

    def _one_of(self, those: list[Place]) -> Place:
        weight = np.arange(1, len(those) + 1) ** -BUSIEST
        return those[int(self._rng.choice(len(those), p=weight / weight.sum()))]

    def _some(self, end: float, *, most: int = 12) -> int:
        return min(int(self._rng.geometric(end)), most)

    def _company(self, named: tuple[Company, str], place: Place, *, lots: int) -> Holder:
        company, mark = named
        return self._holder(company, place, lots=lots, mark=mark)

    def _holder(self, person: Person, place: Place, *, lots: int, mark: str = "") -> Holder:
        marks = {f"place {place}"} if self._is_own(place) else set()
        if place.care and self._is_own(place):
            marks.add(f"name {place.care.split()[-1]}")
        match person:
            case Human(last=last) | Couple(one=Human(last=last)) | Trust(maker=Human(last=last)):
                marks.add(f"name {last}")
            case Company():
                marks.add(f"name {mark}")
        moved = self._is_own(place) and self._rng.random() < MOVED
        former = (places.home(self._rng, away=0.2),) if moved else ()
        return Holder(person, (place, *former), lots, frozenset(marks))

    def _is_own(self, place: Place) -> bool:
        return place not in self._agents and place not in self._managers
