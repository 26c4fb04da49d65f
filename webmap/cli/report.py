"""Write reports from the command line."""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from webmap.cli.days import DAY
from webmap.cli.numbers import FiniteRange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import sqlalchemy as sa

    from reports.caseload import Exempt
    from reports.repeat import RepeatList

# What draws and counts is imported by the command that does: it costs seconds, help must not.
OUT = click.Path(dir_okay=False, path_type=Path)
ROWS_ON_TERMINAL = 25
NARROWEST_TABLE = 112
BANDWIDTH_M = 150.0  # reports.heatmap.DEFAULT_BANDWIDTH_M
OUTSIDE_HELP = "For people outside the office: leave exempt places out."
ZONE_HELP = "Only cases in this officer's zone, by its code or its name."


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
@click.option("--zone", help=ZONE_HELP)
@click.option("--outside", is_flag=True, help=OUTSIDE_HELP)
@click.option("--status", type=click.Choice(["open", "all"]), default="open", show_default=True)
@click.option(
    "--bandwidth",
    type=FiniteRange(min=10, max=5000),
    default=BANDWIDTH_M,
    show_default=True,
    help="Metres each case is spread over (standard deviation); 100 m are some 330 ft.",
)
def heatmap(
    kind: str,
    out: Path | None,
    since: date | None,
    until: date | None,
    category: str | None,
    zone: str | None,
    outside: bool,
    status: str,
    bandwidth: float,
) -> None:
    """Show where cases are, as cases per hectare (2.5 acres) and per 100 parcels.

    The HTML page opens from disk with no network and holds no person's name; the other formats
    hold the cells of the surface.

    Example: lotline report heatmap --since 2025-01-01 --zone 4
    """
    if since and until and since > until:
        msg = f"--since {since} lies after --until {until}: no day is in both."
        raise click.UsageError(msg)
    from reports.backdrop import fetch_backdrop  # noqa: PLC0415 - seconds of imports
    from reports.caseload import Scope  # noqa: PLC0415
    from reports.export import write_frame, write_text  # noqa: PLC0415
    from reports.heatmap import make_heatmap  # noqa: PLC0415
    from reports.heatmap_cells import heatmap_cells  # noqa: PLC0415
    from reports.heatmap_page import heatmap_page  # noqa: PLC0415

    with _town("Drawing the heat map") as (connection, on):
        scope = Scope(
            on=on,
            since=since,
            until=until,
            category=category,
            zone=zone,
            open_only=status == "open",
            outside=outside,
        )
        made = make_heatmap(connection, scope, bandwidth=bandwidth)
        path = out or Path(f"heatmap-{on}.{kind}")
        if kind == "html":
            write_text(heatmap_page(made, backdrop=fetch_backdrop(connection)), path)
        else:
            write_frame(heatmap_cells(made), path, kind=kind, layer="case_density")
    lost = f" {made.unplaced:,} more have no place on the map." if made.unplaced else ""
    click.echo(f"{made.scope.words()}, as of {on}: {made.cases:,} on the map.{lost}")
    _tell_exempt(made.exempt, "cases", outside=outside)
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
@click.option(
    "--years",
    type=click.IntRange(min=1, max=100),
    default=5,
    show_default=True,
    help="How far back to look; five years is Florida's window (s. 162.04(5)).",
)
@click.option("--at-least", type=click.IntRange(min=2), default=2, show_default=True)
@click.option("--category", help="Only cases of this category.")
@click.option("--zone", help=ZONE_HELP)
@click.option("--outside", is_flag=True, help=OUTSIDE_HELP)
def repeat(
    kind: str,
    out: Path | None,
    day: date | None,
    years: int,
    at_least: int,
    category: str | None,
    zone: str | None,
    outside: bool,
) -> None:
    """List the parcels with several cases within a few years.

    Example: lotline report repeat --at-least 5 --years 3 --format csv
    """
    if kind == "table" and out is not None:
        msg = "A table goes to the terminal; for a file give --format html, csv, geojson or gpkg."
        raise click.UsageError(msg)
    from reports.backdrop import fetch_backdrop  # noqa: PLC0415 - seconds of imports
    from reports.export import write_frame, write_text  # noqa: PLC0415
    from reports.repeat import PLAIN_SENSE, Question, list_repeat_parcels  # noqa: PLC0415
    from reports.repeat_page import repeat_frame, repeat_page  # noqa: PLC0415

    with _town("Counting cases") as (connection, today):
        on = day or today
        question = Question(
            on=on, years=years, at_least=at_least, zone=zone, category=category, outside=outside
        )  # fmt: skip
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
    _tell_exempt(found.exempt, "parcels", outside=outside)
    if kind == "table":
        _print_table(found)
    else:
        click.echo(f"Wrote {path}")


def _tell_exempt(exempt: Exempt, what: str, *, outside: bool) -> None:
    if told := exempt.words(what, outside=outside):
        click.echo(told)


@contextlib.contextmanager
def _town(doing: str) -> Iterator[tuple[sa.Connection, date]]:
    """Open the town and tell what day it is there, saying meanwhile what is being done."""
    from rich.console import Console  # noqa: PLC0415

    from geo.database import open_database  # noqa: PLC0415
    from reports.caseload import town_facts  # noqa: PLC0415
    from webmap.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    with (
        open_database(settings.home, settings.environ) as database,
        database.app.begin() as link,
        Console(stderr=True).status(doing),
    ):
        yield link, datetime.now(ZoneInfo(town_facts(link).timezone)).date()


def _print_table(found: RepeatList) -> None:
    from rich.box import SIMPLE  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

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
            f"{parcel.address or ''}{' (exempt)' if parcel.exempt else ''}",
        )
    Console(width=max(Console().width, NARROWEST_TABLE)).print(table)


def _caption(found: RepeatList) -> str | None:
    rest = len(found.parcels) - ROWS_ON_TERMINAL
    more = f"{rest:,} more: --format csv writes all." if rest > 0 else ""
    return " ".join(part for part in (more, found.town.note) if part) or None
