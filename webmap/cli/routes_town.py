"""Open the town, its clock and its streets for the commands of routes, and tell of plans."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path
    from zoneinfo import ZoneInfo

    import sqlalchemy as sa

    from geo.streets.travel import Travel
    from reports.routes.plan import Plan, Route
    from webmap.settings import Settings

# What plans is imported by what uses it: it costs seconds, help must not.


@dataclass(frozen=True)
class Town:
    """The town as the commands of routes see it."""

    settings: Settings
    connection: sa.Connection
    today: date
    zone: ZoneInfo

    def zone_code(self, asked: str | None) -> str | None:
        """Return the code of the zone that is asked for by code or name."""
        from reports.naming import zone_code  # noqa: PLC0415

        return zone_code(self.connection, asked)

    def zone_ids(self, asked: str | None) -> tuple[int, ...] | None:
        """Return the identity of the zone that is asked for; None for the whole town."""
        from reports.naming import officer_zone  # noqa: PLC0415

        return None if asked is None else (int(officer_zone(self.connection, asked)[0]),)


@contextlib.contextmanager
def open_town() -> Iterator[Town]:
    """Open the town's database; whoever writes in it commits."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from geo.database import open_database  # noqa: PLC0415
    from geo.places import town  # noqa: PLC0415
    from webmap.clock import TownClock  # noqa: PLC0415
    from webmap.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    with open_database(settings.home, settings.environ) as database:
        today = TownClock(database.public).today()
        with database.app.connect() as connection:
            found = connection.execute(town()).first()
            yield Town(settings, connection, today, ZoneInfo(found.timezone if found else "UTC"))


def travel_of(folder: Path) -> Travel:
    """Open the streets, and tell on stderr where there are only estimates."""
    from geo.streets.at_hand import travel_by  # noqa: PLC0415

    travel, why = travel_by(folder)
    if why:
        click.echo(why, err=True)
    return travel


def tell_route(route: Route, *, estimated: bool, whose: bool) -> None:
    """Tell of a route in a sentence."""
    from reports.distance import miles  # noqa: PLC0415
    from reports.routes.sheet import clock_time  # noqa: PLC0415

    click.echo(
        f"{f'{route.shift.officer}: ' if whose and route.shift.officer else ''}"
        f"{counted(len(route.visits))} on {route.shift.day}, {clock_time(route.shift.start)} to "
        f"{clock_time(route.finish)}: {route.total_seconds / 60:.0f} min and "
        f"{miles(route.total_metres)} of driving"
        f"{' (straight-line estimate)' if estimated else ''}, "
        f"{route.service_seconds / 60:.0f} min at the door."
    )


def tell_left(plan: Plan) -> None:
    """Tell what was left and which shifts are idle, with the reasons."""
    from reports.routes.plan import REASONS, RISKS, Risk  # noqa: PLC0415

    for shift, why in plan.idle:
        click.echo(f"{shift.officer or 'The officer'} on {shift.day}: {why}")
    for reason, count in plan.left_by_reason().items():
        click.echo(f"Left for another day: {counted(count)}; each {REASONS[reason]}.")
    for risk in (Risk.APPOINTMENT, Risk.LEGAL_DATE, Risk.MUST):
        count = sum(each.risk is risk for each in plan.left_out)
        if count:
            click.echo(f"Of those, {counted(count)}: {RISKS[risk]}.")


def tell_files(files: Sequence[Path]) -> None:
    """Tell which files were written."""
    for file in files:
        click.echo(f"Wrote {file}")


def counted(stops: int) -> str:
    """Return so many stops in words."""
    return f"{stops:,} {'stop' if stops == 1 else 'stops'}"
