"""Plan officers' days on the road from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webmap.cli.days import DAY
from webmap.cli.numbers import FiniteRange
from webmap.cli.routes_bench import bench
from webmap.cli.routes_compare import compare
from webmap.cli.routes_replan import replan
from webmap.cli.routes_town import (
    Town,
    counted,
    open_town,
    tell_files,
    tell_left,
    tell_route,
    travel_of,
)
from webmap.cli.routes_watch import searching
from webmap.cli.routes_words import read_place, read_shift

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from cases.visiting.values import ToVisit
    from reports.routes.plan import Plan
    from reports.routes.problem import Problem

    type Visits = Mapping[str, Sequence[ToVisit]]

# What plans is imported by what uses it: it costs seconds, help must not.
USUAL_SHIFT = (8 * 3600, 16 * 3600 + 1800)


@click.group()
def routes() -> None:
    """Plan officers' days.

    Example: lotline routes plan --zone 4 --out monday
    """


routes.add_command(bench)
routes.add_command(compare)
routes.add_command(replan)


@routes.command()
@click.option("--date", "day", type=DAY, help="First day driven [today].")
@click.option("--days", type=click.IntRange(1, 10), default=1, show_default=True, help="How many.")
@click.option("--zone", help="An officer's zone, by its code or its name [the whole town].")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write [plans/DATE-ZONE in LOTLINE_HOME].",
)
@click.option(
    "--start",
    type=read_place,
    metavar="LON,LAT",
    help="Plan one officer by hand, from and to here [the middle of the due cases].",
)
@click.option(
    "--shift",
    "times",
    type=read_shift,
    metavar="HH:MM-HH:MM",
    help="Plan one officer by hand, so long [08:00-16:30].",
)
@click.option("--max-stops", type=click.IntRange(min=1), help="Visit at most so many a day.")
@click.option("--iterations", type=click.IntRange(min=1), help="Search so many rounds.")
@click.option("--seconds", type=FiniteRange(min=0.1), help="Search at most so long instead.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="The same seed and rounds give the same plan.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def plan(
    day: date | None,
    days: int,
    zone: str | None,
    out: Path | None,
    start: tuple[float, float] | None,
    times: tuple[int, int] | None,
    max_stops: int | None,
    iterations: int | None,
    seconds: float | None,
    seed: int,
    as_json: bool,
) -> None:
    """Plan some days of all officers on shift, or one officer's day by hand, along the streets.

    Where officers have accounts, what the clock of their cases says is due is planned for all of
    them. With --start or --shift one officer visits open cases whose deadline has passed or is
    unknown. Writes plan.geojson, plan.json and plan.gpx, and for each officer and day the sheet to
    take along (sheet.pdf) and a calendar (plan.ics). Ctrl-C ends the search, and the best found
    until then is the plan; a second Ctrl-C ends all.

    Example: lotline routes plan --date 2026-03-02 --days 5 --zone 4
    """
    from rich.console import Console  # noqa: PLC0415 - seconds of imports

    from reports.routes.planning import make_plan  # noqa: PLC0415
    from reports.routes.search import Effort  # noqa: PLC0415
    from reports.routes.sheet import summary, write_plan  # noqa: PLC0415
    from webmap.cli.routes_papers import write_papers  # noqa: PLC0415

    with open_town() as town:
        on, code = day or town.today, town.zone_code(zone)
        by_hand = start is not None or times is not None or not _has_officers(town)
        if by_hand and days > 1:
            msg = "--days plans the officers who have accounts: leave out --start and --shift, or "
            raise click.UsageError(msg + "add the officers first (lotline user add).")
        problem, visits, notes = (
            _by_hand(town, code, on, start=start, times=times or USUAL_SHIFT, max_stops=max_stops)
            if by_hand
            else _of_town(town, code, on, days=days, max_stops=max_stops)
        )
        folder = out or town.settings.home / "plans" / f"{on}-{code or 'town'}"
        travel = travel_of(town.settings.streets)
    effort = Effort(iterations=iterations or Effort.iterations, seconds=seconds)
    with searching(stops=len(problem.stops)) as watch:
        made = make_plan(problem, travel, effort=effort, seed=seed, watch=watch).plan
    files = write_plan(made, folder)
    with Console(stderr=True).status("Setting the sheets"):
        papers = tuple(write_papers(made, folder, settings=town.settings, visits=visits))
    if as_json:
        click.echo(json.dumps(summary(made), indent=2))
    else:
        _tell(made, (*files, *papers), notes)


def _has_officers(town: Town) -> bool:
    from cases.accounts.members import in_role  # noqa: PLC0415
    from cases.workflow.roles import Role  # noqa: PLC0415

    return town.connection.execute(in_role(Role.OFFICER)).first() is not None


def _of_town(
    town: Town, code: str | None, on: date, *, days: int, max_stops: int | None
) -> tuple[Problem, Visits, Sequence[str]]:
    """Return what is due to the officers on shift, what is at each stop, and what to tell of it."""
    from reports.routes.from_town import town_problem  # noqa: PLC0415

    there = town_problem(
        town.connection, first=on, days=days, zone=town.zone, zone_ids=town.zone_ids(code),
        max_stops=max_stops,
    )  # fmt: skip
    notes = [*there.notes]
    if there.unplaced:
        count = len(there.unplaced)
        notes.append(f"{count:,} to be visited {'has' if count == 1 else 'have'} no place on the "
                     "map, and so are in no plan.")  # fmt: skip
    away = dict.fromkeys(f"{each.officer} ({each.because})" for each in there.away)
    if away:
        notes.append(f"Away on some of these days: {', '.join(away)}.")
    return there.problem, there.visits, notes


def _by_hand(
    town: Town,
    code: str | None,
    on: date,
    *,
    start: tuple[float, float] | None,
    times: tuple[int, int],
    max_stops: int | None,
) -> tuple[Problem, Visits, Sequence[str]]:
    from reports.routes.due import due_cases  # noqa: PLC0415
    from reports.routes.due_stops import from_cases, middle_of  # noqa: PLC0415
    from reports.routes.problem import Place, Problem, Shift  # noqa: PLC0415

    cases = due_cases(town.connection, zone=code, on=on)
    base = Place("Start", *start) if start else middle_of(cases)
    shift = Shift(on, *times, start_place=base, end_place=base, max_stops=max_stops)
    note = "It starts and ends in the middle of the due cases; give --start LON,LAT."
    problem = Problem((on,), (shift,), from_cases(cases, day=on))
    return problem, {}, () if start else (note,)


def _tell(plan: Plan, files: Sequence[Path], notes: Sequence[str]) -> None:
    several = len(plan.routes) > 1
    for route in plan.routes:
        tell_route(route, estimated=plan.estimated, whose=True)
    if several:
        minutes = plan.total_seconds / 60
        click.echo(f"Together {counted(len(plan.visits))} and {minutes:.0f} min of driving.")
    for note in notes:
        click.echo(note)
    tell_left(plan)
    tell_files(files)
