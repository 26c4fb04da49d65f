"""Take Cambridge's parcels and violations in once for all tests of a run."""

import fcntl
from collections.abc import Callable
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from cases.importing import load_cases
from cases.importing.kinds import CASES
from geo.cluster import Cluster
from geo.database import from_cluster
from geo.loading.kinds import PARCELS, Kind
from geo.loading.mapping import load_mapping
from geo.loading.parcels import load_parcels
from geo.loading.rows import Outcome
from geo.loading.runs import Request

MAPPINGS = Path(__file__).parents[1] / "data" / "mappings"
TODAY = date(2026, 6, 15)
PARCELS_OF_2014 = "ASSESSING_ParcelsFY2014.topojson"
NAME = "cambridge"


def take_in_once(cluster: Cluster, clone: Callable[[str], None], *, realdata: Path) -> str:
    """Give the name of the database with the city; whichever worker comes first makes it.

    It is every worker's: whoever changes something there takes it back.
    """
    there = cluster.home / NAME
    with (cluster.home / f"{NAME}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not there.exists():
            clone(NAME)
            with from_cluster(cluster, name=NAME) as database, database.owner.begin() as connection:
                load_parcels(
                    connection, _asked("ASSESSING_ParcelsFY2014.topojson", PARCELS, realdata)
                )
                load_violations(connection, realdata)
            there.touch()
    return NAME


def load_violations(connection: sa.Connection, realdata: Path) -> Outcome:
    """Load the city's violations, which name its parcels."""
    return load_cases(connection, _asked("violations.csv.gz", CASES, realdata))


def _asked(name: str, kind: Kind, realdata: Path) -> Request:
    mapping = load_mapping(MAPPINGS / f"cambridge-{kind.name}.toml", kind=kind)
    path = realdata / "cambridge" / name
    return Request(path=path, today=TODAY, actor="clerk", mapping=mapping)
