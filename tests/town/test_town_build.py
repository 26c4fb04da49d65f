"""Build a whole town into a database, by the code that loads a real one."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from cases.documents.queries import documents_of_cases, files_named_in
from cases.documents.store import Store
from cases.history import faults
from cases.models import (
    CaseDocument,
    CaseEvent,
    ComplaintEvent,
    EnforcementOrder,
    LedgerEntry,
)
from cases.ordered import fine_of
from cases.workflow.order import OrderStatus
from cases.workflow.registry import SECTIONS, STEPS
from data.town.build import Plan, build
from data.town.errors import TownError
from data.town.files import TownFiles
from data.town.notes import NOTE
from geo.cluster import Cluster
from geo.database import Database, from_cluster
from geo.loading.runs import silent

TODAY = date(2026, 11, 20)


class Built(NamedTuple):
    database: Database
    folder: Path
    files: TownFiles


def _build(database: Database, folder: Path) -> TownFiles:
    return build(
        database,
        Plan(parcels=400, years=2, seed=4),
        folder=folder / "town",
        streets=folder / "streets",
        documents=folder / "documents",
        now=datetime.combine(TODAY, time(12), UTC),
        progress=silent,
    )


@pytest.fixture(scope="module")
def built(
    cluster: Cluster,
    worker_id: str,
    clone: Callable[[str], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Built]:
    """A whole town, its years played; built once for what is asked of it."""
    clone(f"built_{worker_id}")
    folder = tmp_path_factory.mktemp("built")
    with from_cluster(cluster, name=f"built_{worker_id}") as database:
        yield Built(database, folder, _build(database, folder))


def test_a_towns_ground_is_loaded_whole_and_every_case_is_tied_to_it(built: Built) -> None:
    tables = {
        "parcels": "parcel", "addresses": "situs_address", "zones": "zone", "ways": "street",
        "cases": "case_file", "violations": "violation", "liens": "lien", "permits": "permit",
    }  # fmt: skip
    with built.database.owner.connect() as connection:
        loaded = {
            kind: connection.scalar(sa.text(f"SELECT count(*) FROM lotline.{table}"))  # noqa: S608
            for kind, table in tables.items()
        }
        untied = sa.text("SELECT count(*) FROM lotline.case_file WHERE parcel_id IS NULL")
        assert connection.scalar(untied) == 0
        said = connection.execute(sa.text("SELECT name, note FROM published.town")).one()
    assert loaded == {kind: built.files.counts[kind] for kind in tables}
    assert (said.name, said.note) == (built.files.name, NOTE)


def test_a_town_is_never_built_upon_another(built: Built, tmp_path: Path) -> None:
    with pytest.raises(TownError, match="never mixed with a real one"):
        _build(built.database, tmp_path)
    assert not (tmp_path / "town").exists()


def test_every_history_of_the_town_holds_and_every_fine_is_explained(built: Built) -> None:
    with built.database.app.connect() as connection:
        assert list(faults(connection)) == []
        orders = connection.execute(sa.select(EnforcementOrder.__table__)).all()
        assert len(orders) > 10
        for order in orders:
            if order.status != OrderStatus.VACATED:
                told = fine_of(connection, order.id, as_of=TODAY)
                assert told.total_cents == sum(line.amount_cents for line in told.lines)


def test_every_state_there_is_has_its_example(built: Built) -> None:
    """Imports alone leave a violation closed, and no lien is twenty years old in a young town."""
    with built.database.app.connect() as connection:
        happened = set(connection.scalars(sa.select(CaseEvent.kind).distinct()))
        happened |= set(connection.scalars(sa.select(ComplaintEvent.kind).distinct()))
    reached = {
        (str(step.action).partition(".")[0], str(step.to))
        for step in STEPS.values()
        if step.event in happened
    }
    every = {
        (name, str(status))
        for name in SECTIONS
        for step in SECTIONS[name].STEPS
        for status in (step.at, step.to)
        if status is not None
    }
    assert every - reached <= {("violation", "closed"), ("lien", "expired")}


def test_every_photograph_of_the_town_is_in_its_store_with_its_copies(built: Built) -> None:
    store = Store(built.folder / "documents")
    with built.database.app.connect() as connection:
        cases = list(connection.scalars(sa.select(CaseDocument.case_id).distinct()))
        hung = connection.execute(documents_of_cases(cases)).all()
        named = connection.execute(files_named_in(cases)).all()
    assert len(hung) >= len(cases) > 20
    files = {row.sha256 for row in hung} | {row.thumbnail for row in hung}
    assert all(store.get(each) for each in files)
    assert {row.status for row in hung} == {"attached", "withdrawn"}
    assert {row.what for row in named} == {"photo_before", "photo_after"}
    assert all(row.media_type for row in named)


def test_of_every_register_money_is_in_balance(built: Built) -> None:
    with built.database.app.connect() as connection:
        in_all = sa.select(sa.func.sum(LedgerEntry.cents), sa.func.count())
        total, entries = connection.execute(in_all).one()
    assert (total, entries > 100) == (0, True)


def test_a_town_of_which_only_streets_are_loaded_is_not_built_upon(
    fresh_database: Database, tmp_path: Path
) -> None:
    with fresh_database.owner.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO lotline.town (name, srid, extent) "
                "VALUES ('Alder', 32619, ST_MakeEnvelope(-71.2, 42.3, -71, 42.5, 4326))"
            )
        )
    with pytest.raises(TownError, match="A town is loaded in this database"):
        _build(fresh_database, tmp_path)
    assert not (tmp_path / "town").exists()
