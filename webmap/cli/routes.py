"""Plan an officer's day on the road from the command line."""

from __future__ import annotations

import math
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webmap.cli.days import DAY
from webmap.cli.numbers import FiniteRange
from webmap.cli.routes_bench import bench

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.streets.travel import Travel
    from reports.routes.due_stops import DueCase
    from reports.routes.plan import Plan
    from reports.routes.problem import Problem
    from webmap.settings import Settings

# What plans is imported by what uses it: it costs seconds, help must not.
MINUTES_A_DAY = 24 * 60


def read_place(text: str) -> tuple[float, float]:
    """Read longitude and latitude from "-71.11,42.37"."""
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        lon = lat = math.nan
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 - the globe
        msg = f"{text!r} is no place: give longitude,latitude as in -71.11,42.37"
        raise click.BadParameter(msg)
    return lon, lat


def read_shift(text: str) -> tuple[int, int]:
    """Read the seconds after midnight of both ends from "08:00-16:30"."""
    found = re.fullmatch(r"(\d{1,2}):([0-5]\d)-(\d{1,2}):([0-5]\d)", text)
    numbers = [int(part) for part in found.groups()] if found else [0, 0, 0, 0]
    start, end = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
    if not start < end <= MINUTES_A_DAY:
        msg = f"{text!r} is no shift: give its start and end as in 08:00-16:30"
        raise click.BadParameter(msg)
    return start * 60, end * 60


@click.group()
def routes() -> None:
    """Plan an officer's day.

    Example: lotline routes plan --zone 4 --out monday
    """


routes.add_command(bench)


@routes.command()
@click.option("--date", "day", type=DAY, help="Day driven [today].")
@click.option("--zone", help="An officer's zone, by its code or its name [the whole town].")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write.")
@click.option(
    "--start",
    type=read_place,
    metavar="LON,LAT",
    help="Where the shift starts and ends [the middle of the due cases].",
)
@click.option("--shift", "times", type=read_shift, default="08:00-16:30", show_default=True)
@click.option("--max-stops", type=click.IntRange(min=1), help="Visit at most so many.")
@click.option("--iterations", type=click.IntRange(min=1), help="Search so many rounds.")
@click.option("--seconds", type=FiniteRange(min=0.1), help="Search at most so long instead.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
def plan(
    day: date | None,
    zone: str | None,
    out: Path | None,
    start: tuple[float, float] | None,
    times: tuple[int, int],
    max_stops: int | None,
    iterations: int | None,
    seconds: float | None,
    seed: int,
) -> None:
    """Plan one day of reinspections along the streets.

    Visits open cases whose deadline has passed or is unknown. Writes plan.geojson, plan.json and
    plan.gpx.

    Example: lotline routes plan --date 2026-03-02 --zone 4 --start -71.11,42.37
    """
    from rich.console import Console  # noqa: PLC0415 - seconds of imports

    from reports.routes.planning import plan_routes  # noqa: PLC0415
    from reports.routes.search import Effort  # noqa: PLC0415
    from reports.routes.sheet import write_plan  # noqa: PLC0415
    from webmap.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    cases, on, code = _due(settings, zone=zone, day=day)
    problem = _problem(cases, day=on, start=start, times=times, max_stops=max_stops)
    travel = _travel(settings.streets)
    effort = Effort(iterations=iterations or Effort.iterations, seconds=seconds)
    with Console(stderr=True).status(f"Planning among {len(problem.stops):,} stops"):
        made = plan_routes(problem, travel, effort=effort, seed=seed)
    folder = out or settings.home / "plans" / f"{on}-{code or 'town'}"
    _tell(made, write_plan(made, folder), start=start)


def _due(
    settings: Settings, *, zone: str | None, day: date | None
) -> tuple[list[DueCase], date, str | None]:
    """Find what is due, the day driven, and the code of the zone."""
    from geo.database import open_database  # noqa: PLC0415
    from reports.naming import zone_code  # noqa: PLC0415
    from reports.routes.due import due_cases  # noqa: PLC0415
    from webmap.clock import TownClock  # noqa: PLC0415

    with open_database(settings.home, settings.environ) as database:
        on = day or TownClock(database.public).today()
        with database.app.connect() as connection:
            code = zone_code(connection, zone)
            return due_cases(connection, zone=code, on=on), on, code


def _problem(
    cases: Sequence[DueCase],
    *,
    day: date,
    start: tuple[float, float] | None,
    times: tuple[int, int],
    max_stops: int | None,
) -> Problem:
    from reports.routes.due_stops import from_cases, middle_of  # noqa: PLC0415
    from reports.routes.problem import Place, Problem, Shift  # noqa: PLC0415

    base = Place("Start", *start) if start else middle_of(cases)
    shift = Shift(day, *times, start_place=base, end_place=base, max_stops=max_stops)
    return Problem((day,), (shift,), from_cases(cases, day=day))


def _travel(folder: Path) -> Travel:
    from geo.streets.dataset import open_dataset  # noqa: PLC0415
    from geo.streets.engine import Streets  # noqa: PLC0415
    from geo.streets.errors import StreetsMissingError  # noqa: PLC0415
    from geo.streets.estimate import CrowFlight  # noqa: PLC0415

    try:
        return Streets(open_dataset(folder))
    except StreetsMissingError as error:
        click.echo(f"{error} Until then all times are straight-line estimates.", err=True)
        return CrowFlight()


def _tell(plan: Plan, files: Sequence[Path], *, start: tuple[float, float] | None) -> None:
    from reports.distance import miles  # noqa: PLC0415
    from reports.routes.plan import REASONS  # noqa: PLC0415
    from reports.routes.sheet import clock_time  # noqa: PLC0415

    (route,) = plan.routes
    click.echo(
        f"{_count(len(plan.visits))} on {route.shift.day}, {clock_time(route.shift.start)} to "
        f"{clock_time(route.finish)}: {plan.total_seconds / 60:.0f} min and "
        f"{miles(plan.total_metres)} of driving"
        f"{' (straight-line estimate)' if plan.estimated else ''}, "
        f"{plan.service_seconds / 60:.0f} min at the door."
    )
    if start is None:
        click.echo("It starts and ends in the middle of the due cases; give --start LON,LAT.")
    for reason, count in plan.left_by_reason().items():
        click.echo(f"Left for another day: {_count(count)}; each {REASONS[reason]}.")
    for file in files:
        click.echo(f"Wrote {file}")


def _count(stops: int) -> str:
    return f"{stops:,} {'stop' if stops == 1 else 'stops'}"
