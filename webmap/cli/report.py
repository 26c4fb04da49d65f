"""Make reports from the command line: a command for each, of the options it takes."""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, override
from zoneinfo import ZoneInfo

import click

from reports.answers.files.formats import FORMATS, NoSuchTableError
from reports.answers.options import Option, OptionError, OptionKind, Question, ask
from reports.answers.watching import Watch
from reports.registry import REPORTS, Report, make
from webmap.cli.days import DAY
from webmap.cli.numbers import FiniteRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import sqlalchemy as sa

    from reports.answers.answer import Answer
    from reports.backdrop import Backdrop

# What draws and counts is imported by the command that does: it costs seconds, help must not.
OUT = click.Path(dir_okay=False, path_type=Path)
TABLE = "table"
KINDS = (TABLE, *FORMATS)
USUAL_KIND = {"heatmap": "html"}
"""What a command writes where nothing is said, if not a table on the terminal."""
USUAL_TABLE = {"heatmap": "cells"}
"""What its file of one table holds: scripts rely on the cells of the surface."""
WRITTEN_AFTER = 0.9
"""The share of the whole that is behind once the answer is there."""


class Reports(click.Group):
    """A command for each report, made when it is run: some options load more than help should."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in order."""
        return sorted(REPORTS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make one command."""
        return _command(REPORTS[cmd_name]) if cmd_name in REPORTS else None

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without making any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, REPORTS[name].answers) for name in sorted(REPORTS)])


@click.group(cls=Reports)
def report() -> None:
    """Make a report, on the terminal or as a file.

    Example: lotline report heatmap --category "Overgrowth: Private, Occ" --out overgrowth.html
    """


def _command(of: Report) -> click.Command:
    usual = USUAL_KIND.get(of.name, TABLE)
    holds = USUAL_TABLE.get(of.name, "the first shown, or the first with shapes")
    own = [
        click.Option(["--format", "kind"], type=click.Choice(KINDS),
                     help=f"A table on the terminal, or a file [{usual}, or as --out ends]."),
        click.Option(["--out"], type=OUT, help=f"File to write [{of.name}-DATE.FORMAT here]."),
        click.Option(["--table"], metavar="KEY",
                     help=f"Which table, for a file of one (CSV, GeoJSON, GeoParquet) [{holds}]."),
    ]  # fmt: skip
    words = f"{of.title}: {of.answers}\n\nExample: lotline report {of.name} {of.example}"
    options = [_option(each) for each in of.options]
    return click.Command(
        of.name, params=[*own, *options], help=words, callback=partial(_run, of),
        short_help=of.answers,
    )  # fmt: skip


def _option(of: Option) -> click.Option:
    name = f"--{of.key.replace('_', '-')}"
    if of.kind is OptionKind.FLAG:
        return click.Option([name, of.key], is_flag=True, help=of.means or of.words)
    return click.Option(
        [name, of.key], type=_TYPES.get(of.kind, _words)(of), default=of.default,
        show_default=of.default is not None, help=of.means or of.words,
    )  # fmt: skip


def _whole(of: Option) -> click.ParamType[Any]:
    least, most = (None if end is None else int(end) for end in (of.least, of.most))
    return click.IntRange(min=least, max=most)


def _words(_of: Option) -> click.ParamType[Any]:
    return click.STRING


_TYPES: Mapping[OptionKind, Callable[[Option], click.ParamType[Any]]] = {
    OptionKind.DAY: lambda _of: DAY,
    OptionKind.WHOLE: _whole,
    OptionKind.NUMBER: lambda of: FiniteRange(min=of.least, max=of.most),
    OptionKind.CHOICE: lambda of: click.Choice([key for key, _words in of.choices]),
}


def _run(of: Report, kind: str | None, out: Path | None, table: str | None, **said: Any) -> None:
    kind = _settled(of, kind, out)
    _require_order(said)
    with _watched() as watch:
        answer, backdrop = _answered(of, kind, said, watch=watch)
        path = out or Path(f"{of.name}-{answer.on}.{kind}")
        if kind != TABLE:
            watch.at(f"Writing {path.name}", WRITTEN_AFTER)
            table = table or USUAL_TABLE.get(of.name)
            _write(answer, path, kind=kind, backdrop=backdrop, table=table)
    from webmap.cli.report_table import print_answer, tell  # noqa: PLC0415 - rich and its tables

    if kind == TABLE:
        print_answer(answer)
    else:
        tell(answer)
        click.echo(f"Wrote {path}")


def _settled(of: Report, kind: str | None, out: Path | None) -> str:
    """Return what is to be written: as it is said, as the file's name ends, or as usual."""
    if kind is None:
        ending = out.suffix.removeprefix(".").lower() if out else ""
        kind = ending if ending in FORMATS else USUAL_KIND.get(of.name, TABLE)
    if kind == TABLE and out is not None:
        *others, last = FORMATS
        msg = (
            f"A table goes to the terminal; for a file give --format {', '.join(others)} or {last}."
        )
        raise click.UsageError(msg)
    return kind


def _require_order(said: Mapping[str, Any]) -> None:
    since, until = said.get("since"), said.get("until")
    if since and until and since > until:
        msg = f"--since {since} lies after --until {until}: no day is in both."
        raise click.UsageError(msg)


def _answered(
    of: Report, kind: str, said: Mapping[str, Any], *, watch: Watch
) -> tuple[Answer, Backdrop | None]:
    """Make a report, and fetch the town where its file draws it."""
    with _town() as (connection, now):
        part = Watch(tell=lambda doing, share: watch.at(doing, share * WRITTEN_AFTER))
        answer = make(connection, _asked(of, said, now), watch=part)
        if kind == TABLE or not FORMATS[kind].has_map or not answer.layers:
            return answer, None
        watch.at("Fetching the town beneath the map", WRITTEN_AFTER)
        from reports.backdrop import fetch_backdrop  # noqa: PLC0415 - seconds of imports

        return answer, fetch_backdrop(connection)


def _asked(of: Report, said: Mapping[str, Any], now: datetime) -> Question:
    values = {key: value for key, value in said.items() if value not in {None, ""}}
    try:
        return ask(of.name, of.options, now=now, values=values)
    except OptionError as error:
        raise click.UsageError(str(error)) from error


def _write(answer: Answer, path: Path, *, table: str | None, **how: Any) -> None:
    from reports.answers.files.writing import write  # noqa: PLC0415 - seconds of imports

    if table == USUAL_TABLE.get(answer.report) and table not in {e.key for e in answer.tables}:
        table = None  # nothing was found, so there are no cells
    try:
        write(answer, path, table=table, **how)
    except NoSuchTableError as error:
        raise click.UsageError(str(error)) from error


@contextlib.contextmanager
def _watched() -> Iterator[Watch]:
    """Give who is told how far the report is, on standard error."""
    from webmap.cli.progress import steps  # noqa: PLC0415 - rich, which no help needs

    with steps(percent=True) as tell:
        yield Watch(tell=lambda doing, share: tell(doing, round(100 * share), 100))


@contextlib.contextmanager
def _town() -> Iterator[tuple[sa.Connection, datetime]]:
    """Open the town, and tell what time it is there."""
    from geo.database import open_database  # noqa: PLC0415
    from reports.caseload import town_facts  # noqa: PLC0415
    from webmap.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    with (
        open_database(settings.home, settings.environ) as database,
        database.app.begin() as connection,
    ):
        yield connection, datetime.now(ZoneInfo(town_facts(connection).timezone))
