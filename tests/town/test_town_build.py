"""Build a whole town into a database, by the code that loads a real one."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.town.build import Plan, build, is_empty
from data.town.errors import TownError
from data.town.files import TownFiles
from geo.database import Database
from geo.loading.runs import silent
from geo.streets.dataset import replacing

TODAY = date(2026, 11, 20)


def _build(connection: sa.Connection, folder: Path) -> TownFiles:
    with replacing(folder / "streets") as network:
        return build(
            connection,
            Plan(parcels=300, years=1, seed=4),
            folder=folder / "town",
            network=network,
            today=TODAY,
            progress=silent,
        )


def test_a_town_is_loaded_whole_and_never_upon_another(
    fresh_database: Database, tmp_path: Path
) -> None:
    with fresh_database.owner.begin() as connection:
        assert is_empty(connection)
        files = _build(connection, tmp_path)
        assert not is_empty(connection)
        with pytest.raises(TownError, match="never mixed with a real one"):
            _build(connection, tmp_path)
    tables = {
        "parcels": "parcel",
        "addresses": "situs_address",
        "zones": "zone",
        "ways": "street",
        "cases": "case_file",
        "violations": "violation",
        "liens": "lien",
    }
    with fresh_database.owner.connect() as connection:
        loaded = {
            kind: connection.scalar(sa.text(f"SELECT count(*) FROM lotline.{table}"))  # noqa: S608
            for kind, table in tables.items()
        }
        untied = connection.scalar(
            sa.text("SELECT count(*) FROM lotline.case_file WHERE parcel_id IS NULL")
        )
        said = connection.execute(sa.text("SELECT name, note FROM published.town")).one()
    assert loaded == files.counts
    assert untied == 0
    assert (said.name, "generated" in said.note) == (files.name, True)


def test_a_town_of_which_only_streets_are_loaded_is_not_built_upon(
    connection: sa.Connection, tmp_path: Path
) -> None:
    connection.execute(
        sa.text(
            "INSERT INTO lotline.town (name, srid, extent) "
            "VALUES ('Alder', 32619, ST_MakeEnvelope(-71.2, 42.3, -71, 42.5, 4326))"
        )
    )
    with pytest.raises(TownError, match="A town is loaded in this database"):
        _build(connection, tmp_path)
    assert not (tmp_path / "town").exists()
