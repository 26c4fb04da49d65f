"""Offer Lotline on the command line; every mistake of a user is one sentence, never a traceback."""

import importlib
import sys
from typing import override

import click

from geo.errors import LotlineError
from reports.registry import REPORTS
from webmap.cli.saying import first_line

COMMANDS = {
    "audit": ("webmap.cli.audit:audit", "Check the history of every case."),
    "case": ("webmap.cli.case:case", "Tell of one case."),
    "clock": ("webmap.cli.clock:clock", "Notice what falls due, or see what would be."),
    "db": ("webmap.cli.db:db", "Start, stop and upgrade the database."),
    "import": (
        "webmap.cli.imports:import_",
        "Load parcels, addresses, zones, streets, cases, liens; move in from another system.",
    ),
    "law": ("webmap.cli.law:law", "Check and adopt a town's law pack, say who may do what."),
    "ledger": ("webmap.cli.ledger:ledger", "Export the ledger, and check that it adds up."),
    "mail": ("webmap.cli.mail:mail", "See what mail was sent, and send some again."),
    "report": ("webmap.cli.report:report", "Write a report to a file."),
    "routes": ("webmap.cli.routes:routes", "Plan officers' days."),
    "serve": ("webmap.cli.serve:serve", "Serve the map."),
    "town": ("webmap.cli.town:town", "Build the generated demo town."),
    "user": ("webmap.cli.user:user", "Add the people who may sign in."),
    "worker": ("webmap.cli.worker:worker", "Do what waits in the queue, such as sending mail."),
    "zones": (
        "webmap.cli.zones:zones",
        "Propose zones that share the work evenly, and adopt them.",
    ),
}

EXAMPLES = (
    "audit root --out root-2026-11-25.txt",
    "audit verify --root root-2026-11-25.txt",
    "case story CE-2026-00017",
    "clock run --as-of 2026-12-24 --dry-run",
    "db up",
    "db upgrade",
    "db status",
    "db down",
    "import parcels parcels.gpkg --mapping parcels.toml",
    "import addresses addresses.csv",
    "import zones zones.geojson",
    "import streets city.osm.pbf",
    "import cases violations.csv --mapping cases.toml",
    "import liens liens.csv",
    "import permits permits.csv",
    "import undo 12",
    "import moving-in export-2026-10-31 --dry-run",
    "law adopt my-town.toml",
    "law check data/law/florida-town.toml",
    "law permissions --role clerk",
    "ledger check",
    "ledger export --from 2026-11-01 --to 2026-11-30 --out november.csv",
    "mail list --status uncertain",
    "mail send-again 17",
    "mail test clerk@example.gov",
    *(f"report {name} {each.example}" for name, each in sorted(REPORTS.items())),
    "routes bench R101.txt --seconds 10 --json",
    "routes compare --date 2026-03-02 --days 5",
    "routes plan --date 2026-03-02 --zone 4",
    "routes replan --officer Rivera --at 13:40",
    "serve --port 8000",
    "town build",
    "user add rivera --role officer",
    "user link rivera",
    "user list",
    "worker --once",
    "zones adopt 12",
    "zones balance --zones 5 --out zones.geojson",
)
"""One of each command: a test holds them against the commands there are."""

NO_SUCH_TABLE_OR_SCHEMA = {"42P01", "3F000"}


class LazyGroup(click.Group):
    """A group that imports a command only when it is run, so that each starts quickly."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in order."""
        return sorted(COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])
        with formatter.section("Every command by an example (add --help for its options)"):
            for words in EXAMPLES:
                formatter.write(f"{'':{formatter.current_indent}}lotline {words}\n")


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Lotline: code enforcement on the map.

    Example: lotline import parcels parcels.gpkg
    """


def main() -> None:
    """Run the command line: 0 done, 1 the work could not be done, 2 the words were wrong."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; nothing unfinished was kept.", err=True)
        sys.exit(130)
    except LotlineError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"Error: {error.filename or 'a file'}: {error.strerror}.", err=True)
        sys.exit(1)
    except Exception as error:
        # The database's errors by name would cost every command the import of SQLAlchemy; what
        # is none of them goes on as it came.
        words = _database_words(error)
        if words is None:
            raise
        click.echo(f"Error: {words}", err=True)
        sys.exit(1)


def _database_words(error: Exception) -> str | None:
    """Say what the database could not do, and what to run; None where it is not the database."""
    from sqlalchemy import exc  # noqa: PLC0415 - half a second that no help should cost

    if isinstance(error, exc.OperationalError):
        words = first_line(error.orig)
        return f"the database did not answer ({words}). Is it up? lotline db up"
    unmade = getattr(getattr(error, "orig", None), "sqlstate", None) in NO_SUCH_TABLE_OR_SCHEMA
    if isinstance(error, exc.ProgrammingError) and unmade:
        return "the database has no Lotline tables yet. Run: lotline db upgrade"
    return None
