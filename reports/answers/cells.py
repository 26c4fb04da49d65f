"""Write a value by its kind for people; how a language writes them is handed in.

Pages use it too, so it loads nothing heavy.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from cases.money import write_cents
from reports.answers.answer import Cell, Column, Figure, Kind, Row, Table

_MOST_DECIMALS = 2
_SMALL = 10
_SIGNIFICANT = 3
_FAINTEST_CHANCE = 0.001
_TIMES = frozenset({Kind.DAYS, Kind.HOURS, Kind.MINUTES})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


def _grouped(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}"


def _dollars(dollars: int) -> str:
    return f"{'-' if dollars < 0 else ''}${abs(dollars):,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a language writes values.

    Parameters
    ----------
    number
        Writes a number with so many decimals.
    day, month
        Write a day, and the month of one for the axis of a chart.
    cents, dollars
        Write money, and whole dollars for the axis of a chart.
    share
        A percentage, around its number.
    units
        By kind, the unit alone, around one and around many.
    between, at_most, at_least
        What stands in brackets behind a value: its interval.
    below, above
        What is too near to nothing, or to one, for its decimals.
    yes, no
        The two answers there are.
    """

    number: Callable[[float, int], str] = _grouped
    day: Callable[[date], str] = date.isoformat
    month: Callable[[date], str] = "{:%b %Y}".format
    cents: Callable[[int], str] = write_cents
    dollars: Callable[[int], str] = _dollars
    share: str = "{}%"
    units: Mapping[Kind, tuple[str, str, str]] = MappingProxyType({
        Kind.DAYS: ("days", "{} day", "{} days"),
        Kind.HOURS: ("hours", "{} hour", "{} hours"),
        Kind.MINUTES: ("minutes", "{} minute", "{} minutes"),
    })  # fmt: skip
    between: str = "{low} to {high}"
    at_most: str = "up to {high}"
    at_least: str = "{low} or more"
    below: str = "< {}"
    above: str = "> {}"
    yes: str = "yes"
    no: str = "no"

    def in_one(self) -> "Manner":
        """Return the same with no break inside an interval or beside a sign: for narrow columns."""
        kept = ("between", "at_most", "at_least", "below", "above", "share")
        together = {name: getattr(self, name).replace(" ", "\N{NO-BREAK SPACE}") for name in kept}
        return replace(self, **together)


ENGLISH = Manner()


def write(
    value: Cell, kind: Kind, *, manner: Manner = ENGLISH, decimals: int | None = None
) -> str:  # fmt: skip
    """Write a value with its unit: ``1,204``, ``12.5%``, ``$1,200.50``, ``3 days``, ``< 0.001``.

    What is unknown is "". Without `decimals` a number has as many as it needs, two at the most,
    and more where it is small.
    """
    bare = write_bare(value, kind, manner=manner, decimals=decimals)
    if kind not in _TIMES or not bare:
        return bare
    _unit, one, many = manner.units[kind]
    return (one if value == 1 else many).format(bare)


def write_bare(
    value: Cell, kind: Kind, *, manner: Manner = ENGLISH, decimals: int | None = None
) -> str:  # fmt: skip
    """Write a value as a column does whose heading names the unit (`heading`)."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return manner.yes if value else manner.no
    if isinstance(value, date):
        return manner.month(value) if kind is Kind.MONTH else manner.day(value)
    if isinstance(value, str):
        return plain(value)
    return _number(value, kind, manner, decimals)


def _number(value: float, kind: Kind, manner: Manner, decimals: int | None) -> str:
    match kind:
        case Kind.CENTS:
            return manner.cents(round(value))
        case Kind.CHANCE:
            return _chance(value, manner)
    if decimals is None:
        decimals = decimals_for([value], kind)
    if kind is Kind.SHARE:
        return manner.share.format(manner.number(100 * value, decimals))
    return manner.number(value, decimals)


def _chance(value: float, manner: Manner) -> str:
    if value < _FAINTEST_CHANCE:
        return manner.below.format(manner.number(_FAINTEST_CHANCE, 3))
    if 1 - _FAINTEST_CHANCE < value < 1:
        return manner.above.format(manner.number(1 - _FAINTEST_CHANCE, 3))
    return manner.number(value, 3)


def decimals_for(values: Iterable[Cell], kind: Kind) -> int:
    """Return how many decimals the numbers of a column have, so that they stand under another."""
    scale = 100 if kind is Kind.SHARE else 1
    numbers = [
        round(abs(each) * scale, 9)
        for each in values
        if isinstance(each, int | float) and math.isfinite(each)
    ]
    largest = max(numbers, default=0)
    if kind is Kind.COUNT or all(each == round(each) for each in numbers):
        return 0
    if largest < 1 and kind in {Kind.NUMBER, Kind.SHARE}:
        return _SIGNIFICANT - 1 - math.floor(math.log10(largest))
    return _MOST_DECIMALS if kind is Kind.NUMBER and largest < _SMALL else 1


def write_between(
    value: Cell, kind: Kind, low: Cell, high: Cell, *, manner: Manner = ENGLISH,
    bare: bool = False, decimals: int | None = None,
) -> str:  # fmt: skip
    """Write a value with the interval around it: ``12 (8 to 17)``; either end may be open.

    Parameters
    ----------
    bare
        Without the unit, as `write_bare`.
    """
    if decimals is None:
        decimals = decimals_for((value, low, high), kind)
    said = (write_bare if bare else write)(value, kind, manner=manner, decimals=decimals)
    ends = {
        name: write_bare(each, kind, manner=manner, decimals=decimals)
        for name, each in (("low", low), ("high", high))
    }
    within = _within(manner, **ends)
    return f"{said} ({within})" if said and within else said


def _within(manner: Manner, *, low: str, high: str) -> str:
    if low and high:
        return manner.between.format(low=low, high=high)
    if low:
        return manner.at_least.format(low=low)
    return manner.at_most.format(high=high) if high else ""


def write_figure(figure: Figure, *, manner: Manner = ENGLISH) -> str:
    """Write a figure's value, with its interval where it is estimated."""
    return write_between(figure.value, figure.kind, figure.low, figure.high, manner=manner)


def heading(column: Column, *, manner: Manner = ENGLISH) -> str:
    """Return the words over a column, with the unit where they do not name it themselves."""
    if column.kind not in _TIMES:
        return plain(column.words)
    unit = manner.units[column.kind][0]
    said = plain(column.words)
    return said if unit.casefold() in said.casefold() else f"{said} ({unit})"


def shown_columns(table: Table) -> list[Column]:
    """Return the columns people are shown: no ends of intervals, and none without any value."""
    ends = {end for each in table.columns for end in (each.low, each.high) if end}
    return [
        each
        for each in table.columns
        if each.key not in ends
        and (not table.rows or any(row.cells[each.key] is not None for row in table.rows))
    ]


def cell_writer(
    table: Table, *, rows: Sequence[Row] | None = None, manner: Manner = ENGLISH
) -> Callable[[Row, Column], str]:
    """Return what writes the cells of a table, those of a column with as many decimals each.

    Parameters
    ----------
    rows
        Those that are shown; all of them where None.
    """
    shown = table.rows if rows is None else rows
    decimals = {
        column.key: decimals_for(
            (row.cells[key] for row in shown for key in (column.key, column.low, column.high)
             if key),
            column.kind,
        )
        for column in table.columns
    }  # fmt: skip

    def written(row: Row, column: Column) -> str:
        low, high = (row.cells[end] if end else None for end in (column.low, column.high))
        return write_between(
            row.cells[column.key], column.kind, low, high, manner=manner, bare=True,
            decimals=decimals[column.key],
        )  # fmt: skip

    return written


def plain(text: str) -> str:
    """Return text as one line of signs that every page and paper can bear."""
    return _CONTROLS.sub(" ", text)
