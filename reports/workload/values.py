"""Hold zones that are proposed, against those of today."""

from collections.abc import Sequence
from dataclasses import dataclass

from shapely import Geometry
from shapely.geometry.base import BaseGeometry

from cases.zone_drafts import Asked
from reports.workload.driven import Driven


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a zone has.

    Attributes
    ----------
    cases
        In which anything was done in the days looked at.
    open_cases
        That are open and go by their zone.
    hours
        In these days: at the door, at the desk, and what is laid on all parcels alike.
    driving
        Hours in these days, by the formula as measured on streets.
    drive_minutes
        A day, as drawn days were driven.
    parcels
        That lie in it.
    """

    cases: int
    open_cases: int
    hours: float
    driving: float
    drive_minutes: float
    parcels: int

    @property
    def work(self) -> float:
        """Hours in these days, driving among them: what is shared out evenly."""
        return self.hours + self.driving


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedZone:
    """A zone that is proposed, or that ends.

    Attributes
    ----------
    zone_id
        The zone of today it goes on from; None of a new one.
    shape
        In degrees (EPSG:4326); None where the zone of today ends.
    outline_before
        Of the zone of today it goes on from, as it is (EPSG:4326); None of a new one.
    before, after
        None of a new one, and of one that ends.
    came_cases, came_parcels
        Open cases that somebody else has today, and parcels that lie in another zone today.
    """

    zone_id: int | None
    name: str
    officer: str | None
    shape: BaseGeometry | None
    outline_before: Geometry | None
    before: Share | None
    after: Share | None
    came_cases: int = 0
    came_parcels: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Zones proposed for a town.

    Attributes
    ----------
    zones
        Those that are proposed, and after them those of today that end.
    seen
        The marks of today's zones by identity, without which none is adopted.
    ratio_before, ratio
        The largest share of the work over the smallest; None where a zone has none.
    reported_before, reported
        The same of the work as the report of hours counts it; None too in drafts made before that
        was told.
    driven_before, driven
        What is driven on an average day that was drawn; None before where there are no zones.
    moved_cases, moved_parcels
        Open cases that change hands, and parcels that change zones.
    parts
        How many of the zones are in more than one part.
    cut_parcels
        How many parcels do not lie wholly in one zone.
    notes
        What was taken for granted, and what could not be had, in sentences.
    """

    asked: Asked
    zones: Sequence[ProposedZone]
    seen: dict[int, str]
    ratio_before: float | None
    ratio: float | None
    driven_before: Driven | None
    driven: Driven
    moved_cases: int
    moved_parcels: int
    parts: int
    cut_parcels: int
    notes: tuple[str, ...]
    reported_before: float | None = None
    reported: float | None = None
