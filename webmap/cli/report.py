"""Write reports from the command line."""

import contextlib
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import sqlalchemy as sa
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from geo.database import open_database
from reports.backdrop import fetch_backdrop
from reports.caseload import Scope, town_facts
from reports.export import write_frame, write_text
from reports.heatmap import DEFAULT_BANDWIDTH_M, make_heatmap
from reports.heatmap_page import heatmap_cells, heatmap_page
from reports.repeat import PLAIN_SENSE, Question, RepeatList, list_repeat_parcels
from reports.repeat_page import repeat_frame, repeat_page
from webmap.cli.numbers import FiniteRange
from webmap.settings import read_settings

DAY = click.DateTime(["%Y-%m-%d"])
OUT = click.Path(dir_okay=False, path_type=Path)
ROWS_ON_TERMINAL = 25
NARROWEST_TABLE = 112


@click.group()
def report() -> None:
    """Write a report to a file.

    Example: lotline report heatmap --category "Overgrowth: Private, Occ" --out overgrowth.html
    """


@report.command()
@click.option(
    "--format", "kind", type=click.Choice(["html", "csv", "geojson", "gpkg"]), default="html"
)
@click.option("--out", type=OUT, help="File to write [heatmap-DATE.FORMAT here].")
@click.option("--since", type=DAY, help="Only cases opened on or after this day.")
@click.option("--until", type=DAY, help="Only cases opened on or before this day.")
@click.option("--category", help="Only cases of this category.")
@click.option("--zone", help="Only cases in the officer's zone of this code.")
@click.option("--status", type=click.Choice(["open", "all"]), default="open", show_default=True)
@click.option(
    "--bandwidth",
    type=FiniteRange(min=10, max=5000),
    default=DEFAULT_BANDWIDTH_M,
    show_default=True,
    help="Metres each case is spread over (standard deviation).",
)
def heatmap(
    kind: str,
    out: Path | None,
    since: datetime | None,
    until: datetime | None,
    category: str | None,
    zone: str | None,
    status: str,
    bandwidth: float,
) -> None:
    """Show where cases are, as cases per hectare and per 100 parcels.

    The HTML page opens from disk with no network and holds no person's name; the other formats
    hold the cells of the surface.

    Example: lotline report heatmap --since 2025-01-01 --zone 4
    """
    with _town() as (connection, on), Console(stderr=True).status("Drawing the heat map"):
        scope = Scope(
            on=on,
            since=since.date() if since else None,
            until=until.date() if until else None,
            category=category,
            zone=zone,
            open_only=status == "open",
        )
        made = make_heatmap(connection, scope, bandwidth=bandwidth)
        path = out or Path(f"heatmap-{on}.{kind}")
        if kind == "html":
            write_text(heatmap_page(made, backdrop=fetch_backdrop(connection)), path)
        else:
            write_frame(heatmap_cells(made), path, kind=kind, layer="case_density")
    lost = f" {made.unplaced:,} more have no place on the map." if made.unplaced else ""
    click.echo(f"{scope.words()}, as of {on}: {made.cases:,} on the map.{lost}")
    click.echo(f"Wrote {path}")


@report.command()
@click.option(
    "--format",
    "kind",
    type=click.Choice(["table", "html", "csv", "geojson", "gpkg"]),
    default="table",
    show_default=True,
)
@click.option("--out", type=OUT, help="File to write [repeat-DATE.FORMAT here].")
@click.option("--date", "day", type=DAY, help="Last day looked at [today].")
@click.option("--years", type=click.IntRange(min=1, max=100), default=5, show_default=True)
@click.option("--at-least", type=click.IntRange(min=2), default=2, show_default=True)
@click.option("--category", help="Only cases of this category.")
@click.option("--zone", help="Only cases in the officer's zone of this code.")
def repeat(
    kind: str,
    out: Path | None,
    day: datetime | None,
    years: int,
    at_least: int,
    category: str | None,
    zone: str | None,
) -> None:
    """List the parcels with several cases within a few years.

    Example: lotline report repeat --at-least 5 --years 3 --format csv
    """
    if kind == "table" and out is not None:
        msg = "A table goes to the terminal; for a file give --format html, csv, geojson or gpkg."
        raise click.UsageError(msg)
    with _town() as (connection, today), Console(stderr=True).status("Counting cases"):
        on = day.date() if day else today
        question = Question(on=on, years=years, at_least=at_least, zone=zone, category=category)
        found = list_repeat_parcels(connection, question)
        path = out or Path(f"repeat-{on}.{kind}")
        if kind == "html":
            write_text(repeat_page(found, backdrop=fetch_backdrop(connection)), path)
        elif kind != "table":
            write_frame(repeat_frame(found), path, kind=kind, layer="repeat_parcels")
    click.echo(f"{found.words()}.")
    if found.undated:
        click.echo(f"Cases whose opening day is unknown, not counted: {found.undated:,}.")
    click.echo(PLAIN_SENSE)
    if kind == "table":
        _print_table(found)
    else:
        click.echo(f"Wrote {path}")


@contextlib.contextmanager
def _town() -> Iterator[tuple[sa.Connection, date]]:
    """Open the town and tell what day it is there."""
    settings = read_settings(os.environ)
    with open_database(settings.home, settings.environ) as database, database.app.begin() as link:
        yield link, datetime.now(ZoneInfo(town_facts(link).timezone)).date()


def _print_table(found: RepeatList) -> None:
    table = Table(caption=_caption(found), caption_justify="left", box=SIMPLE)
    for heading in ("Rank", "Cases", "Open", "Viol.", "Sect.", "Days"):
        table.add_column(heading, justify="right")
    for heading in ("First", "Last", "Zone", "Parcel"):
        table.add_column(heading, no_wrap=True)
    table.add_column("Address", min_width=20)
    for parcel in found.parcels[:ROWS_ON_TERMINAL]:
        figures = (parcel.rank, parcel.cases, parcel.open_cases, parcel.violations, parcel.sections)
        table.add_row(
            *(f"{figure:,}" for figure in figures),
            f"{parcel.mean_days_between:,.0f}",
            str(parcel.first_opened),
            str(parcel.last_opened),
            parcel.zone or "",
            parcel.parcel_no,
            parcel.address or "",
        )
    Console(width=max(Console().width, NARROWEST_TABLE)).print(table)


def _caption(found: RepeatList) -> str | None:
    rest = len(found.parcels) - ROWS_ON_TERMINAL
    more = f"{rest:,} more: --format csv writes all." if rest > 0 else ""
    return " ".join(part for part in (more, found.town.note) if part) or None
