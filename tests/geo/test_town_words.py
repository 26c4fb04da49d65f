"""Notes on the town: those of all mappings gather, and none takes another's place."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from few_lots import asked, load_lots, lots, written

from geo.loading.mapping import Mapping
from geo.loading.parcels import load_parcels
from geo.loading.zones import load_zones


@pytest.fixture
def town(connection: sa.Connection, tmp_path: Path) -> sa.Connection:
    load_lots(connection, lots(4), tmp_path)
    return connection


def _note(connection: sa.Connection) -> str | None:
    note: str | None = connection.scalar(sa.text("SELECT note FROM lotline.town"))
    return note


def _say(connection: sa.Connection, folder: Path, note: str, *, name: str, kind: str) -> str | None:
    """Load zones or parcels whose mapping says a note; tell what the town says then."""
    columns = {"parcels": {"parcel_no": "parcel_no"}, "zones": {"code": "parcel_no"}}[kind]
    told = {"kind": kind, "columns": columns, "town": {"note": note}}
    load = {"parcels": load_parcels, "zones": load_zones}[kind]
    path = written(lots(2), folder)
    load(connection, asked(path, mapping=Mapping.model_validate(told), mapping_name=name))
    return _note(connection)


def test_the_notes_of_mappings_gather_and_each_replaces_only_its_own(
    town: sa.Connection, tmp_path: Path
) -> None:
    def say(note: str, *, name: str, kind: str = "zones") -> str | None:
        return _say(town, tmp_path, note, name=name, kind=kind)

    credit = "Streets \N{COPYRIGHT SIGN} OpenStreetMap contributors"
    assert say(credit, name="a.toml") == credit
    assert say("Drawn\n by hand.", name="b.toml") == f"{credit}\nDrawn by hand."
    assert say(credit, name="a.toml") == f"{credit}\nDrawn by hand."
    assert say(credit, name="p.toml", kind="parcels") == f"{credit}\nDrawn by hand."
    assert say("Drawn by eye.", name="b.toml") == f"{credit}\nDrawn by eye."
    assert say("Old.", name="a.toml") == f"{credit}\nDrawn by eye.\nOld."  # p.toml says it still
    assert say("", name="b.toml") == f"{credit}\nOld."
    assert say("", name="a.toml") == credit
    assert say("", name="p.toml", kind="parcels") is None


def test_a_note_from_before_they_were_kept_stays(town: sa.Connection, tmp_path: Path) -> None:
    town.execute(sa.text("UPDATE lotline.town SET note = 'An old note.'"))
    for _ in range(2):
        told = _say(town, tmp_path, "A new one.", name="z.toml", kind="zones")
        assert told == "An old note.\nA new one."
