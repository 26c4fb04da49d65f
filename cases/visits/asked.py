"""Say what a route plan is asked to be of, and refuse what cannot be planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.business_days import DAY, TownCalendar
from cases.visits.planned import VisitsError

MOST_DAYS = 10
MOST_SECONDS = 600
MOST_STOPS = 200
MOST_SEED = 2**31 - 1


class AskedError(VisitsError):
    """A plan is asked for that cannot be made.

    Attributes
    ----------
    of
        The name of what is wrong, as forms have it: ``days``.
    """

    def __init__(self, message: str, *, of: str) -> None:
        super().__init__(message)
        self.of = of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a plan is to be of.

    Parameters
    ----------
    first
        The first day, in the town's calendar.
    days
        How many days: the first, and those after it that the town works.
    zone_ids
        Only what lies in these officers' zones, and only their officers; None for the whole town.
    seconds
        How long to search, by the clock.
    iterations
        How many rounds to search instead: the same town, seed and rounds give the same plan.
    fair_margin
        How far above the even share of the work a day may be before it costs, as a share (0.1: a
        tenth); None lets the work fall where it is driven shortest.
    max_stops
        The most stops of one officer's day.
    """

    first: date
    days: int = 1
    zone_ids: tuple[int, ...] | None = None
    seconds: float = 20
    iterations: int | None = None
    seed: int = 0
    fair_margin: float | None = None
    max_stops: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is too little or too much.

        Raises
        ------
        AskedError
            Something is.
        """
        _within("days", self.days, 1, MOST_DAYS, "Plan 1 to 10 days at once.")
        _within("seconds", self.seconds, 1, MOST_SECONDS, "Search for 1 to 600 seconds.")
        _within("iterations", self.iterations, 1, 10_000_000, "Search 1 to 10,000,000 rounds.")
        _within("seed", self.seed, 0, MOST_SEED, "Give a seed of 0 or more.")
        _within("fair_margin", self.fair_margin, 0, 1, "Give a margin of 0 to 100 percent.")
        _within("max_stops", self.max_stops, 1, MOST_STOPS, "Give 1 to 200 stops a day.")
        if self.zone_ids is not None and not self.zone_ids:
            msg = "Choose a zone, or the whole town."
            raise AskedError(msg, of="zone_ids")

    def last(self, calendar: TownCalendar) -> date:
        """Return the last day planned."""
        last = self.first
        for _ in range(self.days - 1):
            last = calendar.next_worked(last + DAY)
        return last

    def told(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "first": self.first.isoformat(), "days": self.days,
            "zone_ids": None if self.zone_ids is None else [*self.zone_ids],
            "seconds": self.seconds, "iterations": self.iterations, "seed": self.seed,
            "fair_margin": self.fair_margin, "max_stops": self.max_stops,
        }  # fmt: skip

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Asked":
        """Return what `told` has written."""
        zones = told["zone_ids"]
        return cls(
            **{
                **told, "first": date.fromisoformat(told["first"]),
                "zone_ids": None if zones is None else tuple(zones),
            }
        )  # fmt: skip


def _within(of: str, value: float | None, least: float, most: float, words: str) -> None:
    if value is not None and not least <= value <= most:
        raise AskedError(words, of=of)
