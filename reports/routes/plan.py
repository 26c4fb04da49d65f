"""Hold a finished plan: who is visited when, how one drives there, and what was left."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from shapely import LineString

from geo.streets.travel import Step
from reports.routes.problem import Place, Shift, Stop


class LeftReason(StrEnum):
    """Why a stop is not in the plan."""

    OFF_STREETS = "off_streets"
    UNREACHABLE = "unreachable"
    LESS_PRESSING = "less_pressing"
    OTHER_DAYS = "other_days"
    CONTRADICTORY = "contradictory"
    NO_DAYLIGHT = "no_daylight"
    NO_OFFICER = "no_officer"
    NO_CERTIFIED = "no_certified"
    NO_ZONE = "no_zone"
    NO_SECOND_OFFICER = "no_second_officer"
    NO_FIT = "no_fit"
    MOST_STOPS = "most_stops"
    NOT_WORTH = "not_worth"
    NO_TIME = "no_time"


REASONS = {
    LeftReason.OFF_STREETS: "is too far from any street",
    LeftReason.UNREACHABLE: "cannot be driven to and back from",
    LeftReason.LESS_PRESSING: "is less pressing, or farther, than those considered",
    LeftReason.OTHER_DAYS: "may not be visited on the days planned",
    LeftReason.CONTRADICTORY: "has days or hours that exclude each other",
    LeftReason.NO_DAYLIGHT: "needs daylight, and its hours have none",
    LeftReason.NO_OFFICER: "finds no officer on shift on its days",
    LeftReason.NO_CERTIFIED: "needs a certification that no officer on shift then holds",
    LeftReason.NO_ZONE: "lies in a zone that no officer on shift then serves",
    LeftReason.NO_SECOND_OFFICER: "needs two officers, and two could not meet there",
    LeftReason.NO_FIT: "would not fit into a shift even alone",
    LeftReason.MOST_STOPS: "finds every day full of as many stops as are allowed",
    LeftReason.NOT_WORTH: "costs more driving than it is worth",
    LeftReason.NO_TIME: "did not fit into the shift",
}


class Risk(StrEnum):
    """What is lost when a stop is not visited on the days planned."""

    APPOINTMENT = "appointment"
    LEGAL_DATE = "legal_date"
    MUST = "must"
    WAITS = "waits"


RISKS = {
    Risk.APPOINTMENT: "a promised appointment is missed",
    Risk.LEGAL_DATE: "its last lawful day passes",
    Risk.MUST: "a visit that must be made is not",
    Risk.WAITS: "nothing is lost: it waits for another day",
}


@dataclass(frozen=True)
class LeftOut:
    """A stop that is not visited, why, and what that risks."""

    stop: Stop
    reason: LeftReason
    risk: Risk = Risk.WAITS


@dataclass(frozen=True)
class Visit:
    """A stop with its arrival, the start of the visit and the departure.

    All in seconds after midnight; between arrival and start the officer waits.
    """

    stop: Stop
    arrive: int
    start: int
    leave: int


@dataclass(frozen=True)
class Pause:
    """A lunch, seconds after midnight, taken when so many visits are done, before the drive on."""

    start: int
    end: int
    after: int


@dataclass(frozen=True)
class Drive:
    """The drive to the next place: whole seconds and metres; `line` in EPSG:4326.

    Attributes
    ----------
    free
        Seconds by the streets alone, where the hour makes it otherwise; its steps are of these.
    """

    seconds: int
    metres: int
    line: LineString
    steps: tuple[Step, ...]
    free: int | None = None

    @property
    def free_seconds(self) -> int:
        """Seconds by the streets alone."""
        return self.seconds if self.free is None else self.free

    def at_hour(self, seconds: int) -> "Drive":
        """Return it as it takes so long at the hour at which it begins."""
        free = self.free_seconds
        return replace(self, seconds=seconds, free=None if free == seconds else free)


@dataclass(frozen=True)
class Route:
    """One officer's day, off at the start of the shift.

    Attributes
    ----------
    drives
        One more than visits: the last leads to the end of the shift.
    lunch
        The pause, where the shift has one and the officer is out so long.
    """

    shift: Shift
    visits: tuple[Visit, ...]
    drives: tuple[Drive, ...]
    lunch: Pause | None = None

    @property
    def places(self) -> tuple[Place | Stop, ...]:
        """Every place of the day in order: the start, the stops, the end."""
        stops = (visit.stop for visit in self.visits)
        return (self.shift.start_place, *stops, self.shift.end_place)

    @property
    def total_seconds(self) -> int:
        """Time driven."""
        return sum(drive.seconds for drive in self.drives)

    @property
    def total_metres(self) -> int:
        """Distance driven."""
        return sum(drive.metres for drive in self.drives)

    @property
    def service_seconds(self) -> int:
        """Time spent at the stops."""
        return sum(visit.leave - visit.start for visit in self.visits)

    @property
    def finish(self) -> int:
        """Arrival at the end place, seconds after midnight."""
        last = self.visits[-1].leave if self.visits else self.shift.start
        if self.lunch is not None and self.lunch.after == len(self.visits):
            last = self.lunch.end
        return last + self.drives[-1].seconds


@dataclass(frozen=True)
class Help:
    """A visit by an officer of another zone, and why it pays.

    Attributes
    ----------
    extra_seconds
        The driving it adds to the helper's day.
    own_seconds
        What it would add to the day of the zone's own officer who could do it with least driving;
        none when none of them has the time.
    """

    stop: Stop
    officer: str
    day: date
    extra_seconds: int
    own_seconds: int | None


@dataclass(frozen=True)
class Plan:
    """The routes of some officers on some days.

    Attributes
    ----------
    routes
        One for each shift, also for one without a visit.
    estimated
        True when times come from straight lines instead of streets.
    idle
        Shifts that could not be driven, and why, in words.
    """

    days: tuple[date, ...]
    routes: tuple[Route, ...]
    left_out: tuple[LeftOut, ...]
    estimated: bool
    helped: tuple[Help, ...] = ()
    idle: tuple[tuple[Shift, str], ...] = ()

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Every visit, route after route."""
        return tuple(visit for route in self.routes for visit in route.visits)

    @property
    def drives(self) -> tuple[Drive, ...]:
        """Every drive, route after route."""
        return tuple(drive for route in self.routes for drive in route.drives)

    @property
    def total_seconds(self) -> int:
        """Time driven."""
        return sum(route.total_seconds for route in self.routes)

    @property
    def total_metres(self) -> int:
        """Distance driven."""
        return sum(route.total_metres for route in self.routes)

    @property
    def service_seconds(self) -> int:
        """Time spent at the stops."""
        return sum(route.service_seconds for route in self.routes)

    def left_by_reason(self) -> dict[LeftReason, int]:
        """Count the stops left out, by reason."""
        return dict(Counter(left.reason for left in self.left_out))
