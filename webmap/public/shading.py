"""Part a figure of zones into a few classes, whose limits people can read, for a map to shade."""

from collections.abc import Iterable
from dataclasses import dataclass

CLASSES = 5
"""Shades that an eye tells apart on a map; `data/look/shades.json` has one of each."""
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Shade:
    """One class of a figure: all from ``low`` to ``high``, both of them within.

    Parameters
    ----------
    at
        Which it is, the lowest first, from 0.
    """

    at: int
    low: int
    high: int


def shades_of(values: Iterable[int | None]) -> list[Shade]:
    """Return classes of the same width that hold all values, from 0 up; none where there is none.

    The same width, so that a zone twice as dark has about twice as much. What is None has no
    class.
    """
    known = [value for value in values if value is not None]
    if not known:
        return []
    width, most = _width(max(known)), max(known)
    return [Shade(at, at * width, (at + 1) * width - 1) for at in range(most // width + 1)]


def shade_at(value: int | None, shades: Iterable[Shade]) -> Shade | None:
    """Return the class that holds a value."""
    if value is None:
        return None
    return next((each for each in shades if each.low <= value <= each.high), None)


def _width(most: int) -> int:
    """Return the least round number of which `CLASSES` reach over the greatest value."""
    tens = 1
    while True:
        for step in _STEPS:
            if step * tens * CLASSES > most:
                return step * tens
        tens *= 10
