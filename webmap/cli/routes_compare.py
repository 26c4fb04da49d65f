"""Hold a plan against orders made by hand, or a past day against what was promised of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from webmap.cli.days import DAY
from webmap.cli.numbers import FiniteRange
from webmap.cli.routes_town import Town, counted, open_town, travel_of

if TYPE_CHECKING:
    from datetime import date

    from reports.routes.comparison import Compared
    from reports.routes.promised import Promised

# What plans is imported by what uses it: it costs seconds, help must not.
WAYS = {
    "plan": "This plan",
    "by_deadline": "By deadline",
    "zone_sweep": "Round the zone",
    "nearest_neighbour": "Nearest first",
}


@click.command()
@click.option("--date", "day", type=DAY, help="First day [today]; a past one is looked back at.")
@click.option("--days", type=click.IntRange(1, 10), default=1, show_default=True, help="How many.")
@click.option("--zone", help="An officer's zone, by its code or its name [the whole town].")
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
def compare(
    day: date | None,
    days: int,
    zone: str | None,
    max_stops: int | None,
    iterations: int | None,
    seconds: float | None,
    seed: int,
    as_json: bool,
) -> None:
    """Show what a plan saves against orders made by hand; of a past day, what became of it.

    The orders by hand are driven by the same clock and rules: by deadline, round the zone, nearest
    first.

    Example: lotline routes compare --date 2026-03-02 --days 5
    """
    from reports.routes.search import Effort  # noqa: PLC0415 - seconds of imports

    with open_town() as town:
        on = day or town.today
        if on < town.today:
            _look_back(town, on, days=days, as_json=as_json)
            return
        effort = Effort(iterations=iterations or Effort.iterations, seconds=seconds)
        found = _ahead(
            town, on, days=days, zone=zone, max_stops=max_stops, effort=effort, seed=seed
        )  # fmt: skip
    if as_json:
        click.echo(json.dumps([each.told() for each in found], indent=2))
    else:
        _tell_ahead(found)


def _ahead(
    town: Town,
    on: date,
    *,
    days: int,
    zone: str | None,
    max_stops: int | None,
    effort: object,
    seed: int,
) -> list[Compared]:
    from reports.routes.comparison import compare as hold_against  # noqa: PLC0415
    from reports.routes.from_town import town_problem  # noqa: PLC0415
    from reports.routes.planning import make_plan  # noqa: PLC0415

    there = town_problem(
        town.connection, first=on, days=days, zone=town.zone, zone_ids=town.zone_ids(zone),
        max_stops=max_stops,
    )  # fmt: skip
    travel = travel_of(town.settings.streets)
    made = make_plan(there.problem, travel, effort=effort, seed=seed)  # type: ignore[arg-type]
    return hold_against(there.problem, made)


def _tell_ahead(found: list[Compared]) -> None:
    heads = ("Driving", "Waiting", "Left", "In all")
    click.echo(
        f"{'':16}" + "".join(f"{head:>12}" for head in heads)
        + f"{'Stops':>8}{'Min a stop':>12}{'Missed':>8}"
    )  # fmt: skip
    for each in found:
        parts = each.drive_seconds, each.waiting_seconds, each.left_seconds, each.whole_seconds
        a_stop = "-" if each.minutes_a_stop is None else f"{each.minutes_a_stop:.1f}"
        click.echo(
            f"{WAYS[each.how]:16}" + "".join(f"{part / 60:>8,.0f} min" for part in parts)
            + f"{each.stops:>8,}{a_stop:>12}{each.missed:>8,}"
        )  # fmt: skip
    click.echo(
        "Waiting: the days that the plan's visits wait; left: what those not made are worth,"
    )
    click.echo("both at the prices of “What a visit is worth”.")
    click.echo("Missed: a legal date, a promise or a visit that must be made, and is not.")


def _look_back(town: Town, on: date, *, days: int, as_json: bool) -> None:
    from datetime import timedelta  # noqa: PLC0415

    from reports.routes.promised import promised  # noqa: PLC0415

    found = [
        each
        for nth in range(days)
        for each in promised(town.connection, on + timedelta(days=nth))
    ]  # fmt: skip
    if as_json:
        click.echo(json.dumps([each.told() for each in found], indent=2))
    elif not found:
        click.echo(f"No plan was in force on {on}: nothing was promised.")
    for each in () if as_json else found:
        _tell_back(each)


def _tell_back(each: Promised) -> None:
    said = [f"{each.made:,} made", f"{each.skipped:,} skipped"]
    if each.unsaid:
        said.append(f"{each.unsaid:,} of which nobody has said anything")
    if each.late_minutes is not None:
        how = "later" if each.late_minutes >= 0 else "earlier"
        said.append(f"{abs(each.late_minutes):.0f} min {how} than planned in the middle")
    if each.longer_minutes is not None:
        how = "longer" if each.longer_minutes >= 0 else "shorter"
        said.append(f"{abs(each.longer_minutes):.0f} min {how} at the door")
    click.echo(
        f"{each.officer} on {each.day}: {counted(each.stops)} and {each.drive_minutes:.0f} min of "
        f"driving promised; {', '.join(said)}."
    )
