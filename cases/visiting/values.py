"""Hold what is to be visited, as values that a plan is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cases.field.hazards import TWO_OFFICERS, HazardKind
from cases.visiting.kinds import Because, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The last day of a visit, and what it rests on.

    Attributes
    ----------
    source
        The provision or the reckoning that sets it, as it is cited; "" of the town's own setting.
    """

    by: date
    because: Because
    source: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Between which moments a visit has to begin, for somebody waits."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ToVisit:
    """Something that is to be visited.

    Attributes
    ----------
    case_id, complaint_id
        Either; a complaint has no case before it is looked into.
    subject_id
        Of what is to be done: the appointment, the notice, the hearing, the order; else of the
        case or complaint itself.
    number
        Of the case or the complaint.
    spot
        One and the same for all that is at one place: it is driven to once.
    lon, lat
        Degrees (EPSG:4326); None where it has no place on the map.
    officer
        Who has it, by name: by name or by its zone.
    not_before
        The first day to make it; None where that is any.
    due
        None where nothing sets a last day.
    window
        Of an appointment.
    seconds
        How long it takes at the door, as is usual of its kind.
    needs_light
        Whether it can be made by daylight alone.
    hazards
        What staff are warned of on its parcel.
    certifications
        What whoever makes it must be certified for.
    """

    kind: Kind
    case_id: int | None
    complaint_id: int | None
    subject_id: int
    number: str
    category: str
    parcel_id: int | None
    address: str | None
    spot: str
    lon: float | None
    lat: float | None
    zone_id: int | None
    officer: str | None
    not_before: date | None
    due: Due | None
    window: Window | None
    priority: int
    open_violations: int
    seconds: int
    needs_light: bool
    hazards: frozenset[HazardKind] = frozenset()
    certifications: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """What it is known by from one asking to the next: its kind and what it is about."""
        reported = "complaint-" if self.case_id is None else ""
        return f"{self.kind}-{reported}{self.subject_id}"

    @property
    def needs_two(self) -> bool:
        """Whether the warnings on its parcel are such that nobody goes alone."""
        return bool(self.hazards & TWO_OFFICERS)

    def overdue_days(self, *, on: date) -> int:
        """Return for how many days its last day has been over; 0 where it is not."""
        return max((on - self.due.by).days, 0) if self.due else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Visiting:
    """All that is to be visited in some days.

    Attributes
    ----------
    visits
        What has a place on the map, the last day first.
    unplaced
        What has none, and so is on no route before somebody says where it is.
    """

    visits: Sequence[ToVisit]
    unplaced: Sequence[ToVisit]
