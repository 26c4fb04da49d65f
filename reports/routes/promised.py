"""Tell of past days what their plans promised, and what happened."""

from dataclasses import asdict, dataclass
from datetime import date
from statistics import median
from typing import Any

import sqlalchemy as sa

from cases.visits.comparing import adopted_days, plans_of_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """An officer's past day.

    Attributes
    ----------
    stops, made, skipped, unsaid
        How many were planned, came to, skipped, and of how many nobody has said anything.
    late_minutes, longer_minutes
        How much later than planned the officer came, and how much longer a stop took, in the
        middle of the stops of which it was said; none where of none.
    drive_minutes
        Of driving, as planned.
    """

    officer: str
    day: date
    stops: int
    made: int
    skipped: int
    unsaid: int
    late_minutes: float | None
    longer_minutes: float | None
    drive_minutes: float

    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {**asdict(self), "day": self.day.isoformat()}


def promised(connection: sa.Connection, on: date) -> list[Promised]:
    """Return what was promised of a day, by the officer's name."""
    return [
        Promised(
            officer=day.plan.officer, day=on, stops=len(day.stops), made=day.made,
            skipped=day.skipped, unsaid=len(day.stops) - day.made - day.skipped,
            late_minutes=_middle(each.late_seconds for each in day.stops),
            longer_minutes=_middle(each.longer_seconds for each in day.stops),
            drive_minutes=round(day.plan.drive_seconds / 60, 1),
        )
        for day in adopted_days(connection, plans_of_day(on))
    ]  # fmt: skip


def _middle(seconds: Any) -> float | None:
    said = [each for each in seconds if each is not None]
    return round(median(said) / 60, 1) if said else None
