"""Build the demo town: write its files, then load them by the same code as a real town's."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from cases.documents.store import Store
from cases.folding import fold_tallies
from cases.importing.permits import load_permits
from cases.models import Case, Lien, Violation
from cases.tiles import refresh_grid
from data.town.album import copy_album, take_album
from data.town.design import design
from data.town.errors import TownError
from data.town.files import TownFiles, write_town
from data.town.notes import NOTE, UNFINISHED
from data.town.playing.years import play_years, players
from data.town.staff import add_staff
from data.town.years import CASES_PER_LOT_YEAR
from geo.database import Database
from geo.layers import Town
from geo.loading.addresses import load_addresses
from geo.loading.parcels import load_parcels
from geo.loading.rows import Outcome
from geo.loading.runs import Progress, Request
from geo.loading.streets import load_streets
from geo.loading.zones import load_zones
from geo.streets.dataset import Replacement, replacing

ACTOR = "the town generator"

type Loader = Callable[[sa.Connection, Request], Outcome]


@dataclass(frozen=True, slots=True)
class Plan:
    """How large a town, how long a history, and which of the possible ones."""

    parcels: int
    years: int
    seed: int


def is_empty(connection: sa.Connection) -> bool:
    """Tell whether no layer is loaded yet; the first one, of whatever kind, places the town."""
    return not connection.scalar(sa.select(sa.exists(sa.select(Town.id))))


def build(
    database: Database,
    plan: Plan,
    *,
    folder: Path,
    streets: Path,
    documents: Path,
    now: datetime,
    progress: Progress,
) -> TownFiles:
    """Generate a town in an empty database: its ground at once, then its years, deed by deed.

    Parameters
    ----------
    folder
        Where the town's files are written; they stay, as examples of what a town hands over. Those
        of cases and liens hold its fates as another system would tell them, not what was played.
    streets
        The folder of the street network.
    documents
        The folder of the document store, in which the town's photographs are kept.
    now
        The moment of building, in the town's time zone; its day is the last of the history.

    Raises
    ------
    TownError
        When a layer is loaded already, or a generated row was rejected, which is our mistake.
    """
    today = now.date()
    with database.owner.connect() as connection:
        _require_empty(connection)
    store = Store(documents)
    with players(plan.parcels * plan.years * CASES_PER_LOT_YEAR) as among:
        with (
            ThreadPoolExecutor(1) as beside,
            replacing(streets) as network,
            database.owner.begin() as connection,
        ):
            # Decoding photographs is other processes' work, drawing a town this one's.
            taking = beside.submit(take_album, store)
            progress("Drawing the town", 0, 1)
            town = design(parcels=plan.parcels, years=plan.years, seed=plan.seed, until=today)
            files = write_town(folder, town)
            for path, load in _steps(files, network):
                asked = Request(path=path, today=today, actor=ACTOR, progress=progress)
                _require_whole(load(connection, asked))
            connection.execute(sa.update(Town).values(name=files.name, note=UNFINISHED))
            album = taking.result()
        play_years(database, town, album=album, among=among, progress=progress)
    copy_album(database, store, album)
    with database.owner.begin() as connection:
        refresh_grid(connection)
        fold_tallies(connection)
        add_staff(connection, now=now)
        connection.execute(sa.update(Town).values(note=NOTE))
        return replace(files, counts=files.counts | _played(connection))


def _played(connection: sa.Connection) -> dict[str, int]:
    """Count what the years left; fates that came to nothing, or not yet, are no cases."""
    kinds = {"cases": Case, "violations": Violation, "liens": Lien}
    counted = {
        kind: connection.scalar(sa.select(sa.func.count()).select_from(part))
        for kind, part in kinds.items()
    }
    return {kind: number or 0 for kind, number in counted.items()}


def _require_empty(connection: sa.Connection) -> None:
    if not is_empty(connection):
        msg = (
            "A town is loaded in this database: a generated one is never mixed with a real one. "
            "Set LOTLINE_HOME to a new folder for the town."
        )
        raise TownError(msg)


def _steps(files: TownFiles, network: Replacement) -> list[tuple[Path, Loader]]:
    return [
        (files.parcels, load_parcels),
        (files.addresses, load_addresses),
        (files.zones, load_zones),
        (files.streets, partial(load_streets, network=network)),
        (files.permits, load_permits),
    ]


def _require_whole(outcome: Outcome) -> None:
    if outcome.rejected:
        first = outcome.rejects[0]
        msg = (
            f"The generated {outcome.kind} have {outcome.rejected} rows that the import rejects; "
            f"row {first.row}: {first.reason}. Please report this with the seed."
        )
        raise TownError(msg)
