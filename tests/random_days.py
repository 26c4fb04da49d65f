"""Make random days of several officers, with every kind of rule a stop or a shift may have."""

from datetime import date, timedelta
from random import Random

from reports.routes.problem import Lunch, Place, Policy, Problem, Shift, Stop, Window

MONDAY = date(2026, 3, 2)
HOUR = 3600
LUNCH = Lunch(11 * HOUR + 1800, 13 * HOUR, 1800)
ZONES = ("N", "S", "E")


def random_problem(seed: int) -> Problem:
    random = Random(seed)  # noqa: S311 - the same each time
    days = tuple(MONDAY + timedelta(days=number) for number in range(random.randint(1, 3)))
    hard = random.random() < 0.5
    officers = range(random.randint(1, 4))
    shifts = [
        _shift(random, officer, day, hard=hard)
        for officer in officers
        for day in days
        if random.random() < 0.9
    ]
    shifts = shifts or [_shift(random, 0, days[0], hard=hard)]
    most = len(shifts) * 11
    stops = tuple(_stop(random, number, days) for number in range(random.randint(0, most)))
    return Problem(
        days,
        tuple(shifts),
        stops,
        daylight={day: (7 * HOUR, random.randint(15, 18) * HOUR) for day in days},
        policy=Policy(
            overtime_price=random.randint(1, 4),
            fair_margin=random.choice([None, None, 0.1]),
            help_seconds=random.choice([None, 300, 900]),
            wait_seconds=Random(seed).choice([0, 120, 600]),  # noqa: S311 - the other draws stay
        ),
    )


def _shift(random: Random, officer: int, day: date, *, hard: bool) -> Shift:
    start = random.choice([8, 8, 8, 7, 12.75, 13.5]) * HOUR
    hours = random.choice([8, 8, 8, 4, 9.5])
    home = Place(f"Home of {officer}", *_point(random)) if random.random() < 0.2 else HALL
    zones = frozenset() if random.random() < 0.2 else frozenset({ZONES[officer % 3]})
    return Shift(
        day,
        round(start),
        round(start + hours * HOUR),
        start_place=home,
        end_place=HALL if random.random() < 0.8 else home,
        officer=f"officer {officer}",
        lunch=random.choice([LUNCH, LUNCH, LUNCH, None, Lunch(11 * HOUR, 12 * HOUR, 2700)]),
        max_overtime=random.choice([0, 0, 1800]),
        certifications=frozenset({"lead"}) if random.random() < 0.5 else frozenset(),
        zones=zones,
        outside_seconds=None if hard else random.choice([300, 900, 2400]),
        helps=frozenset(random.sample(ZONES, random.randint(0, 2))),
        max_stops=random.choice([None, None, 9]),
    )


def _stop(random: Random, number: int, days: tuple[date, ...]) -> Stop:
    lon, lat = _point(random)
    first, last = sorted(random.choices(days, k=2))
    return Stop(
        id=f"parcel-{number}",
        label=f"{number} Elm St",
        lon=lon,
        lat=lat,
        case_numbers=(f"26-{number}",),
        due_on=None,
        priority=random.randint(1, 5),
        service_seconds=random.choice([600, 900, 1200, 1800, 3600]),
        worth_seconds=random.randint(0, 3600),
        not_before=first if random.random() < 0.3 else None,
        due_by=last if random.random() < 0.4 else None,
        window=_window(random, days),
        must=random.random() < 0.3,
        two_officers=random.random() < 0.06,
        daylight_only=random.random() < 0.15,
        certifications=frozenset({"lead"}) if random.random() < 0.15 else frozenset(),
        zone=random.choice([*ZONES, *ZONES, None]),
    )


def _window(random: Random, days: tuple[date, ...]) -> Window | None:
    chance = random.random()
    begin = random.randint(32, 60) * 900
    if chance < 0.12:
        return Window(begin, begin + random.choice([0, 900, 3600]), random.choice(days))
    if chance < 0.25:
        return Window(begin, begin + random.choice([3600, 4 * HOUR]))
    return None


def _point(random: Random) -> tuple[float, float]:
    return -71.11 + random.uniform(-0.04, 0.04), 42.37 + random.uniform(-0.03, 0.03)


HALL = Place("Town Hall", -71.11, 42.37)
