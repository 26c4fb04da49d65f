"""From the command line zones are proposed, kept as a draft, and put in force."""

import json
import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely
import sqlalchemy as sa
from city_blocks import blocks, degrees
from click.testing import CliRunner, Result
from lots_town import ON, lay_lots
from seats import hire

from cases import zone_drafts
from cases.errors import CaseError
from cases.models import ZoneDraft
from cases.workflow.roles import Role
from geo.database import Database
from geo.layers import Zone
from webmap.cli.zones import zones
from webmap.worker import balancing

DAYS = ["--from", str(ON - timedelta(days=364)), "--to", str(ON)]


@pytest.fixture
def home(fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without streets, of four blocks in two zones, the first with most of the work."""
    parcels = degrees(blocks(2, 2)[0])
    halves = {
        code: shapely.union_all(parcels[first : first + 24]).convex_hull
        for code, first in (("1", 0), ("2", 24))
    }
    with fresh_database.owner.begin() as connection:
        for name in ("Officer 1", "Officer 2", "Officer 3"):
            hire(connection, Role.OFFICER, name=name)
        cases = {at: 3 if at < 24 else 1 for at in range(0, 48, 2)}
        officers = {"1": "Officer 1", "2": "Officer 2"}
        lay_lots(connection, parcels, cases=cases, zones=halves, officers=officers)
    for key in ("app", "owner", "public"):
        name = "DATABASE_URL" if key == "app" else f"DATABASE_URL_{key.upper()}"
        monkeypatch.setenv(name, getattr(fresh_database, f"{key}_url"))
    monkeypatch.setenv("LOTLINE_HOME", str(tmp_path))
    return tmp_path


def _run(*words: str) -> Result:
    return CliRunner().invoke(zones, words, catch_exceptions=False)


def _zones(database: Database) -> list[tuple[str, str | None]]:
    query = sa.select(Zone.name, Zone.officer_name).where(Zone.kind == "officer")
    with database.app.connect() as connection:
        return [(each.name, each.officer_name) for each in connection.execute(query)]


def _draft(database: Database) -> Any:
    with database.app.connect() as connection:
        return connection.execute(sa.select(ZoneDraft.__table__)).one()


def test_zones_are_proposed_written_foretold_and_adopted(
    home: Path, fresh_database: Database
) -> None:
    out = home / "zones.geojson"
    told = _run("balance", *DAYS, "--zones", "3", "--out", str(out))
    assert told.exit_code == 0, told.output
    draft = _draft(fresh_database)
    assert draft.asked["zones"] == 3
    assert draft.state == zone_drafts.State.DONE
    for words in ("Zone 1 (Officer 1): ", "Zone 3 (nobody): ", "(new)", "of the smallest; today",
                  "As the report of hours counts, it is ",
                  f"lotline zones adopt {draft.id}"):  # fmt: skip
        assert words in told.output
    written = json.loads(out.read_text())
    assert [each["properties"]["name"] for each in written["features"]] == [
        "Zone 1", "Zone 2", "Zone 3"
    ]  # fmt: skip
    assert all(shapely.from_geojson(json.dumps(each["geometry"])).is_valid
               for each in written["features"])  # fmt: skip
    officer = ("--officer", "Zone 3=Officer 3")
    dry = _run("adopt", str(draft.id), *officer, "--dry-run")
    assert dry.output.endswith("would change hands.\nNothing was changed.\n")
    assert "0 complaints that nobody has decided would lie in another zone." in dry.output
    assert len(_zones(fresh_database)) == 2
    done = _run("adopt", str(draft.id), *officer)
    assert done.exit_code == 0
    assert "to Officer 3: " in done.output
    assert done.output.endswith("The zones are in force.\n")
    assert sorted(_zones(fresh_database)) == [
        ("Zone 1", "Officer 1"), ("Zone 2", "Officer 2"), ("Zone 3", "Officer 3")
    ]  # fmt: skip
    with pytest.raises(CaseError, match="Zones were changed since these were proposed"):
        _run("adopt", str(draft.id))


def test_as_many_zones_as_today_are_made_where_no_number_is_given(
    home: Path, fresh_database: Database
) -> None:
    assert home
    told = _run("balance", *DAYS, "--keep", "0.5", "--seed", "3")
    assert told.exit_code == 0, told.output
    assert _draft(fresh_database).asked == {
        "zones": 2, "first": DAYS[1], "last": DAYS[3], "ratio": 1.1, "keeping": 0.5, "seed": 3
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["balance", "--zones", "0"], "Invalid value for '--zones'"),
        (["balance", "--keep", "nan"], "is no number"),
        (["balance", "--to", "2999-01-01"], "is to come"),
        (["balance", "--to", "0001-06-01"], "0001-06-01 is too long ago"),
        (["balance", "--from", "0001-01-01", "--to", "0001-06-01"], "0001-06-01 is too long ago"),
        (["balance", "--from", "yesterday"], "is no day"),
        (["adopt", "77"], "Draft 77 has no zones: lotline zones balance"),
        (["adopt", "x"], "Invalid value for 'DRAFT'"),
    ],
)
def test_what_cannot_be_is_one_sentence(home: Path, words: list[str], told: str) -> None:
    assert home
    refused = _run(*words)
    assert refused.exit_code != 0
    assert told in refused.output
    assert "Traceback" not in refused.output


def test_a_draft_is_told_of_though_its_file_cannot_be_written(
    home: Path, fresh_database: Database
) -> None:
    out = home / "no such folder" / "zones.geojson"
    told = CliRunner().invoke(zones, ["balance", *DAYS, "--out", str(out)])
    assert isinstance(told.exception, FileNotFoundError)
    assert f"lotline zones adopt {_draft(fresh_database).id}" in told.output


def test_a_zone_that_there_is_not_gets_no_officer(home: Path, fresh_database: Database) -> None:
    assert home
    assert _run("balance", *DAYS).exit_code == 0
    refused = _run("adopt", str(_draft(fresh_database).id), "--officer", "Harbor=Officer 3")
    assert refused.exit_code == 2
    assert "the zones are Zone 1, Zone 2." in refused.output


def test_more_zones_than_lots_are_refused_in_a_sentence(home: Path) -> None:
    assert home
    refused = _run("balance", *DAYS, "--zones", "200")
    assert refused.exit_code == 1
    assert "Error: 200 zones are asked for, and the town has 48 lots and blocks" in refused.output


def test_ctrl_c_keeps_the_best_so_far_and_a_second_one_ends_all(
    home: Path, fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert home
    made = balancing.share_out

    def pressed(*words: Any, watch: Any, **said: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        assert watch.stopped()
        return made(*words, watch=watch, **said)

    monkeypatch.setattr(balancing, "share_out", pressed)
    told = _run("balance", *DAYS)
    assert told.exit_code == 0, told.output
    assert "Ending the search with the best so far" in told.output
    with fresh_database.app.begin() as connection:
        connection.execute(sa.delete(ZoneDraft))

    def twice(*_words: Any, **_said: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(balancing, "share_out", twice)
    assert _run("balance", *DAYS).exit_code == 1  # as click has it; `main` tells of it
    row = _draft(fresh_database)
    assert (row.state, row.failed_because) == (
        "failed", "It was ended at the command line before zones were made."
    )  # fmt: skip
