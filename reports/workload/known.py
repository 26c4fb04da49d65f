"""Gather all that is known of a town before its work is shared out."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import shapely
import sqlalchemy as sa

from cases.visiting.laws import Laws
from cases.working.reading import office_place
from cases.zone_drafts import Asked
from geo.streets.travel import Travel
from reports.workload.burden import Burden, read_burden
from reports.workload.driven import Driven, Visited, drive
from reports.workload.ground import Ground, read_ground
from reports.workload.hours import Window
from reports.workload.minutes import minutes_in_force
from reports.workload.pieces import Pieces, parted
from reports.workload.plane import Ints
from reports.workload.town import zone_of_parcels
from reports.workload.travel import Pace

MINUTES = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A town, its work, who has it, and what is driven for it.

    Attributes
    ----------
    zone_now
        In which zone of today each parcel lies, by position; -1 without any.
    visited
        Of which days are drawn.
    pace
        What the formula of driving depends on, measured in the zones of today.
    driven_now
        In the zones of today; None where there are none, and before `driven_today`.
    has_office
        Whether somebody has said where the town's office is; else days start in the middle of all
        visits.
    """

    asked: Asked
    ground: Ground
    burden: Burden
    zone_now: Ints
    visited: Visited
    pace: Pace
    driven_now: Driven | None
    travel: Travel
    has_office: bool

    @classmethod
    def read(cls, connection: sa.Connection, asked: Asked, travel: Travel) -> Self:
        """Read a town by a fixed number of queries, and drive nothing yet (`driven_today`).

        Raises
        ------
        NothingToReportError
            No parcels are loaded.
        """
        ground = read_ground(connection, on=asked.last)
        minutes = minutes_in_force(connection, on=asked.last)
        window = Window(asked.first, asked.last)
        burden = read_burden(connection, ground, window, minutes)
        calendar = Laws.read(connection, on=asked.last).calendar
        days = max(sum(calendar.works_on(each) for each in window.each()), 1)
        office = office_place(connection)
        start = _middle(ground, burden) if office is None else (office.lon, office.lat)
        return cls(
            asked=asked,
            ground=ground,
            burden=burden,
            zone_now=zone_of_parcels(ground),
            visited=_visited(ground, burden, days=days, start=start),
            pace=Pace(days=days, start=_flat(ground, start)),
            driven_now=None,
            travel=travel,
            has_office=office is not None,
        )

    def driven_today(self) -> Self:
        """Drive the days drawn in the zones of today, and measure the formula by that."""
        zones = len(self.ground.zones)
        if not zones:
            return self
        driven = self.drive(self.zone_now, count=zones)
        return replace(self, driven_now=driven, pace=self.measured(self.zone_now, driven))

    def parted(self, pieces: Pieces, heaviest: float) -> Pieces:
        """Part blocks that are heavier than a part of a zone's share."""
        share = float(self.burden.hours.sum()) / self.asked.zones
        return parted(pieces, self.ground, self.burden.hours, heaviest=heaviest * share)

    def drive(self, zone: Ints, *, count: int) -> Driven:
        """Drive the days drawn, in some zones of the parcels."""
        [driven] = drive(self.visited, [zone], self.travel, count=count, seed=self.asked.seed)
        return driven

    def measured(self, zone: Ints, driven: Driven) -> Pace:
        """Measure the formula by what was driven in some zones."""
        plain = replace(self.pace, scale=1.0)
        zones = len(driven.minutes)
        said = sum(self.driving(plain, zone == each) for each in range(zones))
        hours = driven.all * plain.days / MINUTES
        return replace(plain, scale=hours / said if said > 0 and hours > 0 else 1.0)

    def driving(self, pace: Pace, inside: np.ndarray) -> float:
        """Return the hours driven to some parcels in the days looked at, by the formula."""
        burden = self.burden
        sums = (burden.visits, burden.east, burden.north, burden.square)
        return pace.hours(*(float(each[inside].sum()) for each in sums))


def _visited(
    ground: Ground, burden: Burden, *, days: int, start: tuple[float, float] | None
) -> Visited:
    at = np.flatnonzero(burden.visits > 0)
    return Visited(
        places=shapely.get_coordinates(shapely.point_on_surface(ground.parcels[at])),
        times=burden.visits[at],
        parcel=at,
        a_day=float(burden.visits.sum()) / days,
        start=start,
    )


def _middle(ground: Ground, burden: Burden) -> tuple[float, float] | None:
    """Return the middle of all visits in degrees; None where there are none."""
    visits = float(burden.visits.sum())
    if visits <= 0:
        return None
    middle = np.array([[burden.east.sum(), burden.north.sum()]]) / visits
    lon, lat = ground.plane.to_degrees(middle)[0]
    return float(lon), float(lat)


def _flat(ground: Ground, start: tuple[float, float] | None) -> tuple[float, float] | None:
    if start is None:
        return None
    east, north = ground.plane.from_degrees(np.array([start]))[0]
    return float(east), float(north)
