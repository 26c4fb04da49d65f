"""Write a part of a problem in the solver's terms, and read its answer back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from pyvrp import (
    Client,
    ClientGroup,
    Depot,
    Location,
    ProblemData,
    Route,
    Solution,
    VehicleType,
)

from reports.routes.axis import Axis, axis_of
from reports.routes.ground import NO_WAY_SECONDS, Ground, Orders
from reports.routes.problem import Shift
from reports.routes.rush import usual_percent

FAIR_PRICE = 3
"""Seconds of driving that one second beyond an officer's fair share must save or be worth."""


@dataclass(frozen=True)
class Encoded:
    """A part of a problem in the solver's terms.

    Attributes
    ----------
    data
        The solver's problem: one vehicle type for each shift.
    stops
        The stop of each client, by its position in the whole problem.
    days
        The only day of each client; none where its window spans its days.
    shifts
        The shift of each vehicle type, by its position in the whole problem.
    """

    data: ProblemData
    stops: tuple[int, ...]
    days: tuple[date | None, ...]
    shifts: tuple[int, ...]

    def read(self, routes: Sequence[tuple[int, Sequence[int]]], orders: Orders) -> None:
        """Write the routes found, vehicle type and clients, into the orders of the whole."""
        for vehicle, clients in routes:
            orders[self.shifts[vehicle]] = [self.stops[client] for client in clients]

    def start(self, ground: Ground, orders: Orders) -> Solution:
        """Return the solution that some orders of the whole are."""
        waiting = defaultdict(list)
        for client, stop in enumerate(self.stops):
            waiting[stop].append(client)
        routes = []
        for vehicle, shift in enumerate(self.shifts):
            day, clients = ground.problem.shifts[shift].day, []
            for stop in orders[shift]:
                named = [each for each in waiting[stop] if self.days[each] in {None, day}]
                if named:
                    clients.append(named[0])
                    waiting[stop].remove(named[0])
            if clients:
                routes.append(Route(self.data, clients, vehicle))
        return Solution(self.data, routes)


def encode(
    ground: Ground,
    *,
    stops: Sequence[int],
    shifts: Sequence[int],
    fair: Mapping[int, int] | None = None,
) -> Encoded:
    """Return some stops and shifts of a problem in the solver's terms.

    Distance is what is made small: driving, and what a visit by this officer on this day is
    charged. Every stop is a prize, so that one that cannot be visited spoils nothing.

    Parameters
    ----------
    ground
        What the days stand on.
    stops, shifts
        The part, by position in the problem.
    fair
        Of each shift, the seconds of work beyond which every second costs; none where none does.
    """
    problem = ground.problem
    who = [problem.shifts[shift] for shift in shifts]
    axis = axis_of(who, first=problem.days[0])
    depots = _depots(ground, shifts)
    used = [*depots, *(ground.first_row + stop for stop in stops)]
    rows = {row: place for place, row in enumerate(used)}
    clients, groups, keys = _clients(ground, stops, who=who, axis=axis, rows=rows)
    charges = ground.charges[np.ix_(stops, shifts)]
    kinds, profile = np.unique(charges, axis=1, return_inverse=True)
    vehicles = [
        _vehicle(
            each,
            axis=axis,
            ends=(depots.index(ground.ends[shift][0]), depots.index(ground.ends[shift][1])),
            profile=int(profile[number]),
            price=problem.policy.overtime_price,
            fair=None if fair is None else fair[shift],
            most=each.max_stops if each.max_stops is not None else len(clients),
        )
        for number, (shift, each) in enumerate(zip(shifts, who, strict=True))
    ]
    seconds = ground.seconds[np.ix_(list(rows), list(rows))]
    both = [
        _profile(seconds, kinds[:, kind], first=len(depots), percent=usual_percent(problem))
        for kind in range(kinds.shape[1])
    ]
    places = problem.places()[list(rows)].tolist()
    data = ProblemData(
        locations=[Location(lon, lat) for lon, lat in places],
        clients=clients,
        depots=[Depot(location=place) for place in range(len(depots))],
        vehicle_types=vehicles,
        distance_matrices=[far for far, _ in both],  # type: ignore[misc]
        duration_matrices=[long for _, long in both],  # type: ignore[misc]
        groups=groups,
    )
    return Encoded(
        data, tuple(stop for stop, _ in keys), tuple(day for _, day in keys), tuple(shifts)
    )


def _depots(ground: Ground, shifts: Sequence[int]) -> list[int]:
    return list(dict.fromkeys(row for shift in shifts for row in ground.ends[shift]))


def _profile(
    seconds: NDArray[np.int64], charges: NDArray[np.float64], *, first: int, percent: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return what officers charged alike pay for each drive, and how long it takes them."""
    barred = np.isinf(charges)
    distance, duration = seconds.copy(), np.rint(seconds * (percent / 100)).astype(np.int64)
    distance[:, first:] += np.where(barred, NO_WAY_SECONDS, charges).astype(np.int64)
    duration[:, first:] += np.where(barred, NO_WAY_SECONDS, 0).astype(np.int64)
    for matrix in (distance, duration):
        np.fill_diagonal(matrix, 0)
    return distance, duration


type Key = tuple[int, date | None]


def _clients(
    ground: Ground,
    stops: Sequence[int],
    *,
    who: Sequence[Shift],
    axis: Axis,
    rows: Mapping[int, int],
) -> tuple[list[Client], list[ClientGroup], list[Key]]:
    """Return a client for each stop: two where two officers meet, one a day where hours differ."""
    clients: list[Client] = []
    groups: list[ClientGroup] = []
    keys: list[Key] = []
    hours = _hours(who)
    for stop in stops:
        spans = _spans(ground, stop, hours=hours, axis=axis)
        group = len(groups) if len(spans) > 1 else None
        first = len(clients)
        for day, window in spans * (2 if stop in ground.meetings else 1):
            place = rows[ground.first_row + stop]
            clients.append(_client(ground, stop, place=place, window=window, group=group))
            keys.append((stop, day))
        if group is not None:
            groups.append(ClientGroup(list(range(first, len(clients))), required=False))
    return clients, groups, keys


def _hours(who: Sequence[Shift]) -> dict[date, tuple[int, int]]:
    """Return from when to when anybody is out on each day."""
    days = sorted({shift.day for shift in who})
    out = {day: [shift for shift in who if shift.day == day] for day in days}
    return {
        day: (min(each.start for each in on), max(each.end + each.max_overtime for each in on))
        for day, on in out.items()
    }


def _spans(
    ground: Ground, stop: int, *, hours: Mapping[date, tuple[int, int]], axis: Axis
) -> list[tuple[date | None, tuple[int, int]]]:
    """Return the windows a visit may begin in: one over all its days where no hour is closed."""
    days = list(hours)
    opened = {day: ground.opening(stop, day) for day in days}
    known = {day: hour for day, hour in opened.items() if hour is not None}
    first, last = min(known), max(known)
    without_gap = days.index(last) - days.index(first) + 1 == len(known)
    whole = all(
        begin <= hours[day][0] and close >= hours[day][1] for day, (begin, close) in known.items()
    )
    if without_gap and whole:
        earliest = axis.window(first, known[first])[0]
        return [(None, (earliest, axis.window(last, known[last])[1]))]
    return [(day, axis.window(day, hour)) for day, hour in known.items()]


def _client(
    ground: Ground, stop: int, *, place: int, window: tuple[int, int], group: int | None
) -> Client:
    share = 2 if stop in ground.meetings else 1
    return Client(
        location=place,
        delivery=[1],
        service_duration=max(1, ground.problem.stops[stop].service_seconds),
        tw_early=window[0],
        tw_late=window[1],
        prize=ground.value(stop) // share,
        required=False,
        group=group,
    )


def _vehicle(
    shift: Shift,
    *,
    axis: Axis,
    ends: tuple[int, int],
    profile: int,
    price: int,
    fair: int | None,
    most: int,
) -> VehicleType:
    start, end = axis.shift(shift)
    close = end + shift.max_overtime
    even = end - start if fair is None else min(fair, end - start)
    return VehicleType(
        capacity=[most],
        start_depot=ends[0],
        end_depot=ends[1],
        tw_early=start,
        tw_late=close,
        start_late=start,  # off at the start of the shift, whatever waits
        shift_duration=even,
        max_overtime=close - start - even,
        unit_overtime_cost=(price if fair is None else FAIR_PRICE) if close - start > even else 0,
        unit_distance_cost=1,
        unit_duration_cost=0,
        profile=profile,
    )
