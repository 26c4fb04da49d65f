"""Gather what was found of how evenly the code is enforced."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.complaining import Pairs
from reports.courses.reading import Courses
from reports.fairness.areas import Areas
from reports.fairness.origins import Origins, origins_table
from reports.fairness.outcomes import Gaps
from reports.fairness.paces import Paces
from reports.fairness.people import People, people_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that the report rests on.

    Parameters
    ----------
    days
        How old a case must be for what it came to to be compared.
    pairs
        None for people outside the office, who are told nothing of complainants.
    """

    courses: Courses
    areas: Areas
    days: int
    origins: Origins
    gaps: Sequence[Gaps]
    paces: Sequence[Paces]
    pairs: Pairs | None

    @property
    def people(self) -> People | None:
        """What is known of who lives in the areas; None where nothing is."""
        return people_of(self.areas, origins_table(self.origins)) if self.areas else None

    @property
    def told_gaps(self) -> list[Gaps]:
        """The outcomes that any case came to in an area, or so few that it is not told."""
        return [each for each in self.gaps if self.areas and each.did != 0]

    @property
    def told_paces(self) -> list[Paces]:
        """The steps that can be compared, or that so few came to that it is not told."""
        return [each for each in self.paces if self.areas and each.reached != 0]

    @property
    def rates(self) -> list[tuple[str, float]]:
        """The areas whose cases per 100 parcels are told, by name."""
        told = origins_table(self.origins).rows[1:]
        return [
            (str(row.cells["area"]), rate)
            for row in told
            if isinstance(rate := row.cells["rate"], float)
        ]
