"""Lay out a week of six officers in a real city: the problem of the benches `plan` and `replan`."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from geo.streets.engine import Streets
from geo.streets.travel import Matrix, Places
from reports.routes.problem import Lunch, Place, Problem, Shift, Stop, Window
from tests.bench.cities import City

HOUR = 3600
MONDAY = date(2026, 3, 2)
LUNCH = Lunch(11 * HOUR + 1800, 13 * HOUR, 1800)
OFFICERS, DAYS, STOPS = 6, 5, 720
OPTIONAL, APPOINTMENTS = 4, 1
"""Of each ten stops."""


@dataclass(frozen=True)
class Town:
    """A city's week; `spare` is a door of the city that no stop is at."""

    problem: Problem
    matrix: Matrix
    travel: Streets
    spare: Place


def week(city: City, *, seed: int = 1, stops: int = STOPS, days: int = DAYS) -> Town:
    """Return a week in which not all optional stops fit, so that their worth decides."""
    random = np.random.default_rng(seed)
    doors = city.doors()
    zones = _zones(doors)
    chosen = random.permutation(len(doors))[: stops + 1]
    on = tuple(MONDAY + timedelta(days=number) for number in range(days))
    shifts = tuple(_shift(officer, day, city.hall) for officer in range(OFFICERS) for day in on)
    visits = tuple(
        _stop(random, number, on, door=doors[door], zone=int(zones[door]))
        for number, door in enumerate(chosen[:-1])
    )
    problem = Problem(on, shifts, visits)
    spare = Place("where it is urgent", *map(float, doors[chosen[-1]]))
    return Town(problem, city.streets.matrix(problem.places()), city.streets, spare)


def _zones(doors: Places) -> np.ndarray:
    """Part a city in sectors about its middle door, one an officer, with as many doors each."""
    east, north = (doors - np.median(doors, axis=0)).T
    rank = np.arctan2(north, east * np.cos(np.radians(doors[0, 1]))).argsort().argsort()
    return rank * OFFICERS // len(doors)


def _shift(officer: int, day: date, hall: Place) -> Shift:
    return Shift(
        day,
        8 * HOUR,
        16 * HOUR,
        start_place=hall,
        end_place=hall,
        officer=f"officer {officer}",
        lunch=LUNCH,
        zones=frozenset({f"Z{officer}"}),
        outside_seconds=600,
    )


def _stop(
    random: np.random.Generator, number: int, days: tuple[date, ...], *, door: Places, zone: int
) -> Stop:
    window, due = None, None
    if number % 10 >= 10 - APPOINTMENTS:
        begin = int(random.choice([8.5, 9, 10, 11, 13.5, 14, 15]) * HOUR)
        window = Window(begin, begin + 1800, days[int(random.integers(len(days)))])
    elif random.random() < 0.5:
        due = days[int(random.integers(1, len(days)))] if len(days) > 1 else days[0]
    return Stop(
        id=f"parcel-{number}",
        label=f"{number} Elm St",
        lon=float(door[0]),
        lat=float(door[1]),
        case_numbers=(str(number),),
        due_on=None,
        priority=3,
        service_seconds=int(random.choice([900, 1200, 1500])),
        worth_seconds=int(random.integers(300, 3600)),
        due_by=due,
        window=window,
        must=number % 10 >= OPTIONAL,
        zone=f"Z{zone}",
    )
