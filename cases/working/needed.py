"""Keep what a certification is needed for: kinds of visit, and all that is done in kinds of case.

A visit needs each certification that its own kind needs, or its case's kind.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import sqlalchemy as sa

from cases.actors import Actor, Moment
from cases.models import CertificationNeed
from cases.visiting.kinds import Kind
from cases.wording import tidy
from cases.working.reading import certifications
from cases.working.recording import permit, take_turn, tell
from cases.working.terms import WorkingError

LONGEST_CATEGORY = 200


class Sort(StrEnum):
    """Of what a certification is needed for a kind."""

    VISIT = "visit"
    CASE = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What one certification is needed for.

    Attributes
    ----------
    kinds
        Of visits, whatever the case.
    categories
        Of cases, whatever the visit.
    """

    kinds: frozenset[Kind] = frozenset()
    categories: frozenset[str] = frozenset()

    def told(self) -> dict[str, list[str]]:
        """Return it as JSON."""
        return {"kinds": sorted(map(str, self.kinds)), "categories": sorted(self.categories)}


@dataclass(frozen=True, slots=True)
class Needs:
    """What each certification that is needed for anything is needed for, by its name."""

    by_code: Mapping[str, Need] = field(default_factory=dict)

    def of(self, kind: Kind, category: str) -> frozenset[str]:
        """Return which certifications a kind of visit needs in a kind of case."""
        return frozenset(
            code
            for code, need in self.by_code.items()
            if kind in need.kinds or category in need.categories
        )


def certification_needs(connection: sa.Connection) -> Needs:
    """Return what the certifications of the town are needed for, by one query."""
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in connection.execute(sa.select(CertificationNeed.__table__)):
        values[row.code][row.sort].add(row.value)
    return Needs({
        code: Need(
            # A kind of visit that the program no longer makes is needed for nothing.
            kinds=frozenset(Kind(each) for each in sorts[Sort.VISIT] & set(Kind)),
            categories=frozenset(sorts[Sort.CASE]),
        )
        for code, sorts in values.items()
    })  # fmt: skip


def say_needed(
    connection: sa.Connection, code: str, need: Need, *, actor: Actor, moment: Moment
) -> bool:
    """Say what a certification is needed for; tells whether anything is changed by it.

    Raises
    ------
    NotYoursToPlanError
        The actor's role plans nobody's work.
    WorkingError
        The town names no such certification, or a kind of case cannot be called so.
    """
    permit(actor)
    take_turn(connection, None)
    if code not in certifications(connection):
        msg = f"The town names no certification {code}: choose one of its list."
        raise WorkingError(msg)
    _refuse_categories(need.categories)
    before = certification_needs(connection).by_code.get(code, Need())
    if need == before:
        return False
    connection.execute(sa.delete(CertificationNeed).where(CertificationNeed.code == code))
    rows = [
        *({"code": code, "sort": Sort.VISIT, "value": each} for each in need.kinds),
        *({"code": code, "sort": Sort.CASE, "value": each} for each in need.categories),
    ]
    if rows:
        connection.execute(sa.insert(CertificationNeed), rows)
    tell(
        connection, "needed", staff_id=None, actor=actor, moment=moment, of=code,
        before=before.told(), after=need.told(),
    )  # fmt: skip
    return True


def _refuse_categories(categories: Collection[str]) -> None:
    for each in categories:
        if each != tidy(each) or len(each) > LONGEST_CATEGORY:
            msg = f"No kind of case is called “{each}”: choose those of the list."
            raise WorkingError(msg, of="categories")
