"""Plan the rest of an officer's day anew from the command line."""

from __future__ import annotations

import getpass
import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from webmap.cli.days import DAY
from webmap.cli.numbers import FiniteRange
from webmap.cli.routes_town import (
    Town,
    open_town,
    tell_files,
    tell_left,
    tell_route,
    travel_of,
)
from webmap.cli.routes_words import read_place, read_time

if TYPE_CHECKING:
    from datetime import date

    from reports.routes.rest import Rest
    from reports.routes.under_way import UnderWay

# What plans is imported by what uses it: it costs seconds, help must not.


@click.command()
@click.option("--date", "day", type=DAY, help="The day under way [today].")
@click.option("--at", type=read_time, metavar="HH:MM", help="The time it is [now].")
@click.option(
    "--officer", help="Whose day [with --urgent: whoever has a plan, where it costs least]."
)
@click.option(
    "--here", type=read_place, metavar="LON,LAT", help="Where the officer is [by the plan]."
)
@click.option("--had-lunch", is_flag=True, help="The officer has had lunch.")
@click.option("--urgent", metavar="CASE", help="Only put this case in, where it costs least.")
@click.option("--adopt", is_flag=True, help="Put the day in force in place of the one there is.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write.")
@click.option(
    "--seconds", type=FiniteRange(min=0.1), default=1.5, show_default=True, help="Search so long."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True,
    help="The same seed gives the same search.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def replan(
    day: date | None,
    at: int | None,
    officer: str | None,
    here: tuple[float, float] | None,
    had_lunch: bool,
    urgent: str | None,
    adopt: bool,
    out: Path | None,
    seconds: float,
    seed: int,
    as_json: bool,
) -> None:
    """Plan the rest of a day anew, from where an officer is now.

    Takes the plan in force of the day, leaves out what somebody said was visited or skipped, and
    plans the rest, whatever its hour was; with --urgent nothing else is moved. The plan in force
    stays until another is adopted, as --adopt does at once. Writes plan.geojson, plan.json and
    plan.gpx.

    Example: lotline routes replan --officer "M. Rivera" --at 13:40 --here -71.11,42.37
    """
    from reports.routes.replan import Anew  # noqa: PLC0415
    from reports.routes.rest import changes_told, plan_rest  # noqa: PLC0415
    from reports.routes.search import Effort  # noqa: PLC0415
    from reports.routes.sheet import summary, write_plan  # noqa: PLC0415

    if officer is None and (here is not None or had_lunch or urgent is None):
        msg = 'Say whose day it is, as in --officer "M. Rivera".'
        raise click.UsageError(msg)
    whose = (officer, here, had_lunch) if officer else None
    with open_town() as town:
        on = day or town.today
        under = _under(town, on, at=at, whose=whose, urgent=urgent)
        how = Anew(effort=Effort(seconds=seconds), seed=seed)
        rest = plan_rest(under, travel_of(town.settings.streets), how=how)
        adopted = _adopt(town, under, rest, seed=seed) if adopt else []
        folder = out or town.settings.home / "plans" / f"{on}-rest"
    files = write_plan(rest.made.plan, folder)
    if as_json:
        told = {
            **summary(rest.made.plan), "replaces": dict(under.plans), "gone": [*under.gone],
            **changes_told(under, rest), "adopted": adopted,
        }  # fmt: skip
        click.echo(json.dumps(told, indent=2))
        return
    _tell(under, rest)
    if adopt:
        click.echo(_adopted_words(len(adopted)))
    tell_files(files)


def _adopt(town: Town, under: UnderWay, rest: Rest, *, seed: int) -> list[int]:
    """Put in force the days that are otherwise than the officers have them."""
    from cases.actors import Actor, Moment  # noqa: PLC0415
    from cases.workflow.roles import Role  # noqa: PLC0415
    from reports.routes.adopting_rest import adopt_rest, changed_by  # noqa: PLC0415

    made = rest.made
    plans = adopt_rest(
        town.connection, under, made.plan, measured=(made.matrix, made.rows), zone=town.zone,
        seed=seed, only=changed_by(under, made.plan), key=uuid4(),
        actor=Actor(getpass.getuser(), Role.MANAGER),
        moment=Moment(on=town.today, now=datetime.now(town.zone)),
    )  # fmt: skip
    town.connection.commit()
    return plans


def _adopted_words(count: int) -> str:
    if not count:
        return "The plan in force is the best there is: nothing was put in its place."
    return f"{count} {'plan is' if count == 1 else 'plans are'} in force now."


def _under(
    town: Town,
    on: date,
    *,
    at: int | None,
    whose: tuple[str, tuple[float, float] | None, bool] | None,
    urgent: str | None,
) -> UnderWay:
    """Take up the day of an officer, who is somewhere and has had lunch or not; or everybody's."""
    from reports.routes.problem import Place  # noqa: PLC0415
    from reports.routes.rest_of_day import Where, take_up_day  # noqa: PLC0415

    now = datetime.now(town.zone)
    if at is not None:
        now = datetime.combine(on, time(), town.zone) + timedelta(seconds=at)
    officers = None
    if whose is not None:
        officer, here, had_lunch = whose
        place = Place("Here", *here) if here else None
        officers = {officer: Where(here=place, had_lunch=had_lunch)}
    return take_up_day(
        town.connection, on=on, now=now, zone=town.zone, officers=officers, urgent=urgent
    )  # fmt: skip


def _tell(under: UnderWay, rest: Rest) -> None:
    label = {stop.id: stop.label for stop in under.problem.stops}
    plan = rest.made.plan
    for route in plan.routes:
        tell_route(route, estimated=plan.estimated, whose=True)
    for put in rest.inserted:
        click.echo(
            f"{put.officer} goes there as stop {put.position + 1} of the rest of the day: "
            f"{put.added_seconds / 60:.0f} min more of driving."
        )
    for move in rest.moves:
        click.echo(f"{label[move.stop_id]} goes from {move.officer_before} to {move.officer}.")
    for stop_id in rest.dropped:
        click.echo(f"{label[stop_id]} no longer fits.")
    for gone in under.gone:
        click.echo(f"Nothing is due at {gone} any more.")
    tell_left(plan)
