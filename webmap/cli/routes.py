"""Plan an officer's day on the road from the command line."""

import math
import os
import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console

from geo.database import open_database
from geo.streets.dataset import open_dataset
from geo.streets.engine import Streets
from geo.streets.errors import StreetsMissingError
from geo.streets.estimate import CrowFlight
from geo.streets.travel import Travel
from reports.routes.day import plan_day
from reports.routes.due import due_cases
from reports.routes.plan import REASONS, Plan
from reports.routes.problem import DueCase, Place, Problem, Shift, from_cases, middle_of
from reports.routes.sheet import clock_time, write_plan
from reports.routes.solve import Effort
from webmap.cli.numbers import FiniteRange
from webmap.clock import TownClock
from webmap.settings import read_settings

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


@routes.command()
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day driven [today].")
@click.option("--zone", help="Code of an officer's zone [the whole town].")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write.")
@click.option(
    "--start", type=read_place, metavar="LON,LAT", help="Where the shift starts and ends."
)
@click.option("--shift", "times", type=read_shift, default="08:00-16:30", show_default=True)
@click.option("--max-stops", type=click.IntRange(min=1), help="Visit at most so many.")
@click.option("--iterations", type=click.IntRange(min=1), default=Effort.iterations)
@click.option("--seconds", type=FiniteRange(min=0.1), help="Search at most so long instead.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
def plan(
    day: datetime | None,
    zone: str | None,
    out: Path | None,
    start: tuple[float, float] | None,
    times: tuple[int, int],
    max_stops: int | None,
    iterations: int,
    seconds: float | None,
    seed: int,
) -> None:
    """Plan one day of reinspections along the streets.

    Visits open cases whose deadline has passed or is unknown. Writes plan.geojson, plan.json and
    plan.gpx.

    Example: lotline routes plan --date 2026-03-02 --zone 4 --start -71.11,42.37
    """
    settings = read_settings(os.environ)
    with open_database(settings.home, settings.environ) as database:
        on = day.date() if day else TownClock(database.public).today()
        with database.app.connect() as connection:
            cases = due_cases(connection, zone=zone, on=on)
    problem = _problem(cases, day=on, start=start, times=times, max_stops=max_stops)
    travel = _travel(settings.streets)
    effort = Effort(iterations=iterations, seconds=seconds)
    with Console(stderr=True).status(f"Planning among {len(problem.stops):,} stops"):
        made = plan_day(problem, travel, effort=effort, seed=seed)
    folder = out or settings.home / "plans" / f"{on}-{zone or 'town'}"
    _tell(made, write_plan(made, folder))


def _problem(
    cases: Sequence[DueCase],
    *,
    day: date,
    start: tuple[float, float] | None,
    times: tuple[int, int],
    max_stops: int | None,
) -> Problem:
    base = Place("Start", *start) if start else middle_of(cases)
    shift = Shift(*times, start_place=base, end_place=base, max_stops=max_stops)
    return from_cases(cases, day=day, shift=shift)


def _travel(folder: Path) -> Travel:
    try:
        return Streets(open_dataset(folder))
    except StreetsMissingError as error:
        click.echo(f"{error} Until then all times are straight-line estimates.", err=True)
        return CrowFlight()


def _tell(plan: Plan, files: Sequence[Path]) -> None:
    click.echo(
        f"{_count(len(plan.visits))} on {plan.day}, {clock_time(plan.shift.start)} to "
        f"{clock_time(plan.finish)}: {plan.total_seconds / 60:.0f} min and "
        f"{plan.total_metres / 1000:.1f} km of driving"
        f"{' (straight-line estimate)' if plan.estimated else ''}, "
        f"{plan.service_seconds / 60:.0f} min at the door."
    )
    for reason, count in plan.left_by_reason().items():
        click.echo(f"Left for another day: {_count(count)}; each {REASONS[reason]}.")
    for file in files:
        click.echo(f"Wrote {file}")


def _count(stops: int) -> str:
    return f"{stops:,} {'stop' if stops == 1 else 'stops'}"
