"""Count lists of cases, by the tallies kept wherever they tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from cases.desk import lists
from cases.desk.lists import Filter
from cases.desk.passed import REACH, Age
from cases.desk.tallied import Tally, cases_of, queued, within
from cases.models import Case, CaseTally


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
    """Count what is tallied by its tally, and liens and debts by the conditions of their list."""
    if asked.age:
        return cases_of(_aged(asked.age, on=on))
    if asked.opened:
        return cases_of(within(Tally.OPENED, *asked.opened))
    if asked.closed:
        return cases_of(within(Tally(asked.end or Tally.CLOSED), *asked.closed))
    tallied = queued(asked.queue, on=on)
    if tallied is not None:
        return cases_of(tallied)
    where = lists.conditions(asked, on=on)
    return sa.select(sa.func.count(Case.id)).where(*where).scalar_subquery()


def _aged(age: Age, *, on: date) -> sa.ColumnElement[bool]:
    if age is Age.UNKNOWN:
        return sa.and_(within(Tally.OPEN, None, None), CaseTally.on_day.is_(None))
    fewest, most = REACH[age]
    first = None if most is None else on - timedelta(days=most)
    return within(Tally.OPEN, first, on - timedelta(days=fewest) if fewest else date.max)
