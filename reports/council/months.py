"""Read the verified cases of a town and count them by month, category and zone."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from cases.business_days import DAY
from cases.exempted import EXEMPT
from cases.models import Case
from cases.phases import Phase
from cases.spans import months_after
from geo.layers import Zone
from reports.answers.answer import Cases
from reports.answers.options import OptionError

_MONTH = re.compile(r"(\d{4})-(\d{2})")
BACK = 12
"""How many months before are shown beside the month."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar, by its first day."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return months_after(self.first, 1) - DAY

    @property
    def key(self) -> str:
        """The month as ``2026-03``."""
        return f"{self.first:%Y-%m}"

    @property
    def words(self) -> str:
        """The month as people write it, ``March 2026``."""
        return f"{self.first:%B %Y}"

    def back(self, months: int) -> "Month":
        """Return the month so many before."""
        return Month(months_after(self.first, -months))

    def holds(self, day: date | None) -> bool:
        """Tell whether a day is of it."""
        return day is not None and self.first <= day <= self.last


def month_asked(said: str | None, *, today: date) -> Month:
    """Read a month; the last whole one where none is asked for.

    Raises
    ------
    OptionError
        It is no month, or is not over.
    """
    this = Month(today.replace(day=1))
    if said is None:
        return this.back(1)
    found = _MONTH.fullmatch(said)
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1900:  # noqa: PLR2004 - a year's months
        msg = f"The month “{said[:20]}” is none: write it as 2026-03."
        raise OptionError(msg, of="month")
    month = Month(date(int(found[1]), int(found[2]), 1))
    if month.first >= this.first:
        msg = f"The month {month.key} is not over: ask for one that is."
        raise OptionError(msg, of="month")
    return month


@dataclass(frozen=True, slots=True)
class Counted:
    """The verified cases of a town.

    Parameters
    ----------
    rows
        ``id``, ``category``, ``zone``, ``opened_on``, ``closed_on``, ``phase``.
    """

    rows: Sequence[sa.Row[Any]]

    def opened(self, month: Month) -> Cases:
        """Return those opened in a month."""
        return self.of(lambda row: month.holds(row.opened_on))

    def closed(self, month: Month) -> Cases:
        """Return those closed in a month, however they ended."""
        return self.of(lambda row: month.holds(row.closed_on))

    def complied(self, month: Month) -> Cases:
        """Return those closed in a month because what was wrong was corrected."""
        return self.of(lambda row: month.holds(row.closed_on) and row.phase == Phase.COMPLIED)

    def open_at(self, day: date) -> Cases:
        """Return those that were open at the end of a day, by the days on record."""
        return self.of(
            lambda row: (
                row.opened_on is not None
                and row.opened_on <= day
                and (row.closed_on is None or row.closed_on > day)
                and (row.closed_on is not None or row.phase not in _ENDED)
            )
        )

    def of(self, which: Callable[[sa.Row[Any]], bool]) -> Cases:
        """Return the cases of which something holds."""
        return Cases(row.id for row in self.rows if which(row))

    def among(self, ids: Cases) -> Iterator[sa.Row[Any]]:
        """Yield the rows of some cases."""
        chosen = set(ids.ids)
        return (row for row in self.rows if row.id in chosen)


_ENDED = frozenset({Phase.COMPLIED, Phase.CLOSED})


def count(connection: sa.Connection, *, zone: str | None, outside: bool) -> Counted:
    """Read the verified cases.

    Parameters
    ----------
    zone
        Only those in the officer's zone of this code.
    outside
        Without those in exempt places.
    """
    columns: tuple[Any, ...] = (
        Case.id, Case.category, Zone.name.label("zone"), Case.opened_on, Case.closed_on, Case.phase,
    )  # fmt: skip
    query = (
        sa.select(*columns)
        .outerjoin(Zone, sa.and_(Zone.id == Case.zone_id, Zone.kind == "officer"))
        .where(Case.published)
        .order_by(Case.id)
    )
    if zone is not None:
        query = query.where(Zone.code == zone)
    if outside:
        query = query.where(~EXEMPT)
    return Counted(connection.execute(query).all())


def grouped(rows: Iterable[sa.Row[Any]], by: str) -> dict[str, Cases]:
    """Return cases by a column, those of most cases first."""
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(getattr(row, by) or "none", []).append(row.id)
    in_order = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    return {name: Cases(ids) for name, ids in in_order}
