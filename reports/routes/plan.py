"""Hold a finished plan: who is visited when, how one drives there, and what was left."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shapely import LineString

from geo.streets.travel import Step
from reports.routes.problem import Shift, Stop


class LeftReason(StrEnum):
    """Why a due stop is not in the plan."""

    OFF_STREETS = "off_streets"
    UNREACHABLE = "unreachable"
    LESS_PRESSING = "less_pressing"
    NO_TIME = "no_time"


REASONS = {
    LeftReason.OFF_STREETS: "is too far from any street",
    LeftReason.UNREACHABLE: "cannot be driven to and back from",
    LeftReason.LESS_PRESSING: "is less pressing, or farther, than those considered",
    LeftReason.NO_TIME: "did not fit into the shift",
}


@dataclass(frozen=True)
class LeftOut:
    """A due stop that is not visited, and why."""

    stop: Stop
    reason: LeftReason


@dataclass(frozen=True)
class Visit:
    """A stop with its arrival and departure, seconds after midnight."""

    stop: Stop
    arrive: int
    leave: int


@dataclass(frozen=True)
class Drive:
    """The drive to the next place: whole seconds and metres; `line` in EPSG:4326."""

    seconds: int
    metres: int
    line: LineString
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Plan:
    """One officer's day.

    Attributes
    ----------
    drives
        One more than visits: the last leads to the end of the shift.
    estimated
        True when times come from straight lines instead of streets.
    """

    day: date
    shift: Shift
    visits: tuple[Visit, ...]
    drives: tuple[Drive, ...]
    left_out: tuple[LeftOut, ...]
    estimated: bool

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
        return sum(visit.leave - visit.arrive for visit in self.visits)

    @property
    def finish(self) -> int:
        """Arrival at the end place, seconds after midnight."""
        last = self.visits[-1].leave if self.visits else self.shift.start
        return last + self.drives[-1].seconds

    def left_by_reason(self) -> dict[LeftReason, int]:
        """Count the stops left out, by reason."""
        return dict(Counter(left.reason for left in self.left_out))
