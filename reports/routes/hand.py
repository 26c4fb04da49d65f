"""Lay some days of a finished plan out so that they can be changed, and write them down again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np
from shapely import LineString

from geo.streets.estimate import straight_metres
from geo.streets.travel import Matrix, Step
from reports.routes.changes import Whose
from reports.routes.ground import Ground, Orders, lay_ground
from reports.routes.plan import Drive, Pause, Plan, Route, Visit
from reports.routes.problem import Place, Problem, Shift, Stop

type Key = Place | str
type Rows = Mapping[Key, int]

NOT_DRIVEN = "not_driven"
"""The kind of the one step of a drive that is only measured."""


@dataclass(frozen=True)
class Hand:
    """Some days of a plan, as they can be changed.

    Attributes
    ----------
    ground
        Of these days' shifts and the stops concerned alone.
    orders
        The days as they are in the plan.
    drives
        What was driven, by where from and where to.
    snapped
        Where on the streets each place was driven to.
    """

    plan: Plan
    ground: Ground
    orders: Orders
    drives: Mapping[tuple[Key, Key], Drive]
    snapped: Mapping[Key, tuple[float, ...]]

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """The shifts of these days."""
        return self.ground.problem.shifts

    def number(self, stop_id: str) -> int:
        """Return the position of a stop in the ground."""
        return next(n for n, stop in enumerate(self.ground.problem.stops) if stop.id == stop_id)

    def route(self, shift: int, order: Sequence[int]) -> Route:
        """Write a day down; one that cannot be driven so is a fault of whoever asks."""
        who, timed = self.shifts[shift], self.ground.time(shift, order)
        if timed is None:
            msg = f"the day of {who.officer} on {who.day} cannot be driven so"
            raise ValueError(msg)
        stops = [self.ground.problem.stops[stop] for stop in order]
        visits = tuple(
            Visit(stop, arrive, start, start + stop.service_seconds)
            for stop, arrive, start in zip(stops, timed.arrive, timed.start, strict=True)
        )
        points: list[Place | Stop] = [who.start_place, *stops, who.end_place]
        seconds = [
            self.ground.drives[here][there]
            for here, there in pairwise(self.ground.way(shift, order))
        ]
        drives = tuple(
            self._drive(here, there, free).at_hour(taken)
            for (here, there), free, taken in zip(
                pairwise(points), seconds, timed.drives, strict=True
            )
        )
        pause = None
        if timed.lunch_after is not None and who.lunch is not None:
            end = timed.lunch_start + who.lunch.seconds
            pause = Pause(timed.lunch_start, end, timed.lunch_after)
        return Route(who, visits, drives, pause)

    def _drive(self, here: Place | Stop, there: Place | Stop, seconds: int) -> Drive:
        """Return what was driven between two places, else a straight line until it is."""
        one, other = key_of(here), key_of(there)
        driven = self.drives.get((one, other))
        if driven is not None:
            return driven.at_hour(driven.free_seconds)
        ends = [
            self.snapped.get(key, (point.lon, point.lat))
            for key, point in ((one, here), (other, there))
        ]
        metres = straight_metres(np.array(ends[0][:2]), np.array(ends[1][:2]))
        length = round(float(metres))
        step = Step("Drive to the next stop", seconds, length, kind=NOT_DRIVEN)
        return Drive(seconds, length, LineString(ends), (step,))


def key_of(point: Place | Stop) -> Key:
    """Return what the rows of a matrix know a place by."""
    return point.id if isinstance(point, Stop) else point


def is_driven(route: Route) -> bool:
    """Tell whether all of a route was driven along the streets, or estimated as all are."""
    return not any(step.kind == NOT_DRIVEN for drive in route.drives for step in drive.steps)


def take_up(
    plan: Plan,
    *,
    problem: Problem,
    matrix: Matrix,
    rows: Rows,
    whose: Collection[Whose],
    also: Sequence[Stop] = (),
) -> Hand:
    """Lay days of a plan out.

    Parameters
    ----------
    problem
        Its stops as they are now to be planned with, which may be pinned otherwise than in the
        plan.
    matrix, rows
        What the plan was measured with.
    whose
        Which days.
    also
        Stops that are in none of them.
    """
    routes = [route for route in plan.routes if (route.shift.officer, route.shift.day) in whose]
    now = {stop.id: stop for stop in problem.stops}
    ids = [visit.stop.id for route in routes for visit in route.visits]
    ids += [stop.id for stop in also]
    part = replace(
        problem,
        shifts=tuple(route.shift for route in routes),
        stops=tuple(now[stop_id] for stop_id in dict.fromkeys(ids)),
    )
    ground = lay_ground(part, matrix.among([rows[key] for key in part.rows()]), lent=True)
    place = {stop.id: number for number, stop in enumerate(part.stops)}
    drives = {
        pair: drive
        for route in routes
        for pair, drive in zip(pairwise(_keys(route)), route.drives, strict=True)
    }
    snapped: dict[Key, tuple[float, ...]] = {}
    for (one, other), drive in drives.items():
        snapped[one], snapped[other] = drive.line.coords[0], drive.line.coords[-1]
    row = part.rows()
    ground = ground.with_drives(
        {(row[one], row[other]): drive.free_seconds for (one, other), drive in drives.items()}
    )
    ground = replace(ground, meetings=_meetings(routes, place))
    orders = [[place[visit.stop.id] for visit in route.visits] for route in routes]
    return Hand(plan, ground, orders, drives, snapped)


def _keys(route: Route) -> list[Key]:
    return [
        route.shift.start_place, *(visit.stop.id for visit in route.visits), route.shift.end_place
    ]  # fmt: skip


def _meetings(routes: Sequence[Route], place: Mapping[str, int]) -> dict[int, tuple[date, int]]:
    return {
        place[visit.stop.id]: (route.shift.day, visit.start)
        for route in routes
        for visit in route.visits
        if visit.stop.two_officers
    }
