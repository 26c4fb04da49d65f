"""Page a list of what was asked on some days: one way for every book of the counter."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

import sqlalchemy as sa
from flask import request

from cases.desk.lists import COUNTED
from webmap.arguments import day_asked, whole
from webmap.auth.desk import Desk

PAGE = 50
"""Rows on a page."""
SHOWN = timedelta(days=90)
"""How long what was answered stays in a list, unless other days are asked for."""


class Listed(Protocol):
    """Selects one page of what came on some days."""

    def __call__(self, *, first: date, last: date, most: int, skip: int) -> sa.Select[Any]:
        """Select it."""


class Counted(Protocol):
    """Counts what came on some days, up to one more than `COUNTED`."""

    def __call__(self, *, first: date, last: date) -> sa.Select[int]:
        """Count it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list.

    Attributes
    ----------
    first, last
        The days that are listed.
    number, pages
        Which page it is, of how many.
    counted
        How many rows there are in all; `more_than` where they are more.
    begins, ends
        Which of them are on the page.
    """

    rows: list[Any]
    first: date
    last: date
    number: int
    counted: int

    @property
    def more_than(self) -> bool:
        """Whether nobody counted to the end."""
        return self.counted > COUNTED

    @property
    def pages(self) -> int:
        """How many pages the counted rows fill."""
        return max(1, math.ceil(min(self.counted, COUNTED) / PAGE))

    @property
    def begins(self) -> int:
        """The place of the first row in the list, from 1."""
        return (self.number - 1) * PAGE + 1

    @property
    def ends(self) -> int:
        """The place of the last row."""
        return self.begins + len(self.rows) - 1


def page_of(desk: Desk, listed: Listed, counted: Counted) -> Page:
    """Return the page that the address asks for: of the last 90 days, if it names none."""
    last = day_asked(request.args, "last") or desk.today
    first = day_asked(request.args, "first") or last - SHOWN
    number = whole(request.args, "page") or 1
    rows = listed(first=first, last=last, most=PAGE, skip=(number - 1) * PAGE)
    return Page(
        rows=list(desk.rows(rows)), first=first, last=last, number=number,
        counted=desk.connection.execute(counted(first=first, last=last)).scalar_one(),
    )  # fmt: skip
