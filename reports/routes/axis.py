"""Press the days into the seconds the search reckons with: no midnight, and no lunch.

Day k of a problem begins at 86,400 k. The search knows no lunch: each day is shortened by it, what
is fixed after the lunch is moved that much earlier, and the clock (`timing`) puts the lunch back
where it fits best. An officer who has none on a day when others do loses that time here; `settle`
fills it again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reports.routes.openings import DAY_SECONDS, Opening
from reports.routes.problem import Lunch, Shift


@dataclass(frozen=True)
class Axis:
    """The seconds the search reckons with.

    Attributes
    ----------
    first
        The day that begins at 0.
    lunches
        The longest lunch of each day that has one.
    """

    first: date
    lunches: dict[date, Lunch]

    def shift(self, shift: Shift) -> tuple[int, int]:
        """Return when a shift starts and ends, its overtime left out."""
        start, end = self._pressed(shift.day, shift.start), self._pressed(shift.day, shift.end)
        return self._on(shift.day, start), self._on(shift.day, max(start, end))

    def window(self, day: date, opening: Opening) -> Opening:
        """Return when a visit may begin."""
        earliest, latest = opening
        lunch = self.lunches.get(day)
        if lunch is None:
            return self._on(day, earliest), self._on(day, latest)
        begin, close = self._pressed(day, earliest), self._pressed(day, latest)
        # A window around the lunch is pressed from its end alone, unless nothing remained of it.
        return self._on(day, begin), self._on(day, max(begin, close))

    def _pressed(self, day: date, seconds: int) -> int:
        lunch = self.lunches.get(day)
        if lunch is None or seconds < lunch.earliest + lunch.seconds:
            return seconds
        return seconds - lunch.seconds

    def _on(self, day: date, seconds: int) -> int:
        return (day - self.first).days * DAY_SECONDS + seconds


def axis_of(shifts: Iterable[Shift], *, first: date) -> Axis:
    """Return the axis of some shifts."""
    lunches: dict[date, Lunch] = {}
    for shift in shifts:
        lunch = shift.lunch
        if lunch is None or shift.start > lunch.latest or shift.end <= lunch.latest:
            continue
        known = lunches.get(shift.day)
        if known is None or lunch.seconds > known.seconds:
            lunches[shift.day] = lunch
    return Axis(first, lunches)
