"""Count lists of cases, by the tallies kept wherever they tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from cases.desk import lists
from cases.desk.lists import Filter
from cases.models import Case


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases a list holds, and the list."""

    asked: Filter
    cases: int
    cents: int | None = None


def count_all(
    connection: sa.Connection, asked: Mapping[str, Filter], *, on: date
) -> dict[str, Count]:
    """Count many lists at one look."""
    counts = [_counted(each, on=on).label(f"c{at}") for at, each in enumerate(asked.values())]
    found = connection.execute(sa.select(*counts)).one()
    return {name: Count(asked[name], n) for name, n in zip(asked, found, strict=True)}


def _counted(asked: Filter, *, on: date) -> sa.ScalarSelect[int]:
    """Count what is tallied by its tally, and anything else by the conditions of its list."""
    tallied = lists.tallied(asked, on=on)
    if tallied is not None:
        return tallied
    where = lists.conditions(asked, on=on)
    return sa.select(sa.func.count(Case.id)).where(*where).scalar_subquery()
