"""Take a town's files in from the command line, and say what became of every row."""

from __future__ import annotations

import getpass
import logging
import os
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from geo.loading.kinds import ADDRESSES, PARCELS, STREETS, ZONES, Kind
from webmap.cli.days import DAY
from webmap.cli.moving import moving_in
from webmap.cli.taking_in import EXISTING, bring_up_to_date, one_transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    import sqlalchemy as sa

    from geo.loading.rows import Outcome
    from geo.loading.runs import Request
    from geo.streets.dataset import Replacement

# What reads and stores is imported by what uses it: it costs seconds, help must not.
type Loader = Callable[[sa.Connection, Request], Outcome]


@click.group("import")
def import_() -> None:
    """Load a layer or a list of your own town.

    Reads Shapefile (also zipped), GeoPackage, File Geodatabase, GeoJSON, TopoJSON, FlatGeobuf,
    GeoParquet and CSV. A mapping file says which of its columns is what; data/mappings holds
    examples. The same file again changes nothing, and a file that fails leaves all as it was.

    Example: lotline import parcels parcels.gpkg --mapping parcels.toml
    """


def _command(kind: str, *, summary: str, file: str) -> Callable[..., None]:
    """Make the command that imports one kind; all take the same options."""

    @import_.command(kind, help=f"{summary}\n\nExample: lotline import {kind} {file}")
    @click.argument("file", type=EXISTING)
    @click.option("--mapping", type=EXISTING, help="TOML file that names the columns.")
    @click.option("--layer", help="The layer to read, where the file holds several.")
    @click.option("--crs", help="Coordinate system, EPSG:n; wins over the stored one.")
    @click.option("--as-of", type=DAY, help="Day the file speaks of.")
    @click.option("--rejects", type=EXISTING, help="Where to name the rejected rows (CSV).")
    @click.option("--dry-run", is_flag=True, help="Tell what would happen; change nothing.")
    def command(**options: Any) -> None:
        _import(_kind(kind), **options)

    if kind == PARCELS.name:
        part = "The file is only a part of the town: with --as-of, what it lacks does not end."
        click.option("--partial", is_flag=True, help=part)(command)
    if kind == ZONES.name:
        replace = "Let the file have its way with zones that were drawn here by hand."
        click.option("--replace-drawn", is_flag=True, help=replace)(command)
    return command


@import_.command("undo")
@click.argument("run", type=int)
def undo(run: int) -> None:
    """Take back a parcel file of a day, the last one.

    RUN is the number the import was told under. Each row is as it was before; what followed a
    parcel goes back to it. Other imports are not undone: load the right file over them.

    Example: lotline import undo 12
    """
    from cases.actors import Moment  # noqa: PLC0415 - seconds of imports
    from cases.succession.undoing import undo_parcels  # noqa: PLC0415
    from geo.database import open_database  # noqa: PLC0415
    from webmap.clock import TownClock  # noqa: PLC0415
    from webmap.settings import read_settings  # noqa: PLC0415

    settings = read_settings(os.environ)
    with open_database(settings.home, settings.environ) as database:
        bring_up_to_date(database)
        clock = TownClock(database.owner)
        moment = Moment(on=clock.today(), now=clock.now())
        with one_transaction(database) as connection:
            back = undo_parcels(connection, run, actor=getpass.getuser(), moment=moment)
    click.echo(f"Import {run} is undone; {back:,} open matters are on the parcels they were on.")


def _kind(name: str) -> Kind:
    from cases.importing.kinds import CASES, LIENS, PERMITS  # noqa: PLC0415 - seconds of imports

    kinds = (PARCELS, ADDRESSES, ZONES, STREETS, CASES, LIENS, PERMITS)
    return next(kind for kind in kinds if kind.name == name)


def _import(
    kind: Kind,
    *,
    file: Path,
    mapping: Path | None,
    layer: str | None,
    crs: str | None,
    as_of: date | None,
    rejects: Path | None,
    dry_run: bool,
    replace_drawn: bool = False,
    partial: bool = False,
) -> None:
    from geo.database import open_database  # noqa: PLC0415 - seconds of imports
    from geo.loading.errors import NothingUsableError  # noqa: PLC0415
    from geo.loading.mapping import load_mapping  # noqa: PLC0415
    from geo.loading.runs import Request  # noqa: PLC0415
    from geo.streets.dataset import replacing  # noqa: PLC0415
    from webmap.cli.progress import steps  # noqa: PLC0415
    from webmap.clock import TownClock  # noqa: PLC0415
    from webmap.settings import read_settings  # noqa: PLC0415

    # Of a lost connection we tell ourselves, in one sentence.
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)
    settings = read_settings(os.environ)
    read_mapping = load_mapping(mapping, kind=kind) if mapping else None
    with open_database(settings.home, settings.environ) as database, steps() as progress:
        bring_up_to_date(database)
        request = Request(
            path=file,
            mapping=read_mapping,
            mapping_name=mapping.name if mapping else None,
            layer=layer,
            crs=crs,
            as_of=as_of,
            today=TownClock(database.owner).today(),
            actor=getpass.getuser(),
            progress=progress,
            replace_drawn=replace_drawn,
            partial=partial,
        )
        network = nullcontext() if dry_run or kind != STREETS else replacing(settings.streets)
        with network as replacement, one_transaction(database) as connection:
            outcome = _loaders(replacement)[kind.name](connection, request)
            named = _name_rejects(outcome, to=rejects, home=settings.home)
            if outcome.loaded == 0:
                raise NothingUsableError(_nothing(outcome, file=file, named=named))
            if dry_run:
                connection.rollback()
    _tell(outcome, file=file, named=named, dry_run=dry_run)
    _tell_repairs(outcome, home=settings.home)


def _loaders(network: Replacement | None) -> dict[str, Loader]:
    from cases.importing import load_cases, load_liens, load_permits  # noqa: PLC0415
    from cases.importing.kinds import CASES, LIENS, PERMITS  # noqa: PLC0415
    from cases.succession.taking_in import take_in_parcels  # noqa: PLC0415
    from cases.zone_files import take_in_zones  # noqa: PLC0415
    from geo.loading.addresses import load_addresses  # noqa: PLC0415
    from geo.loading.streets import load_streets  # noqa: PLC0415

    return {
        PARCELS.name: take_in_parcels,
        ADDRESSES.name: load_addresses,
        ZONES.name: take_in_zones,
        STREETS.name: partial(load_streets, network=network),
        CASES.name: load_cases,
        LIENS.name: load_liens,
        PERMITS.name: load_permits,
    }


def _name_rejects(outcome: Outcome, *, to: Path | None, home: Path) -> Path | None:
    if not outcome.rejects:
        return None
    from geo.loading.rows import write_rejects  # noqa: PLC0415

    path = to or home / "imports" / f"{outcome.run_id:05d}-{outcome.kind}-rejects.csv"
    write_rejects(path, rejects=outcome.rejects)
    return path


def _tell_repairs(outcome: Outcome, *, home: Path) -> None:
    if not outcome.repairs:
        return
    from geo.loading.rows import write_repairs  # noqa: PLC0415

    path = home / "imports" / f"{outcome.run_id:05d}-{outcome.kind}-repairs.csv"
    write_repairs(path, repairs=outcome.repairs)
    most = max(outcome.repairs, key=lambda repair: abs(repair.change_m2))
    click.echo(
        f"Repaired rows: {path} (largest change of area {most.change_m2:+,.2f} m2, row {most.row})"
    )


def _nothing(outcome: Outcome, *, file: Path, named: Path | None) -> str:
    codes = ", ".join(f"{code} {count:,}" for code, count in outcome.rejected_by_code.items())
    return (
        f"No row of {file.name} could be used ({codes}); nothing was changed. "
        f"Each row and its reason stand in {named}."
    )


def _parts(outcome: Outcome) -> Iterator[tuple[str, int, str]]:
    """Say what the good rows are; all but the repaired, which are among the others, add up."""
    stored = outcome.loaded - outcome.merged - outcome.unchanged
    yield "stored", stored, "new or different from what is on record"
    yield "unchanged", outcome.unchanged, "on record already, just so"
    if outcome.merged:
        yield "merged", outcome.merged, "joined to another row, which they belong to or repeat"
    if outcome.repaired:
        yield "repaired", outcome.repaired, "with their outline mended"


def _tell(outcome: Outcome, *, file: Path, named: Path | None, dry_run: bool) -> None:
    kept = " (dry run: nothing kept)" if dry_run else f" (import {outcome.run_id})"
    click.echo(f"{outcome.kind} from {file.name}{kept}")
    click.echo(f"  {'read':<12}{outcome.read:>10,} rows")
    click.echo(f"  {'rejected':<12}{outcome.rejected:>10,} rows")
    for code, count in outcome.rejected_by_code.items():
        click.echo(f"    {code:<22}{count:>8,}")
    click.echo(f"  {'good':<12}{outcome.loaded:>10,} rows, of them")
    for name, count, meaning in _parts(outcome):
        click.echo(f"    {name:<10}{count:>10,} {meaning}")
    for note in outcome.notes:
        click.echo(note)
    if named is not None:
        click.echo(f"Rejected rows: {named}")


_command(
    "parcels", summary="Load parcels, and owners where the file names them.", file="parcels.gpkg"
)
_command(
    "addresses", summary="Load addresses, as points or by parcel number.", file="addresses.csv"
)
_command("zones", summary="Load zones: officers' beats, wards, parks, water.", file="zones.geojson")
_command(
    "streets",
    summary="Load streets, and build the network that routes are planned on.",
    file="city.osm.pbf",
)
_command(
    "cases",
    summary="Load cases with their violations from another system.",
    file="violations.csv --mapping cases.toml",
)
_command("liens", summary="Load recorded liens.", file="liens.csv")
_command("permits", summary="Load building permits.", file="permits.csv")
import_.add_command(moving_in)
