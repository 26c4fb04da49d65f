"""Offer a day's work on the streets of `grid_town`."""

from dataclasses import replace
from datetime import date

from grid_town import at

from reports.routes.problem import Place, Problem, Shift, Stop

DAY = date(2026, 3, 2)
HOUR = 3600


def place(label: str, x: float, y: float) -> Place:
    (lon, lat), *_ = at((x, y)).tolist()
    return Place(label, lon, lat)


def stop(name: str, x: float, y: float, *, worth: int = 1800, minutes: int = 15) -> Stop:
    (lon, lat), *_ = at((x, y)).tolist()
    return Stop(
        id=name,
        label=f"{name} Elm St",
        lon=lon,
        lat=lat,
        case_numbers=(f"26-{name}",),
        due_on=date(2026, 2, 1),
        priority=3,
        service_seconds=minutes * 60,
        worth_seconds=worth,
    )


def day(*stops: Stop, hours: float = 8, max_stops: int | None = None) -> Problem:
    start, end = place("Town Hall", 0, 0), place("Depot", 3, 3)
    finish = 8 * HOUR + round(hours * HOUR)
    shift = Shift(
        DAY,
        8 * HOUR,
        finish,
        start_place=start,
        end_place=end,
        officer="rivera",
        max_stops=max_stops,
    )
    return Problem((DAY,), (shift,), stops)


def with_shift(problem: Problem, **changes: object) -> Problem:
    return replace(problem, shifts=(replace(problem.shifts[0], **changes),))


def with_ends(problem: Problem, start: Place, end: Place) -> Problem:
    return with_shift(problem, start_place=start, end_place=end)
