"""Name companies: in a row, by one stem, by a lot, by initials, by the owner, or by nothing."""

import numpy as np

from data.town.landlords import wording
from data.town.landlords.persons import Company, Human, human
from data.town.words import STREETS

OF_ONE_NAME = 0.008
"""Of companies, the share that bears the name of another company: one of another state."""
STRAYS = 0.2
"""Of a landlord's companies, the share that is named in another way than the rest."""
KINDS, KIND_SHARES = ("LLC", "Inc", "Corp", "LP"), (0.82, 0.1, 0.05, 0.03)

type Named = tuple[Company, str]
"""A company, and the word of its name by which those of one landlord are known."""


class Names:
    """Name the companies of one registry, no two alike but for those of another state."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._given: list[Named] = []

    def stem(self) -> str:
        """Draw the first words of a name: of a stock of them, a surname, or two."""
        draw = self._rng.random()
        if draw < 0.5:  # noqa: PLR2004 - half of a stock
            return str(self._rng.choice(wording.STEMS))
        if draw < 0.8:  # noqa: PLR2004
            return human(self._rng).last
        return f"{human(self._rng).last} & {human(self._rng).last}"

    def alone(self) -> Named:
        """Name a company that belongs to no web."""
        if self._given and self._rng.random() < OF_ONE_NAME:
            return self._given[int(self._rng.integers(len(self._given)))]
        if self._rng.random() < 0.25:  # noqa: PLR2004
            return self._for_a_lot()
        return self._new(self.stem())

    def small(self, who: Human) -> Named:
        """Name the one company of somebody with a few houses."""
        return self._new(who.last) if self._rng.random() < 0.3 else self.alone()  # noqa: PLR2004

    def web(self, who: Human, *, count: int) -> list[Named]:
        """Name a landlord's companies, most of them in one way."""
        style = str(self._rng.choice(["row", "stem", "lots", "initials", "owner", "nothing"]))
        stem = who.last if style == "owner" else self.stem()
        trade = str(self._rng.choice(wording.TRADES))
        numbers = wording.ROMAN if self._rng.random() < 0.6 else tuple(map(str, range(1, 13)))  # noqa: PLR2004
        named = []
        for at in range(count):
            if style == "nothing" or self._rng.random() < STRAYS:
                named.append(self.alone())
            elif style == "row":
                named.append(self._keep(Company(f"{stem} {trade}", numbers[at], "LLC"), stem))
            elif style == "lots":
                named.append(self._for_a_lot())
            elif style == "initials" and at:
                named.append(self._by_initials(stem, trade))
            else:
                named.append(self._new(stem))
        return named

    def _by_initials(self, stem: str, trade: str) -> Named:
        letters = "".join(word[0] for word in f"{stem} {trade}".split() if word[0].isalpha())
        company, _ = self._new(letters.upper())
        return company, stem

    def _for_a_lot(self) -> Named:
        street = str(self._rng.choice(STREETS))
        name = f"{int(self._rng.integers(10, 3000))} {street}"
        return self._keep(Company(name, "", "LLC"), name)

    def _new(self, stem: str) -> Named:
        taken = {(each.stem, each.kind) for each, _ in self._given}
        while True:
            kind = str(self._rng.choice(KINDS, p=KIND_SHARES))
            company = Company(f"{stem} {self._rng.choice(wording.TRADES)}", "", kind)
            if self._rng.random() < 0.1:  # noqa: PLR2004 - some say of where
                company = Company(f"{company.stem} of Laurel County", "", kind)
            if (company.stem, kind) not in taken:
                return self._keep(company, stem)

    def _keep(self, company: Company, mark: str) -> Named:
        self._given.append((company, mark))
        return company, mark
