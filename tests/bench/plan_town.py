"""Lay out a week of six officers in a real city: the problem of the benches `plan` and `replan`."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from geo.streets.estimate import CrowFlight
from geo.streets.travel import Matrix
from reports.routes.problem import Lunch, Place, Problem, Shift, Stop, Window

HOUR = 3600
MONDAY = date(2026, 3, 2)
LUNCH = Lunch(11 * HOUR + 1800, 13 * HOUR, 1800)
OFFICERS, DAYS, STOPS = 6, 5, 720
OPTIONAL, APPOINTMENTS = 0.4, 0.1
HALL = Place("City Hall", -76.6106, 39.2904)


@dataclass(frozen=True)
class Town:
    problem: Problem
    matrix: Matrix
    travel: CrowFlight


def week(*, seed: int = 1, stops: int = STOPS, days: int = DAYS) -> Town:
    """Return a week in which not all optional stops fit, so that their worth decides."""
    random = np.random.default_rng(seed)
    on = tuple(MONDAY + timedelta(days=number) for number in range(days))
    shifts = tuple(
        Shift(
            day,
            8 * HOUR,
            16 * HOUR,
            start_place=HALL,
            end_place=HALL,
            officer=f"officer {officer}",
            lunch=LUNCH,
            zones=frozenset({f"Z{officer}"}),
            outside_seconds=600,
        )
        for officer in range(OFFICERS)
        for day in on
    )
    chosen = tuple(_stop(random, number, on) for number in range(stops))
    problem = Problem(on, shifts, chosen)
    travel = CrowFlight()
    return Town(problem, travel.matrix(problem.places()), travel)


def _stop(random: np.random.Generator, number: int, days: tuple[date, ...]) -> Stop:
    east, north = random.uniform(-1, 1, 2)
    zone = int((np.arctan2(north, east) + np.pi) / (2 * np.pi) * OFFICERS) % OFFICERS
    optional = random.random() < OPTIONAL
    window, due = None, None
    if not optional and random.random() < APPOINTMENTS / (1 - OPTIONAL):
        begin = int(random.choice([8.5, 9, 10, 11, 13.5, 14, 15])) * HOUR
        window = Window(begin, begin + 1800, days[int(random.integers(len(days)))])
    elif random.random() < 0.5:
        due = days[int(random.integers(1, len(days)))] if len(days) > 1 else days[0]
    return Stop(
        id=f"parcel-{number}",
        label=f"{number} Elm St",
        lon=HALL.lon + float(east) * 0.07,
        lat=HALL.lat + float(north) * 0.055,
        case_numbers=(str(number),),
        due_on=None,
        priority=3,
        service_seconds=int(random.choice([900, 1200, 1500])),
        worth_seconds=int(random.integers(300, 3600)),
        due_by=due,
        window=window,
        must=not optional,
        zone=f"Z{zone}",
    )
