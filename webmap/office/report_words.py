"""Put the values of a report's answer into words, and say what its figures and cells lead to."""

from collections.abc import Callable, Mapping
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from cases.desk.lists import Filter
from cases.desk.queues import Queue
from reports.answers.answer import Cell, Column, Kind, Row, Table
from webmap.interpreting import say
from webmap.office.asking import Asked
from webmap.words import day, dollars

NONE = "\N{EN DASH}"
SMALLEST = 0.001
"""A smaller chance is told as smaller than this."""


def cell(value: Cell, kind: str) -> str:
    """Write a value as its kind is written; a dash for what is unknown."""
    if value is None or value == "":
        return NONE
    if isinstance(value, date):
        return day(value)
    if isinstance(value, str):
        return say(value)
    return _WRITERS[Kind(kind)](float(value))


def between(low: float, high: float, kind: str) -> str:
    """Write an interval: ``8 to 17``."""
    return str(_("%(low)s to %(high)s", low=cell(low, kind), high=cell(high, kind)))


def _share(value: float) -> str:
    return f"{100 * value:,.1f} %".replace(".0 %", " %")


def _chance(value: float) -> str:
    return f"< {SMALLEST}" if value < SMALLEST else f"{value:.3f}"


def _plain(value: float) -> str:
    """Write a number with as many digits as say something."""
    size = abs(value)
    if value == round(value) or size >= 100:  # noqa: PLR2004 - beyond, a tenth says nothing
        return f"{value:,.0f}"
    return f"{value:,.1f}" if size >= 1 else f"{value:.2g}"


def _tenths(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def _days(value: float) -> str:
    return str(ngettext("%(days)s day", "%(days)s days", round(value), days=_tenths(value)))


def _hours(value: float) -> str:
    return str(ngettext("%(hours)s hour", "%(hours)s hours", round(value), hours=_tenths(value)))


_WRITERS: Mapping[Kind, Callable[[float], str]] = {
    Kind.COUNT: lambda value: f"{value:,.0f}",
    Kind.NUMBER: _plain,
    Kind.SHARE: _share,
    Kind.CHANCE: _chance,
    Kind.CENTS: lambda value: dollars(round(value)),
    Kind.DAYS: _days,
    Kind.HOURS: _hours,
    Kind.MINUTES: lambda value: str(_("%(minutes)s min", minutes=f"{value:,.0f}")),
}


def cases_link(run_id: int, name: str) -> str:
    """Return the address of the list of exactly the cases that a figure counts."""
    return Asked(Filter(queue=Queue.EVERY, counted=(run_id, name))).link()


def page_of(row: Row, column: str) -> str | None:
    """Return the address of what a cell names; None where it names nothing with a page."""
    of = row.of.get(column)
    if of is None:
        return None
    kind, what = of
    return _PAGES[kind](what)


_PAGES: Mapping[str, Callable[[int | str], str]] = {
    "parcel": lambda what: url_for("office.parcel", parcel_no=what),
    "case": lambda what: url_for("office.case", number=what),
}


def shown_columns(table: Table) -> list[Column]:
    """Return the columns that a page shows: no bound of an interval, and none that is empty."""
    bounds = {key for each in table.columns for key in (each.low, each.high)}
    return [
        each
        for each in table.columns
        if each.key not in bounds and any(row.cells[each.key] is not None for row in table.rows)
    ]
