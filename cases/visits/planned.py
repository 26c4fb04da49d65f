"""Hold an officer's day as it is to be adopted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from cases.errors import CaseError
from cases.visiting.kinds import Kind
from cases.working.terms import Base


class VisitsError(CaseError, ValueError):
    """An officer's day, or what became of it, cannot be as it is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to be done at a place: one of `cases.visiting.values.ToVisit`."""

    kind: Kind
    subject_id: int
    case_id: int | None = None
    complaint_id: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is of no case and of no complaint, or of both.

        Raises
        ------
        VisitsError
            It is.
        """
        if (self.case_id is None) == (self.complaint_id is None):
            msg = "What is visited is of a case or of a complaint, and of one of them alone."
            raise VisitsError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A place to go to; longitude and latitude in EPSG:4326."""

    spot: str
    label: str
    lon: float
    lat: float
    arrives_at: datetime
    leaves_at: datetime
    items: Sequence[Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Something left for another day.

    Parameters
    ----------
    because
        Why, in words.
    risks
        What that risks: a legal date, a promise; "" for nothing.
    """

    item: Item
    because: str
    risks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An officer's day.

    Parameters
    ----------
    begins_at, ends_at
        Between which it is driven.
    stops
        In order.
    parameters
        What the planner was given beside the visits; JSON.
    legs
        The drives from the start through the stops to the end, one more than the stops, each
        ``seconds``, ``metres``, ``line`` and ``steps`` as JSON; None where they are estimated.
    drives
        Seconds from each place to each: the start, the stops in order, the end; None within them
        where there is no way.
    """

    officer_id: int
    on: date
    begins_at: datetime
    ends_at: datetime
    starts: Base
    ends: Base
    stops: Sequence[Stop]
    left: Sequence[Left] = ()
    drive_seconds: int = 0
    metres: int = 0
    estimated: bool = False
    seed: int = 0
    parameters: Mapping[str, Any] = field(default_factory=dict)
    legs: Sequence[Mapping[str, Any]] | None = None
    drives: Sequence[Sequence[int | None]] | None = None

    def __post_init__(self) -> None:
        """Refuse a day whose times run backwards, or a stop where nothing is to be done.

        Drives that are not those between its places are refused as well.

        Raises
        ------
        VisitsError
            One does.
        """
        moments = [self.begins_at]
        for each in self.stops:
            if not each.items:
                msg = f"Nothing is to be done at {each.label}: leave the stop out."
                raise VisitsError(msg)
            moments += [each.arrives_at, each.leaves_at]
        if any(later < earlier for earlier, later in pairwise([*moments, self.ends_at])):
            msg = "The times of the plan run backwards: plan it again."
            raise VisitsError(msg)
        self._refuse_drives()

    def _refuse_drives(self) -> None:
        places = len(self.stops) + 2
        if self.legs is not None and len(self.legs) != places - 1:
            msg = f"{places} places need {places - 1} drives between them, not {len(self.legs)}."
            raise VisitsError(msg)
        if self.drives is not None and [len(each) for each in self.drives] != [places] * places:
            msg = f"The seconds between {places} places are {places} rows of {places} figures."
            raise VisitsError(msg)
