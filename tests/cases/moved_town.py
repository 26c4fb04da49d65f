"""Give tests an export for the small town, and take it in as the command does, but for the end."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk import day
from moving_export import export
from small_ledger import settle_constraints

from cases.adopted import adopt
from cases.documents.store import Store
from cases.lawpack.reading import DEFAULT
from cases.moving_in.moving import Move, move_in
from cases.moving_in.outcome import Moved
from geo.database import Database

PLACES = [(f"A-{n}", f"{100 + n} Alder St") for n in range(1, 7)]
ON = day(6, 15)

type Take = Callable[[Path], Moved]


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of 64 cases, four of each status, that nobody may change."""
    folder = tmp_path_factory.mktemp("moving") / "example"
    export(folder, PLACES)
    return folder


@pytest.fixture
def folder(example: Path, tmp_path: Path) -> Path:
    """An export of the test's own."""
    return Path(shutil.copytree(example, tmp_path / "export"))


@pytest.fixture
def moving_town(laid_out: Database) -> Iterator[sa.Connection]:
    """The owner's connection in the small town, under a law; what a test does is taken back."""
    with laid_out.owner.connect() as connection, connection.begin() as transaction:
        adopt(connection, DEFAULT, on=date(2026, 1, 1))
        yield connection
        transaction.rollback()


@pytest.fixture
def take(moving_town: sa.Connection, store: Store) -> Take:
    """Take a folder in, and have the database check all of it as at a commit."""

    def taken(folder: Path) -> Moved:
        moved = move_in(moving_town, Move(folder=folder, store=store, actor="it", moment=ON))
        settle_constraints(moving_town)
        return moved

    return taken


def change(path: Path, old: str, new: str) -> int:
    """Change the one line of a file that holds something; gives its number."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (at,) = [number for number, line in enumerate(lines) if old in line]
    lines[at] = lines[at].replace(old, new)
    path.write_text("".join(lines), encoding="utf-8")
    return at + 1


def tables(connection: sa.Connection) -> dict[str, str]:
    """Hash every table of cases as it stands, but for the record of imports and what it counts."""
    names = connection.exec_driver_sql(
        "SELECT relname FROM pg_class WHERE relnamespace = 'lotline'::regnamespace "
        "AND relkind = 'r' AND relname NOT IN ('import_run', 'layer_change', 'moving_exception', "
        "'case_tally', 'case_grid_stale') ORDER BY 1"
    ).scalars()
    hashed = "SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM lotline.{} t"
    return {
        name: str(connection.exec_driver_sql(hashed.format(name)).scalar()) for name in list(names)
    }
